"""An entry that is named and never shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from storyboard.checks.mentions import composed_from, mentioned_entries
from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.language.place import Written


def _check(subject: Subject) -> Iterator[Finding]:
    everywhere: set[str] = set()
    for compiled in subject.storyboards:
        used = {name for e in compiled.expansions for name in e.used_entries}
        used |= mentioned_entries(compiled) | composed_from(compiled)
        everywhere |= used
        if not compiled.is_whole:
            continue
        yield from _unused(compiled.storyboard.entries, used)
        for local in compiled.storyboard.localize.values():
            yield from _unused(local.entries, used)
    if subject.complete:
        yield from _unused(subject.project.entries, everywhere)


def _unused(entries: Mapping[str, Written], used: set[str]) -> Iterator[Finding]:
    for name, written in entries.items():
        if name not in used:
            yield Finding(f"no scene shows the entry '{name}'", written.place.key_span, "remove it")


RULE = Rule("unused-entry", _check)
