"""What lies beside a picture that is too narrow or too low: itself, enlarged, blurred and darkened.

It is blurred while it is small, so it costs less than to scale the picture.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from av.video.reformatter import Interpolation, VideoReformatter

from storyboard.studio.film.picture import BLACK, Image, Planes, middle, own_copy, planes_of

_PARTS: Final = 48
"""Luma samples across what is blurred; chroma has half. A choice, by eye: no letter can be read."""

_KERNEL: Final = np.array([1, 6, 15, 20, 15, 6, 1], np.float32) / 64
_REACH: Final = len(_KERNEL) // 2
_SHARES = (0.5, 0.7, 0.7)
"""Of light and of color that are kept, so that the eye goes to the picture. A choice."""


class BlurredGround:
    """Makes grounds of one size; owns what scales, which takes longer to set up than to use."""

    def __init__(self, width: int, height: int) -> None:
        self._width, self._height = width, height
        self._down, self._up = VideoReformatter(), VideoReformatter()

    def __call__(self, picture: Planes) -> Planes:
        """Return the ground for a BT.709 picture of another shape."""
        small = self._down.reformat(
            own_copy(_cut(picture, self._width / self._height)),
            width=_PARTS,
            height=max(2, round(_PARTS * self._height / self._width / 2) * 2),
            interpolation=Interpolation.AREA,
        )
        for plane, share, zero in zip(planes_of(small), _SHARES, BLACK, strict=True):
            plane[...] = np.round(zero + share * (_blurred(plane) - zero))
        large = self._up.reformat(
            small,
            width=self._width,
            height=self._height,
            interpolation=Interpolation.BICUBIC,
            threads=1,
        )
        return planes_of(large)


def _cut(picture: Planes, shape: float) -> Planes:
    """Return the middle of a picture that has a film's shape."""
    tall, wide = picture[0].shape
    keep_wide = min(wide, max(2, round(tall * shape / 2) * 2))
    keep_tall = min(tall, max(2, round(wide / shape / 2) * 2))
    return middle(picture, keep_wide, keep_tall)


def _blurred(plane: Image) -> npt.NDArray[np.floating[Any]]:
    """Return a plane blurred across and down; beyond its edges it goes on as it ends."""
    soft: npt.NDArray[np.floating[Any]] = plane.astype(np.float32)
    for axis in (0, 1):
        padded = np.pad(
            soft, [(_REACH, _REACH) if each == axis else (0, 0) for each in (0, 1)], "edge"
        )
        windows = np.lib.stride_tricks.sliding_window_view(padded, len(_KERNEL), axis)
        soft = windows @ _KERNEL
    return soft
