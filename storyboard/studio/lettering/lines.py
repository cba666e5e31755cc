"""One line of text as a mask of its letters, shaped, in the order of its script.

Knows pixels, no color and no film. Pillow draws; libraqm, which its wheels carry, shapes.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from storyboard.graphemes import borders
from storyboard.scripts import is_mostly_right_to_left
from storyboard.studio.lettering.faces import Face, Run, set_in_runs, shapes_text
from storyboard.studio.lettering.line_ends import phrases

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

Mask = npt.NDArray[np.uint8]

ASCENT: Final = 1.35
"""From a mask's top to the line that letters stand on, in sizes of the text: Thai stacks marks."""

DESCENT: Final = 0.55

_OVERHANG: Final = 0.25
"""Room on either side for letters that lean out of their own width."""

_WORD: Final = re.compile(r"\S+ ?")
_ELLIPSIS: Final = "…"
_OPEN_END: Final = " ,;:–—-(·、，"

_LOCK: Final = threading.Lock()
"""FreeType's faces serve one thread at a time."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line's mask; its letters begin `margin` pixels from the left and are `width` wide.

    They stand on the row `base`.
    """

    mask: Mask
    margin: int
    width: int
    base: int
    size: int

    @property
    def top(self) -> int:
        """Return from the base to the top of what is drawn."""
        rows = np.flatnonzero(self.mask.any(axis=1))
        return self.base - int(rows[0]) if len(rows) else 0


def set_line(
    text: str, size: int, language: str = "", *, bold: bool = False, backwards: bool | None = None
) -> Line:
    """Set a line, letters of so many pixels; raises `CannotSet`.

    It runs from right to left if it is `backwards`; where nothing tells, as most of its letters do.
    """
    runs = set_in_runs(text, language, bold=bold)
    backwards = is_mostly_right_to_left(text) if backwards is None else backwards
    with _LOCK:
        return _drawn(tuple(reversed(runs)) if backwards else runs, size, language, backwards)


def line_width(text: str, size: int, language: str = "", *, bold: bool = False) -> int:
    """Return how wide a line would be; raises `CannotSet`."""
    runs = set_in_runs(text, language, bold=bold)
    backwards = is_mostly_right_to_left(text)
    with _LOCK:
        return round(sum(_advance(run, size, language, backwards) for run in runs))


def fit_line(
    text: str,
    size: int,
    least: int,
    width: int,
    language: str = "",
    *,
    bold: bool = False,
    backwards: bool | None = None,
) -> Line:
    """Set a line no wider than `width`: smaller, down to `least`, and then cut with an ellipsis."""
    wide = line_width(text, size, language, bold=bold)
    while wide > width and size > least:
        size = max(least, min(size - 1, size * width // wide))
        wide = line_width(text, size, language, bold=bold)
    if wide > width:
        text = _cut(text, size, width, language, bold)
    return set_line(text, size, language, bold=bold, backwards=backwards)


def fit_lines(
    text: str, size: int, least: int, width: int, language: str = "", *, bold: bool = False
) -> tuple[Line, ...]:
    """Set a text in one line, or else in two of about equal length, none wider than `width`.

    They get smaller, down to `least`; what is then too wide is cut with an ellipsis. A text without
    spaces is parted where its language parts it, as captions are.
    """
    text = " ".join(text.split())
    words = [part for word in _WORD.findall(text) for part in phrases(word, language)]
    if len(words) < 2 or line_width(text, least, language, bold=bold) <= width:
        return (fit_line(text, size, least, width, language, bold=bold),)

    def wide(count: int) -> tuple[int, int]:
        """Return the width of the first words, and of those behind them."""
        both = "".join(words[:count]).rstrip(), "".join(words[count:])
        first, second = (line_width(each, least, language, bold=bold) for each in both)
        return first, second

    at = min(range(1, len(words)), key=lambda count: max(wide(count)))
    if max(wide(at)) > width:  # only the end is cut: the first line has as much as it holds
        at = next((n for n in range(len(words) - 1, 0, -1) if wide(n)[0] <= width), 1)
    halves = "".join(words[:at]).rstrip(), "".join(words[at:])
    lines = [fit_line(half, size, least, width, language, bold=bold) for half in halves]
    smaller = min(line.size for line in lines)
    return tuple(fit_line(half, smaller, smaller, width, language, bold=bold) for half in halves)


def setter_name() -> str:
    """Return what sets lines here: with another one, they may look otherwise."""
    import PIL

    return f"pillow {PIL.__version__} {'raqm' if shapes_text() else 'basic'}"


def _cut(text: str, size: int, width: int, language: str, bold: bool) -> str:
    """Return as much of a text as fits, with an ellipsis; letters are never parted from marks."""
    ends = borders(text)[1:]
    low, high = 0, len(ends)
    while low < high:
        middle = (low + high + 1) // 2
        head = text[: ends[middle - 1]].rstrip(_OPEN_END) + _ELLIPSIS
        if line_width(head, size, language, bold=bold) <= width:
            low = middle
        else:
            high = middle - 1
    return (text[: ends[low - 1]].rstrip(_OPEN_END) if low else "") + _ELLIPSIS


def _drawn(runs: tuple[Run, ...], size: int, language: str, backwards: bool) -> Line:
    from PIL import Image, ImageDraw

    widths = [_advance(run, size, language, backwards) for run in runs]
    margin, base = round(size * _OVERHANG), round(size * ASCENT)
    wide, tall = round(sum(widths)) + 2 * margin, base + round(size * DESCENT)
    image = Image.new("L", (wide, tall))
    draw = ImageDraw.Draw(image)
    direction, told = _options(language, backwards)
    x = float(margin)
    for run, width in zip(runs, widths, strict=True):
        font = _font(run.face, size)
        draw.text((x, base), run.text, 255, font, "ls", direction=direction, language=told)
        x += width
    return Line(np.asarray(image), margin, wide - 2 * margin, base, size)


def _advance(run: Run, size: int, language: str, backwards: bool) -> float:
    direction, told = _options(language, backwards)
    font = _font(run.face, size)
    return float(font.getlength(run.text, direction=direction, language=told))


def _options(language: str, backwards: bool) -> tuple[str | None, str | None]:
    """Return direction and language for what shapes letters; None for what does not."""
    if not shapes_text():
        return None, None
    return "rtl" if backwards else "ltr", language or None


@lru_cache(maxsize=64)
def _font(face: Face, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    engine = ImageFont.Layout.RAQM if shapes_text() else ImageFont.Layout.BASIC
    return ImageFont.truetype(str(face.path), size, face.index, layout_engine=engine)
