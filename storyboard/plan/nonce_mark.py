"""The mark that an interrupted add leaves in a video's name, so that it can be found again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from storyboard.kaltura.objects import RemoteVideo

_MARK = re.compile(r"(?<!\s)\s*⟦sb:([0-9a-z]+)⟧$")
# With the mark, 59 characters: a studio may cut names at 60, and the nonce must survive that.
_TITLE = 36


def marked_name(name: str, nonce: str) -> str:
    """Return a name that carries a nonce; the title is cut to leave room for it."""
    return f"{name[:_TITLE]} ⟦sb:{nonce}⟧"


def nonce_of(name: str) -> str | None:
    """Return the nonce that a name carries."""
    found = _MARK.search(name)
    return found[1] if found else None


def carriers(videos: Iterable[RemoteVideo], nonce: str) -> list[RemoteVideo]:
    """Return the videos whose names carry a nonce, the oldest first."""
    found = (video for video in videos if nonce_of(video.name) == nonce)
    return sorted(found, key=lambda video: (video.created_at, video.id))
