"""Settings by environment, urls, wsgi, the command that serves."""
