"""What the studio asks of the place where its files last: a folder, or a bucket. Knows no entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from storyboard.errors import FailureCode, StudioError


class FilesError(StudioError):
    """A place of files could not be read or written: refused, full, gone, or out of reach."""

    is_full = False
    """Whether it was for want of room."""


class FilesFull(FilesError):
    """There was no room for what was to be written."""

    is_full = True


class FilesAway(FilesError):
    """The place did not answer, or was busy, for as long as it was waited for.

    It may be back by the next try.
    """

    failure_code = FailureCode.UNREACHABLE


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that is there: its size in bytes, and the unix time when it came."""

    name: str
    size: int
    modified: float


class FileStore(Protocol):
    """Files by name, such as `ab/abc….mp4`; each comes whole, in one step. For any thread.

    Raises `FilesError`; a folder raises `OSError`.
    """

    @property
    def names_at_once(self) -> bool:
        """Return whether what is sent has its name then, before a row has it."""
        ...

    def send(self, draft: Path, name: str) -> None:
        """Bring a draft, whose bytes are on the disk, to where it lasts; that may take minutes."""
        ...

    def settle(self, draft: Path, name: str) -> None:
        """Have a draft that was sent under its name, durably, without a word to another machine.

        Within the transaction that notes the name: what no row names is removed in another one.
        """
        ...

    def confirm(self, name: str) -> None:
        """See that a file lasts which a row names since a transaction before; send it again if not.

        One that no row named was perhaps removed after it was sent. Raises nothing.
        """
        ...

    def path(self, name: str) -> Path:
        """Return where the bytes are on this machine, brought there if they are elsewhere.

        A name without a file leads to a path without one.
        """
        ...

    def read(self, name: str, start: int, length: int) -> Iterator[bytes]:
        """Yield a stretch, block by block; raises `FileNotFoundError` at the first one."""
        ...

    def size(self, name: str) -> int | None:
        """Return how large a file is, `None` where there is none."""
        ...

    def remove(self, names: Iterable[str]) -> None:
        """Remove files as far as that is possible now: what stays is swept later."""
        ...

    def stored(self) -> Iterator[StoredFile]:
        """Yield all files that are there."""
        ...
