"""HDR pictures in a film's colors and size, by tables. Knows no file and no time.

A curve takes the luma of each pixel to where that of gray comes. Chroma is one for four pixels, so
it is looked up for four at once, in a table of three dimensions, with what a color adds to the luma
of gray. That takes less than half the time of a table for each pixel; the scaling filter, which
needs none, takes 0.6 s for each picture in full HD.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from tempfile import NamedTemporaryFile
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from av import VideoFrame
from av.filter import Graph
from av.video.plane import VideoPlane

from storyboard.studio.film.colors import FULL, Light, matrix_of, range_of
from storyboard.studio.film.picture import Planes, planes_of
from storyboard.studio.film.tone_mapping import LUMA_709, LUMA_2020, mapped
from storyboard.studio.media.filtering import filtered, pulled, push

_Floats = npt.NDArray[np.floating[Any]]
_Words = npt.NDArray[np.uint16]
_Pairs = npt.NDArray[np.uint32]

_SIDE: Final = 49
"""Of the table; between its points FFmpeg interpolates. With 33, as color tools have it, strong
colors show steps in PQ; 65 take a quarter more time."""

_DIGITS: Final = 5
"""Of each number in it."""

_DEEP: Final = "yuv420p10le"
_CODES: Final = 1024
"""Of a picture of ten bits."""

_BLACK, _LUMAS = 64, 876
"""The code of black, and how many there are from there to white."""

_ROWS: Final = 64
"""Pairs of rows that are worked on at once: they stay in the cache of a core."""

_PARTS: Final = 4
"""In which luma is counted until it is rounded."""

_MATRICES: Final = {1: "bt709", 4: "fcc", 5: "bt601", 7: "smpte240m", 9: "bt2020"}


class ToneMapper:
    """Scales pictures of one kind of light to a size, and hands them over in BT.709."""

    def __init__(self, width: int, height: int) -> None:
        self._width, self._height = width, height
        # Chroma is of whole squares: of an odd picture, the last column or row is taken off.
        self._even = width + width % 2, height + height % 2
        self._kind: object = None
        self._scale: Graph | None = None
        self._mixer: _Mixer | None = None

    def __call__(self, frame: VideoFrame, light: Light) -> VideoFrame:
        """Return the picture in yuv420p, of limited range."""
        shape = frame.width, frame.height, frame.format.name
        kind = light, shape, matrix_of(frame), range_of(frame)
        if self._scale is None or self._mixer is None or kind != self._kind:
            self._scale, self._kind = self._scaling(frame), kind
            self._mixer = _Mixer(*self._even, light)
        push(self._scale, frame)
        picture = VideoFrame(self._width, self._height, "yuv420p")
        self._mixer(self._scale.vpull(), planes_of(picture))
        return picture

    def _scaling(self, frame: VideoFrame) -> Graph:
        """Return what makes of a frame one of ten bits and of the film's size."""
        sides = "full" if range_of(frame) == FULL else "limited"
        asked = "{}:{}:flags=bicubic".format(*self._even)
        from_ = f"in_color_matrix={_MATRICES[matrix_of(frame)]}:in_range={sides}"
        to = "out_color_matrix=bt2020:out_range=limited"
        return filtered(frame, ("scale", f"{asked}:{from_}:{to}"), ("format", _DEEP))


class _Mixer:
    """Looks pictures of ten bits and one size up in the tables of a light."""

    def __init__(self, width: int, height: int, light: Light) -> None:
        self._asked = _blank(width // 2, height // 2, "yuv444p10le")
        self._table = _looked_up(self._asked, light)
        self._curve = filtered(_blank(width, height, _DEEP), ("lutyuv", _curve(light)))
        self._sums: _Pairs = np.empty((_ROWS, width // 2), np.uint32)
        self._more: _Pairs = np.empty((_ROWS, width // 2), np.uint32)

    def __call__(self, frame: VideoFrame, into: Planes) -> None:
        push(self._curve, frame)
        lumas = _words(pulled(self._curve, frame).planes[0])
        self._ask(*map(_words, frame.planes))
        self._table.vpush(self._asked)
        added, u, v = map(_words, self._table.vpull().planes)
        luma, *chroma = into
        for mine, its in zip(chroma, (u, v), strict=True):
            np.right_shift(its, 8, out=mine, casting="unsafe")
        for first in range(0, len(added), _ROWS):
            pairs = slice(first, first + _ROWS)
            rows = slice(2 * first, 2 * (first + _ROWS))
            self._mix(lumas[rows], added[pairs], luma[rows])

    def _ask(self, y: _Words, u: _Words, v: _Words) -> None:
        """Fill the picture that is looked up: the luma of four pixels, and their chroma."""
        means, *chromas = map(_words, self._asked.planes)
        for mine, its in zip(chromas, (u, v), strict=True):
            np.copyto(mine, its)
        for first in range(0, len(means), _ROWS):
            mean = means[first : first + _ROWS]
            sums, more = self._sums[: len(mean)], self._more[: len(mean)]
            upper, lower = y[2 * first :: 2][: len(mean)], y[2 * first + 1 :: 2][: len(mean)]
            np.add(upper.view(np.uint32), lower.view(np.uint32), out=sums)
            np.right_shift(sums, 16, out=more)
            more += sums
            more += 2
            more &= 0xFFFF
            np.right_shift(more, 2, out=mean, casting="unsafe")

    def _mix(self, lumas: _Words, added: _Words, into: npt.NDArray[np.uint8]) -> None:
        """Add to the lumas of gray what color adds, the same for four pixels."""
        more = self._more[: len(added)]
        np.right_shift(added, 5, out=more, casting="unsafe")
        more *= 0x10001
        lumas.view(np.uint32).reshape(len(added), 2, -1)[...] += more[:, None]
        np.clip(lumas, _CODES + _PARTS * 16, _CODES + _PARTS * 235 + 3, out=lumas)
        # What was added to stay above nothing is a whole number of bytes, and falls off here.
        tall, wide = into.shape
        np.right_shift(lumas[:tall, :wide], 2, out=into, casting="unsafe")


def _blank(width: int, height: int, kind: str) -> VideoFrame:
    frame = VideoFrame(width, height, kind)
    frame.time_base = Fraction(1, 1000)
    return frame


def _words(plane: VideoPlane) -> _Words:
    """Return a writable view of a plane of more than eight bits."""
    size = plane.height, plane.width
    return np.ndarray(size, np.uint16, memoryview(plane), 0, (plane.line_size, 2))


def _looked_up(asked: VideoFrame, light: Light) -> Graph:
    with NamedTemporaryFile(suffix=".cube") as file:
        file.write(_cube(light))
        file.flush()
        return filtered(
            asked,
            ("scale", "in_color_matrix=bt2020:in_range=limited"),
            ("format", "gbrp16le"),
            ("lut3d", f"file={_escaped(file.name)}:interp=tetrahedral"),
        )


def _escaped(path: str) -> str:
    """Return a path as a filter's argument, where colons part and quotes group."""
    return re.sub(r"([\\':])", r"\\\1", path)


@lru_cache(maxsize=3)
def _grays(light: Light) -> _Words:
    """Return the luma of gray for each code of luma, in parts of a code of eight bits."""
    signal = np.clip((np.arange(_CODES) - _BLACK) / _LUMAS, 0, 1)
    shown = mapped(np.stack([signal] * 3, axis=-1), light)[:, 1]
    return np.asarray(np.round(_PARTS * (16 + 219 * shown)), np.uint16)


@lru_cache(maxsize=3)
def _curve(light: Light) -> str:
    """Return the curve of gray as FFmpeg's filter takes it: a tree of questions about the code."""
    answers = [str(gray) for gray in _grays(light)]
    middle = 1
    while len(answers) > 1:
        pairs = zip(answers[::2], answers[1::2], range(middle, _CODES, 2 * middle), strict=True)
        answers = [
            low if low == high else f"if(lt(val,{code}),{low},{high})" for low, high, code in pairs
        ]
        middle *= 2
    return f"y='{answers[0]}':u=val:v=val"


@lru_cache(maxsize=3)
def _cube(light: Light) -> bytes:
    """Return the table as a file of Adobe's format, red first: for each color of BT.2020, the
    film's chroma, and by what its luma differs from that of gray.
    """
    steps = np.linspace(0.0, 1.0, _SIDE)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    signal = np.stack((red, green, blue), axis=-1)
    shown = mapped(signal, light)
    gray = np.interp(_BLACK + _LUMAS * (signal @ LUMA_2020), np.arange(_CODES), _grays(light))
    luma = shown @ LUMA_709
    added = _PARTS * (16 + 219 * luma) - gray + _CODES + _PARTS / 2
    u, v = ((shown[..., n] - luma) / (2 * (1 - LUMA_709[n])) for n in (2, 0))
    rows = np.stack(((128.5 + 224 * v) / 256, added / (2 * _CODES), (128.5 + 224 * u) / 256), -1)
    return f"LUT_3D_SIZE {_SIDE}\n".encode() + _decimals(rows.reshape(-1, 3))


def _decimals(rows: _Floats) -> bytes:
    """Return numbers from 0 to 1 as text, a row a line: ten times as quick as one by one."""
    whole = np.round(rows * (10**_DIGITS - 1)).astype(np.int64)
    text = np.full((*rows.shape, 3 + _DIGITS), ord(" "), np.uint8)
    text[..., 0], text[..., 1] = ord("0"), ord(".")
    for place in range(_DIGITS):
        text[..., 1 + _DIGITS - place] = ord("0") + whole // 10**place % 10
    text[:, -1, -1] = ord("\n")
    return text.tobytes()
