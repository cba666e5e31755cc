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

_PHOTOS: Final = frozenset(b"heic heix heim heis hevc hevx mif1 msf1 avif avis miaf avio".split())
"""Brands of HEIC and AVIF files (ISO 23008-12): photos, or a few of them in a row."""

_PHOTO_HINT: Final = "export it as JPEG; `heif-convert` of libheif does that"

_BROKEN_HINT: Final = "get the file again from where it came: no conversion mends it"
_UNKNOWN_HINT: Final = "see that it is a video or a picture: it does not begin like one"

_CONVERTIBLE: Final = (
    *(b"GIF8", b"RIFF", b"\x30\x26\xb2\x75", b"FLV", b"OggS", b".RMF", b"\x06\x0e\x2b\x34"),
    *(b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3", b"BM", b"II*\x00", b"MM\x00*", b"G"),
)
"""How formats begin that FFmpeg reads and the studio does not; "G" is a transport stream."""

_QUICKTIME: Final = frozenset((b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"))
"""First boxes of movies from before brands."""

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
    if _is_photo(head):
        raise MediaRefused("a HEIC or AVIF photo, which is not read here", _PHOTO_HINT)
    if suffix is None:
        raise MediaRefused(
            "not a format that the local studio takes: MP4, MOV, WebM, MKV, PNG, JPEG, WebP",
            None if _is_convertible(head) else _UNKNOWN_HINT,
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
            f"damaged or cut off: this {suffix.upper()} cannot be read to its end", _BROKEN_HINT
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


def _is_photo(head: bytes) -> bool:
    """Whether an ISO file says that it is a photo: its name, and FFmpeg, may call it a video."""
    return head[4:8] == b"ftyp" and head[8:12] in _PHOTOS


def _is_convertible(head: bytes) -> bool:
    return head.startswith(_CONVERTIBLE) or head[4:8] in _QUICKTIME


def _is_animated_webp(head: bytes) -> bool:
    """Whether a flag in the head says so (RFC 9649 §2.7.1.2)."""
    return head[8:16] == b"WEBPVP8X" and len(head) > 20 and bool(head[20] & 2)
