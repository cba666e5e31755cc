"""A variable that no template reads."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.subject import Compiled, Finding, Rule, Subject
from storyboard.expand.variable_use import names_in, read_by


def _check(subject: Subject) -> Iterator[Finding]:
    project = subject.project
    shared = {
        name
        for table in (project.avatars, project.entries)
        for w in table.values()
        for name in names_in(w.value)
    }
    everywhere = set(shared)
    for compiled in subject.storyboards:
        used = shared | read_by(compiled.assembled)
        everywhere |= used
        if compiled.is_whole:
            yield from _unused(compiled, used)
    if subject.complete and project.document is not None:
        for name in project.variables.keys() - everywhere:
            span = project.document.key_span(("vars", name))
            yield Finding(f"no storyboard reads the variable '{name}'", span, "remove it")


def _unused(compiled: Compiled, used: set[str]) -> Iterator[Finding]:
    board = compiled.storyboard
    for name in board.variables.keys() - used:
        span = board.place.at("vars", name).key_span
        yield Finding(f"nothing reads the variable '{name}'", span, "remove it")
    for local in board.localize.values():
        for name in local.variables.keys() - used:
            span = local.place.at("vars", name).key_span
            yield Finding(f"nothing reads the variable '{name}'", span, "remove it")


RULE = Rule("unused-variable", _check)
