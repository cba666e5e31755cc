"""Rectangles of the picture: grown, and what two have in common. Knows no picture."""

from __future__ import annotations

from storyboard.studio.film.picture import Box
from storyboard.studio.stage.placement import Placement


def area(place: Placement) -> Box:
    """Return where a presenter stands, also below the frame."""
    return place.x, place.y, place.x + place.width, place.y + place.height


def grown(box: Box, by: int) -> Box:
    """Return a rectangle with so many pixels more on each side."""
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def common(one: Box, other: Box) -> Box:
    """Return the rectangle in both; empty rectangles are not to be asked about."""
    return (
        max(one[0], other[0]), max(one[1], other[1]),
        min(one[2], other[2]), min(one[3], other[3]),
    )  # fmt: skip


def meet(one: Box, other: Box) -> bool:
    """Tell whether two rectangles have a pixel in common."""
    x0, y0, x1, y1 = common(one, other)
    return x0 < x1 and y0 < y1
