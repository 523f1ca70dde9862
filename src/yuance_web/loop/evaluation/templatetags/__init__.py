"""The templatetags of evaluation."""
