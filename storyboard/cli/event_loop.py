"""Runs the coroutine of a command. Knows no command."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

import click

from storyboard.kaltura.told_waits import telling_waits

_T = TypeVar("_T")


def run_to_end(work: Coroutine[Any, Any, _T]) -> _T:
    """Return what a coroutine returns, as `asyncio.run`, which does not get to see it.

    When that takes its handler of SIGINT away, the module `signal` tries it as a number, and words
    an error with all that the handler holds, the task's result included: the plan of 1,000 videos
    was spelled out twice, for an eighth of the time of `plan`.
    """
    results: list[_T] = []

    async def kept() -> None:
        results.append(await work)

    with telling_waits(_told):
        asyncio.run(kept())
    return results[0]


def _told(line: str) -> None:
    """Print a line on stderr, unless that is closed: nothing waits the less for it."""
    with suppress(OSError, ValueError):
        click.echo(line, err=True)
