"""Markup, links and pictographs in a narration: a voice reads them out, or stumbles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.checks.spoken_texts import spoken_texts
from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.graphemes import head_of, sign_at
from storyboard.narration.service_marks import SERVICE_MARK

_SUSPECT = re.compile("[<>*_`#&$[({\u2190-\u2bff\U0001f000-\U0001faff]|\\]\\(|://|[wW]{3}\\.")
"""What any of the patterns below needs; most texts have none of it."""

_KINDS: Final = (
    (
        "a link",
        ("://", "w.", "W."),
        re.compile(r"(?:https?://|www\.)[^\s<>]+", re.IGNORECASE),
        "say it in words",
    ),
    ("a tag", ("<",), re.compile(r"</?[A-Za-z][^<>]{0,80}>"), "the studio speaks plain text only"),
    (
        "a mark of another service",
        ("[", "(", "<", "{"),
        SERVICE_MARK,
        "no voice here takes it: delete it",
    ),
    ("a character reference", ("&",), re.compile(r"&(?:#?\w{2,8});"), "write the character itself"),
    (
        "markup",
        ("*", "`", "](", "_", "#"),
        re.compile(r"\*\*[^*\s][^*]*\*\*|`[^`]+`|\[[^\[\]\n]+\]\([^)\[\n]+\)|(?<!\w)__?[^_\s][^_]*_(?!\w)|^#+\s"),
        "the voice would read it out: write plain text",
    ),
    (
        "a placeholder",
        ("${",),
        re.compile(r"\$\{[^{}\s]+\}"),
        "an expression is {{ name }}, with two braces and no '$'",
    ),
    (
        "a pictograph",
        ("",),
        re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"),
        "the voice would skip it or read out its name",
    ),
)  # fmt: skip
"""What it is called; signs one of which stands wherever it does; what finds it; what to do."""


def _check(subject: Subject) -> Iterator[Finding]:
    for text, scene in spoken_texts(subject):
        if _SUSPECT.search(text) is None:
            continue
        for kind, needles, pattern, hint in _KINDS:
            if any(each in text for each in needles) and (found := pattern.search(text)):
                last = found.end() - 1
                shown = head_of(text[found.start() : last] + sign_at(text, last), 60)
                yield Finding(
                    f"{kind} in what is spoken: '{shown}'", scene.origin.of("narration"), hint
                )


RULE = Rule("unspeakable", _check)
