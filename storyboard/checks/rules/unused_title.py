"""A title of a presenter who appears in no scene: a name was changed, or is spelled otherwise."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from storyboard.checks.outline import used_titles
from storyboard.checks.said_words import writes_scenes
from storyboard.checks.subject import Finding, Rule, Subject, Survey
from storyboard.language.place import Written

_HINT = "write the avatar's name, or the id of its template; or remove the title"


def _check(subject: Subject) -> Iterator[Finding]:
    compiled, board = subject.compiled, subject.compiled.storyboard
    if not compiled.is_whole or writes_scenes(compiled):
        return
    used = used_titles(compiled)
    for table in (board.titles, *(block.titles for block in board.localize.values())):
        yield from _unused(table, used)


def _survey(survey: Survey) -> Iterator[Finding]:
    names = [board.titles for board in survey.storyboards]
    if survey.complete and None not in names:
        used = frozenset[str]().union(*(each for each in names if each is not None))
        yield from _unused(survey.project.titles, used)


def _unused(table: Mapping[str, Written], used: Container[str]) -> Iterator[Finding]:
    for name, written in table.items():
        if name not in used:
            message = f"no scene has the presenter '{name}', whose title this is"
            yield Finding(message, written.place.key_span, _HINT)


RULE = Rule("unused-title", _check, _survey)
