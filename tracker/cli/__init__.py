"""The command line: Click, the clock, the environment and the screen. Everything below is told what it needs."""
