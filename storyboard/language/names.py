"""Which known name an unknown one was probably meant to be."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """Return `did you mean 'x'?` for the nearest known name, if one is near."""
    lowered = {candidate.lower(): candidate for candidate in known}
    near = difflib.get_close_matches(name[:200].lower(), lowered, n=1, cutoff=0.6)
    return f"did you mean '{lowered[near[0]]}'?" if near else None


def one_of(known: Iterable[str], limit: int = 8) -> str:
    """List known names for a hint, in their order, the first `limit` of them."""
    names = list(known)
    listed = ", ".join(f"'{name}'" for name in names[:limit])
    return f"{listed} and {len(names) - limit} more" if len(names) > limit else listed
