"""A video that waits for translations that are not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.checks.holds import held_videos
from storyboard.checks.subject import Finding, Rule, Subject

CODE: Final = "translation-missing"


def _check(subject: Subject) -> Iterator[Finding]:
    return held_videos(subject, CODE, "`--fallback` uses the source's text")


RULE = Rule(CODE, _check)
