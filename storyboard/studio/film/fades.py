"""How scenes meet: the picture dips for a moment, within each scene's own frames. Knows no scene.

A scene fades by itself, so that no scene's pictures depend on its neighbor's.
"""

from __future__ import annotations

import numpy as np
from av import VideoFrame

from storyboard.studio.film.picture import planes_of

FULL = 256
"""Light of a picture that does not fade."""

_RISING = (96, 168, 216, 244)
"""Light of the first frames after a meeting; the last ones before it run the other way."""

_BLACK = (16, 128, 128)


def lights(frames: int, *, opens: bool, closes: bool) -> tuple[int, ...]:
    """Return a scene's light, frame by frame; `opens` and `closes` the film, it does not fade."""
    light = [FULL] * frames
    if frames < 2 * len(_RISING):
        return tuple(light)
    if not opens:
        light[: len(_RISING)] = _RISING
    if not closes:
        light[-len(_RISING) :] = reversed(_RISING)
    return tuple(light)


def dimmed(frame: VideoFrame, light: int) -> VideoFrame:
    """Return a copy of a yuv420p picture in less light, of `FULL`."""
    copy = VideoFrame(frame.width, frame.height, "yuv420p")
    for mine, its, black in zip(planes_of(copy), planes_of(frame), _BLACK, strict=True):
        dark = its * np.uint16(light)
        dark += black * (FULL - light)
        dark >>= 8
        np.copyto(mine, dark, casting="unsafe")
    return copy
