"""Characters that nobody sees: they hide text from reviewers, or upset the voice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.source.span import Span
from storyboard.source.text import character_name

_HIDDEN = re.compile(
    "[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Not the joiners U+200C and U+200D, which Persian and Indian scripts are written with."""


def _check(subject: Subject) -> Iterator[Finding]:
    for video in subject.videos:
        found = _HIDDEN.search(video.name)
        if found is not None:
            yield _finding("the name", found.group(), video.span)
    for _, scene in subject.scenes():
        text = scene.narration
        if not text or (text.isascii() and text.isprintable()):
            continue
        found = _HIDDEN.search(text)
        if found is not None:
            yield _finding("the narration", found.group(), scene.origin.of("narration"))


def _finding(where: str, char: str, span: Span) -> Finding:
    return Finding(
        f"a hidden character in {where}: {character_name(char)}",
        span,
        "delete it; it often comes along when text is pasted",
    )


RULE = Rule("hidden-character", _check)
