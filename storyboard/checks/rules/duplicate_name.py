"""Two storyboards whose videos have one name: nobody can tell them apart in the studio."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.subject import Compiled, Finding, Rule, Subject
from storyboard.source.diagnostic import Note, Severity
from storyboard.source.span import Span
from storyboard.texts import normal_text


def _check(subject: Subject) -> Iterator[Finding]:
    first: dict[str, Compiled] = {}
    for compiled in subject.storyboards:
        for name in dict.fromkeys(video.name for video in compiled.videos):
            other = first.setdefault(normal_text(name), compiled)
            if other is not compiled:
                yield Finding(
                    f"another storyboard makes a video named '{name}' too",
                    _name_span(compiled),
                    "the studio lists videos by name; change one of the two",
                    (Note("the first one", _name_span(other)),),
                )


def _name_span(compiled: Compiled) -> Span:
    name = compiled.storyboard.name
    return compiled.storyboard.id_span if name is None else name.place.span


RULE = Rule("duplicate-name", Severity.WARNING, "two videos have one name", _check)
