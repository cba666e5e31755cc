"""Where ids come from: chance, or a seed that gives the same ones again. Knows no object.

The seed is kept with the objects, so that any number of processes draw from it, each id once.
"""

from __future__ import annotations

import random

from storyboard.studio.records.store import Transaction


def plant(tx: Transaction, seed: str | None) -> None:
    """Draw from a seed from now on, from its beginning; `None`: from chance."""
    tx.run("seed.delete_all")
    if seed is not None:
        tx.run("seed.plant", value=seed)


def chance(tx: Transaction) -> random.Random:
    """Return what the next id is drawn from; secrets are never drawn from it."""
    row = tx.row("seed.draw")
    if row is None:
        return random.SystemRandom()
    return random.Random(f"{row['value']}/{row['drawn']}")
