"""Yuance: the engine. Pure library and command: no web, clock, network or settings."""

__version__ = "0.1.0"
