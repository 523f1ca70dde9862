"""The commands of management."""
