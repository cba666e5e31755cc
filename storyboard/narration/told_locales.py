"""Which scenes a studio has to be told the locale of, since it would say them otherwise.

A studio recognizes a language and, by its words, whose English, Spanish or Portuguese it is. What
else a region writes, such as `$` for pesos, no text tells. Knows no studio and no model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from storyboard.narration.cleaning import clean_narration
from storyboard.spoken_tags import language_of, variety_spoken
from storyboard.wire import LOCALE, MAX_LOCALE


def told_locales(narrations: Sequence[str], locale: str | None) -> tuple[str | None, ...]:
    """Return for each narration of a video the locale, if it has to be told.

    All have to be where another voice speaks them, else those that are read in another way.
    """
    if locale is None or "-" not in locale:
        return (None,) * len(narrations)
    from storyboard.narration.spelling_variety import variety_of

    cleaned = [clean_narration(each) for each in narrations]
    expected = variety_of(language_of(locale).lower(), " ".join(cleaned))
    is_other = variety_spoken(locale) != expected
    return tuple(
        locale if text and (is_other or _is_read_otherwise(text, locale, expected)) else None
        for text in cleaned
    )


def locale_from(narration: Mapping[str, Any]) -> str | None:
    """Read what the local studio sends back of a narration's locale; nothing of another one."""
    told = narration.get(LOCALE)
    return told if isinstance(told, str) and 0 < len(told) <= MAX_LOCALE else None


def _is_read_otherwise(text: str, locale: str, expected: str) -> bool:
    # The readers of eleven languages take as long to import as all else that a check needs.
    from storyboard.narration.read_out import read_out

    return read_out(text, locale).spoken != read_out(text, expected).spoken
