"""A small forge on loopback: pull requests and comments, as GitHub's and GitLab's APIs have them.

Written after their public references: pages, limits on calls, missing rights, comments of others.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "forge-token-0123456789"
_COMMENTS = r"/repos/o/r/issues/(\d+)/comments|/projects/42/merge_requests/(\d+)/notes"
_BRANCHES = r"(?:/repos/o/r|/projects/42/repository)/branches/(\w+)"
_MERGES = r"/repos/o/r/commits/(\w+)/pulls|/projects/42/repository/commits/(\w+)/merge_requests"


@dataclass
class Note:
    """A comment as the forge keeps it."""

    id: int
    author: str
    body: str
    number: int = 7


@dataclass
class ForgeServer:
    """The comments, what was asked, and what the next answers are instead of the right ones.

    `numbers` are the pull requests that there are; `merges` tell what each was merged as, and are
    seen from look `merges_seen_at` on. `viewer` is whose token an app is told that it has: `me`, if
    it is None, and not told at all, if it is empty.
    """

    kind: str
    me: str = "github-actions[bot]"
    knows_user: bool = False
    viewer: str | None = None
    numbers: set[int] = field(default_factory=lambda: {7})
    merges: list[dict[str, Any]] = field(default_factory=list)
    merges_seen_at: int = 1
    heads: dict[str, str] = field(default_factory=dict)
    denies_writing: bool = False
    all_notes: list[Note] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    instead: list[tuple[int, dict[str, str], Any]] = field(default_factory=list)
    on_create: Callable[[], None] = lambda: None
    url: str = ""
    _last: int = 0
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def notes(self) -> list[Note]:
        """The comments of pull request 7, which most tests are about."""
        return self.notes_of(7)

    def notes_of(self, number: int) -> list[Note]:
        """Return the comments of a pull request."""
        return [note for note in self.all_notes if note.number == number]

    def add(self, author: str, body: str, number: int = 7) -> Note:
        """Write a comment as somebody."""
        with self._lock:
            self._last += 1
            self.all_notes.append(Note(self._last, author, body, number))
            return self.all_notes[-1]

    def merge(
        self, sha: str, number: int = 7, *, base: str = "main", squashed: bool = False
    ) -> None:
        """Note that a pull request was merged as a commit."""
        at = f"2026-03-01T10:{len(self.merges):02}:00Z"
        if self.kind == "github":
            self.merges.append({"number": number, "base": {"ref": base}, "merged_at": at,
                                "merge_commit_sha": sha, "of": sha})  # fmt: skip
        else:
            name = "squash_commit_sha" if squashed else "merge_commit_sha"
            self.merges.append({"iid": number, "target_branch": base, "merged_at": at, name: sha,
                                "state": "merged", "of": sha})  # fmt: skip

    def answer(self, method: str, path: str, token: str, body: Any) -> tuple[int, dict, Any]:
        """Return status, headers and body."""
        with self._lock:
            self.asked.append(f"{method} {urlsplit(path).path}")
            if self.instead:
                return self.instead.pop(0)
            if token != TOKEN:
                return 401, {}, {"message": "Bad credentials"}
            return self._right(method, urlsplit(path).path, parse_qs(urlsplit(path).query), body)

    def _right(self, method: str, path: str, query: Any, body: Any) -> tuple[int, dict, Any]:
        if path == "/user":
            name = "login" if self.kind == "github" else "username"
            refused = {"message": "Resource not accessible by integration"}
            return (200, {}, {name: self.me}) if self.knows_user else (403, {}, refused)
        if path == "/graphql":
            login = self.me if self.viewer is None else self.viewer
            return 200, {}, {"data": {"viewer": {"login": login}} if login else None}
        if method != "GET" and self.denies_writing:
            return 403, {}, {"message": "Resource not accessible by integration"}
        one = re.fullmatch(r".*/(?:issues/comments|notes)/(\d+)", path)
        if one:
            return self._one(method, int(one[1]), body)
        commit = re.fullmatch(_MERGES, path)
        if commit:
            self.merges_seen_at -= 1
            sha = commit[1] or commit[2]
            seen = self.merges if self.merges_seen_at <= 0 else []
            return 200, {}, [merge for merge in seen if merge["of"] == sha]
        branch = re.fullmatch(_BRANCHES, path)
        if branch and self.heads.get(branch[1]):
            name = "sha" if self.kind == "github" else "id"
            return 200, {}, {"name": branch[1], "commit": {name: self.heads[branch[1]]}}
        thread = re.fullmatch(_COMMENTS, path)
        number = int(thread[1] or thread[2]) if thread else 0
        if number not in self.numbers:
            return 404, {}, {"message": "Not Found"}
        if method == "POST":
            note = self.add(self.me, body["body"], number)
            self.on_create()
            return 201, {}, self._told(note)
        size, page = int(query["per_page"][0]), int(query["page"][0])
        notes = self.notes_of(number)
        return 200, {}, [self._told(n) for n in notes[size * (page - 1) : size * page]]

    def _one(self, method: str, id_: int, body: Any) -> tuple[int, dict, Any]:
        note = next((n for n in self.all_notes if n.id == id_), None)
        if note is None:
            return 404, {}, {"message": "Not Found"}
        if method == "DELETE":
            self.all_notes.remove(note)
            return 204, {}, None
        note.body = body["body"]
        return 200, {}, self._told(note)

    def _told(self, note: Note) -> dict[str, Any]:
        if self.kind == "github":
            url = f"https://forge.example/o/r/pull/7#{note.id}"
            return {"id": note.id, "body": note.body, "user": {"login": note.author},
                    "html_url": url}  # fmt: skip
        return {"id": note.id, "body": note.body, "author": {"username": note.author},
                "system": note.author == "system"}  # fmt: skip

    @property
    def variables(self) -> dict[str, str]:
        """What a runner sets in a job about pull request 7."""
        return self.variables_of(7)

    def variables_of(self, number: int) -> dict[str, str]:
        """Return what a runner sets in a job about a pull request."""
        if self.kind == "github":
            return self._common | {"GITHUB_REF": f"refs/pull/{number}/merge"}
        return self._common | {"CI_MERGE_REQUEST_IID": str(number)}

    def variables_on(self, sha: str, branch: str = "main") -> dict[str, str]:
        """Return what a runner sets in a job about a commit that was pushed."""
        if self.kind == "github":
            return self._common | {
                "GITHUB_SHA": sha,
                "GITHUB_REF": f"refs/heads/{branch}",
                "GITHUB_REF_NAME": branch,
                "GITHUB_REF_TYPE": "branch",
            }
        return self._common | {"CI_COMMIT_SHA": sha, "CI_COMMIT_BRANCH": branch}

    @property
    def _common(self) -> dict[str, str]:
        if self.kind == "github":
            return {"GITHUB_API_URL": self.url, "GITHUB_REPOSITORY": "o/r", "GITHUB_TOKEN": TOKEN}
        return {"CI_API_V4_URL": self.url, "CI_PROJECT_ID": "42", "GITLAB_TOKEN": TOKEN}


@contextmanager
def forge_server(kind: str) -> Iterator[ForgeServer]:
    """Serve a forge."""
    forge = ForgeServer(kind)
    if kind == "gitlab":
        forge.me, forge.knows_user = "project_42_bot", True

    class Handler(BaseHTTPRequestHandler):
        disable_nagle_algorithm = True  # else the body of each reply waits 40 ms for an ACK

        def _serve(self) -> None:
            size = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(size)) if size else None
            bearer = self.headers.get("authorization", "").removeprefix("Bearer ")
            token = bearer or self.headers.get("private-token", "")
            status, headers, told = forge.answer(self.command, self.path, token, body)
            content = b"" if told is None else json.dumps(told).encode()
            self.send_response(status)
            for name, value in {**headers, "content-length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _serve

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    forge.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield forge
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
