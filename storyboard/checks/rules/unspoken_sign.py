"""Signs in a narration that no voice says: they are left out, and nothing tells the listener."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.counting import listed
from storyboard.narration.cleaning import clean_narration
from storyboard.narration.grammar import IN_LATIN_SCRIPT, language_to_read
from storyboard.narration.plain_text import PASSED_OVER, has_foreign_letters
from storyboard.narration.voice_signs import doubtful_signs
from storyboard.spoken_tags import language_of

_SHOWN: Final = 3
"""Signs in a message: more than one is rare."""


def _check(subject: Subject) -> Iterator[Finding]:
    for video, scene in subject.scenes():
        text = scene.spoken
        language = language_to_read(text, video.address.locale)
        if _is_suspect(text, language):
            signs = _unspoken(text, language)
            if signs:
                is_one = len(signs) == 1
                yield Finding(
                    f"{listed(signs, _SHOWN)} {'is' if is_one else 'are'} not spoken",
                    scene.origin.of("narration"),
                    f"write {'it' if is_one else 'them'} in words; "
                    "'storyboard listen --text' shows what is said",
                )


def _is_suspect(text: str, language: str) -> bool:
    """Tell at a glance; to read each text out would take check half as long again."""
    if doubtful_signs(language).search(text) is not None:
        return True
    is_latin = not text.isascii() and language_of(language) in IN_LATIN_SCRIPT
    return is_latin and has_foreign_letters(text)


def _unspoken(text: str, language: str) -> list[str]:
    from storyboard.narration.read_out import read_out

    unspoken = read_out(clean_narration(text), language).unspoken
    return list(
        dict.fromkeys(f"'{each.sign}'" for each in unspoken if each.sign not in PASSED_OVER)
    )


RULE = Rule("unspoken-sign", _check)
