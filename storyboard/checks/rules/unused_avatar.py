"""An avatar that is named and never appears."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from storyboard.checks.outline import used_avatars
from storyboard.checks.subject import Finding, Rule, Subject, Survey
from storyboard.language.place import Written


def _check(subject: Subject) -> Iterator[Finding]:
    if subject.compiled.is_whole:
        avatars = subject.compiled.storyboard.avatars
        yield from _unused(avatars, used_avatars(subject.compiled))


def _survey(survey: Survey) -> Iterator[Finding]:
    if survey.complete:
        used = {name for each in survey.storyboards for name in each.avatars}
        yield from _unused(survey.project.avatars, used)


def _unused(avatars: Mapping[str, Written], used: Container[str]) -> Iterator[Finding]:
    for name, written in avatars.items():
        if name not in used:
            yield Finding(f"no scene uses the avatar '{name}'", written.place.key_span, "remove it")


RULE = Rule("unused-avatar", _check, _survey)
