"""The soft shadow around a presenter over a clip, which parts it from what is behind. Knows pixels.

It is that of the presenter at rest: a shadow that moved with each nod would draw the eye.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from storyboard.studio.film.picture import Image

_REACH: Final = 0.045
"""How far it reaches, of the presenter's height. Looked at on white and on colored clips."""

_DEPTH: Final = 104
"""Of 255: how dark it is where it is darkest."""

_PASSES: Final = 3
"""Mean values of mean values: three are as soft as a bell."""


def shadow_reach(height: int) -> int:
    """Return by how many pixels the shadow of a presenter so high goes beyond it."""
    return _PASSES * _radius(height)


def soft_shadow(sprite: Image, height: int) -> Image:
    """Return the shadow of a drawing, RGBA, larger by `shadow_reach` on each side.

    What is cut off at the drawing's lower edge goes on below it.
    """
    radius, reach = _radius(height), shadow_reach(height)
    alpha = np.pad(sprite[..., 3].astype(np.int32), ((reach, 0), (reach, reach)))
    alpha = np.pad(alpha, ((0, reach), (0, 0)), mode="edge")
    for _ in range(_PASSES):
        for axis in (0, 1):
            alpha = _mean(alpha, radius, axis)
    shadow = np.zeros((*alpha.shape, 4), np.uint8)
    shadow[..., 3] = alpha * _DEPTH // 255
    return shadow


def _radius(height: int) -> int:
    return max(1, round(height * _REACH / _PASSES))


def _mean(values: npt.NDArray[np.int32], radius: int, axis: int) -> npt.NDArray[np.int32]:
    """Return the mean of each value and its neighbors along an axis; whole numbers, no drift."""
    sides = [(0, 0), (0, 0)]
    sides[axis] = (radius + 1, radius)
    sums = np.cumsum(np.pad(values, sides, mode="edge"), axis=axis, dtype=np.int32)
    length, count = values.shape[axis], 2 * radius + 1
    last = np.take(sums, range(count, count + length), axis=axis)
    before = np.take(sums, range(length), axis=axis)
    return (last - before) // np.int32(count)
