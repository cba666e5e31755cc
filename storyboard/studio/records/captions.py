"""Captions of media entries in the store: SRT or WebVTT texts, one asset a language and label."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from storyboard.studio.records.ids import entry_id
from storyboard.studio.records.seeding import chance

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


_COLUMNS: Final = "id, entry_id, language, label, format, is_default, size, created_at"
"""All of them stand in an index too, so that a list reads no page of a text."""


def recognize(content: str) -> CaptionFormat | None:
    """Return what a text is, by its content; `None` where it is no captions."""
    if "-->" not in content:
        return None
    head = content.lstrip("\ufeff")
    return CaptionFormat.WEBVTT if head.startswith("WEBVTT") else CaptionFormat.SRT


def add(
    tx: sqlite3.Connection,
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
        entry_id(chance(tx)),
        entry,
        language,
        label,
        recognize(content) or CaptionFormat.SRT,
        is_default,
        len(content.encode()),
        now,
    )
    tx.execute(
        "INSERT INTO captions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            asset.id,
            asset.entry_id,
            asset.language,
            asset.label,
            int(asset.format),
            asset.is_default,
            content,
            asset.created_at,
            asset.size,
        ),
    )
    return asset


def set_content(tx: sqlite3.Connection, asset_id: str, content: str) -> None:
    """Give an asset its text."""
    form = recognize(content) or CaptionFormat.SRT
    tx.execute(
        "UPDATE captions SET content=?, format=?, size=? WHERE id=?",
        (content, int(form), len(content.encode()), asset_id),
    )


def find(tx: sqlite3.Connection, asset_id: str) -> Captions | None:
    """Return the asset with this id."""
    row = tx.execute(f"SELECT {_COLUMNS} FROM captions WHERE id=?", (asset_id,)).fetchone()
    return None if row is None else _captions(row)


def content_of(tx: sqlite3.Connection, asset_id: str) -> str:
    """Return an asset's text; an asset that went away meanwhile has none."""
    row = tx.execute("SELECT content FROM captions WHERE id=?", (asset_id,)).fetchone()
    return "" if row is None else str(row["content"])


def of_entry(tx: sqlite3.Connection, entry: str) -> list[Captions]:
    """Return an entry's captions, oldest first; of a film, its chapters too."""
    rows = tx.execute(
        f"SELECT {_COLUMNS} FROM captions WHERE entry_id=? ORDER BY created_at, rowid", (entry,)
    )
    return [_captions(row) for row in rows]


def chapters_of(tx: sqlite3.Connection, entry: str) -> Captions | None:
    """Return the chapters of a film, which are kept among its captions; `None` of other entries."""
    row = tx.execute("SELECT 1 FROM entries WHERE id=? AND video_id IS NOT NULL", (entry,))
    if row.fetchone() is None:
        return None
    return next((asset for asset in of_entry(tx, entry) if asset.label == CHAPTERS), None)


def subtitles_of(tx: sqlite3.Connection, entry: str) -> list[Captions]:
    """Return an entry's captions that tell what is said, oldest first: chapters do not."""
    chapters = chapters_of(tx, entry)
    return [asset for asset in of_entry(tx, entry) if asset != chapters]


def set_as_default(tx: sqlite3.Connection, asset: Captions) -> None:
    """Make an asset the default of its entry, in the place of any other."""
    tx.execute("UPDATE captions SET is_default=(id=?) WHERE entry_id=?", (asset.id, asset.entry_id))


def delete(tx: sqlite3.Connection, asset_id: str) -> None:
    """Remove an asset."""
    tx.execute("DELETE FROM captions WHERE id=?", (asset_id,))


def _captions(row: sqlite3.Row) -> Captions:
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
