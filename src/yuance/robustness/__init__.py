"""Robustness (稳健性): how far does a rank depend on weights and choices? Rank intervals. Placed here, not built yet."""
