"""Pages of the facts: filling, verifying, and what one cell has been through."""
