"""A run while it goes on: bars on a terminal, lines elsewhere. Goes to stderr, decides nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

from storyboard.apply.observer import FilmProgress, Observer
from storyboard.apply.outcome import ActionOutcome, Ending
from storyboard.plan.change import Action
from storyboard.video import Address
from storyboard.views.wording import duration, printable

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_STEPS = 10
_HEARTBEAT_SECONDS = 10.0


@contextmanager
def showing_progress(stream: TextIO, *, bars: bool) -> Iterator[Observer]:
    """Show a run on a stream: moving bars, or plain lines for logs."""
    if not bars:
        yield LineProgress(stream)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(file=stream, force_terminal=True, highlight=False, markup=False)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=30),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[left]}", markup=False),
    )
    with Progress(*columns, console=console) as progress:
        yield BarProgress(progress)


class LineProgress:
    """A line for each action, and for a film each tenth, or every ten seconds.

    A stream that takes no more, such as a pipe that was closed, ends the telling and not the run.
    """

    def __init__(self, stream: TextIO, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._told: dict[Address, tuple[float, float]] = {}

    def started(self, address: Address, action: Action) -> None:
        """Print what begins."""
        self._print(f"{address}: {_BEGINS.get(action, action.value)}")

    def ended(self, outcome: ActionOutcome) -> None:
        """Print how it ended, where that is news."""
        for line in ending_lines(outcome):
            self._print(line)

    def progressed(self, progress: FilmProgress) -> None:
        """Print a film's progress where it moved on, or as a sign of life."""
        share, at = self._told.get(progress.address, (0.0, self._clock()))
        now = self._clock()
        self._told.setdefault(progress.address, (share, at))
        if _step(progress.share) > _step(share) or now - at >= _HEARTBEAT_SECONDS:
            self._told[progress.address] = (progress.share, now)
            told = (_share(progress), _scenes(progress), _left(progress))
            self._print(f"{progress.address}: film {', '.join(filter(None, told))}")

    def noticed(self, message: str) -> None:
        """Print a notice."""
        self._print(printable(message))

    def _print(self, line: str) -> None:
        with suppress(OSError):
            print(line, file=self._stream, flush=True)


class BarProgress:
    """A bar for each film; what else happens scrolls by above."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._bars: dict[Address, TaskID] = {}

    def started(self, address: Address, action: Action) -> None:
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
        if outcome.ending is not Ending.DONE:
            for line in ending_lines(outcome):
                self._progress.console.print(line)

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


_BEGINS = {
    Action.CREATE: "creating",
    Action.ADOPT: "adopting",
    Action.UPDATE: "updating",
    Action.RENAME: "renaming",
    Action.REPLACE: "replacing",
    Action.DELETE: "deleting",
    Action.GENERATE: "making the film",
}


def ending_lines(outcome: ActionOutcome) -> Iterator[str]:
    """Yield how an action ended, for people, with its hints."""
    what = "film" if outcome.action is Action.GENERATE else outcome.action.value
    if outcome.ending is Ending.DONE:
        ready = f"ready in {duration(outcome.seconds)}" if what == "film" else "done"
        yield f"{outcome.address}: {what} {ready}"
        return
    yield f"{outcome.address}: {what} {outcome.ending.value}: {printable(outcome.message or '')}"
    for hint in outcome.hints:
        yield f"  hint: {printable(hint)}"


def _step(share: float) -> int:
    return int(share * _STEPS + 1e-9)


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
