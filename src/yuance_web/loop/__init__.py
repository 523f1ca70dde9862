"""The five stages as procedure: who does what, by when, with which clock. Placed here, not built yet."""
