"""Captions in the picture: two lines at most, on a translucent panel. Knows no speech.

They stand in the middle of what a presenter over a clip leaves free, at the foot of the frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from storyboard.studio.film.frame_areas import Area
from storyboard.studio.film.panels import Color, lay_mask, panel
from storyboard.studio.film.picture import Image
from storyboard.studio.lettering.lines import fit_line

_SIZE, _LEAST = 44, 28
"""Sizes of letters: 42 columns of Latin fill half of a frame of 1920 columns. These and those below
are of a frame of 1080 rows."""
_STEP: Final = 1.32
"""Rows from line to line, in sizes of letters."""
_STANDS: Final = 1.0
"""From the top of a line to what its letters stand on."""
_LINES: Final = 2
_SIDE, _TOP, _RADIUS = 26, 10, 10
_ABOVE: Final = 18
"""Rows between captions and what stands above them."""

_INK: Final[Color] = (10, 12, 18)
_OPACITY: Final = 0.76
_WHITE: Final[Color] = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class CaptionBand:
    """A caption's lines, in the frames of a scene from `first` to before `end`.

    They run from right to left if the film's language does: `backwards`.
    """

    lines: tuple[str, ...]
    first: int
    end: int
    area: Area
    language: str
    backwards: bool = False

    @property
    def texts(self) -> tuple[tuple[str, bool], ...]:
        """What is set in it, and whether in bold."""
        return tuple((line, False) for line in self.lines)

    def opacity(self, frame: int) -> float:
        """Return how much of it is seen in one of its frames: all."""
        return 1.0

    def draw(self) -> tuple[Image, int, int]:
        """Return the panel with its text, and where its corner is; raises `CannotSet`."""
        area, scaled = self.area, self.area.scaled
        size, side, top = scaled(_SIZE), scaled(_SIDE), scaled(_TOP)
        room = area.width - 2 * side
        least, language, backwards = scaled(_LEAST), self.language, self.backwards
        lines = [
            fit_line(each, size, least, room, language, backwards=backwards) for each in self.lines
        ]
        wide = max(line.width for line in lines) + 2 * side
        step = round(_STEP * size)
        shown = panel(wide, len(lines) * step + 2 * top, scaled(_RADIUS), _INK, _OPACITY)
        for number, line in enumerate(lines):
            x = (wide - line.width) // 2 - line.margin
            base = top + number * step + round(_STANDS * size)
            lay_mask(shown, line.mask, x, base - line.base, _WHITE)
        return shown, (area.left + area.right - wide) // 2, area.bottom - shown.shape[0]


def rows_above(area: Area) -> int:
    """Return the row that what stands above captions has to end at: two lines are below it."""
    tall = _LINES * round(_STEP * area.scaled(_SIZE)) + 2 * area.scaled(_TOP)
    return area.bottom - tall - area.scaled(_ABOVE)
