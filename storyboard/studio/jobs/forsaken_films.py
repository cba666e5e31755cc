"""Films asked for with voices that no process has any more: they get those of this server.

They waited for ever else: whoever changes the voices of a studio starts it anew, and takes the
former ones away. As long as any server or worker has them, their films wait for its like.
"""

from __future__ import annotations

import logging
from typing import Final

from storyboard.counting import counted
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import live_workers

_LOG: Final = logging.getLogger("storyboard.studio")


def adopt_forsaken(workspace: Workspace) -> None:
    """Give them this server's voices, and tell how many; raises `StudioError`."""
    with workspace.store.read() as tx:
        found = live_workers.forsaken(tx)
    own = workspace.voices_name
    if not any(needs != own for needs in found):
        return
    with workspace.store.write() as tx:
        # Another server may have come since the look.
        former = [needs for needs in live_workers.forsaken(tx) if needs != own]
        count = sum(live_workers.adopt(tx, needs, own) for needs in former)
        tx.ring()
    if count:
        told = "%s asked for with voices that no process has any more: made with this server's"
        _LOG.warning(told, counted(count, "film"))
