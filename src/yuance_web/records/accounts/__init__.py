"""Accounts（账号）."""
