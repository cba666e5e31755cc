"""Locale tags as they are spoken: which tag speaks for which. Knows no voice and no rate.

A voice and an estimate of its time ask here, so that they mean one language by one tag.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

OTHER_TAGS: Final = {
    "en-au": "en-GB",
    "en-ie": "en-GB",
    "en-in": "en-GB",
    "en-nz": "en-GB",
    "en-za": "en-GB",
    "no": "nb",
    "nn": "nb",
    "iw": "he",
    "in": "id",
    "cmn": "zh",
    "zh-hk": "yue",
    "zh-mo": "yue",
    "zh-hant-hk": "yue",
    "zh-hant-mo": "yue",
    "es-mx": "es-419",
    "es-ar": "es-419",
    "es-co": "es-419",
    "es-cl": "es-419",
    "es-pe": "es-419",
    "es-us": "es-419",
}
"""Tags that another tag speaks for."""


VARIETIES: Final = frozenset(("en-GB", "es-419", "pt-BR", "yue"))
"""Tags that have a voice of their own beside that of their language."""


def variety_spoken(tag: str) -> str:
    """Return which voice speaks a locale: a variety, or its language."""
    known = {variety.lower(): variety for variety in VARIETIES}
    found = (known.get(each.lower()) for each in speaking_tags(tag))
    return next((each for each in found if each), language_of(tag.replace("_", "-").lower()))


def language_of(tag: str) -> str:
    """Return the tag's language: `pt` of `pt-BR`."""
    return tag.partition("-")[0]


def speaking_tags(tag: str) -> Iterator[str]:
    """Yield who may speak for a tag, nearest first: itself or an equal of it, then its parents."""
    parts = tag.replace("_", "-").lower().split("-")
    while parts:
        short = "-".join(parts)
        yield OTHER_TAGS.get(short, short)
        parts.pop()
