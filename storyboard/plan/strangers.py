"""Addresses of videos that no storyboard has: what a plan calls them. Knows no plan."""

from __future__ import annotations

from typing import Final

from storyboard.kaltura.objects import RemoteVideo
from storyboard.texts import normal_text
from storyboard.video import Address

_LONGEST: Final = 60
"""Characters of a name; with the id behind it, a line of a plan still has room for the reason."""

_MARK: Final = " ("
"""No storyboard's id has a space."""


def stranger_address(video: RemoteVideo, locale: str | None = None) -> Address:
    """Return `NAME (ID)`, which is no address that a file can have."""
    # `@` would begin a locale.
    name = normal_text(video.name.replace("@", " at "))[:_LONGEST].rstrip()
    return Address(f"{name}{_MARK}{video.id})", locale)


def is_stranger(address: Address) -> bool:
    """Whether an address was made of a video's name, and not by a file."""
    return _MARK in address.storyboard
