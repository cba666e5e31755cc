"""What a process of the studio counts of its work, for whoever operates it. Knows no exporter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from storyboard.studio.records.live_workers import Unmet
from storyboard.studio.records.queue import Lane


@dataclass(frozen=True, slots=True)
class Now:
    """How a studio is at one moment; `lanes` and `unmet` are of all processes that share it.

    `free_bytes` is the room on each disk, by what it is of.
    """

    time: float
    lanes: Sequence[Lane]
    unmet: Sequence[Unmet]
    free_bytes: Mapping[str, int]
    is_draining: bool


class Measures(Protocol):
    """Takes what happens, from any thread, and tells it in the text that a collector asks for."""

    @property
    def token(self) -> str:
        """Return what a collector may show in place of a session; empty where it may not."""

    def note_request(self, call: str, status: int, seconds: float, errors: Sequence[str]) -> None:
        """Count an answer, and the codes of the errors in it, which most answers with 200 are.

        `call` is one of the table of rights, and nothing that a caller says.
        """

    def note_job(self, kind: str, outcome: str, seconds: float) -> None:
        """Count a job that this process worked at to its end, or gave back."""

    def note_missing_file(self) -> None:
        """Count that a file was asked for that the place of files has lost."""

    def told(self, now: Now) -> tuple[bytes, str] | None:
        """Return the text and its type of media, `None` where nothing is counted."""


class Unmeasured:
    """Counts nothing, which costs nothing."""

    token = ""

    def note_request(self, call: str, status: int, seconds: float, errors: Sequence[str]) -> None:
        """Leave it."""

    def note_job(self, kind: str, outcome: str, seconds: float) -> None:
        """Leave it."""

    def note_missing_file(self) -> None:
        """Leave it."""

    def told(self, now: Now) -> tuple[bytes, str] | None:
        """Return nothing."""
        return None
