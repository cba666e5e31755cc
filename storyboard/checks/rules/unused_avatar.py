"""An avatar that is named and never appears."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from storyboard.checks.mentions import mentioned_avatars
from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.language.place import Written


def _check(subject: Subject) -> Iterator[Finding]:
    everywhere: set[str] = set()
    for compiled in subject.storyboards:
        used = {name for e in compiled.expansions for name in e.used_avatars}
        used |= mentioned_avatars(compiled)
        everywhere |= used - compiled.storyboard.avatars.keys()
        if compiled.is_whole:
            yield from _unused(compiled.storyboard.avatars, used)
    if subject.complete:
        yield from _unused(subject.project.avatars, everywhere)


def _unused(avatars: Mapping[str, Written], used: set[str]) -> Iterator[Finding]:
    for name, written in avatars.items():
        if name not in used:
            yield Finding(f"no scene uses the avatar '{name}'", written.place.key_span, "remove it")


RULE = Rule("unused-avatar", _check)
