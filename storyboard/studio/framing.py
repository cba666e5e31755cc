"""How much of a request is no content: a body in tiny chunks costs far more than its bytes say."""

from __future__ import annotations

from typing import Any, Final

import h11

_FREE: Final = 64 << 10
"""The head of a request at most, or some ten thousand chunks of one byte."""

_SHARE: Final = 4
"""Chunks of two dozen bytes stay below a part in four: a client that sends line by line may."""


class Framing(h11.Connection):
    """Reads requests, and knows of the newest how many of its bytes were no content."""

    def __init__(self) -> None:
        super().__init__(h11.SERVER)
        self._wire = self._content = 0

    @property
    def is_excessive(self) -> bool:
        """Return whether a body comes with far more around it than in it."""
        around = self._wire - self._content
        return around > _FREE + self._content // _SHARE and self.their_state is h11.SEND_BODY

    def receive_data(self, data: bytes) -> None:
        """Take bytes from the wire, and count them."""
        self._wire += len(data)
        super().receive_data(data)

    def next_event(self) -> Any:
        """Return what came next, and count what of it is content."""
        event = super().next_event()
        if isinstance(event, h11.Data):
            self._content += len(event.data)
        return event

    def start_next_cycle(self) -> None:
        """Begin to count anew."""
        super().start_next_cycle()
        self._wire = self._content = 0
