"""Two storyboards whose videos have one name: nobody can tell them apart in the studio."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from storyboard.checks.subject import Compiled, Finding, Rule, Subject
from storyboard.source.diagnostic import Note
from storyboard.source.span import Span
from storyboard.texts import normal_text


def _check(subject: Subject) -> Iterator[Finding]:
    wearers: dict[str, list[Compiled]] = {}
    for compiled in subject.others:
        for name in _names(compiled):
            wearers.setdefault(normal_text(name), []).append(compiled)
    for compiled in subject.storyboards:
        for name in _names(compiled):
            same = wearers.setdefault(normal_text(name), [])
            other = next((o for o in same if o.storyboard is not compiled.storyboard), None)
            same.append(compiled)
            if other is not None:
                yield Finding(
                    f"another storyboard makes a video named '{name}' too",
                    _name_span(compiled),
                    "the studio lists videos by name; change one of the two",
                    (Note("the first one", _name_span(other)),),
                )


def _names(compiled: Compiled) -> Iterable[str]:
    return dict.fromkeys(video.name for video in compiled.videos)


def _name_span(compiled: Compiled) -> Span:
    name = compiled.storyboard.name
    return compiled.storyboard.id_span if name is None else name.place.span


RULE = Rule("duplicate-name", _check)
