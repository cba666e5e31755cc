"""Which known name an unknown one was probably meant to be."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """Return `did you mean 'x'?` for the nearest known name, if one is near."""
    lowered = {candidate.lower(): candidate for candidate in known}
    near = difflib.get_close_matches(name[:200].lower(), lowered, n=1, cutoff=0.6)
    return f"did you mean '{lowered[near[0]]}'?" if near else None


def nearest_or_all(name: str, known: Iterable[str], otherwise: str, limit: int = 8) -> str:
    """Return a hint: the nearest known name, else the known ones, `otherwise` where none is."""
    names = list(known)
    listed = ", ".join(names[:limit]) + (" …" if len(names) > limit else "")
    return did_you_mean(name, names) or (f"known: {listed}" if names else otherwise)
