"""Whether an uploaded file is a medium to keep: an allow-list by content, one picture decoded.

The name is not believed; playlists and protocols stay outside (see `media.opening`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storyboard.studio.media.claims import TooLarge, check_side
from storyboard.studio.media.dolby_vision import TOLD, is_for_its_players_alone
from storyboard.studio.media.opening import (
    MediaError,
    MediaFacts,
    MediaKind,
    MediaTooLarge,
    MediaTooSlow,
    check_streams,
    probe_media,
)

_SAVED_AGAIN: Final = "save it as MP4 with what made it: FFmpeg does not read it either"

MAX_SECONDS: Final = 6 * 3600.0
"""Longer is no b-roll, and each look takes its time. A choice."""


class MediaRefused(Exception):
    """The file is no medium that the studio takes; the text says why, and the hint what to do."""

    def __init__(self, told: str, hint: str | None = None) -> None:
        super().__init__(told)
        self.hint = hint


class MediaForeign(MediaRefused):
    """Only its own players can show the picture."""


@dataclass(frozen=True, slots=True)
class Medium:
    """A medium that can be kept, and the suffix that its content deserves."""

    facts: MediaFacts
    suffix: str


def examine(path: Path) -> Medium:
    """Look into a local file and decode its first picture.

    Raises `MediaRefused`, and `MediaTooSlow` for what nobody waits for.
    """
    with path.open("rb") as file:
        head = file.read(64)
    suffix = _sniff(head)
    if _is_animated_webp(head):
        raise MediaRefused("an animated WebP, which is not read here", _SAVED_AGAIN)
    if suffix is None:
        raise MediaRefused(
            "not a format that the local studio takes: MP4, MOV, WebM, MKV, PNG, JPEG, WebP"
        )
    try:
        if is_for_its_players_alone(path):
            raise MediaForeign(TOLD)
        check_streams(path)
        facts = probe_media(path)
        _check_size(facts)
    except MediaTooSlow:
        raise
    except (MediaTooLarge, TooLarge) as cause:
        raise MediaRefused(str(cause)) from cause
    except MediaError as cause:
        raise MediaRefused(
            f"damaged or cut off: this {suffix.upper()} cannot be read to its end"
        ) from cause
    return Medium(facts, suffix)


def _check_size(facts: MediaFacts) -> None:
    if facts.has_video:
        check_side(max(facts.width, facts.height))
    if facts.kind is not MediaKind.IMAGE and not 0 < facts.seconds <= MAX_SECONDS:
        raise MediaRefused(f"it lasts {facts.seconds:.0f} s, at most {MAX_SECONDS:.0f}")


def _sniff(head: bytes) -> str | None:
    if head[4:8] == b"ftyp":
        # A brand of QuickTime begins so; players go by the suffix.
        return "mov" if head[8:10] == b"qt" else "mp4"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm" if b"\x42\x82\x84webm" in head else "mkv"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    return None


def _is_animated_webp(head: bytes) -> bool:
    """Whether a flag in the head says so (RFC 9649 §2.7.1.2)."""
    return head[8:16] == b"WEBPVP8X" and len(head) > 20 and bool(head[20] & 2)
