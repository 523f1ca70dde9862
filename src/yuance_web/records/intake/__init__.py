"""Intake（导入）."""
