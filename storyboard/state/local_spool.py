"""Where a state goes that could not be written: beside its file, or among temporary files."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from storyboard.disk.inside import FileRefused
from storyboard.disk.writing import write_whole
from storyboard.errors import FailureCode, StateError
from storyboard.shell import word
from storyboard.state.format import format_state
from storyboard.state.local_names import PRIVATE_MODE
from storyboard.state.model import State

SPOOL: Final = ".spool"
"""What the name of a spool beside a state file ends in."""


def own_spools(near: Path, state: State | None) -> list[Path]:
    """Return the spools that are there: the one beside the file, and the state's far one."""
    found = [near]
    if state is not None:
        found.append(_far_spool(state))
    return [path for path in found if _is_own(path)]


def follows(spooled: State, state: State) -> bool:
    """Whether a state that was spooled comes after the stored one."""
    return spooled.lineage == state.lineage and spooled.serial > state.serial


def keep_in_spool(near: Path, state: State, *, inside: Path, is_first: bool) -> str:
    """Keep a state that could not be written; returns the hint that says where.

    The first of its lineage is kept beside its file alone: no later run could find it elsewhere.
    """
    far, content = _far_spool(state), format_state(state).encode()
    for place, folder in ((near, inside), *(() if is_first else ((far, far.parent),))):
        with suppress(OSError, FileRefused):
            write_whole(place, content, inside=folder, mode=PRIVATE_MODE)
            return f"it was kept in '{place}', and the next run takes it up from there"
    return "free the disk or the folder's rights; the next apply finds what was made by name"


def damaged_spool(path: Path) -> StateError:
    """Return what is told of a spool that cannot be read; the state itself is as it was."""
    aside = word(f"{path}.damaged")
    return StateError(
        f"'{path}' is damaged: it has what an earlier run could not write to the state",
        hint=f"put it aside: `mv {word(path)} {aside}`; the state itself is whole, and the next "
        "apply finds by its name what that run made",
        code=FailureCode.STATE_DAMAGED,
    )


def _is_own(path: Path) -> bool:
    """Whether this user wrote a file: others may write into the folder of temporary files, too."""
    with suppress(OSError):
        facts = path.lstat()
        is_users = os.name != "posix" or facts.st_uid == os.geteuid()
        return stat.S_ISREG(facts.st_mode) and is_users
    return False


def _far_spool(state: State) -> Path:
    # By lineage, which is random: a second project has another, and nobody can guess it
    # beforehand.
    return Path(tempfile.gettempdir()) / f"storyboard-{state.lineage}.spool"
