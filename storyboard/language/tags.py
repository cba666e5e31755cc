"""Whether the locales that a file lists are language tags, spelled as everybody spells them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from storyboard.language.place import Place
from storyboard.locales import TagFault, parse_tag
from storyboard.source.diagnostic import Diagnostic, diagnose

_MOST: Final = 100
"""Locales of a file, as the schema has it, which refuses the rest; what is meant takes a while."""


def check_tags(tags: Sequence[str] | None, place: Place) -> Iterator[Diagnostic]:
    """Refuse what is no locale, or is spelled unlike others spell it: files are named by it."""
    for index, tag in enumerate((tags or ())[:_MOST]):
        parsed = parse_tag(tag)
        if isinstance(parsed, TagFault):
            span = place.at("locales", index).span
            yield diagnose("bad-locale", parsed.message, span, parsed.hint)
        elif parsed != tag:
            span = place.at("locales", index).span
            yield diagnose("bad-locale", f"'{tag}' is spelt '{parsed}'", span)


def usable_tags(tags: Sequence[str] | None) -> tuple[str, ...] | None:
    """Return the tags that can be worked on with, as they should be spelled; None for none."""
    parsed = (parse_tag(tag) for tag in (tags or ())[:_MOST])
    return tuple(dict.fromkeys(tag for tag in parsed if not isinstance(tag, TagFault))) or None
