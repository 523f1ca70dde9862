"""Releases（评价办法）."""
