"""The mark that an interrupted add leaves in a video's name, so that it can be found again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from storyboard.kaltura.objects import RemoteVideo

_MARK: Final = re.compile(r"\s*sb[^0-9a-z]?([0-9a-f]{16})\s*", re.IGNORECASE)
"""Matched at the beginning only: a studio that cuts names cuts their end, and a copy that a person
makes of a marked video has words such as `Copy of` there, and is no add of ours. Letters, digits
and a hyphen are what studios leave alone: some drop other characters, one counts bytes and cuts
where `⟦` has three. Of a mark only the hyphen can be lost, and its letters be made capitals."""

_OLD_MARK: Final = re.compile(r"(?<!\s)\s*⟦sb:([0-9a-z]+)⟧$")
"""What programs before this one wrote, behind the title."""

_TITLE: Final = 40
"""With the mark, 60 characters: some studios may refuse a name that they would have to cut."""


def marked_name(name: str, nonce: str) -> str:
    """Return a name that carries a nonce of 16 hexadecimal digits, before as much of the title."""
    return f"sb-{nonce} {name[:_TITLE]}".rstrip()


def nonce_of(name: str) -> str | None:
    """Return the nonce that a name carries."""
    found = _found(name)
    return found[1].lower() if found else None


def title_of(name: str) -> str:
    """Return a name without its mark: what is left of the title that was sent."""
    found = _found(name)
    return name if found is None else name[: found.start()] + name[found.end() :]


def carriers(videos: Iterable[RemoteVideo], nonce: str) -> list[RemoteVideo]:
    """Return the videos whose names carry a nonce, the oldest first."""
    found = (video for video in videos if nonce_of(video.name) == nonce)
    return sorted(found, key=lambda video: (video.created_at, video.id))


def _found(name: str) -> re.Match[str] | None:
    return _MARK.match(name) or _OLD_MARK.search(name)
