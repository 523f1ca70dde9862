"""Yuance: the engine. Pure library and command: no web, clock, network or settings."""
