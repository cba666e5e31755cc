"""Characters that nobody sees: they hide text from reviewers, or upset the voice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.counting import listed
from storyboard.printing import CONTROLS, IGNORED, TURNS
from storyboard.scripts import DIRECTION_MARKS, ISOLATE_END, ISOLATES, runs_right_to_left
from storyboard.source.span import Span
from storyboard.source.text import character_name

_AT_HOME: Final = "\u034f\u180b-\u180d\u180f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""What scripts and emoji are written with: the joiners of Persian and of India, and the selectors
of one of several shapes."""

_HIDDEN = re.compile(f"(?![{_AT_HOME}])[\t\r{CONTROLS}{TURNS}{IGNORED}]")

_ISOLATING: Final = re.compile(f"[{ISOLATES}{ISOLATE_END}]")

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
    """Count what a text hides; the marks of its direction are at home where a script has one.

    So are isolates, around a Latin name in Arabic, if each is ended.
    """
    if text.isascii() and text.isprintable():
        return Counter()
    found = Counter(_HIDDEN.findall(text))
    at_home = DIRECTION_MARKS + (ISOLATES + ISOLATE_END if _ends_its_isolates(text) else "")
    if not found.keys().isdisjoint(at_home) and runs_right_to_left(text):
        return Counter({char: n for char, n in found.items() if char not in at_home})
    return found


def _ends_its_isolates(text: str) -> bool:
    """Whether each part that is laid out alone ends, within its line: no other one is turned."""
    for line in text.splitlines():
        depth = 0
        for sign in _ISOLATING.findall(line):
            depth += -1 if sign == ISOLATE_END else 1
            if depth < 0:
                return False
        if depth:
            return False
    return True


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
