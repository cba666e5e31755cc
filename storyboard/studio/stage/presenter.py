"""The stage's door for presenters: a name, a pose and a height in, pixels out."""

from __future__ import annotations

from functools import lru_cache
from math import ceil, floor

from storyboard.studio.stage.figure import HEIGHT, WIDTH, face_bounds, head_bounds, presenter_svg
from storyboard.studio.stage.pose import Pose
from storyboard.studio.stage.raster import Pixels, rasterise

STAGE_VERSION = "3"
"""Goes into cache keys; changes with every change of what is drawn."""

Box = tuple[int, int, int, int]


def presenter_width(height: int) -> int:
    """Return the width in pixels of a presenter drawn `height` pixels high."""
    return round(height * WIDTH / HEIGHT)


def draw_presenter(presenter: str, pose: Pose, height: int) -> Pixels:
    """Draw a presenter, cut at the bottom edge, on nothing.

    Returns RGBA with straight alpha, shape (height, round(height * 900 / 1080), 4). Raises
    KeyError for a name that is not in the cast.
    """
    return draw_presenter_region(presenter, pose, height, (0, 0, presenter_width(height), height))


def draw_presenter_region(presenter: str, pose: Pose, height: int, box: Box) -> Pixels:
    """Draw only the pixels of `box` (x0, y0, x1, y1): equal to those of the whole drawing.

    A head that only speaks and blinks costs a third of one that moves: what keeps still is kept.
    """
    still = Pose(tilt=pose.tilt, lift=pose.lift, nod=pose.nod)
    region = _still(presenter, still, height, box).copy()
    if pose == still:
        return region
    x0, y0, x1, y1 = _common(box, _pixels(face_bounds(presenter, pose), height))
    if x0 < x1 and y0 < y1:
        face = rasterise(presenter_svg(presenter, pose), _size(height), (x0, y0, x1, y1))
        region[y0 - box[1] : y1 - box[1], x0 - box[0] : x1 - box[0]] = face
    return region


def head_box(presenter: str, height: int) -> Box:
    """Return the box (x0, y0, x1, y1), outside of which poses of one `lift` do not differ."""
    return _pixels(head_bounds(presenter), height)


@lru_cache(maxsize=12)
def _still(presenter: str, pose: Pose, height: int, box: Box) -> Pixels:
    return rasterise(presenter_svg(presenter, pose), _size(height), box)


def _size(height: int) -> tuple[float, float]:
    return height * WIDTH / HEIGHT, float(height)


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


def _common(one: Box, other: Box) -> Box:
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )
