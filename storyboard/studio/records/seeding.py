"""Where ids come from: chance, or a seed that gives the same ones again. Knows no object.

The seed is kept with the objects, so that any number of processes draw from it, each id once.
"""

from __future__ import annotations

import random
import sqlite3


def plant(tx: sqlite3.Connection, seed: str | None) -> None:
    """Draw from a seed from now on, from its beginning; `None`: from chance."""
    tx.execute("DELETE FROM seed")
    if seed is not None:
        tx.execute("INSERT INTO seed VALUES (?, 0)", (seed,))


def chance(tx: sqlite3.Connection) -> random.Random:
    """Return what the next id is drawn from; secrets are never drawn from it."""
    row = tx.execute("UPDATE seed SET drawn=drawn+1 RETURNING value, drawn").fetchone()
    if row is None:
        return random.SystemRandom()
    return random.Random(f"{row['value']}/{row['drawn']}")
