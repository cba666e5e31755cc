"""Who a workspace is: partner id and admin secret, random, made once, its owner's to read.

Whoever may commit files could send a workspace whose secret, films and data are theirs. Git keeps
neither the rights nor the time of a file, and both tell that this one was made by a studio.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storyboard.disk.inside import FileRefused, read_inside
from storyboard.disk.made_here import MADE_AT, bears_mark, is_open_to_others, mark_made_here
from storyboard.disk.new_files import filling_new
from storyboard.errors import StudioError
from storyboard.shell import word
from storyboard.strict_json import parse_json
from storyboard.studio.records.schema import DATA_PREFIX, DATABASE

_FILE = "identity.json"
_MAX_BYTES = 4096
_FIRST_PARTNER, _PARTNERS = 990_000_000, 9_000_000
"""Far above Kaltura's own: a session of this studio must never mean anybody there."""

_TAKEN_OUT: Final = (
    "if it came with the repository, others know its secret: delete it, with the videos and media "
    "in it: rm -r {0}; take it out of git, and commit that: git rm -r --cached {0}"
)
"""Comes last in a hint: whoever restored a backup may have no other copy of what `rm` deletes."""

DATA_FOLDERS: Final = ("blobs", "cache")
FOLDERS: Final = ("serving", "snapshots", "tmp", "uploads")
"""What a workspace has: closed to others even where the workspace, made by its user, is not."""

ELSEWHERE: Final = (
    "make the folder writable, or keep the data in another one: "
    "`storyboard studio exec --workspace FOLDER -- storyboard COMMAND -e kaltura`"
)
"""What to do where a workspace cannot be written, say in a read-only checkout. On the command line,
it names the command that was typed."""


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """Partner id and admin secret of one workspace."""

    partner_id: int
    admin_secret: str
    has_data_folder: bool = True
    """Whether its data never lay elsewhere: earlier versions had it beside the secret."""

    def name_for(self, what: str) -> str:
        """Return 64 digits that no other workspace has; without its secret nobody finds them."""
        return hmac.new(self.admin_secret.encode(), what.encode(), hashlib.sha256).hexdigest()


def load_identity(workspace: Path) -> Identity:
    """Read the workspace's identity, or make one; two processes at once get the same.

    Nothing else is made in a workspace before. Raises `StudioError` for one of somebody else.
    """
    path = workspace / _FILE
    if not path.exists():
        _refuse_data(path)
        try:
            _create(path)
        except OSError as cause:
            why = (cause.strerror or str(cause)).lower()
            raise StudioError(f"the studio cannot write '{path}': {why}", hint=ELSEWHERE) from cause
    return _read(path)


def find_identity(workspace: Path) -> Identity | None:
    """Read the workspace's identity; None where it has none. Raises as `load_identity`."""
    path = workspace / _FILE
    return _read(path) if os.path.lexists(path) else None


def _read(path: Path) -> Identity:
    _refuse_open(path)
    try:
        stored = parse_json(read_inside(path, path.parent, _MAX_BYTES))
        secret = str(stored["adminSecret"])
        return Identity(int(stored["partnerId"]), secret, stored.get("hasDataFolder") is True)
    except (FileRefused, ValueError, KeyError, TypeError, AttributeError) as cause:
        raise StudioError(
            f"the studio's identity in '{path}' cannot be read",
            hint="restore the file, or use another workspace",
        ) from cause


def _refuse_data(path: Path) -> None:
    """Raise `StudioError` for a workspace that has data, and no secret even now."""
    workspace = path.parent
    found = sorted(
        (
            *(name for name in (*DATA_FOLDERS, *FOLDERS) if any((workspace / name).glob("*"))),
            *(file.name for file in workspace.glob(f"{DATABASE}*")),
            *(file.name for file in workspace.glob(f"{DATA_PREFIX}*")),
        )
    )
    if found and not path.exists():
        raise StudioError(
            f"the data in '{workspace}' ({', '.join(found)}) has no '{_FILE}': "
            "no studio here made it, or not all of it was kept",
            hint=f"if you copied or restored it, copy its '{_FILE}' too, with `cp -p`; "
            "a cache of a pipeline keeps the whole folder; "
            f"{_TAKEN_OUT.format(word(workspace))}",
        )


def _refuse_open(path: Path) -> None:
    """Raise `StudioError` for a secret that git brought: others can read it, or it is too new.

    Whoever knows it can speak to the studio in the name of its user.
    """
    facts = path.lstat()
    if is_open_to_others(facts):
        raise StudioError(
            f"the studio's secret in '{path}' can be read by others, or came with the repository",
            hint=f"if you made it: chmod 600 {word(path)}; {_TAKEN_OUT.format(word(path.parent))}",
        )
    if not bears_mark(facts):
        made_at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(MADE_AT))
        raise StudioError(
            f"the studio's secret in '{path}' was not made here: it came with the repository, "
            "or was copied without its time",
            hint=f"if you copied or restored it: touch -d {made_at} {word(path)}; `cp -p` keeps "
            f"the time; {_TAKEN_OUT.format(word(path.parent))}",
        )


def _create(path: Path) -> None:
    identity = {
        "partnerId": _FIRST_PARTNER + secrets.randbelow(_PARTNERS),
        "adminSecret": secrets.token_hex(16),
        "hasDataFolder": True,
    }
    with filling_new(path, inside=path.parent) as part:
        part.write_text(json.dumps(identity))
        mark_made_here(part)
