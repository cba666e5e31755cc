"""Signs in a narration that no voice says: they are left out, and nothing tells the listener."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.counting import listed
from storyboard.narration.cleaning import clean_narration
from storyboard.narration.plain_text import PASSED_OVER, may_be_unspoken
from storyboard.scripts import script_language

_SHOWN: Final = 3
"""Signs in a message: more than one is rare."""


def _check(subject: Subject) -> Iterator[Finding]:
    for video, scene in subject.scenes():
        text = scene.narration
        if text and may_be_unspoken(text):
            signs = _unspoken(text, video.address.locale)
            if signs:
                is_one = len(signs) == 1
                yield Finding(
                    f"{listed(signs, _SHOWN)} {'is' if is_one else 'are'} not spoken",
                    scene.origin.of("narration"),
                    f"write {'it' if is_one else 'them'} in words; "
                    "'storyboard listen --text' shows what is said",
                )


def _unspoken(text: str, locale: str | None) -> list[str]:
    from storyboard.narration.read_out import read_out

    language = locale or script_language(text) or "en"
    unspoken = read_out(clean_narration(text), language).unspoken
    return list(
        dict.fromkeys(f"'{each.sign}'" for each in unspoken if each.sign not in PASSED_OVER)
    )


RULE = Rule("unspoken-sign", _check)
