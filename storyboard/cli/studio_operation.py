"""How a served studio is run: options for whoever operates it for others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import click

from storyboard.cli.studio_log import FORMATS, TEXT

_Command = TypeVar("_Command", bound=Callable[..., Any])

UNLOAD_MINUTES: Final = 5.0
"""How long what was loaded stays; loading it again takes a second or two."""

DRAIN_SECONDS: Final = 5.0
"""How long a studio that is told to end waits for its jobs: half of what `docker stop` waits."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What these options say, each by its name."""

    drain: float
    log_format: str
    unload_after: float


def operating_options(command: _Command) -> _Command:
    """Add the options, which the command takes as `Operation`'s fields."""
    for decorate in reversed(
        (
            click.option("--drain", metavar="SECONDS", type=click.FloatRange(0, 86_400),
                         default=DRAIN_SECONDS, show_default=True,
                         help="Wait this long for films in work after SIGTERM."),
            click.option("--log-format", type=click.Choice(FORMATS), default=TEXT,
                         show_default=True,
                         help="Write the log as text, or as a JSON object a line."),
            click.option("--unload-after", metavar="MINUTES", default=UNLOAD_MINUTES,
                         type=click.FloatRange(0, 100_000, min_open=True), show_default=True,
                         help="Stop programs with models that were idle this long."),
        )
    ):  # fmt: skip
        command = decorate(command)
    return command
