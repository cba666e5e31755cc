"""The last calls of the API and the v3 services, without secrets: what a client really does."""

from __future__ import annotations

import json
import re
import sys
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Final
from urllib.parse import quote

from storyboard.shell import word
from storyboard.strict_json import UNSTORABLE, NotJson, parse_json

CAPACITY: Final = 500
_LONGEST_BODY: Final = 20_000
_LONGEST_NAME: Final = 100
"""Characters of a service, an action or a file: those that there are have fewer."""

_LARGEST: Final = 4 << 20
"""Bytes of all calls: a usual one has one kilobyte."""

_KS: Final = re.compile(r"djJ8[\w+/-]*=*")
"""A session as it is written, in either alphabet: base64 of `v2|…`."""


_SECRETS: Final = {
    "ks": "KALTURA_KS",
    "secret": "KALTURA_ADMIN_SECRET",
    "tokenHash": "KALTURA_TOKEN_HASH",
}
"""Parameters of v3 services that nobody else may see, and the variables that stand for them."""


_MASKED: Final = re.compile(
    r"(?:(?:^|[\W_])ks|secret|tokenhash|apptoken[\W_]+token)[\W_]*$", re.IGNORECASE
)
"""How a name ends under which nobody else may see anything, with spaces and brackets around it."""


class Api(Enum):
    """Which of the two interfaces was called."""

    AVATAR = "api/v1"
    SERVICES = "api_v3"


@dataclass(frozen=True, slots=True)
class Call:
    """One call; `at` in unix seconds, `took` in seconds, `code` where it was refused.

    `fault` is the kind that it met; `status` None where it got no answer; `file` is what the sender
    called the file that came with it. `user` is whose good session it named, None without one.
    """

    at: float
    action: str
    body: dict[str, Any]
    status: int | None
    code: str | None
    took: float
    fault: str | None = None
    api: Api = Api.AVATAR
    file: str | None = None
    user: str | None = None

    @property
    def curl(self) -> str:
        """Return a command that does the same, with addresses and secrets as variables."""
        if self.api is Api.SERVICES:
            return _service_curl(self)
        return (
            f'curl -s -X POST "$KALTURA_VOD_AVATAR_URL/{quote(self.action)}"'
            f' -H "Authorization: Bearer $KALTURA_KS" {_json_of(self.body)}'
        )


def _service_curl(call: Call) -> str:
    service, action = map(quote, call.action.split("/", 1))
    secrets = [f"{name}=${variable}" for name, variable in _SECRETS.items() if name in call.body]
    query = "?" + "&".join(secrets) if secrets else ""
    body = {name: value for name, value in call.body.items() if name not in _SECRETS}
    address = f'"$KALTURA_SERVICE_URL/service/{service}/action/{action}{query}"'
    if call.file is None:
        return f"curl -s {address} {_json_of(body)}"
    texts = "".join(f" --form-string {word(f'{name}={text}')}" for name, text in _flat(body))
    name = call.file.replace("\\", "\\\\").replace('"', '\\"')
    file = word(f'fileData=@"{name}"')
    return f"curl -s {address}{texts} -F {file}"


def _json_of(body: Mapping[str, Any]) -> str:
    written = word(json.dumps(body, ensure_ascii=False))
    return f'-H "Content-Type: application/json" -d {written}'


def _flat(body: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in body.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}:")
        else:
            yield f"{above}{name}", value


def _masked(value: Any, above: str = "") -> Any:
    """Return a body without what stands under the name of a secret, however it is written."""
    if isinstance(value, dict):
        return {
            name: "…" if _MASKED.search(f"{above}:{name}") else _masked(inner, name)
            for name, inner in value.items()
        }
    return [_masked(inner, above) for inner in value] if isinstance(value, list) else value


def _whole(text: str) -> str:
    """Return a text with a question mark for each character that nobody could read again."""
    return UNSTORABLE.sub("?", text)


class Journal:
    """Owns the last calls of one server process, whose `secret` it never shows."""

    def __init__(self, secret: str = "") -> None:
        self._secret = secret
        self._lock = threading.Lock()
        self._calls: deque[tuple[Call, str]] = deque()
        self._size = 0

    def note(self, call: Call) -> None:
        """Keep a call, unless its body is too large to be worth it; without secrets in it.

        Whatever was received: one call that could not be written would hide all others.
        """
        written = _written(call.body)
        if len(written) > _LONGEST_BODY:
            return
        body = self._clean(_written(_masked(call.body)))
        service, slash, action = call.action.partition("/")
        kept = replace(
            call,
            body={},
            action=self._name(service) + slash + self._name(action),
            code=None if call.code is None else self._name(call.code),
            file=None if call.file is None else self._name(call.file),
            user=None if call.user is None else self._name(call.user),
        )
        with self._lock:
            self._calls.append((kept, body))
            self._size += sys.getsizeof(body)
            while len(self._calls) > CAPACITY or self._size > _LARGEST:
                self._size -= sys.getsizeof(self._calls.popleft()[1])

    def calls(self) -> list[Call]:
        """Return what is kept, oldest first."""
        with self._lock:
            kept = list(self._calls)
        return [replace(call, body=_read(body)) for call, body in kept]

    def clear(self) -> None:
        """Forget all calls."""
        with self._lock:
            self._calls.clear()
            self._size = 0

    def _clean(self, text: str) -> str:
        """Return a text without sessions, and without the secret."""
        found = _KS.sub("KS", text)
        return found.replace(self._secret, "SECRET") if self._secret else found

    def _name(self, text: str) -> str:
        """Return a name without secrets, cut where it is longer than any that there is."""
        name = self._clean(_whole(text))
        return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def _written(body: Mapping[str, Any]) -> str:
    return _whole(json.dumps(body, ensure_ascii=False))


def _read(body: str) -> dict[str, Any]:
    """Return a body; none where masks made it one that cannot be read."""
    try:
        found: dict[str, Any] = parse_json(body)
    except NotJson:
        return {}
    return found
