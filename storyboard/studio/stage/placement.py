"""Where a presenter stands in a frame, alone or over b-roll. Knows sizes, draws nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from storyboard.studio.stage.presenter import presenter_width


class Layout(Enum):
    """How much of the frame is the presenter's."""

    FULL = "full"
    OVERLAY = "overlay"


@dataclass(frozen=True, slots=True)
class Placement:
    """The top left corner and the height of a presenter, in pixels of the frame."""

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
    """Return where a presenter stands in a frame of a size; its feet are the frame's bottom."""
    if layout is Layout.FULL:
        tall = round(height * _FULL_SHARE)
        return Placement((width - presenter_width(tall)) // 2, height - tall, tall)
    tall = round(height * _OVERLAY_SHARE)
    x = width - presenter_width(tall) - round(width * _OVERLAY_MARGIN)
    return Placement(max(0, x), height - tall, tall)
