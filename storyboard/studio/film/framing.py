"""Where the presenter stands in the frame. Knows sizes, no drawing."""

from __future__ import annotations

from dataclasses import dataclass

_FULL_HEIGHT = 0.93
_CORNER_HEIGHT = 0.44
_CORNER_RIGHT = 0.012


@dataclass(frozen=True, slots=True)
class Placement:
    """The drawing's height and the place of its top left corner, in even pixels."""

    x: int
    y: int
    height: int

    @property
    def width(self) -> int:
        """Width of a drawing of this height, as the stage draws it."""
        return round(self.height * 900 / 1080)


def full_screen(width: int, height: int) -> Placement:
    """Stand in the middle, on the bottom edge."""
    return _standing(width, height, _FULL_HEIGHT, None)


def over_clip(width: int, height: int) -> Placement:
    """Stand in the lower right corner, leaving the clip to be seen."""
    return _standing(width, height, _CORNER_HEIGHT, _CORNER_RIGHT)


def _standing(width: int, height: int, share: float, right: float | None) -> Placement:
    tall = _drawable(round(height * share))
    wide = round(tall * 900 / 1080)
    x = (width - wide) / 2 if right is None else width * (1 - right) - wide
    return Placement(max(0, round(x / 2) * 2), height - tall, tall)


def _drawable(height: int) -> int:
    """Return the nearest height below which the drawing has even sides."""
    return max(12, height - height % 12)
