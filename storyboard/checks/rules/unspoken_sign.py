"""Signs in a narration that no voice says: they are left out, and nothing tells the listener."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.counting import listed
from storyboard.narration.cleaning import clean_narration
from storyboard.narration.grammar import IN_LATIN_SCRIPT, language_to_read
from storyboard.narration.plain_text import PASSED_OVER, has_foreign_letters
from storyboard.narration.voice_signs import doubtful_signs
from storyboard.shell import word
from storyboard.source.span import Span
from storyboard.spoken_tags import language_of
from storyboard.video import Address

_SHOWN: Final = 3
"""Signs in a message: more than one is rare."""


def _check(subject: Subject) -> Iterator[Finding]:
    told: dict[tuple[Span | None, tuple[str, ...]], dict[str, Address]] = {}
    for video, scene in subject.scenes():
        text = scene.spoken
        language = language_to_read(text, video.address.locale)
        if _is_suspect(text, language) and (signs := _unspoken(text, language)):
            locales = told.setdefault((scene.origin.of("narration"), signs), {})
            locales.setdefault(video.address.locale or language, video.address)
    for (span, signs), locales in told.items():
        yield _finding(span, signs, locales)


def _finding(span: Span | None, signs: tuple[str, ...], locales: Mapping[str, Address]) -> Finding:
    """Return the finding of one text: the signs that are lost may differ by locale."""
    first = next(iter(locales.values()))
    is_one = len(signs) == 1
    where = listed([f"'{each}'" for each in locales], _SHOWN)
    return Finding(
        f"{listed(signs, _SHOWN)} {'is' if is_one else 'are'} not spoken in {where}",
        span,
        f"write {'it' if is_one else 'them'} in words; "
        f"'storyboard listen {word(str(first))} --text' shows what is said",
    )


def _is_suspect(text: str, language: str) -> bool:
    """Tell at a glance; to read each text out would take check half as long again."""
    if doubtful_signs(language).search(text) is not None:
        return True
    is_latin = not text.isascii() and language_of(language) in IN_LATIN_SCRIPT
    return is_latin and has_foreign_letters(text)


def _unspoken(text: str, language: str) -> tuple[str, ...]:
    from storyboard.narration.read_out import read_out

    unspoken = read_out(clean_narration(text), language).unspoken
    return tuple(
        dict.fromkeys(f"'{each.sign}'" for each in unspoken if each.sign not in PASSED_OVER)
    )


RULE = Rule("unspoken-sign", _check)
