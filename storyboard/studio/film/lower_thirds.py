"""The band with a presenter's name and role: when it is there, and how it looks.

It stands at the foot of the frame, on the side where its script begins, beside a presenter over a
clip, and above burned-in captions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from storyboard.presenter_title import Title
from storyboard.scripts import is_mostly_right_to_left
from storyboard.studio.film.frame_areas import Area
from storyboard.studio.film.panels import Color, lay_mask, panel
from storyboard.studio.film.picture import Image
from storyboard.studio.lettering.lines import Line, fit_lines

_AFTER: Final = 0.5
"""Seconds from the scene's first picture on: by then the eye has seen who is there."""
_FADE: Final = 0.4
_SHOWN: Final = 4.0
"""Seconds between the fades; a scene that is over sooner shows it for less."""
_BEFORE_END: Final = 0.2

_NAME, _LEAST_NAME = 46, 32
_ROLE, _LEAST_ROLE = 31, 25
"""Sizes of letters, and how small long ones get before they are cut. These and those below are of
a frame of 1080 rows."""

_WIDEST: Final = 960
_UP_TO: Final = 640
"""The column where a high band ends at the latest: from close by, a face begins there."""
_FACE: Final = 850
"""The row above which a band is high: from close by, a face ends there."""

_SIDE, _TOP, _BAR, _RADIUS = 26, 18, 10, 12
_STEP: Final = 1.32
"""Rows that a line takes, in sizes of its letters."""
_BELOW: Final = 0.32
"""Of them those below what letters stand on."""

_INK: Final[Color] = (22, 29, 43)
_OPACITY: Final = 0.88
_ACCENT: Final[Color] = (64, 149, 255)
_WHITE: Final[Color] = (255, 255, 255)
_PALE: Final[Color] = (205, 214, 226)


@dataclass(frozen=True, slots=True)
class LowerThird:
    """A presenter's title, in the frames of a scene from `first` to before `end`."""

    title: Title
    first: int
    end: int
    fade: int
    area: Area
    raised_to: int | None
    language: str

    @property
    def texts(self) -> tuple[tuple[str, bool], ...]:
        """What is set in it, and whether in bold."""
        return texts_of(self.title)

    def opacity(self, frame: int) -> float:
        """Return how much of it is seen in a frame of the scene."""
        return min(1.0, min(frame - self.first, self.end - 1 - frame) / self.fade)

    def draw(self) -> tuple[Image, int, int]:
        """Return the band, and where its corner is; raises `CannotSet`."""
        area, scaled = self.area, self.area.scaled
        backwards = is_mostly_right_to_left(self.title.name + self.title.role)
        bottom = area.bottom if self.raised_to is None else self.raised_to
        beside_face = min(scaled(_UP_TO) - area.left, area.width)
        borders = scaled(_BAR + 2 * _SIDE)
        band = self._band(min(scaled(_WIDEST), area.width) - borders, backwards)
        is_over_face = bottom - band.shape[0] < scaled(_FACE) and band.shape[1] > beside_face
        if is_over_face and not area.is_beside:
            band = self._band(beside_face - borders, backwards)
        tall, wide = band.shape[:2]
        return band, area.right - wide if backwards else area.left, bottom - tall

    def _band(self, room: int, backwards: bool) -> Image:
        """Return the band, in which lines have so much room."""
        scaled = self.area.scaled
        lines = list(self._lines(room))
        side, bar, radius = scaled(_SIDE), scaled(_BAR), scaled(_RADIUS)
        wide = max(line.width for line, _, _ in lines) + bar + 2 * side
        tall = 2 * scaled(_TOP) + sum(step for _, step, _ in lines)
        band = panel(wide, tall, radius, _INK, _OPACITY)
        edge = slice(wide - bar, wide) if backwards else slice(0, bar)
        band[:, edge] = panel(wide, tall, radius, _ACCENT, 1.0)[:, edge]
        top = scaled(_TOP)
        for line, step, color in lines:
            top += step
            x = wide - bar - side - line.width if backwards else bar + side
            base = top - round(_BELOW * line.size)
            lay_mask(band, line.mask, x - line.margin, base - line.base, color)
        return band

    def _lines(self, room: int) -> Iterator[tuple[Line, int, Color]]:
        """Yield the lines that fit, with the rows that each takes, and its color."""
        scaled, title = self.area.scaled, self.title
        size, least = scaled(_NAME), scaled(_LEAST_NAME)
        for name in fit_lines(title.name, size, least, room, self.language, bold=True):
            yield name, round(_STEP * name.size), _WHITE
        if title.role:
            size, least = scaled(_ROLE), scaled(_LEAST_ROLE)
            for role in fit_lines(title.role, size, least, room, self.language):
                yield role, round(_STEP * role.size), _PALE


def texts_of(title: Title) -> tuple[tuple[str, bool], ...]:
    """Return the lines of a title, and whether they are in bold."""
    lines = ((title.name, True), (title.role, False))
    return tuple(line for line in lines if line[0])


def lower_third(
    title: Title, frames: int, fps: int, area: Area, raised_to: int | None, language: str
) -> LowerThird:
    """Return the band of a scene of so many frames, above the row `raised_to` if there is one."""
    first, fade = round(_AFTER * fps), round(_FADE * fps)
    last = max(first + 2 * fade, frames - round(_BEFORE_END * fps))
    end = min(first + round(_SHOWN * fps) + 2 * fade, last, frames)
    return LowerThird(title, first, end, fade, area, raised_to, language)
