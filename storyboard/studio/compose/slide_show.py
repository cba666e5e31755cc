"""Narrates a presentation slide by slide: the offline composer of `presentation-narration`.

Every scene says what its slide says, in the slide's own sentences, as many as its share of the
length takes. Nothing is rewritten and nothing is added.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.narration.sentences import sentences
from storyboard.speech_rates import estimate_seconds
from storyboard.studio.compose.naming import name_of
from storyboard.studio.compose.request import (
    ComposedScene,
    ComposeError,
    ComposeRequest,
    Composition,
)
from storyboard.wire import MAX_SCENES, MIN_SPEECH_SECONDS

_LEAST: Final = 2.0 * MIN_SPEECH_SECONDS
"""Seconds that a scene gets at least: films fail of half of it, and this is an estimate."""


def narrate_slides(request: ComposeRequest) -> Composition:
    """Return a scene for each slide with words, 20 at most; raises `ComposeError`."""
    spoken = _spoken(request)[:MAX_SCENES]
    if not spoken:
        raise ComposeError("CAPTIONS_NOT_FOUND", "no slide says enough; pictures are not read")
    share = max(_LEAST, request.duration / len(spoken))
    scenes = tuple(
        ComposedScene(" ".join(_within(lines, share)), entry, slide=number)
        for entry, number, lines in spoken
    )
    name = None
    if request.wants_name:
        every = [line for _, _, lines in spoken for line in lines]
        name = name_of([scene.narration for scene in scenes], every, request.brief)
    return Composition(scenes, name)


def _spoken(request: ComposeRequest) -> list[tuple[str, int, list[str]]]:
    """Return entry, slide and sentences of each scene; what is too short is said with the next."""
    told: list[tuple[str, int, list[str]]] = []
    before: list[str] = []
    for source in request.sources:
        for number, text in source.slides:
            before += _lines(text)
            if estimate_seconds(" ".join(before), None) >= _LEAST:
                told.append((source.entry_id, number, before))
                before = []
    if told:
        told[-1][2].extend(before)
    return told


def _lines(text: str) -> list[str]:
    """Return a slide's sentences; a line without an end is one, since slides have headings."""
    found: list[str] = []
    for line in text.splitlines():
        words = line.strip(" \t•◦▪‣-–—*·")
        if any(character.isalpha() for character in words):
            found += sentences(words if words[-1] in ".!?…:;。！？" else f"{words}.")
    return found


def _within(lines: list[str], seconds: float) -> Iterator[str]:
    """Yield lines until the seconds are spoken, the first in any case."""
    left = seconds
    for at, line in enumerate(lines):
        left -= estimate_seconds(line, None)
        if at and left < 0:
            return
        yield line
