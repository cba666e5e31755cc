"""Decoded pictures at the film's size, in BT.709. Knows no file and no time.

Most b-roll stands still but for a chart or a pointer, so a picture is scaled in bands, and only
those bands anew whose source rows have changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
from av import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter

from storyboard.studio.film.picture import Image, Planes, planes_of

_BANDS = (9, 10, 8, 12, 15, 6, 5)
"""Into how many bands a picture may be cut, the best first."""

_PLANAR = ("yuv420p", "yuvj420p")


@dataclass(frozen=True, slots=True)
class Bands:
    """How to cut a picture of one height for another one: lengths in luma rows.

    `margin` rows on either side of a band are scaled with it and thrown away, so that the filter
    sees the band's true neighbours. All source rows fall on whole rows of the film, chroma too.
    """

    count: int
    source: int
    film: int
    margin: int
    film_margin: int

    @property
    def window(self) -> int:
        """Source rows that are scaled for one band."""
        return self.source + 2 * self.margin

    def begins(self, band: int) -> int:
        """Return the first source row of the band's window, which never leaves the picture."""
        last = self.count * self.source - self.window
        return min(max(0, band * self.source - self.margin), last)

    def differing(self, before: Planes | None, now: Planes) -> list[int]:
        """Return the bands in whose windows the source has changed; all, where there is none."""
        if before is None:
            return list(range(self.count))
        rows = _changed_rows(before, now)
        first = [self.begins(band) for band in range(self.count)]
        return [band for band, at in enumerate(first) if rows[at : at + self.window].any()]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The picture that bands are put together in, and the window that each is scaled from."""

    cut: Bands
    picture: VideoFrame
    planes: Planes
    window: VideoFrame
    window_planes: Planes

    @staticmethod
    def blank(cut: Bands, source_width: int, width: int, height: int) -> _Sheet:
        """Return a sheet for sources of one size and cut."""
        picture = VideoFrame(width, height, "yuv420p")
        window = VideoFrame(source_width, cut.window, "yuv420p")
        return _Sheet(cut, picture, planes_of(picture), window, planes_of(window))


def bands(height: int, film_height: int) -> Bands | None:
    """Return how to cut the picture; `None` where rows do not fall together, or none are scaled."""
    if height == film_height or height > 3 * film_height:
        return None
    for margin, count in product((4, 8) if height < film_height else (16,), _BANDS):
        whole = height % (4 * count) == 0 == film_height % (4 * count)
        if whole and margin * film_height % (2 * height) == 0 and height > 4 * margin:
            film_margin = margin * film_height // height
            return Bands(count, height // count, film_height // count, margin, film_margin)
    return None


class Scaler:
    """Owns one picture at the film's size and brings it up to date with each decoded frame."""

    def __init__(self, width: int, height: int) -> None:
        self._width, self._height = width, height
        self._reformatter = VideoReformatter()
        self._source: VideoFrame | None = None
        self._planes: Planes | None = None
        self._sheet: _Sheet | None = None

    def __call__(self, frame: VideoFrame, *, whole: bool = False) -> VideoFrame:
        """Return the frame scaled; the picture is the scaler's own, and changes at the next call.

        `whole` is for frames whose planes cannot be read row by row, such as cropped ones.
        """
        if whole or frame.format.name not in _PLANAR:
            self._source = None
            return self._whole(frame)
        before, planes = self._planes, planes_of(frame)
        if self._source is None or before is None or not _alike(self._source, frame):
            cut = bands(frame.height, self._height)
            size = frame.width, self._width, self._height
            self._sheet = None if cut is None else _Sheet.blank(cut, *size)
            before = None
        self._source, self._planes = frame, planes
        if self._sheet is None:
            return self._whole(frame)
        for band in self._sheet.cut.differing(before, planes):
            self._renew(self._sheet, frame, planes, band)
        return self._sheet.picture

    def _whole(self, frame: VideoFrame) -> VideoFrame:
        scaled = self._scaled(frame, frame, self._height)
        if scaled is not frame:
            return scaled
        own = VideoFrame(self._width, self._height, "yuv420p")
        for mine, its in zip(planes_of(own), planes_of(frame), strict=True):
            np.copyto(mine, its)
        return own

    def _renew(self, sheet: _Sheet, frame: VideoFrame, planes: Planes, band: int) -> None:
        cut, begin = sheet.cut, sheet.cut.begins(band)
        for mine, its, by in zip(sheet.window_planes, planes, (1, 2, 2), strict=True):
            np.copyto(mine, its[begin // by : (begin + cut.window) // by])
        scaled = self._scaled(sheet.window, frame, cut.film + 2 * cut.film_margin)
        first = band * cut.film
        skipped = first - begin * cut.film // cut.source
        for mine, its, by in zip(sheet.planes, planes_of(scaled), (1, 2, 2), strict=True):
            rows = its[skipped // by : (skipped + cut.film) // by]
            np.copyto(mine[first // by : (first + cut.film) // by], rows)

    def _scaled(self, picture: VideoFrame, tagged: VideoFrame, height: int) -> VideoFrame:
        """Scale a picture whose colours are those that another frame is tagged with."""
        return self._reformatter.reformat(
            picture,
            width=self._width,
            height=height,
            format="yuv420p",
            src_colorspace=_colorspace(tagged),
            dst_colorspace=Colorspace.ITU709,
            src_color_range=_color_range(tagged),
            dst_color_range=ColorRange.MPEG,
            interpolation=Interpolation.BICUBIC,
            threads=1,
        )


def _alike(one: VideoFrame, other: VideoFrame) -> bool:
    return (one.width, one.height, one.format.name, _colorspace(one), _color_range(one)) == (
        other.width, other.height, other.format.name, _colorspace(other), _color_range(other)
    )  # fmt: skip


def _changed_rows(before: Planes, now: Planes) -> npt.NDArray[np.bool_]:
    """Tell of each luma row whether it, or the chroma that belongs to it, differs."""
    luma, *chroma = (
        np.any(_words(old) != _words(new), axis=1) for old, new in zip(before, now, strict=True)
    )
    changed: npt.NDArray[np.bool_] = luma | np.repeat(chroma[0] | chroma[1], 2)[: len(luma)]
    return changed


def _words(plane: Image) -> npt.NDArray[np.uint64] | Image:
    """Return the plane eight pixels at a time, where its width allows it: quicker to compare."""
    return plane if plane.shape[1] % 8 else plane.view(np.uint64)


def _colorspace(frame: VideoFrame) -> int:
    """Return the swscale number of the frame's matrix; guess by size where it is not told."""
    told = {1: Colorspace.ITU709, 5: Colorspace.ITU601, 6: Colorspace.ITU601}.get(frame.colorspace)
    if told is not None:
        return told
    return Colorspace.ITU709 if frame.height >= 720 else Colorspace.ITU601


def _color_range(frame: VideoFrame) -> int:
    full = frame.color_range == ColorRange.JPEG or frame.format.name.startswith(("yuvj", "rgb"))
    return ColorRange.JPEG if full else ColorRange.MPEG
