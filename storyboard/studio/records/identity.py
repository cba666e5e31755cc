"""Who a workspace is: partner id and admin secret, random, made once, its owner's to read."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storyboard.disk.inside import FileRefused, read_inside
from storyboard.errors import StudioError
from storyboard.shell import word
from storyboard.strict_json import parse_json

_FILE = "identity.json"
_MODE, _OTHERS = 0o600, 0o077
_MAX_BYTES = 4096
_FIRST_PARTNER, _PARTNERS = 990_000_000, 9_000_000
"""Far above Kaltura's own: a session of this studio must never mean anybody there."""


ELSEWHERE: Final = (
    "make the folder writable, or keep the data in another one: "
    "`storyboard studio exec --workspace FOLDER -- storyboard plan -e kaltura`"
)
"""What to do where a workspace cannot be written, say in a read-only checkout."""


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """Partner id and admin secret of one workspace."""

    partner_id: int
    admin_secret: str


def load_identity(workspace: Path) -> Identity:
    """Read the workspace's identity, or make one; two processes at once get the same."""
    path = workspace / _FILE
    if not path.exists():
        try:
            _create(path)
        except OSError as cause:
            why = (cause.strerror or str(cause)).lower()
            raise StudioError(f"the studio cannot write '{path}': {why}", hint=ELSEWHERE) from cause
    _refuse_open(path)
    try:
        stored = parse_json(read_inside(path, workspace, _MAX_BYTES))
        return Identity(int(stored["partnerId"]), str(stored["adminSecret"]))
    except (FileRefused, ValueError, KeyError, TypeError) as cause:
        raise StudioError(
            f"the studio's identity in '{path}' cannot be read",
            hint="restore the file, or use another workspace",
        ) from cause


def _refuse_open(path: Path) -> None:
    """Raise `StudioError` for a secret that others can read: git keeps no rights, so it was sent.

    Whoever knows it can speak to the studio in the name of its user.
    """
    if os.name == "posix" and stat.S_IMODE(path.lstat().st_mode) & _OTHERS:
        raise StudioError(
            f"the studio's secret in '{path}' can be read by others, or came with the repository",
            hint="delete the workspace, and take it out of git: "
            f"git rm -r --cached {word(path.parent)}; if it is yours: chmod 600 {word(path)}",
        )


def _create(path: Path) -> None:
    identity = {
        "partnerId": _FIRST_PARTNER + secrets.randbelow(_PARTNERS),
        "adminSecret": secrets.token_hex(16),
    }
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
    try:
        with os.fdopen(descriptor, "w") as file:
            json.dump(identity, file)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
