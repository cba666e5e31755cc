"""The locales that a project or a storyboard names, each with the place where it does."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.subject import Compiled, Subject
from storyboard.source.span import Span


def named_locales(subject: Subject) -> Iterator[tuple[str, Span]]:
    """Yield the locales that storyboards are made in, once a place."""
    seen: set[Span] = set()
    for compiled in subject.storyboards:
        wanted = {expansion.address.locale for expansion in compiled.expansions}
        for index, tag in enumerate(_locales(compiled, subject)):
            if tag not in wanted:
                continue
            span = _place(compiled, subject, index)
            if span not in seen:
                seen.add(span)
                yield tag, span


def _locales(compiled: Compiled, subject: Subject) -> tuple[str, ...]:
    return compiled.storyboard.locales or subject.project.locales or ()


def _place(compiled: Compiled, subject: Subject, index: int) -> Span:
    if compiled.storyboard.locales or subject.project.place is None:
        return compiled.storyboard.place.at("locales", index).span
    return subject.project.place.at("locales", index).span
