"""Who does what, when: the platform (Django). Placed here, not built yet."""
