"""What is spoken: by scene and locale, or, of the short texts, each once a place.

Locales share the place of a text that nobody translated.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Final

from storyboard.checks.said_words import say_table
from storyboard.checks.severities import is_off
from storyboard.checks.subject import Subject
from storyboard.narration.pronunciation import respelled
from storyboard.source.span import Span
from storyboard.speech_rates import estimate_seconds
from storyboard.video import Scene
from storyboard.wire import MIN_SPEECH_SECONDS

CUT: Final = "comment-after-text"
TOO_SHORT: Final = "narration-too-short"

CERTAIN_SECONDS: Final = MIN_SPEECH_SECONDS / 1.5
"""Below this estimate, speech is too short even where the estimate is off by a third."""

SHORT: Final = 40
"""Characters: anything longer takes longer to say than a generation asks for."""


def spoken_texts(subject: Subject) -> Iterator[tuple[str, Scene]]:
    """Yield each scene that speaks, in each locale, with what it says."""
    for _, scene in subject.scenes():
        if scene.narration:
            yield scene.narration, scene


def heard_texts(subject: Subject) -> Iterator[tuple[str, Scene, str | None]]:
    """Yield what each scene says in its locale, once a text, as the files tell to say it."""
    say = say_table(subject.project, subject.compiled)
    seen = set[tuple[str, str | None]]()
    for video, scene in subject.scenes():
        locale = video.address.locale
        text = scene.narration or ""
        if text and (text, locale) not in seen:
            seen.add((text, locale))
            yield respelled(text, say), scene, locale


def short_texts(subject: Subject) -> Iterator[tuple[str, Scene, str | None]]:
    """Yield each short text with its first scene and locale, once a place; none that is cut off."""
    seen: set[tuple[str, Span]] = set()
    cuts = cut_places(subject)
    for video, scene in subject.scenes():
        text = scene.narration
        if not text or len(text) > SHORT:
            continue
        key = (text, scene.origin.of("narration"))
        if key not in seen and not is_cut(key[1], cuts):
            seen.add(key)
            yield text, scene, video.address.locale


def too_short_texts(subject: Subject) -> Iterator[tuple[str, Scene, str | None]]:
    """Yield those that are too short for certain."""
    for text, scene, locale in short_texts(subject):
        if is_too_short(scene.spoken, locale):
            yield text, scene, locale


def is_too_short(text: str, locale: str | None) -> bool:
    """Whether a text takes too little time to say, wherever the estimate is off by a third."""
    return len(text) <= SHORT and estimate_seconds(text, locale) < CERTAIN_SECONDS


def faulty_sources(subject: Subject) -> Callable[[Span], bool]:
    """Return what tells whether a text's own fault is told: no translation is asked of it yet."""
    cuts = cut_places(subject)
    short = set[Span]()
    # Where that finding is silenced nobody would hear of the fault, so its translation is asked
    # for.
    if not is_off(TOO_SHORT, subject.project.checks):
        short = {scene.origin.of("narration") for _, scene, _ in too_short_texts(subject)}
    return lambda place: place in short or is_cut(place, cuts)


def cut_places(subject: Subject) -> frozenset[tuple[str, int]]:
    """Return the lines, by file, on which a comment is told to cut off a text."""
    if is_off(CUT, subject.project.checks):
        return frozenset()
    found = subject.compiled.assembled.findings
    return frozenset((f.span.file, f.span.line) for f in found if f.code == CUT and f.span)


def is_cut(text: Span, cuts: Collection[tuple[str, int]]) -> bool:
    """Whether a text ends on a line where a comment cuts one off."""
    return (text.file, text.end_line) in cuts
