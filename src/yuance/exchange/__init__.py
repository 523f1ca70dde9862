"""Exchange (交换): Excel templates out and in, open data (CSV, JSON). Placed here, not built yet."""
