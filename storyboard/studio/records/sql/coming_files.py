"""The statements on files that are sent before a row names them, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import ClauseElement, delete, select

from storyboard.studio.records.sql.tables import COMING_FILES
from storyboard.studio.records.sql.words import ONE, ZERO, added, given

_LASTS: Final = COMING_FILES.c.keep_until > given(COMING_FILES, "now", "keep_until")

STATEMENTS: Final[Mapping[str, ClauseElement]] = {
    "coming_files.add": added(COMING_FILES, "token", "blob", "keep_until"),
    "coming_files.find": select(ONE.label("found"))
    .where(COMING_FILES.c.blob == given(COMING_FILES, "blob"), _LASTS)
    .limit(ONE)
    .offset(ZERO),
    "coming_files.delete": delete(COMING_FILES).where(
        COMING_FILES.c.token == given(COMING_FILES, "token")
    ),
    "coming_files.forget": delete(COMING_FILES).where(~_LASTS),
}
