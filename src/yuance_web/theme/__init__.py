"""Base templates, components, static files; no models. Placed here, not built yet."""
