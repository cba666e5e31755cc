"""The marks that end a sentence, and those that may close or open around it. Knows no language.

Whether a full stop really ends a sentence is more than a mark: the local studio's speech asks for
abbreviations as well.
"""

from __future__ import annotations

import re
from typing import Final

SPACED_MARKS: Final = ".!?…؟۔।॥։"
"""Marks that end a sentence where white space or the end of the text follows."""

WIDE_MARKS: Final = "。！？｡"
"""Marks that end a sentence wherever they stand."""

CLOSERS: Final = "\"'”’»)]」』）"
"""Marks that may follow the end of a sentence and still belong to it."""

OPENERS: Final = "(\"'“‘«¿¡[„"
"""Marks that a sentence may begin with, before its first word."""

CLOSED: Final = f"[{re.escape(CLOSERS)}]*"
"""A regular expression for what may close a sentence behind its mark."""

MARKS: Final = SPACED_MARKS + WIDE_MARKS

WIDE_PAUSES: Final = "、，；："
PAUSES: Final = ",;:،؛—–" + WIDE_PAUSES
"""Marks at which a reader pauses within a sentence; the wide ones wherever they stand."""


def ends_with_mark(text: str, marks: str = MARKS) -> bool:
    """Tell whether a text ends as a sentence does, or with one of other marks; closers aside."""
    return text.rstrip().rstrip(CLOSERS).endswith(tuple(marks))
