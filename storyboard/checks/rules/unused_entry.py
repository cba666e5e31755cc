"""An entry that is named and never shown."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from storyboard.checks.outline import used_entries
from storyboard.checks.subject import Finding, Rule, Subject, Survey
from storyboard.language.place import Written


def _check(subject: Subject) -> Iterator[Finding]:
    if subject.compiled.is_whole:
        board, used = subject.compiled.storyboard, used_entries(subject.compiled)
        yield from _unused(board.entries, used)
        for local in board.localize.values():
            yield from _unused(local.entries, used)


def _survey(survey: Survey) -> Iterator[Finding]:
    if survey.complete:
        used = {name for each in survey.storyboards for name in each.entries}
        yield from _unused(survey.project.entries, used)


def _unused(entries: Mapping[str, Written], used: Container[str]) -> Iterator[Finding]:
    for name, written in entries.items():
        if name not in used:
            yield Finding(f"no scene shows the entry '{name}'", written.place.key_span, "remove it")


RULE = Rule("unused-entry", _check, _survey)
