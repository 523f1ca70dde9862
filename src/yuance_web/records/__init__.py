"""What is kept: accounts, journal, parks, rounds, facts, intake. Placed here, not built yet."""
