"""From how far each take of a scene is seen. Knows takes and sizes, no drawing.

A scene decides by itself: whatever else is edited in a film, its pictures stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from storyboard.studio.film.takes import Take
from storyboard.studio.stage.placement import Layout

_SHORT: Final = 5.0
"""Seconds of a scene that is seen from close by: a short one stresses what it says."""

_STEADY: Final = 4.5
"""Seconds that a camera keeps still, at least. A choice: quicker cuts are an advertisement's."""

_LAST: Final = 3.0
"""Seconds that the last camera of a scene shows it, at least."""


def cameras(takes: Sequence[Take], *, opens: bool) -> tuple[Layout, ...]:
    """Return the layout of each take of a scene without clip; `opens` the film, it is seen whole.

    A take begins in a pause, at rest: from there on the scene may be seen otherwise.
    """
    fps, frames = takes[0].fps, takes[-1].first + takes[-1].frames
    layout = Layout.CLOSE if frames < _SHORT * fps and not opens else Layout.FULL
    layouts: list[Layout] = []
    changed = 0
    for take in takes:
        if take.first - changed >= _STEADY * fps and frames - take.first >= _LAST * fps:
            layout = Layout.FULL if layout is Layout.CLOSE else Layout.CLOSE
            changed = take.first
        layouts.append(layout)
    return tuple(layouts)
