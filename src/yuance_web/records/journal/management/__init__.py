"""The commands of journal."""
