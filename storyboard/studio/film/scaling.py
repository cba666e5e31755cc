"""Decoded pictures at the film's size, in BT.709. Knows no file and no time.

Most b-roll stands still but for a chart or a pointer, so a picture is scaled in cells, and only
those cells anew whose source has changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, product

import numpy as np
import numpy.typing as npt
from av import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter

from storyboard.studio.film.colors import BT709, LIMITED, light_of, matrix_of, range_of
from storyboard.studio.film.hdr_pictures import ToneMapper
from storyboard.studio.film.picture import Planes, own_copy, planes_of

_PARTS = (9, 10, 8, 12, 15, 6, 5)
"""Into how many parts a side may be cut, the best first."""

_PLANAR = ("yuv420p", "yuvj420p")

_BICUBIC = Interpolation.BICUBIC.value

_MOST_PANES = 32
"""Sizes of windows that are kept ready, of up to some megabytes each."""

_BLOCK_ROWS, _BLOCK_COLUMNS = 4, 16
"""Luma samples of the blocks in which pictures are compared: two chroma rows, one word across."""


@dataclass(frozen=True, slots=True)
class Window:
    """Samples of one side that are scaled together, and those of the film that they are kept for.

    `begin` and `length` are of the source, `film_length` is what they are scaled to. The film gets
    `kept` samples from `first` on, after `skipped` ones. All in luma, all whole in chroma.
    """

    begin: int
    length: int
    film_length: int
    first: int
    kept: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Cut:
    """How one side of a picture is cut for a film: `parts` of `source` samples, scaled to `film`.

    `margin` samples on either side of a part are scaled with it and thrown away, so that the
    filter sees its true neighbors. All falls on whole samples of the film, chroma too.
    """

    parts: int
    source: int
    film: int
    margin: int
    film_margin: int


@lru_cache(maxsize=1024)
def window(side: Cut, part: int, count: int = 1) -> Window:
    """Return the window of some parts in a row; it never leaves the picture."""
    length = min(side.parts * side.source, count * side.source + 2 * side.margin)
    last = side.parts * side.source - length
    begin = min(max(0, part * side.source - side.margin), last)
    first = part * side.film
    return Window(
        begin, length, length * side.film // side.source,
        first, count * side.film, first - begin * side.film // side.source,
    )  # fmt: skip


def cut(length: int, film_length: int) -> Cut | None:
    """Return how to cut a side; `None` where samples do not fall together, or none are scaled."""
    if length == film_length or length > 3 * film_length:
        return None
    for margin, parts in product((4, 8) if length < film_length else (16,), _PARTS):
        whole = length % (4 * parts) == 0 == film_length % (4 * parts)
        if whole and margin * film_length % (2 * length) == 0 and length > 4 * margin:
            film_margin = margin * film_length // length
            return Cut(parts, length // parts, film_length // parts, margin, film_margin)
    return None


@dataclass(frozen=True, slots=True)
class Grid:
    """A picture cut both ways; in one column where its width cannot be cut."""

    rows: Cut
    columns: Cut

    @staticmethod
    def of(source: VideoFrame, width: int, height: int) -> Grid | None:
        """Return how to cut pictures like this one for a film of a size."""
        rows = cut(source.height, height)
        columns = cut(source.width, width) if source.width % _BLOCK_COLUMNS == 0 else None
        uncut = Cut(1, source.width, width, 0, 0)
        return None if rows is None else Grid(rows, columns or uncut)

    def differing(self, before: Planes, now: Planes) -> Iterator[tuple[Window, Window]]:
        """Yield what of the source to scale, down and across: windows in which it has changed."""
        changed = _changed_blocks(before, now, whole_rows=self.columns.parts == 1)
        by_row = _any_of(changed, self.rows, _BLOCK_ROWS)
        cells = _any_of(by_row.T, self.columns, _BLOCK_COLUMNS).T
        cells[:, 1:-1] |= cells[:, :-2] & cells[:, 2:]  # a cell costs less than a call
        for row, column, height, width in _rectangles(cells.tolist()):
            yield window(self.rows, row, height), window(self.columns, column, width)


@dataclass(frozen=True, slots=True)
class _Pane:
    """A picture that windows of one size are copied into, and what scales it."""

    picture: VideoFrame
    planes: Planes
    reformatter: VideoReformatter

    @staticmethod
    def blank(width: int, height: int) -> _Pane:
        picture = VideoFrame(width, height, "yuv420p")
        return _Pane(picture, planes_of(picture), VideoReformatter())


class Scaler:
    """Owns one picture at the film's size and brings it up to date with each decoded frame."""

    def __init__(self, width: int, height: int) -> None:
        self._width, self._height = width, height
        self._reformatter = VideoReformatter()
        self._tone_mapper = ToneMapper(width, height)
        self._source: VideoFrame | None = None
        self._source_planes: Planes | None = None
        self._picture: VideoFrame | None = None
        self._grid: Grid | None = None
        self._panes: dict[tuple[int, int], _Pane] = {}

    def __call__(self, frame: VideoFrame, *, whole: bool = False) -> VideoFrame:
        """Return the frame scaled; the picture is the scaler's own, and changes at the next call.

        `whole` is for frames whose planes cannot be read row by row, such as cropped ones.
        """
        light = light_of(frame)
        if light is not None:
            self._source = None
            return self._tone_mapper(frame, light)
        if whole or frame.format.name not in _PLANAR:
            self._source = None
            return self._whole(frame)
        before, like = self._source_planes, self._source
        self._source, self._source_planes = frame, planes_of(frame)
        if like is None or before is None or not _alike(like, frame):
            self._grid = Grid.of(frame, self._width, self._height)
            self._panes.clear()
            self._picture = None
        if self._grid is None or self._picture is None or before is None:
            self._picture = self._whole(frame)
            return self._picture
        canvas = planes_of(self._picture)
        for down, across in self._grid.differing(before, self._source_planes):
            self._renew(canvas, frame, self._source_planes, down, across)
        return self._picture

    def _whole(self, frame: VideoFrame) -> VideoFrame:
        scaled = scaled_picture(self._reformatter, frame, frame, self._width, self._height)
        return own_copy(planes_of(frame)) if scaled is frame else scaled

    def _renew(
        self, canvas: Planes, frame: VideoFrame, source: Planes, down: Window, across: Window
    ) -> None:
        """Scale a window of the frame into the canvas."""
        size = across.length, down.length
        pane = self._panes.get(size)
        if pane is None:
            if len(self._panes) == _MOST_PANES:
                self._panes.clear()
            pane = self._panes[size] = _Pane.blank(*size)
        for mine, its, by in zip(pane.planes, source, (1, 2, 2), strict=True):
            top, left = down.begin // by, across.begin // by
            height, width = mine.shape
            mine[...] = its[top : top + height, left : left + width]
        scaled = scaled_picture(
            pane.reformatter, pane.picture, frame, across.film_length, down.film_length
        )
        for below, its, by in zip(canvas, planes_of(scaled), (1, 2, 2), strict=True):
            y, x, top, left = (
                down.first // by, across.first // by, down.skipped // by, across.skipped // by
            )  # fmt: skip
            height, width = down.kept // by, across.kept // by
            below[y : y + height, x : x + width] = its[top : top + height, left : left + width]


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


def _alike(one: VideoFrame, other: VideoFrame) -> bool:
    return _kind(one) == _kind(other)


def _kind(frame: VideoFrame) -> tuple[object, ...]:
    return (frame.width, frame.height, frame.format.name, matrix_of(frame), range_of(frame))


def _changed_blocks(before: Planes, now: Planes, *, whole_rows: bool) -> npt.NDArray[np.bool_]:
    """Tell of each block whether its luma or its chroma differs; shape (rows, columns).

    Blocks of `whole_rows` are as wide as the picture.
    """
    changed = []
    for old, new, rows in zip(before, now, (4, 2, 2), strict=True):
        if whole_rows:
            differs = np.any(old != new, axis=1)[:, None]
        else:
            across = _BLOCK_COLUMNS * rows // _BLOCK_ROWS
            words = old.view(np.uint64) != new.view(np.uint64)
            differs = words.view(np.uint16 if across == 16 else np.uint8)
        changed.append(np.bitwise_or.reduce(differs.reshape(-1, rows, differs.shape[1]), axis=1))
    luma, cb, cr = (each != 0 for each in changed)
    blocks: npt.NDArray[np.bool_] = luma | cb | cr
    return blocks


def _any_of(blocks: npt.NDArray[np.bool_], side: Cut, of: int) -> npt.NDArray[np.bool_]:
    """Tell of each part of the first axis whether a block in its window has changed."""
    if side.parts == 1:
        return np.atleast_2d(blocks.any(axis=0))
    return np.stack([blocks[each].any(axis=0) for each in _blocks_of(side, of)])


@lru_cache(maxsize=64)
def _blocks_of(side: Cut, of: int) -> tuple[slice, ...]:
    """Return for each part the blocks, of so many samples each, that its window touches."""
    windows = (window(side, part) for part in range(side.parts))
    return tuple(slice(w.begin // of, -(-(w.begin + w.length) // of)) for w in windows)


def _rectangles(cells: Sequence[Sequence[bool]]) -> Iterator[tuple[int, int, int, int]]:
    """Cover the set cells, each once; yield first row, first column, and how many of both."""
    growing: dict[tuple[int, int], int] = {}
    for row, its in enumerate((*cells, ())):
        runs = list(_runs(its))
        for run in [each for each in growing if each not in runs]:
            first = growing.pop(run)
            yield first, run[0], row - first, run[1]
        for run in runs:
            growing.setdefault(run, row)


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the first index and the length of each row of set flags."""
    at = 0
    for is_set, run in groupby(flags):
        length = len(list(run))
        if is_set:
            yield at, length
        at += length
