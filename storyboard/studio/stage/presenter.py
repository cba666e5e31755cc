"""The stage's door for presenters: a name, a pose and a height in, pixels out."""

from __future__ import annotations

from math import ceil, floor

from storyboard.studio.stage.figure import HEIGHT, WIDTH, head_bounds, presenter_svg
from storyboard.studio.stage.pose import Pose
from storyboard.studio.stage.raster import Pixels, rasterise

STAGE_VERSION = "1"
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
    """Draw only the pixels of `box` (x0, y0, x1, y1): equal to those of the whole drawing."""
    size = (height * WIDTH / HEIGHT, float(height))
    return rasterise(presenter_svg(presenter, pose), size, box)


def head_box(presenter: str, height: int) -> Box:
    """Return the box (x0, y0, x1, y1), outside of which poses of one `lift` do not differ."""
    scale = height / HEIGHT
    x0, y0, x1, y1 = head_bounds(presenter)
    return (
        max(0, floor(x0 * scale) - 1),
        max(0, floor(y0 * scale) - 1),
        min(presenter_width(height), ceil(x1 * scale) + 1),
        min(height, ceil(y1 * scale) + 1),
    )
