"""Where a presenter stands in a frame, alone or over b-roll. Knows sizes, draws nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from storyboard.studio.stage.presenter import BUST, presenter_width


class Layout(Enum):
    """How much of the frame is the presenter's, and where: all of it, or a corner of a clip."""

    FULL = "full"
    CLOSE = "close"
    RIGHT = "right"
    LEFT = "left"

    @property
    def is_overlay(self) -> bool:
        """Tell whether it leaves the frame to a clip."""
        return self in (Layout.RIGHT, Layout.LEFT)


@dataclass(frozen=True, slots=True)
class Placement:
    """The top left corner and the height of a presenter, in pixels of the frame.

    It may go on below the frame, which cuts it off.
    """

    x: int
    y: int
    height: int

    @property
    def width(self) -> int:
        """The presenter's width in pixels."""
        return presenter_width(self.height)


_FULL_SHARE = 0.97
"""Of the height: hair does not touch the upper edge."""
_OVERLAY_SHARE = 0.45
"""Of the height: a face to look at, and most of the clip beside it. A choice."""
_OVERLAY_MARGIN = 0.02


def placement(layout: Layout, width: int, height: int) -> Placement:
    """Return where a presenter stands in a frame of a size."""
    seen = round(height * (_OVERLAY_SHARE if layout.is_overlay else _FULL_SHARE))
    tall = seen if layout is Layout.FULL else round(seen / BUST)
    wide = presenter_width(tall)
    if not layout.is_overlay:
        return Placement((width - wide) // 2, height - seen, tall)
    # The drawing has room for hands beside it, which may come close to the edge.
    margin = max(0, round(width * _OVERLAY_MARGIN) - tall // 16)
    x = margin if layout is Layout.LEFT else width - wide - margin
    return Placement(x, height - seen, tall)
