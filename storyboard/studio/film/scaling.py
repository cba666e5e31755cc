"""Decoded pictures at the film's size, in BT.709. Knows no file and no time.

A picture that has changed is scaled whole: to scale only what has changed in it, in many calls,
took twice as long for a chart that moves, and put colors a quarter of a sample beside their place.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from av import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter

from storyboard.studio.film.colors import BT709, LIMITED, light_of, matrix_of, range_of
from storyboard.studio.film.hdr_pictures import ToneMapper
from storyboard.studio.film.picture import Planes, own_copy, planes_of

_PLANAR = ("yuv420p", "yuvj420p")

_BICUBIC = Interpolation.BICUBIC.value

_ROWS: Final = 96
"""Samples of a plane that are compared at once. Most pictures differ before their end."""


class Scaler:
    """Brings decoded frames to the film's size; one like the frame before it gives its picture."""

    def __init__(self, width: int, height: int) -> None:
        self._width, self._height = width, height
        self._reformatter = VideoReformatter()
        self._tone_mapper = ToneMapper(width, height)
        self._source: VideoFrame | None = None
        self._picture: VideoFrame | None = None

    def __call__(self, frame: VideoFrame, *, whole: bool = False) -> VideoFrame:
        """Return the frame scaled, as a picture that no other frame changes.

        `whole` is for frames whose planes cannot be read row by row, such as cropped ones.
        """
        light = light_of(frame)
        if light is not None:
            self._source = None
            return self._tone_mapper(frame, light)
        if whole or frame.format.name not in _PLANAR:
            self._source = None
            return self._scaled(frame)
        before, self._source = self._source, frame
        if before is None or self._picture is None or not _same(before, frame):
            self._picture = self._scaled(frame)
        return self._picture

    def _scaled(self, frame: VideoFrame) -> VideoFrame:
        scaled = scaled_picture(self._reformatter, frame, frame, self._width, self._height)
        return own_copy(planes_of(frame)) if scaled is frame else scaled


def scaled_picture(
    reformatter: VideoReformatter,
    picture: VideoFrame,
    tagged: VideoFrame,
    width: int | None,
    height: int | None,
    kind: str = "yuv420p",
) -> VideoFrame:
    """Scale a picture, or leave its size, into BT.709 from what another frame is tagged with."""
    return reformatter.reformat(
        picture,
        width=width,
        height=height,
        format=kind,
        src_colorspace=matrix_of(tagged),
        dst_colorspace=BT709,
        src_color_range=range_of(tagged),
        dst_color_range=LIMITED,
        interpolation=_BICUBIC,
        threads=1,
    )


def _same(one: VideoFrame, other: VideoFrame) -> bool:
    """Tell whether two frames of bytes look alike in every sample."""
    return _kind(one) == _kind(other) and _equal(planes_of(one), planes_of(other))


def _equal(one: Planes, other: Planes) -> bool:
    return all(
        np.array_equal(mine[row : row + _ROWS], its[row : row + _ROWS])
        for mine, its in zip(one, other, strict=True)
        for row in range(0, len(mine), _ROWS)
    )


def _kind(frame: VideoFrame) -> tuple[object, ...]:
    return (frame.width, frame.height, frame.format.name, matrix_of(frame), range_of(frame))
