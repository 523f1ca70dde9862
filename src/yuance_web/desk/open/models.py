"""Nothing is kept here: what is public is read from results."""
