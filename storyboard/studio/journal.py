"""The last calls of the avatar API, without their sessions: to see what a client really does."""

from __future__ import annotations

import json
import re
import shlex
import threading
from collections import deque
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import quote

CAPACITY: Final = 500
_LONGEST_BODY: Final = 20_000
_KS: Final = re.compile(r"djJ8[\w-]+=*")
"""A session as it is written: base64 of `v2|…`."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call; `at` in unix seconds, `took` in seconds, `code` where it was refused.

    `fault` is the kind that it met; `status` None where it got no answer.
    """

    at: float
    action: str
    body: dict[str, Any]
    status: int | None
    code: str | None
    took: float
    fault: str | None = None

    @property
    def curl(self) -> str:
        """Return a command that does the same, with the address and the session as variables."""
        body = json.dumps(self.body, ensure_ascii=False)
        return (
            f'curl -s -X POST "$KALTURA_VOD_AVATAR_URL/{quote(self.action)}"'
            ' -H "Authorization: Bearer $KALTURA_KS" -H "Content-Type: application/json"'
            f" -d {shlex.quote(body)}"
        )


class Journal:
    """Owns the last calls of one server process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: deque[Call] = deque(maxlen=CAPACITY)

    def note(self, call: Call) -> None:
        """Keep a call, unless its body is too large to be worth it; without sessions in it."""
        written = json.dumps(call.body, ensure_ascii=False).encode("utf-8", "replace").decode()
        if len(written) <= _LONGEST_BODY:
            kept = replace(call, body=json.loads(_KS.sub("KS", written)))
            with self._lock:
                self._calls.append(kept)

    def calls(self) -> list[Call]:
        """Return what is kept, oldest first."""
        with self._lock:
            return list(self._calls)

    def clear(self) -> None:
        """Forget all calls."""
        with self._lock:
            self._calls.clear()
