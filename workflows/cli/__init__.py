"""The command `bihuan`."""

from workflows.cli.root import main

__all__ = ["main"]
