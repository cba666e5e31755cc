"""A small server on loopback that keeps a state and its lock, in GitLab's dialect or Terraform's.

Written after GitLab's source and Terraform's public reference: GitLab takes each serial once, needs
every field of a lock, repeats some of what was asked in its refusals, and answers 500 to a write
that has a foreign lock. What a test puts into `faults` happens to the next requests, one each.
"""

from __future__ import annotations

import json
import threading
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from storyboard.kaltura.exchange_failures import NoReply
from storyboard.kaltura.transport import Reply
from storyboard.state.server_place import ServerPlace
from tests.support.served import Answer, Asked, Fault, served

PASSWORD = "state-password-0123456789"
GITLAB, TERRAFORM = "/api/v4/projects/42/terraform/state/production", "/states/production"
_FIELDS = {"ID", "Operation", "Info", "Who", "Version", "Created", "Path"}


def refused(status: int, message: str = "said by the server") -> Fault:
    """Return a fault: the request has no effect, and this is the answer."""
    return lambda asked, right: told(status, {"message": message})


def told(status: int, body: Any) -> Answer:
    """Return JSON."""
    content = json.dumps(body).encode()
    return Answer(status, content, (("content-type", "application/json"),))


@dataclass
class StateServerHere:
    """One state with its versions, its lock, what was asked, and the faults to come.

    `ignores` is what a server that keeps nothing apart does not look at: `lock` or `id`.
    """

    path: str = GITLAB
    versions: dict[int, bytes] = field(default_factory=dict)
    lock: dict[str, str] | None = None
    asked: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    always: Fault | None = None
    ignores: str = ""
    password: str = PASSWORD
    url: str = "http://127.0.0.1:1"
    _turn: threading.RLock = field(default_factory=threading.RLock)

    @property
    def is_gitlab(self) -> bool:
        """Whether it speaks GitLab's dialect."""
        return self.path == GITLAB

    @property
    def place(self) -> ServerPlace:
        """Where the state is."""
        return ServerPlace(f"{self.url}{self.path}")

    @property
    def state(self) -> bytes | None:
        """The state: GitLab's newest version is the one of the highest serial."""
        return self.versions[max(self.versions)] if self.versions else None

    def answer(self, asked: Asked) -> Answer:
        """Answer a request, or fail as the next fault says."""
        with self._turn:
            self.asked.append(f"{asked.method} {urlsplit(asked.path).path}")
            fault = self.faults.pop(0) if self.faults else self.always
            return fault(asked, lambda: self._right(asked)) if fault else self._right(asked)

    def reset(self, path: str) -> None:
        """Forget all, as if it had just been served, and speak the dialect of a path."""
        for kept in (self.versions, self.asked, self.faults):
            kept.clear()
        self.lock, self.always, self.ignores = None, None, ""
        self.path, self.password = path, PASSWORD

    def _right(self, asked: Asked) -> Answer:
        user = self._user(asked.headers.get("authorization", ""))
        if user is None:
            return told(401, {"message": "401 Unauthorized"})
        path, query = urlsplit(asked.path).path, parse_qs(urlsplit(asked.path).query)
        id_ = query.get("ID", [None])[0]
        locks = f"{self.path}/lock" if self.is_gitlab else self.path
        match asked.method, path:
            case "GET", self.path:
                return self._read()
            case "POST", self.path:
                return self._write(asked.body, id_)
            case ("LOCK" | "POST", place) if place == locks:
                return self._lock(json.loads(asked.body), user)
            case ("UNLOCK" | "DELETE", place) if place == locks:
                return self._unlock(json.loads(asked.body or b"{}").get("ID", id_))
        return told(404, {"message": "404 Project Not Found"})

    def _user(self, header: str) -> str | None:
        kind, _, value = header.partition(" ")
        if kind == "Bearer":
            return "bearer" if value == self.password else None
        user, _, password = b64decode(value).decode().partition(":")
        return user if password == self.password else None

    def _read(self) -> Answer:
        if self.state is None:
            return told(404, {"message": "404 Not found"})
        return Answer(200, self.state)

    def _write(self, body: bytes, id_: str | None) -> Answer:
        if not body:
            return Answer(204)
        holding = None if self.lock is None else self.lock["ID"]
        if holding != id_ and self.ignores != "id":
            if self.is_gitlab:
                return told(500, {"message": "500 Internal Server Error"})
            return told(409, self.lock or {})
        serial = int(json.loads(body)["serial"])
        if self.is_gitlab and serial in self.versions:
            return told(422, {"message": "Version has already been taken"})
        if not self.is_gitlab:
            self.versions.clear()
        self.versions[serial] = body
        return Answer(200)

    def _lock(self, asked: dict[str, str], user: str) -> Answer:
        if not asked.keys() >= _FIELDS:
            return told(400, {"error": "a field is missing"})
        if self.lock is None or self.ignores == "lock":
            self.lock = asked | {"Who": user if self.is_gitlab else asked["Who"]}
            return told(200, self.lock)
        if not self.is_gitlab:
            return told(423, self.lock)
        seen = {name: self.lock[name] for name in ("ID", "Who", "Created")}
        return told(409, asked | seen)

    def _unlock(self, id_: str | None) -> Answer:
        if id_ is not None and (self.lock is None or self.lock["ID"] != id_):
            return told(409, self.lock or {})
        self.lock = None
        return Answer(200)


class DirectTransport:
    """Calls such a server in this process, without a connection."""

    def __init__(self, server: StateServerHere) -> None:
        self._server = server

    def send(
        self, method: str, url: str, *, content: bytes | None, headers: Mapping[str, str]
    ) -> Reply:
        """Send a body, or none, and return the reply; a reset is no reply."""
        named = {name.lower(): value for name, value in headers.items()}
        path = url.removeprefix(self._server.url)
        got = self._server.answer(Asked(method, path, named, content or b""))
        if got.is_reset:
            raise NoReply("the connection broke")
        return Reply(got.status, dict(got.headers), got.body)


@contextmanager
def state_server(path: str = GITLAB) -> Iterator[StateServerHere]:
    """Serve a state that is not there yet."""
    server = StateServerHere(path)
    with served(server.answer) as server.url:
        yield server
