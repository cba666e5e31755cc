"""The captions of entries as Kaltura's services tell them, as values. Knows no file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from storyboard.caption_files import SUBRIP, WEBVTT, Cue, plain_text
from storyboard.kaltura.fields import (
    MalformedReply,
    id_of,
    list_of,
    number_of,
    object_of,
    optional_text,
    text_of,
)
from storyboard.strict_json import parse_json

_READY: Final = "2"
_WEBVTT: Final = "3"
_TRUE: Final = (True, 1, "1", "true")


@dataclass(frozen=True, slots=True)
class RemoteCaptions:
    """One caption asset that can be read; `language` is a code like `fr`, empty for unknown."""

    id: str
    entry_id: str
    language: str
    suffix: str
    is_default: bool

    @classmethod
    def parse_all(cls, body: Any) -> tuple[int, tuple[RemoteCaptions, ...]]:
        """Read a list of assets: how many there were, and those that are ready."""
        told = [object_of(item, "caption asset") for item in list_of(body)]
        ready = [fields for fields in told if text_of(fields, "status") == _READY]
        return len(told), tuple(
            cls(
                id_of(fields),
                id_of(fields, "entryId"),
                text_of(fields, "languageCode").lower(),
                WEBVTT if text_of(fields, "format") == _WEBVTT else SUBRIP,
                fields.get("isDefault") in _TRUE,
            )
            for fields in ready
        )


def chosen(assets: Sequence[RemoteCaptions], languages: Sequence[str]) -> RemoteCaptions | None:
    """Return the captions to read: in the first language that has some, else the default ones.

    A player shows the default first; of several, SubRip: its text needs no escapes.
    """
    spoken = [language.lower() for language in languages]

    def rank(asset: RemoteCaptions) -> tuple[int, bool, bool]:
        known = asset.language in spoken
        place = spoken.index(asset.language) if known else len(spoken)
        return place, not asset.is_default, asset.suffix != SUBRIP

    return min(assets, key=rank, default=None)


def parse_cues(body: Any, suffix: str) -> tuple[Cue, ...]:
    """Read what `captionAsset/serveAsJson` answers of a file with a suffix; cues in their order."""
    # It answers a text by its own description, which then holds the object.
    told = _parsed(body) if isinstance(body, str) else body
    return tuple(sorted(_cues(told, suffix), key=lambda cue: cue.start))


def _parsed(body: str) -> Any:
    try:
        return parse_json(body.encode())
    except ValueError as cause:
        raise MalformedReply("the captions are no JSON") from cause


def _cues(body: Any, suffix: str) -> Iterator[Cue]:
    for fields in list_of(body):
        start, end = (number_of(fields, key) / 1000 for key in ("startTime", "endTime"))
        content = fields.get("content") or []
        if not isinstance(content, list) or not all(isinstance(part, dict) for part in content):
            raise MalformedReply("the content of a caption is no list of objects")
        lines = (optional_text(part, "text") or "" for part in content)
        text = plain_text("\n".join(lines), suffix).strip()
        if end > start and text:
            yield Cue(start, end, text)
