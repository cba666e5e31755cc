"""From how far each take of a scene is seen. Knows takes and sizes, no drawing.

A scene decides by itself: whatever else is edited in a film, its pictures stay. In a scene each
take would be seen whole or from close by for how it begins, and is so where there is time for it:
whoever adds a sentence does not turn the camera in all that follows, as taking turns would.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from storyboard.studio.film.takes import Take
from storyboard.studio.stage.placement import Layout

_SHORT: Final = 5.0
"""Seconds of a scene that is seen from close by: a short one stresses what it says."""

_STEADY: Final = 4.5
"""Seconds that a camera keeps still, at least. A choice: quicker cuts are an advertisement's."""

_LONGEST: Final = 9.0
"""Seconds after which it changes with the next take, whatever that is. A choice: longer is dull."""

_LAST: Final = 3.0
"""Seconds that the last camera of a scene shows it, at least."""

_OPENING: Final = 8
"""Characters of a take that tell how it would be seen."""


def cameras(takes: Sequence[Take], *, opens: bool) -> tuple[Layout, ...]:
    """Return the layout of each take of a scene without clip; `opens` the film, it is seen whole.

    A take begins in a pause, at rest: from there on the scene may be seen otherwise.
    """
    fps, frames = takes[0].fps, takes[-1].first + takes[-1].frames
    layout = Layout.CLOSE if frames < _SHORT * fps and not opens else Layout.FULL
    layouts: list[Layout] = []
    changed = 0
    for take in takes:
        steady, left = (take.first - changed) / fps, (frames - take.first) / fps
        is_due = steady >= _LONGEST or _wanted(take) is not layout
        if is_due and steady >= _STEADY and left >= _LAST:
            layout = Layout.FULL if layout is Layout.CLOSE else Layout.CLOSE
            changed = take.first
        layouts.append(layout)
    return tuple(layouts)


def _wanted(take: Take) -> Layout:
    """Return how a take would be seen: by its first letters, which stay in most edits."""
    opening = take.text[:_OPENING].encode("utf-8", "surrogatepass")
    return Layout.CLOSE if sha256(opening).digest()[0] % 2 else Layout.FULL
