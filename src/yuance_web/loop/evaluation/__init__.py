"""Evaluation（评价）."""
