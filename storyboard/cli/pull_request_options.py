"""Options that say which pull request, which the commands `storyboard ci …` share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from storyboard.forges.runner import FORGES

_Command = TypeVar("_Command", bound=Callable[..., Any])


def pull_request_options(command: _Command) -> _Command:
    """Add what names a pull request that the job's variables do not."""
    for decorate in reversed(
        (
            click.option("--forge", type=click.Choice(FORGES),
                         help="Use this forge; default: the one of this job."),
            click.option("--number", type=click.IntRange(1), metavar="N",
                         help="Use this pull request; default: the one of this job."),
        )
    ):  # fmt: skip
        command = decorate(command)
    return command
