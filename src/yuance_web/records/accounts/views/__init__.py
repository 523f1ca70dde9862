"""Pages of accounts, by who opens them."""
