"""Pages of results and of scoring."""
