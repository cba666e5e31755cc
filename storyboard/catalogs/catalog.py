"""The catalogues' public names in one place. Decides nothing."""

from __future__ import annotations

from storyboard.catalogs.entry import Catalog, Entry
from storyboard.catalogs.po_reader import read_catalog
from storyboard.catalogs.po_writer import write_catalog
from storyboard.catalogs.syncing import SourceText, refreshed, sync_catalog
from storyboard.catalogs.tokens import Message, Token, message_of, msgid_of
from storyboard.catalogs.translation import (
    Coverage,
    Problem,
    Row,
    TranslationState,
    apply_translation,
    check_translation,
    coverage,
    translate,
)

__all__ = [
    "Catalog",
    "Coverage",
    "Entry",
    "Message",
    "Problem",
    "Row",
    "SourceText",
    "Token",
    "TranslationState",
    "apply_translation",
    "check_translation",
    "coverage",
    "message_of",
    "msgid_of",
    "read_catalog",
    "refreshed",
    "sync_catalog",
    "translate",
    "write_catalog",
]
