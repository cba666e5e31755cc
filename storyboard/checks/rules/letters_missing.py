"""Texts in the pictures of a film that no font of this machine has the letters of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.checks.subject import Finding, Rule, Survey
from storyboard.source.span import Span

_HINT: Final = "install a font that has them, such as those of Noto (Debian: fonts-noto)"
_SHAPING: Final = "install FriBiDi (Debian: libfribidi0), which orders and joins such letters"


def _survey(survey: Survey) -> Iterator[Finding]:
    unset, seen = survey.studio.unset, set[Span]()
    if unset is None:
        return
    for text, span in (each for board in survey.storyboards for each in board.lettered):
        if span in seen:
            continue
        cause = unset(text)
        if cause is not None:
            seen.add(span)
            yield Finding(cause.told, span, _SHAPING if cause.wants_shaping else _HINT)


RULE = Rule("letters-missing", survey=_survey)
