"""Characters that nobody sees: they hide text from reviewers, or upset the voice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.counting import listed
from storyboard.printing import CONTROLS, IGNORED, TURNS
from storyboard.scripts import DIRECTION_MARKS, runs_right_to_left
from storyboard.source.span import Span
from storyboard.source.text import character_name

_AT_HOME: Final = "\u034f\u180b-\u180d\u180f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""What scripts and emoji are written with: the joiners of Persian and of India, and the selectors
of one of several shapes."""

_HIDDEN = re.compile(f"(?![{_AT_HOME}])[\t\r{CONTROLS}{TURNS}{IGNORED}]")


_SHOWN: Final = 3
"""Kinds of characters in a message: more than one is rare."""


def _check(subject: Subject) -> Iterator[Finding]:
    for video in subject.videos:
        found = _hidden(video.name)
        if found:
            yield _finding("the name", found, video.name_span or video.span)
    for _, scene in subject.scenes():
        found = _hidden(scene.narration or "")
        if found:
            yield _finding("the narration", found, scene.origin.of("narration"))


def _hidden(text: str) -> Counter[str]:
    """Count what a text hides; the marks of its direction are at home where a script has one."""
    if text.isascii() and text.isprintable():
        return Counter()
    found = Counter(_HIDDEN.findall(text))
    if not found.keys().isdisjoint(DIRECTION_MARKS) and runs_right_to_left(text):
        return Counter({char: n for char, n in found.items() if char not in DIRECTION_MARKS})
    return found


def _finding(where: str, found: Counter[str], span: Span) -> Finding:
    kinds = [character_name(char) + (f" ({n} times)" if n > 1 else "") for char, n in found.items()]
    is_one = found.total() == 1
    return Finding(
        f"{'a hidden character' if is_one else 'hidden characters'} in {where}: "
        f"{listed(kinds, _SHOWN)}",
        span,
        f"delete {'it; it often comes' if is_one else 'them; they often come'} along when text is "
        "pasted",
    )


RULE = Rule("hidden-character", _check)
