"""How much text all videos of one storyboard may have together. Expands nothing.

Each text has its own limit, and a hundred locales with twenty scenes multiply it: a plan took 30 MB
for each file of a kilobyte.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from storyboard.expand.expansion import Expansion
from storyboard.source.diagnostic import Diagnostic, diagnose
from storyboard.templates import limits
from storyboard.video import Video

_TOO_MUCH: Final = (
    f"the texts of all its videos together have more than {limits.TEXTS_OF_A_STORYBOARD:,} "
    "characters"
)
_SHORTEN: Final = "let the scenes say less, or part the storyboard: by its scenes, or its locales"


def within_budget(expansions: Iterator[Expansion]) -> tuple[Expansion, ...]:
    """Return what became of a storyboard in its locales; none has a video if all are too much."""
    found: list[Expansion] = []
    left = limits.TEXTS_OF_A_STORYBOARD
    for each in expansions:
        found.append(each)
        if each.video is not None:
            left -= _length(each.video)
            if left < 0:
                why = _too_much(each.video)
                return tuple(_refused(found, why)) + tuple(_refused(expansions, why))
    return tuple(found)


def _refused(expansions: Iterable[Expansion], why: Diagnostic) -> Iterator[Expansion]:
    """Yield each locale without its video, which nothing keeps from then on."""
    for each in expansions:
        yield replace(each, video=None, findings=(*each.findings, why))


def _length(video: Video) -> int:
    told = "" if video.compose is None else video.compose.user_brief or ""
    return len(video.name) + len(told) + sum(len(each.narration or "") for each in video.scenes)


def _too_much(video: Video) -> Diagnostic:
    """Return the error, at the longest text of a video."""
    longest = max(video.scenes, key=lambda each: len(each.narration or ""), default=None)
    span = video.span if longest is None else longest.origin.of("narration")
    return diagnose("template-limit", _TOO_MUCH, span, _SHORTEN)
