"""Asks a person yes or no, if there is one.

Inside of a run that heeds signals, any of them ends the question.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import click

from storyboard.cli.telling import telling_here
from storyboard.errors import FailureCode, UsageError

SIGNALS: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""Ctrl-C, what a canceled job of CI gets, and what a terminal that is closed sends."""


def require_answer(yes: bool, what: str) -> None:
    """Raise `UsageError` where a question would find nobody to answer it.

    In JSON it would stand on stderr: where that is no terminal, nobody sees it.
    """
    is_unseen = telling_here().as_json and not sys.stderr.isatty()
    if not yes and (is_unseen or not sys.stdin.isatty()):
        where = "stdin" if not sys.stdin.isatty() else "stderr"
        raise UsageError(
            f"{what} needs confirmation, but {where} is not a terminal",
            hint="pass --yes",
            code=FailureCode.CONFIRMATION_NEEDED,
        )


def confirm(question: str) -> bool:
    """Return the answer; raises `click.Abort` at a signal, which a canceled task would not see."""
    with _ending():
        try:
            return click.confirm(question, err=True)
        except click.Abort:
            click.echo(err=True)  # ends the line of the question
            raise


@contextmanager
def _ending() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in SIGNALS}
    try:
        for number, handler in before.items():
            if handler not in (signal.SIG_IGN, None):
                signal.signal(number, _end)
        yield
    finally:
        for number, handler in before.items():
            if handler not in (signal.SIG_IGN, None):
                signal.signal(number, handler)


def _end(number: int, *_: object) -> None:
    telling_here().is_terminated = number == signal.SIGTERM
    raise KeyboardInterrupt
