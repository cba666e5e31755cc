"""The catalogs' public names in one place. Decides nothing."""

from __future__ import annotations

from storyboard.catalogs.entry import Catalog, Entry, Header
from storyboard.catalogs.po_reader import read_catalog
from storyboard.catalogs.po_writer import encode_catalog, write_catalog
from storyboard.catalogs.syncing import (
    SourceText,
    retired_entry,
    same_catalog,
    sync_catalog,
    synced_entry,
)
from storyboard.catalogs.tokens import Message, Token, message_of, msgid_of
from storyboard.catalogs.translation import (
    MARKED,
    Problem,
    TranslationState,
    apply_translation,
    check_translation,
    serving_entry,
    translate,
)

__all__ = [
    "MARKED",
    "Catalog",
    "Entry",
    "Header",
    "Message",
    "Problem",
    "SourceText",
    "Token",
    "TranslationState",
    "apply_translation",
    "check_translation",
    "encode_catalog",
    "message_of",
    "msgid_of",
    "read_catalog",
    "retired_entry",
    "same_catalog",
    "serving_entry",
    "sync_catalog",
    "synced_entry",
    "translate",
    "write_catalog",
]
