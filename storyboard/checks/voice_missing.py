"""Locales that no voice of the studio speaks: the film would be noise."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.subject import Compiled, Finding, Rule, Subject
from storyboard.source.diagnostic import Severity
from storyboard.source.span import Span


def _check(subject: Subject) -> Iterator[Finding]:
    if subject.voices is None:
        return
    seen: set[Span] = set()
    for compiled in subject.storyboards:
        for index, tag in enumerate(_locales(compiled, subject)):
            span = _place(compiled, subject, index)
            if tag not in subject.voices and span not in seen:
                seen.add(span)
                yield Finding(
                    f"no voice of the local studio speaks '{tag}'",
                    span,
                    "leave the locale out here, film it in another environment (-e), "
                    "or set `checks: {voice-missing: off}`",
                )


def _locales(compiled: Compiled, subject: Subject) -> tuple[str, ...]:
    return compiled.storyboard.locales or subject.project.locales or ()


def _place(compiled: Compiled, subject: Subject, index: int) -> Span:
    if compiled.storyboard.locales or subject.project.place is None:
        return compiled.storyboard.place.at("locales", index).span
    return subject.project.place.at("locales", index).span


RULE = Rule("voice-missing", Severity.ERROR, "no voice speaks the locale", _check)
