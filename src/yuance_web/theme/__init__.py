"""Base templates, components, static files, the words of navigation; no models."""
