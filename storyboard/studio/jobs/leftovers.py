"""Frees what is no longer needed: files of entries that are gone, and what the cache has too much.

A file goes at once, or when no film in work may use it.
"""

from __future__ import annotations

import logging
from itertools import islice
from typing import Final

from storyboard.counting import counted
from storyboard.studio.film.cache import Cache
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import avatars, entries, queue
from storyboard.studio.records.coming_files import is_named
from storyboard.studio.records.entries import Entry
from storyboard.studio.records.store import Transaction

_LOG = logging.getLogger("storyboard.studio")
_SWEPT_AT_ONCE: Final = 100
"""Files that are removed in one transaction: all others that write wait for it."""


def free(workspace: Workspace, gone: Entry) -> None:
    """Remove the file of an entry that was removed, or given another file.

    In a transaction of its own: one that fails at its end would have removed what is still named.
    """
    free_spared(workspace)  # films of other processes may have ended since
    if not gone.has_content:
        return
    with workspace.store.write() as tx:
        if is_named(tx, gone.blob):
            return
        if _is_in_work(tx, gone.id):
            workspace.blobs.spared.add((gone.id, gone.blob))
        else:
            workspace.blobs.remove(gone.blob)


def free_spared(workspace: Workspace) -> None:
    """Remove what films needed that are no longer in work."""
    if not workspace.blobs.spared:
        return
    with workspace.store.write() as tx:
        gone = []
        for entry_id, blob in list(workspace.blobs.spared)[:_SWEPT_AT_ONCE]:
            is_wanted = is_named(tx, blob)
            if is_wanted or not _is_in_work(tx, entry_id):
                workspace.blobs.spared.discard((entry_id, blob))
                if not is_wanted:
                    gone.append(blob)
        workspace.blobs.remove(*gone)


def sweep_strays(workspace: Workspace, older_than: float) -> None:
    """Remove files that came before a unix time and that no entry has, and tell how many.

    None is removed while a film may be looking at it, nor by a database that knows no file at all:
    it may be another one, or not be restored yet.
    """
    with workspace.store.read() as tx:
        if queue.states(tx, open_only=True):
            return
        kept = entries.find_blobs(tx)
    strays = workspace.blobs.strays(kept, older_than)
    if not kept:
        if count := sum(1 for _ in strays):
            named = f"{counted(count, 'file')} that no entry names"
            _LOG.warning("%s %s: no entry has a file", named, "stays" if count == 1 else "stay")
        return
    removed = 0
    while names := tuple(islice(strays, _SWEPT_AT_ONCE)):
        # Another server may have taken one up since the look.
        with workspace.store.write() as tx:
            gone = [name for name in names if not is_named(tx, name)]
            workspace.blobs.remove(*gone)
        removed += len(gone)
    if removed:
        _LOG.info("removed %s that no entry names", counted(removed, "file"))


def trim_cache(workspace: Workspace) -> None:
    """Delete what was used longest ago of what jobs left in the cache, beyond its limit."""
    try:
        Cache(workspace.cache).trim(workspace.quota.cache)
    except OSError as cause:
        _LOG.warning("the cache cannot be made smaller: %s", cause)


def _is_in_work(tx: Transaction, entry_id: str) -> bool:
    """Return whether a film in work may show the entry, as b-roll or as a background."""
    if queue.works_on(tx, entry_id):
        return True
    # Which avatars a film in work has is not kept: any film may have this background.
    return avatars.stand_before(tx, entry_id) and queue.works_on(tx, "")
