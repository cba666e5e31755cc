"""A way to say a word that no narration has: it was renamed, or is written otherwise."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from storyboard.checks.said_words import said_words, say_table, writes_scenes
from storyboard.checks.subject import Finding, Rule, Subject, Survey
from storyboard.language.place import Place
from storyboard.locales import fallback_chain

_HINT = "remove it, or write the word as the narrations do, capitals included"


def _check(subject: Subject) -> Iterator[Finding]:
    compiled, board = subject.compiled, subject.compiled.storyboard
    local = {tag: block for tag, block in board.localize.items() if block.say}
    if not (board.say or local) or not compiled.is_whole or writes_scenes(compiled):
        return
    say = say_table(subject.project, compiled)
    yield from _unused(board.say, said_words(compiled.videos, say), board.place)
    for tag, block in local.items():
        videos = (v for v in compiled.videos if tag in fallback_chain(v.address.locale or ""))
        yield from _unused(block.say, said_words(videos, say), block.place)


def _survey(survey: Survey) -> Iterator[Finding]:
    words = [board.said for board in survey.storyboards]
    place = survey.project.place
    if not survey.complete or place is None or None in words:
        return
    used = frozenset[str]().union(*(each for each in words if each is not None))
    yield from _unused(survey.project.say, used, place)


def _unused(table: Mapping[str, str], used: Container[str], place: Place) -> Iterator[Finding]:
    for word in table:
        if word not in used:
            span = place.at("say", word).key_span
            yield Finding(f"no narration has the word '{word}'", span, _HINT)


RULE = Rule("unused-say", _check, _survey)
