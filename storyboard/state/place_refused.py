"""That a text names no place where a state may be kept, and what to write instead."""

from __future__ import annotations


class PlaceRefused(ValueError):
    """No place for a state; `below` are the keys that lead from `state` to what is wrong."""

    def __init__(self, said: str, hint: str, below: tuple[str, ...] = ()) -> None:
        super().__init__(said)
        self.hint = hint
        self.below = below
