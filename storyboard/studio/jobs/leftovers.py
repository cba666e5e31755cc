"""Frees what is no longer needed: files of entries that are gone, and what the cache has too much.

A file goes at once, or when no film in work may use it.
"""

from __future__ import annotations

import logging

from storyboard.studio.film.cache import Cache
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import avatars, entries, queue
from storyboard.studio.records.entries import Entry
from storyboard.studio.records.store import Transaction

_LOG = logging.getLogger("storyboard.studio")


def free(workspace: Workspace, gone: Entry) -> None:
    """Remove the file of an entry that was removed, or given another file.

    In a transaction of its own: one that fails at its end would have removed what is still named.
    """
    free_spared(workspace)  # films of other processes may have ended since
    if not gone.has_content:
        return
    with workspace.store.write() as tx:
        if entries.is_kept(tx, gone.blob):
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
        for entry_id, blob in list(workspace.blobs.spared):
            is_kept = entries.is_kept(tx, blob)
            if is_kept or not _is_in_work(tx, entry_id):
                workspace.blobs.spared.discard((entry_id, blob))
                if not is_kept:
                    workspace.blobs.remove(blob)


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
