"""A run while it goes on: bars on a terminal, lines elsewhere. Goes to stderr, decides nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

from storyboard.apply.observer import FilmProgress, Observer
from storyboard.apply.outcome import ActionOutcome, Ending
from storyboard.counting import counted
from storyboard.plan.action import Action
from storyboard.printing import for_bars
from storyboard.video import Address
from storyboard.views.endings import began_line, ended_line
from storyboard.views.wording import duration, printable

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

SIGN_OF_LIFE_SECONDS = 300.0
"""Where nothing else is said for so long, a line tells that films go on: some pipelines end what is
silent for ten minutes."""


@contextmanager
def showing_progress(stream: TextIO, *, bars: bool) -> Iterator[Observer]:
    """Show a run on a stream: moving bars, or plain lines for logs."""
    if not bars:
        yield LineProgress(stream)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(
        file=for_bars(stream), force_terminal=True, highlight=False, markup=False, emoji=False
    )
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=30),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[left]}", markup=False),
    )
    # what is printed meanwhile is not led through rich, which obeys the escapes in it
    with Progress(
        *columns, console=console, redirect_stdout=False, redirect_stderr=False
    ) as progress:
        yield BarProgress(progress)


class LineProgress:
    """Two lines a film, one for any other action, and a sign of life in long silence.

    A stream that takes no more, such as a pipe that was closed, ends the telling and not the run.
    """

    def __init__(self, stream: TextIO, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._told_at = clock()
        self._films: dict[Address, FilmProgress] = {}

    def started(self, address: Address, action: Action) -> None:
        """Say nothing: what takes its time begins when the studio takes it."""

    def taken(self, address: Address, action: Action) -> None:
        """Print what begins and takes its time."""
        line = began_line(address, action)
        if line is not None:
            self._print(line)

    def ended(self, outcome: ActionOutcome) -> None:
        """Print how it ended; a held video is in the plan."""
        self._films.pop(outcome.address, None)
        if outcome.ending is not Ending.HELD:
            self._print(ended_line(outcome))

    def progressed(self, progress: FilmProgress) -> None:
        """Note how far a film is; print it in long silence."""
        self._films[progress.address] = progress
        if self._clock() - self._told_at >= SIGN_OF_LIFE_SECONDS:
            films = counted(len(self._films), "film")
            told = filter(None, (_share(progress), _scenes(progress), _left(progress)))
            self._print(f"{films} being made; {progress.address}: {', '.join(told)}")

    def noticed(self, message: str) -> None:
        """Print a notice."""
        self._print(printable(message))

    def _print(self, line: str) -> None:
        self._told_at = self._clock()
        with suppress(OSError):
            print(line, file=self._stream, flush=True)


class BarProgress:
    """A bar for each film; what else happens scrolls by above."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._bars: dict[Address, TaskID] = {}

    def started(self, address: Address, action: Action) -> None:
        """Show nothing: a film has a bar when the studio makes it."""

    def taken(self, address: Address, action: Action) -> None:
        """Begin a bar for a film; other actions are too short for one."""
        if action is Action.GENERATE:
            self._bar(address)

    def ended(self, outcome: ActionOutcome) -> None:
        """Fill the bar of a film that is ready, and tell what went wrong."""
        if outcome.action is Action.GENERATE and outcome.address in self._bars:
            bar = self._bars[outcome.address]
            if outcome.ending is Ending.DONE:
                took = f"ready in {duration(outcome.seconds)}"
                self._progress.update(bar, completed=1.0, left=took)
            else:
                self._progress.update(bar, left=outcome.ending.value)
        if outcome.ending not in (Ending.DONE, Ending.HELD):
            self._progress.console.print(ended_line(outcome))

    def progressed(self, progress: FilmProgress) -> None:
        """Move a film's bar."""
        bar = self._bar(progress.address)
        told = ", ".join(filter(None, (_scenes(progress), _left(progress))))
        self._progress.update(bar, completed=progress.share, left=told)

    def noticed(self, message: str) -> None:
        """Print a notice above the bars."""
        self._progress.console.print(printable(message))

    def _bar(self, address: Address) -> TaskID:
        if address not in self._bars:
            self._bars[address] = self._progress.add_task(str(address), total=1.0, left="")
        return self._bars[address]


def _share(progress: FilmProgress) -> str:
    waits = progress.exact and progress.share == 0.0
    return "waits for its turn" if waits else f"{progress.share * 100:.0f} %"


def _scenes(progress: FilmProgress) -> str:
    if progress.scenes < 2:
        return ""
    return f"{progress.scenes_ready} of {progress.scenes} scenes"


def _left(progress: FilmProgress) -> str:
    if progress.seconds_left is None:
        return ""
    about = "" if progress.exact else "about "
    return f"{about}{duration(progress.seconds_left)} left"
