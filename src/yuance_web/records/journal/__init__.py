"""Journal（日志）."""
