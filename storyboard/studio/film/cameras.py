"""From how far each take of a scene is seen. Knows takes and sizes, no drawing.

A scene decides by itself: whatever else is edited in a film, its pictures stay. So do sections of a
scene, takes that would be seen alike for how they begin, whatever is said around them: a sentence
more or less turns the camera in its section, and seldom beyond.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from typing import Final

from storyboard.studio.film.takes import Take
from storyboard.studio.stage.placement import Layout

_SHORT: Final = 5.0
"""Seconds of a scene that is seen from close by: a short one stresses what it says."""

_STEADY: Final = 4.5
"""Seconds that a camera keeps still, at least. A choice: quicker cuts are an advertisement's."""

_LAST: Final = 3.0
"""Seconds that the last camera of a scene shows it, at least."""

_OPENING: Final = 8
"""Characters of a take that tell how it would be seen."""


def cameras(takes: Sequence[Take], *, opens: bool) -> tuple[Layout, ...]:
    """Return the layout of each take of a scene without clip; `opens` the film, it is seen whole.

    A take begins in a pause, at rest: from there on the scene may be seen otherwise.
    """
    fps, frames = takes[0].fps, takes[-1].first + takes[-1].frames
    if frames < _SHORT * fps and not opens:
        return (Layout.CLOSE,) * len(takes)
    layout = Layout.FULL
    layouts: list[Layout] = []
    for wanted, section in groupby(takes, key=_wanted):
        those = list(section)
        end = those[-1].first + those[-1].frames
        steady = round((_LAST if end == frames else _STEADY) * fps)
        if end - those[0].first >= steady:
            layout = wanted
        layouts += _alternating(those, layout, end - steady)
        layout = layouts[-1]
    return tuple(layouts)


def _alternating(section: Sequence[Take], layout: Layout, latest: int) -> Iterator[Layout]:
    """Yield the layouts of a section, the last of which begins at frame `latest` at latest."""
    changed = section[0].first
    for take in section:
        if changed + _STEADY * take.fps <= take.first <= latest:
            layout = Layout.FULL if layout is Layout.CLOSE else Layout.CLOSE
            changed = take.first
        yield layout


def _wanted(take: Take) -> Layout:
    """Return how a take would be seen: by its first letters, which stay in most edits."""
    if take.first < _STEADY * take.fps:
        return Layout.FULL
    opening = take.text[:_OPENING].encode("utf-8", "surrogatepass")
    return Layout.CLOSE if sha256(opening).digest()[0] % 2 else Layout.FULL
