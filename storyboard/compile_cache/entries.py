"""Entries of the cache: JSON under names that cannot be foreseen, each sealed by a secret.

Whoever may write files of the repository may send a folder of entries along, and a result that no
file gives. So what is read bears the seal of a secret that was made on this machine, and came with
no commit: see `disk/made_here.py`. Whatever is wrong with an entry, it counts as none.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from storyboard.disk.bounded import mark_used, trim
from storyboard.disk.inside import FileRefused, read_inside
from storyboard.disk.made_here import is_made_here, is_open_to_others, mark_made_here
from storyboard.disk.writing import ignore_in_git, write_whole
from storyboard.strict_json import uncollected

FOLDER: Final = Path(".storyboard", "cache", "compiled")
_SECRET: Final = "secret"
_SECRET_BYTES: Final = 32
_SUFFIX: Final = ".entry"
_OWNERS: Final = 0o600
_SEAL: Final = 64
"""Characters of an entry's first line."""

MAX_ENTRY: Final = 64 << 20
MAX_FOLDER: Final = 256 << 20
"""Bytes: a project of 5,000 storyboards in 10 locales takes 20 MB."""


class Entries:
    """Owns the entries of a project; one that cannot be written, as in a read-only checkout, is
    not kept."""

    def __init__(
        self, root: Path, *, limit: int = MAX_FOLDER, clock: Callable[[], float] = time.time
    ) -> None:
        self._root = Path(os.path.realpath(root))
        self._folder = self._root / FOLDER
        self._limit = limit
        self._clock = clock
        self._secret: bytes | None = None

    @property
    def has_any(self) -> bool:
        """Whether there may be entries: most projects have none, and need no keys."""
        return self._known_secret() is not None

    def find(self, key: str) -> Any:
        """Return the value that was kept under a key, None for none."""
        secret = self._known_secret()
        if secret is None:
            return None
        path = self._path(key, secret)
        try:
            if is_open_to_others(path.lstat()):  # git keeps no such rights: it came with a commit
                return None
            content = read_inside(path, self._root, MAX_ENTRY)
            seal, body = content[:_SEAL], memoryview(content)[_SEAL:]
            if not hmac.compare_digest(seal, _seal(path.name, body, secret)):
                return None
            with uncollected():
                value = json.loads(str(body, "utf-8"))
            mark_used(path, self._clock())
        except (FileRefused, OSError, ValueError, RecursionError):
            return None
        return value

    def keep(self, key: str, value: Any) -> None:
        """Keep a value of JSON under a key, in the place of what was there, if it can be kept."""
        body = json.dumps(value, separators=(",", ":"), ensure_ascii=False, check_circular=False)
        with suppress(OSError, FileRefused, UnicodeEncodeError):
            content = body.encode()
            if len(content) + _SEAL > MAX_ENTRY:
                return
            secret = self._known_secret() or self._new_secret()
            path = self._path(key, secret)
            seal = _seal(path.name, memoryview(content), secret)
            write_whole(path, seal + content, inside=self._root, mode=_OWNERS)
            trim(self._folder, _SUFFIX, self._limit)

    def _path(self, key: str, secret: bytes) -> Path:
        name = blake2b(key.encode("utf-8", "surrogateescape"), key=secret, digest_size=16)
        return self._folder / f"{name.hexdigest()}{_SUFFIX}"

    def _known_secret(self) -> bytes | None:
        """Return the secret of this machine; None where there is none, or one that was sent."""
        if self._secret is None:
            path = self._folder / _SECRET
            with suppress(FileRefused, ValueError):
                if is_made_here(path):
                    told = read_inside(path, self._root, 4 * _SECRET_BYTES)
                    found = bytes.fromhex(told.decode("ascii"))
                    self._secret = found if len(found) == _SECRET_BYTES else None
        return self._secret

    def _new_secret(self) -> bytes:
        """Make a secret; one that was sent loses its place."""
        secret = secrets.token_bytes(_SECRET_BYTES)
        path = self._folder / _SECRET
        write_whole(path, secret.hex().encode(), inside=self._root, mode=_OWNERS)
        mark_made_here(path)
        ignore_in_git(self._folder, inside=self._root)
        self._secret = secret
        return secret


def _seal(name: str, body: memoryview, secret: bytes) -> bytes:
    """Return what only who knows the secret can put before the content of an entry."""
    told = blake2b(name.encode() + b"\0", key=secret, digest_size=_SEAL // 2)
    told.update(body)
    return told.hexdigest().encode()
