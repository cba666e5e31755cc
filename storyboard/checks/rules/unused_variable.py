"""A variable that no template reads."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.subject import Finding, Rule, Subject, Survey
from storyboard.expand.variable_use import names_in, read_by
from storyboard.language.project import Project


def _check(subject: Subject) -> Iterator[Finding]:
    compiled, board = subject.compiled, subject.compiled.storyboard
    local = {tag: each for tag, each in board.localize.items() if each.variables}
    if not compiled.is_whole or not (board.variables or local):
        return
    used = _shared(subject.project) | read_by(compiled.assembled)
    for name in board.variables.keys() - used:
        span = board.place.at("vars", name).key_span
        yield Finding(f"nothing reads the variable '{name}'", span, "remove it")
    for block in local.values():
        for name in block.variables.keys() - used:
            span = block.place.at("vars", name).key_span
            yield Finding(f"nothing reads the variable '{name}'", span, "remove it")


def _survey(survey: Survey) -> Iterator[Finding]:
    project = survey.project
    if not survey.complete or project.document is None:
        return
    used = _shared(project).union(*(each.variables for each in survey.storyboards))
    for name in project.variables.keys() - used:
        span = project.document.key_span(("vars", name))
        yield Finding(f"no storyboard reads the variable '{name}'", span, "remove it")


def _shared(project: Project) -> set[str]:
    """Return the variables that the project's own definitions read."""
    tables = (project.avatars, project.entries)
    return {name for table in tables for w in table.values() for name in names_in(w.value)}


RULE = Rule("unused-variable", _check, _survey)
