"""The stage's door for presenters: a name, a pose and a height in, pixels out."""

from __future__ import annotations

from enum import StrEnum
from math import ceil, floor
from typing import assert_never

from storyboard.studio.stage.affine import scaling
from storyboard.studio.stage.canvas import Piece, Pixels
from storyboard.studio.stage.figure.figure import (
    HEIGHT,
    WIDTH,
    arms_bounds,
    eyes_bounds,
    head_bounds,
    mouth_bounds,
    presenter_pieces,
    still_pieces,
)
from storyboard.studio.stage.figure.mouths import moves_jaw
from storyboard.studio.stage.pose import MAX_LIFT, Pose
from storyboard.studio.stage.raster import rasterise

STAGE_VERSION = "16"
"""Goes into cache keys; changes with every change of what is drawn."""

BUST = 1080 / HEIGHT
"""The share of a presenter's height, from above, that is shown from close by."""

Box = tuple[int, int, int, int]


class Part(StrEnum):
    """What of a presenter moves by itself: the face's parts lie in the head, it and the arms on
    the body."""

    BODY = "body"
    ARMS = "arms"
    HEAD = "head"
    MOUTH = "mouth"
    EYES = "eyes"


def presenter_width(height: int) -> int:
    """Return the width in pixels of a presenter drawn `height` pixels high."""
    return round(height * WIDTH / HEIGHT)


def rise(lift: int, height: int) -> int:
    """Return by how many whole pixels a breath moves the presenter up."""
    return round(lift * height / 960)


def draw_presenter(presenter: str, pose: Pose, height: int) -> Pixels:
    """Draw a presenter, cut at the bottom edge, on nothing.

    Returns RGBA, colors times alpha, shape (height, presenter_width(height), 4). Raises
    KeyError for a name that is not in the cast.
    """
    return draw_presenter_region(presenter, pose, height, (0, 0, presenter_width(height), height))


def draw_presenter_region(presenter: str, pose: Pose, height: int, box: Box) -> Pixels:
    """Draw only the pixels of `box` (x0, y0, x1, y1): those of the whole drawing.

    Without a lift the drawing goes on below `height`, by `rise` of the highest lift.
    """
    x0, y0, x1, y1 = box
    up = rise(pose.lift, height)
    size = scaling(height / HEIGHT)
    pieces = [Piece(it.svg, size @ it.place) for it in presenter_pieces(presenter, pose)]
    return rasterise(pieces, (x0, y0 + up, x1, y1 + up), still=still_pieces(presenter, pose))


def part_box(presenter: str, pose: Pose, height: int, part: Part) -> Box:
    """Return the box (x0, y0, x1, y1) that a part stays within, in the drawing without lift.

    Outside of the head's box, poses of one lift do not differ; outside of mouth's and eyes', those
    of one tilt and nod. What the mouth does never shows in the eyes' box.
    """
    match part:
        case Part.BODY:
            return 0, 0, presenter_width(height), height + rise(MAX_LIFT, height)
        case Part.ARMS:
            return _pixels(arms_bounds(presenter), height)
        case Part.HEAD:
            return _pixels(head_bounds(presenter), height)
        case Part.MOUTH:
            return _pixels(mouth_bounds(presenter, pose), height)
        case Part.EYES:
            return _pixels(eyes_bounds(presenter, pose), height)
        case _:
            assert_never(part)


def covers(pose: Pose, before: Pose) -> bool:
    """Tell whether a mouth drawn over another one hides all that the other had changed."""
    return moves_jaw(pose.mouth, pose.after) or not moves_jaw(before.mouth, before.after)


def _pixels(bounds: tuple[float, float, float, float], height: int) -> Box:
    """Return bounds of the drawing as whole pixels within the sprite, one wider on each side."""
    scale = height / HEIGHT
    x0, y0, x1, y1 = bounds
    return (
        max(0, floor(x0 * scale) - 1),
        max(0, floor(y0 * scale) - 1),
        min(presenter_width(height), ceil(x1 * scale) + 1),
        min(height, ceil(y1 * scale) + 1),
    )
