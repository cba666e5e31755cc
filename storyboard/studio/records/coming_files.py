"""Files on their way to a bucket, which no row names yet: whoever removes files leaves them.

Another entry with the same content may go meanwhile, and its file with it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from storyboard.errors import StudioError
from storyboard.studio.records import entries
from storyboard.studio.records.clock import database_clock
from storyboard.studio.records.store import Store, Transaction

_KEPT_SECONDS: Final = 86_400.0
"""After which a process is gone that was sending: no file takes a day."""


@contextmanager
def coming(store: Store, *blobs: str) -> Iterator[None]:
    """Keep files while they are sent, until the block has stored the rows that name them."""
    tokens = {secrets.token_hex(8): blob for blob in blobs}
    # Beside no `write`: whoever is about to remove one of them has done so before, or sees it.
    with store.write_beside() as tx:
        now = database_clock(tx)
        tx.run("coming_files.forget", now=now)
        for token, blob in tokens.items():
            tx.run("coming_files.add", token=token, blob=blob, keep_until=now + _KEPT_SECONDS)
    try:
        yield
    finally:
        with suppress(StudioError), store.write_beside() as tx:
            for token in tokens:
                tx.run("coming_files.delete", token=token)


def is_named(tx: Transaction, blob: str) -> bool:
    """Return whether an entry has this file, or will have it soon."""
    if entries.is_kept(tx, blob):
        return True
    return tx.row("coming_files.find", blob=blob, now=database_clock(tx)) is not None
