"""A variable that no template reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from storyboard.checks.subject import Compiled, Finding, Rule, Subject
from storyboard.nearest import did_you_mean
from storyboard.source.document import Document
from storyboard.templates.expressions import TemplateFault, is_template, parse_template


def _check(subject: Subject) -> Iterator[Finding]:
    project = subject.project
    shared = {
        name
        for table in (project.avatars, project.entries)
        for w in table.values()
        for name in _names(w.value)
    }
    everywhere = set(shared)
    for compiled in subject.storyboards:
        used = shared | _read_by(compiled)
        everywhere |= used
        if compiled.is_whole:
            yield from _unused(compiled, used)
    if subject.complete and project.document is not None:
        for name in project.variables.keys() - everywhere:
            span = project.document.key_span(("vars", name))
            yield Finding(f"no storyboard reads the variable '{name}'", span, "remove it")
    yield from _unused_given(subject, everywhere)


def _unused_given(subject: Subject, everywhere: set[str]) -> Iterator[Finding]:
    """Find what the command line sets for nothing: most often a name that is misspelled."""
    if not subject.given:
        return
    document = subject.project.document
    read = {*everywhere, *_names(subject.given), *_names(document.data if document else None)}
    for compiled in subject.others:
        read |= _read_by(compiled)
    for name in subject.given.keys() - read:
        hint = did_you_mean(name, read) or "take it out of --var or --var-file"
        yield Finding(f"nothing reads the variable '{name}' of the command line", None, hint)


def _unused(compiled: Compiled, used: set[str]) -> Iterator[Finding]:
    board = compiled.storyboard
    for name in board.variables.keys() - used:
        span = board.place.at("vars", name).key_span
        yield Finding(f"nothing reads the variable '{name}'", span, "remove it")
    for local in board.localize.values():
        for name in local.variables.keys() - used:
            span = local.place.at("vars", name).key_span
            yield Finding(f"nothing reads the variable '{name}'", span, "remove it")


def _read_by(compiled: Compiled) -> set[str]:
    """Return the variables that templates of a storyboard and of what it includes read."""
    documents: dict[str, Document] = {compiled.storyboard.path: compiled.storyboard.place.document}
    for item in compiled.storyboard.scenes:
        documents.setdefault(item.place.document.path, item.place.document)
    return {name for document in documents.values() for name in _names(document.data)}


def _names(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, str):
            if is_template(current):
                template = parse_template(current)
                if not isinstance(template, TemplateFault):
                    yield from template.names
        elif isinstance(current, dict):
            waiting.extend(current.values())
        elif isinstance(current, list):
            waiting.extend(current)


RULE = Rule("unused-variable", _check)
