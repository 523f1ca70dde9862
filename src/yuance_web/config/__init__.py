"""Settings by environment, urls, wsgi and asgi. Placed here, not built yet."""
