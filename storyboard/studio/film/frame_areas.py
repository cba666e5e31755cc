"""Where texts stand in a frame, beside who presents. Knows sizes, draws nothing.

All sizes are for a frame of 1080 rows, and grow and shrink with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from storyboard.studio.stage.placement import Layout, Placement

ROWS: Final = 1080

_SAFE: Final = 0.05
"""Of width and height at each edge: screens and players may cover that much (EBU R 95)."""

_GAP: Final = 24
"""Between a text and a presenter over a clip."""


@dataclass(frozen=True, slots=True)
class Area:
    """Where texts may stand: from column to column, above a row; `height` is the frame's.

    It `is_beside` a presenter over a clip, or else before one.
    """

    left: int
    right: int
    bottom: int
    height: int
    is_beside: bool

    @property
    def width(self) -> int:
        """How wide it is."""
        return self.right - self.left

    def scaled(self, rows: float) -> int:
        """Return a size that is told for a frame of 1080 rows."""
        return round(rows * self.height / ROWS)


def text_area(
    layout: Layout, width: int, height: int, place: Callable[[Layout, int, int], Placement]
) -> Area:
    """Return what of the safe area is free of a presenter over a clip; all of it without a clip."""
    margin, bottom = round(width * _SAFE), height - round(height * _SAFE)
    left, right = margin, width - margin
    gap = round(_GAP * height / ROWS)
    if layout is Layout.RIGHT:
        right = min(right, place(layout, width, height).x - gap)
    if layout is Layout.LEFT:
        stands = place(layout, width, height)
        left = max(left, stands.x + stands.width + gap)
    return Area(left, right, bottom, height, layout.is_overlay)
