"""The program as the shell starts it: `tracker`, and `python -m tracker`."""

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

from tracker.later import read_later

# A command ends before what it leaves in circles could fill the memory; looking for that takes a twentieth of it.
gc.disable()
# Click imports it for what it seldom does, and it takes a seventh of a short command.
read_later("inspect")
# What looks after paths imports it for addresses on the network.
read_later("ipaddress")


def start() -> NoReturn:
    """Run one command and leave with its exit status."""
    try:
        # here, so that who stops it at once sees no traceback
        from tracker.cli.ahead import begin_ahead

        begun = begin_ahead(sys.argv[1:])
        from tracker.cli.main import main

        main(begun=begun)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        _leave(1)
    except SystemExit as left:
        _leave(left.code if isinstance(left.code, int) else 0)


def _leave(status: int) -> NoReturn:
    """End the process once all is written and closed.

    What Python does besides at the end, taking apart all that was imported, takes a sixth of a short command.
    """
    import atexit

    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    start()
