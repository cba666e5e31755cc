"""What a studio answered to the reads of one run, by digests, for a later run to compare.

Knows no object. An answer that was fetched to be compared, and is another one, is used by who asks
for it next.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from storyboard.kaltura.transport import Reply

Row = list[Any]
"""An action, its body, and the digest of the answer."""

MOST_BYTES: Final = 64 << 20
"""Bytes of all answers, above which they are not compared: those that differ wait in memory."""


class Answers:
    """Owns what one run asked; `is_whole` where all that it was told can be asked again."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}
        self._early: dict[str, Reply] = {}
        self._open = 0
        self._bytes = 0
        self._is_odd = False

    @property
    def is_whole(self) -> bool:
        """Whether each question was a read that succeeded, and none had two answers."""
        return not self._is_odd and not self._open and self._bytes <= MOST_BYTES

    @property
    def rows(self) -> list[Row]:
        """Return each question with the digest of its answer, in the order of the answers."""
        return list(self._rows.values())

    def asking(self, *, is_read: bool) -> None:
        """Note that something is asked: it cannot be compared until its answer is noted, and never
        if it is no read of an object."""
        self._open += 1
        self._is_odd |= not is_read

    def note(self, action: str, body: Mapping[str, Any], reply: Reply) -> None:
        """Note the answer to a question."""
        self._open -= 1
        self._bytes += len(reply.body)
        row = [action, dict(body), reply_digest(reply)]
        self._is_odd |= self._rows.setdefault(_key(action, body), row) != row

    def keep_early(self, action: str, body: Mapping[str, Any], reply: Reply) -> None:
        """Keep an answer for who asks the question next."""
        self._early[_key(action, body)] = reply

    def take_early(self, action: str, body: Mapping[str, Any]) -> Reply | None:
        """Take an answer that is there already, once."""
        return self._early.pop(_key(action, body), None) if self._early else None


def reply_digest(reply: Reply) -> str:
    """Return a text that two answers share only if they say the same."""
    told = blake2b(f"{reply.status}\n".encode(), digest_size=20)
    told.update(reply.body)
    return told.hexdigest()


def _key(action: str, body: Mapping[str, Any]) -> str:
    return f"{action}\n{json.dumps(body, sort_keys=True)}"
