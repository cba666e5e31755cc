"""From how far a scene is seen, frame by frame. Knows sentences and sizes, no drawing.

A scene decides by itself: whatever else is edited in a film, its pictures stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from storyboard.studio.film.timeline import LEAD_SECONDS
from storyboard.studio.stage.placement import Layout

_SHORT: Final = 5.0
"""Seconds of a scene that is seen from close by: a short one stresses what it says."""

_STEADY: Final = 4.5
"""Seconds that a camera keeps still, at least. A choice: quicker cuts are an advertisement's."""

_LAST: Final = 3.0
"""Seconds that the last camera of a scene shows it, at least."""

_INTO_PAUSE: Final = 0.16
"""Seconds after a full stop at which is cut: the mouth is closed then."""


def cameras(stops: Sequence[float], frames: int, fps: int, *, opens: bool) -> tuple[Layout, ...]:
    """Return the layout of each frame of a scene without clip; `opens` the film, it is seen whole.

    `stops` are when the sentences of its speech end. From there on it may be seen otherwise.
    """
    layout = Layout.CLOSE if frames < _SHORT * fps and not opens else Layout.FULL
    layouts: list[Layout] = []
    for stop in stops:
        at = round((LEAD_SECONDS + stop + _INTO_PAUSE) * fps)
        if at - len(layouts) >= _STEADY * fps and frames - at >= _LAST * fps:
            layouts += [layout] * (at - len(layouts))
            layout = Layout.FULL if layout is Layout.CLOSE else Layout.CLOSE
    return (*layouts, *[layout] * (frames - len(layouts)))
