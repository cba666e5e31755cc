"""The program's first and last lines: an interrupt ends it quietly, whatever is being imported."""

from __future__ import annotations

import gc
import os
import signal
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing `typing` takes as long as all else here: time in the open
    from typing import NoReturn

INTERRUPTED = 130
"""`ExitCode.INTERRUPTED`, which is not imported yet."""


COLLECT_AFTER = 100_000
"""New objects between two looks for cycles. What compiling makes lives on and holds none: at
Python's own 700 the collector walks it again and again, for a third of the time (200 storyboards
in 5 locales). Not off, since a studio that is served runs for days."""


def main() -> NoReturn:
    """Run the command line and exit with its code.

    While a command runs, it handles interrupts itself. Where they are ignored, as in the background
    of a shell, they stay so.
    """
    relax_collector()
    heeds = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    ends = signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    if heeds:
        signal.signal(signal.SIGINT, _leave)
    from storyboard.cli import run, terminate

    try:
        if ends:
            signal.signal(signal.SIGTERM, terminate)
        if heeds:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        code = run()
        if ends:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if heeds:
            signal.signal(signal.SIGINT, _leave)
    except KeyboardInterrupt:
        _leave()
    sys.exit(code)


def relax_collector() -> None:
    """Have the collector of cycles look less often: for a whole process, so never for a library."""
    gc.set_threshold(COLLECT_AFTER, 50, 1000)


def _leave(*_: object) -> NoReturn:
    os._exit(INTERRUPTED)
