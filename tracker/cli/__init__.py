"""The command line: Click, the clock, the environment and the screen. Everything below is told what it needs."""

from tracker.cli.main import main

__all__ = ["main"]
