"""A place of named blobs that several machines change safely: compare-and-swap. Knows no state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

CALL_SECONDS: Final = 20.0
"""Longest that a call on a place may take. A lease is renewed every 20 s, and ends after 60."""


STATE: Final = "state"
"""The name of the state among its blobs."""


class Moved(Exception):
    """The blob is not the expected one: another run wrote it, or an earlier try of this one did."""


@dataclass(frozen=True, slots=True)
class Blob:
    """Content, and the tag that tells it from whatever was or will be under its name."""

    content: bytes
    tag: str


class Blobs(Protocol):
    """Keeps named blobs. Its methods block, and several threads call them at once.

    Both raise `StateError` where the place cannot be reached, refuses, or does not answer within
    `CALL_SECONDS`. After that, a `put` may have been done: whoever puts again finds it `Moved`.
    """

    @property
    def where(self) -> str:
        """The place as messages name it; never with a secret."""
        ...

    def get(self, name: str) -> Blob | None:
        """Return a blob as it is now, never an older one; `None` where there is none."""
        ...

    def probe(self) -> None:
        """Raise `StateError` where blobs could not be written there, or not safely."""
        ...

    def put(self, name: str, content: bytes, expected: str | None) -> str:
        """Replace the blob that has the `expected` tag, and return the new one's tag.

        `None` means that there is none yet. Raises `Moved` where it is not as expected, and then
        nothing has changed. Different content has a different tag.
        """
        ...
