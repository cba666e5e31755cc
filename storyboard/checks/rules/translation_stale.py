"""A video that waits for translations: of a text that was changed since, or marked fuzzy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.checks.holds import held_videos
from storyboard.checks.subject import Finding, Rule, Subject

CODE: Final = "translation-stale"


def _check(subject: Subject) -> Iterator[Finding]:
    otherwise = "`--allow-stale` uses the translation as it is"
    return held_videos(subject, CODE, otherwise, is_marked=True)


RULE = Rule(CODE, _check)
