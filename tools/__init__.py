"""The project's own judges and generators; the build calls them, nothing in `src` does."""
