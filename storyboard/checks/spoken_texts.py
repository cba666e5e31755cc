"""Every distinct narration with one place to point at: many scenes share a text."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.subject import Subject
from storyboard.video import Scene


def spoken_texts(subject: Subject) -> Iterator[tuple[str, Scene]]:
    """Yield each scene that speaks, with what it says."""
    for _, scene in subject.scenes():
        if scene.narration:
            yield scene.narration, scene
