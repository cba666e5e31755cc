"""The mark that an interrupted add leaves in a video's name, so that it can be found again."""

from __future__ import annotations

import re

_MARK = re.compile(r"\s*⟦sb:([0-9a-z]+)⟧$")
# With the mark, 59 characters: a studio may cut names at 60, and the nonce must survive that.
_TITLE = 36


def marked_name(name: str, nonce: str) -> str:
    """Return a name that carries a nonce; the title is cut to leave room for it."""
    return f"{name[:_TITLE]} ⟦sb:{nonce}⟧"


def nonce_of(name: str) -> str | None:
    """Return the nonce that a name carries."""
    found = _MARK.search(name)
    return found[1] if found else None
