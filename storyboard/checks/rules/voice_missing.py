"""Locales and scripts that no voice of the studio speaks: the film would be noise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from storyboard.checks.named_locales import named_locales
from storyboard.checks.spoken_texts import spoken_texts
from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.scripts import SCRIPT_LANGUAGES, script_of
from storyboard.source.span import Span

_HINT: Final = (
    "leave the locale out here, film it in another environment (-e), "
    "or set `checks: {voice-missing: off}`"
)


def _check(subject: Subject) -> Iterator[Finding]:
    if subject.voices is None:
        return
    mute = set()
    for tag, span in named_locales(subject):
        if not subject.voices(tag):
            mute.add(tag)
            yield Finding(f"no voice of the local studio speaks '{tag}'", span, _HINT)
    seen: set[Span] = set()
    for text, scene in spoken_texts(subject):
        written = None if text.isascii() else _language_of(text)
        span = scene.origin.of("narration")
        if written is None or subject.voices(written) or written in mute or span in seen:
            continue
        seen.add(span)
        yield Finding(f"no voice of the local studio speaks the script of '{written}'", span, _HINT)


def _language_of(text: str) -> str | None:
    """Return the language of the script that most letters are in, where it stands for one."""
    counts = Counter(script_of(c) for c in text if c.isalpha())
    return SCRIPT_LANGUAGES.get(counts.most_common(1)[0][0]) if counts else None


RULE = Rule("voice-missing", _check)
