"""Scenes that a studio composed, made fit for a file: what cannot be filmed is joined or left out.

A composer cuts by sentences, and a scene of one word fails (`narration-too-short`). What it says is
kept: it goes to the scene before it, or to the one behind if it is the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from storyboard.checks.spoken_texts import is_too_short
from storyboard.video import Scene


@dataclass(frozen=True, slots=True)
class Fitted:
    """The scenes as they are written, and what was done to those of the studio, for people."""

    scenes: tuple[Scene, ...]
    news: tuple[str, ...] = ()


def fit_scenes(scenes: Sequence[Scene], locale: str | None) -> Fitted:
    """Leave out scenes that say nothing, and join those that are too short to their neighbors."""
    news: list[str] = []
    speaking = []
    for number, scene in enumerate(scenes, 1):
        if (scene.narration or "").strip():
            speaking.append((number, scene))
        else:
            news.append(f"scene {number} left out: it says nothing")
    fitted: list[tuple[int, Scene]] = []
    for number, scene in speaking:
        last = fitted[-1] if fitted else None
        if last is not None and _is_short(scene, locale):
            fitted[-1] = (last[0], _joined(last[1], scene, last[1]))
            news.append(f"scene {number} joined to scene {last[0]}: too short alone")
        elif last is not None and _is_short(last[1], locale):
            fitted[-1] = (number, _joined(last[1], scene, scene))
            news.append(f"scene {last[0]} joined to scene {number}: too short alone")
        else:
            fitted.append((number, scene))
    return Fitted(tuple(scene for _, scene in fitted), tuple(news))


def _is_short(scene: Scene, locale: str | None) -> bool:
    return is_too_short(scene.narration or "", locale)


def _joined(first: Scene, second: Scene, shown: Scene) -> Scene:
    """Return one scene that says both texts before the picture of one."""
    return replace(shown, narration=f"{first.narration} {second.narration}")
