"""Which known name an unknown one was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable

from storyboard.nearest import did_you_mean, nearest

__all__ = ["did_you_mean", "nearest", "nearest_or_all"]


def nearest_or_all(name: str, known: Iterable[str], otherwise: str, limit: int = 8) -> str:
    """Return a hint: the nearest known name, else the known ones, `otherwise` where none is."""
    names = list(known)
    listed = ", ".join(names[:limit]) + (" …" if len(names) > limit else "")
    return did_you_mean(name, names) or (f"known: {listed}" if names else otherwise)
