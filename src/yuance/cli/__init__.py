"""The command: verbs of ten lines around library functions. Data on standard output, talk on standard error."""

from yuance.cli.main import main

__all__ = ["main"]
