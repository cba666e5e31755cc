"""What is spoken: by scene and locale, or, of the short texts, each once a place.

Locales share the place of a text that nobody translated.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.checks.subject import Subject
from storyboard.source.span import Span
from storyboard.video import Scene

SHORT: Final = 40
"""Characters: anything longer takes longer to say than a generation asks for."""


def spoken_texts(subject: Subject) -> Iterator[tuple[str, Scene]]:
    """Yield each scene that speaks, in each locale, with what it says."""
    for _, scene in subject.scenes():
        if scene.narration:
            yield scene.narration, scene


def short_texts(subject: Subject) -> Iterator[tuple[str, Scene, str | None]]:
    """Yield each short text with its first scene and locale, once a place."""
    seen: set[tuple[str, Span]] = set()
    for video, scene in subject.scenes():
        text = scene.narration
        if not text or len(text) > SHORT:
            continue
        key = (text, scene.origin.of("narration"))
        if key not in seen:
            seen.add(key)
            yield text, scene, video.address.locale
