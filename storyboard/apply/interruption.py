"""Ctrl-C that is answered with an outcome, and not with the end of the program."""

from __future__ import annotations

import asyncio


def keep_going() -> None:
    """Tell asyncio that the running task has handled its cancellation, and goes on to its end."""
    task = asyncio.current_task()
    if task is not None:
        task.uncancel()
