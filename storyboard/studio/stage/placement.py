"""Where a presenter stands in a frame, alone or over b-roll. Knows sizes, draws nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from storyboard.studio.stage.presenter import presenter_width


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
_CLOSER = 1.18
"""How much larger a presenter is from close by. A choice: less looks like a mistake of the cut."""
_OVERLAY_SHARE = 0.45
"""Of the height: a face to look at, and most of the clip beside it. A choice."""
_OVERLAY_MARGIN = 0.02


def placement(layout: Layout, width: int, height: int) -> Placement:
    """Return where a presenter stands in a frame of a size."""
    if not layout.is_overlay:
        tall = round(height * _FULL_SHARE * (_CLOSER if layout is Layout.CLOSE else 1.0))
        return Placement(
            (width - presenter_width(tall)) // 2, height - round(height * _FULL_SHARE), tall
        )
    tall = round(height * _OVERLAY_SHARE)
    margin = round(width * _OVERLAY_MARGIN)
    x = margin if layout is Layout.LEFT else width - presenter_width(tall) - margin
    return Placement(max(0, x), height - tall, tall)
