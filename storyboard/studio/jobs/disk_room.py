"""Whether the disks of a studio have room: that of its workspace, and that of its place of files.

They are one, where its files are in the workspace. A bucket tells of its room only when it is full;
what comes for it is a draft in the workspace until then.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records.quota import MORE_ROOM

_FILES: Final = "delete some of what is there, or give the disk of the studio's files more room"

WORKSPACE: Final = "workspace"
FILES: Final = "files"
"""What the disks are called in the metrics."""


def check_room_for_rows(workspace: Workspace) -> None:
    """Refuse to fill the disk of the workspace, which has the rows; raises `Refusal`."""
    workspace.quota.check_disk(workspace.path, MORE_ROOM)


def check_room_for_files(workspace: Workspace) -> None:
    """Refuse to fill the disk of what is sent to the studio; raises `Refusal`."""
    advice = _FILES if _has_files_elsewhere(workspace) else MORE_ROOM
    workspace.quota.check_disk(workspace.blobs.folder, advice)


def free_bytes(workspace: Workspace) -> Mapping[str, int]:
    """Return the room on each disk; a disk that is away has none to tell of."""
    folders = {WORKSPACE: workspace.path}
    if _has_files_elsewhere(workspace):
        folders[FILES] = workspace.blobs.folder
    found = dict[str, int]()
    for name, folder in folders.items():
        with suppress(OSError):
            found[name] = shutil.disk_usage(folder).free
    return found


def _has_files_elsewhere(workspace: Workspace) -> bool:
    return workspace.blobs.folder != workspace.path
