"""What a medium can serve for, by its kind: b-roll has to move, a background to stand still."""

from __future__ import annotations

from typing import Final

_NAMES: Final = {
    "video": "a video",
    "audio": "a sound without a picture",
    "image": "a still picture",
    "document": "a document",
}


def why_not_broll(kind: str) -> str | None:
    """Return what is wrong with a medium as b-roll, which takes entries of video (guide §6)."""
    return None if kind == "video" else f"is {_NAMES[kind]}, and b-roll needs a video"


def why_not_background(kind: str) -> str | None:
    """Return what is wrong with a medium behind a presenter."""
    return None if kind == "image" else f"is {_NAMES[kind]}, and a background needs a still picture"
