"""Positioning (定位): what is this park for? Profile, rule checks, homogeneity -> Position.

Placed here, not built yet.
"""
