"""Captions of media entries in the store: SRT or WebVTT texts, one asset a language and label."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from storyboard.studio.records.new_ids import new_captions_id
from storyboard.studio.records.store import Row, Transaction

CHAPTERS: Final = "Chapters"
"""The label of a film's WebVTT file that has a cue for each scene."""


class CaptionFormat(IntEnum):
    """The formats that the studio takes, numbered as Kaltura does."""

    SRT = 1
    WEBVTT = 3

    @property
    def suffix(self) -> str:
        """Return the file name's suffix."""
        return "srt" if self is CaptionFormat.SRT else "vtt"


@dataclass(frozen=True, slots=True)
class Captions:
    """One caption asset; `size` is of its text in bytes, none until it is set.

    The text itself is asked for by itself: a list of assets would read megabytes of each.
    """

    id: str
    entry_id: str
    language: str
    label: str
    format: CaptionFormat
    is_default: bool
    size: int
    created_at: float


def recognize(content: str) -> CaptionFormat | None:
    """Return what a text is, by its content; `None` where it is no captions."""
    if "-->" not in content:
        return None
    head = content.lstrip("\ufeff")
    return CaptionFormat.WEBVTT if head.startswith("WEBVTT") else CaptionFormat.SRT


def add(
    tx: Transaction,
    entry: str,
    *,
    language: str,
    label: str,
    content: str,
    is_default: bool,
    now: float,
) -> Captions:
    """Store a caption asset of an entry."""
    asset = Captions(
        new_captions_id(tx),
        entry,
        language,
        label,
        recognize(content) or CaptionFormat.SRT,
        is_default,
        len(content.encode()),
        now,
    )
    tx.run(
        "captions.add",
        id=asset.id,
        entry_id=asset.entry_id,
        language=asset.language,
        label=asset.label,
        format=int(asset.format),
        is_default=int(asset.is_default),
        content=content,
        created_at=asset.created_at,
        size=asset.size,
    )
    return asset


def set_content(tx: Transaction, asset_id: str, content: str) -> None:
    """Give an asset its text."""
    form = recognize(content) or CaptionFormat.SRT
    size = len(content.encode())
    tx.run("captions.set_content", id=asset_id, content=content, format=int(form), size=size)


def find(tx: Transaction, asset_id: str) -> Captions | None:
    """Return the asset with this id."""
    row = tx.row("captions.find", id=asset_id)
    return None if row is None else _captions(row)


def content_of(tx: Transaction, asset_id: str) -> str:
    """Return an asset's text; an asset that went away meanwhile has none."""
    row = tx.row("captions.content", id=asset_id)
    return "" if row is None else str(row["content"])


def of_entry(tx: Transaction, entry: str) -> list[Captions]:
    """Return an entry's captions, oldest first; of a film, its chapters too."""
    return [_captions(row) for row in tx.rows("captions.of_entry", entry_id=entry)]


def chapters_of(tx: Transaction, entry: str) -> Captions | None:
    """Return the chapters of a film, which are kept among its captions; `None` of other entries."""
    if tx.row("entries.find_film", id=entry) is None:
        return None
    return next((asset for asset in of_entry(tx, entry) if asset.label == CHAPTERS), None)


def subtitles_of(tx: Transaction, entry: str) -> list[Captions]:
    """Return an entry's captions that tell what is said, oldest first: chapters do not."""
    chapters = chapters_of(tx, entry)
    return [asset for asset in of_entry(tx, entry) if asset != chapters]


def set_as_default(tx: Transaction, asset: Captions) -> None:
    """Make an asset the default of its entry, in the place of any other."""
    tx.run("captions.set_default", id=asset.id, entry_id=asset.entry_id)


def delete(tx: Transaction, asset_id: str) -> None:
    """Remove an asset."""
    tx.run("captions.delete", id=asset_id)


def _captions(row: Row) -> Captions:
    return Captions(
        row["id"],
        row["entry_id"],
        row["language"],
        row["label"],
        CaptionFormat(row["format"]),
        bool(row["is_default"]),
        row["size"],
        row["created_at"],
    )
