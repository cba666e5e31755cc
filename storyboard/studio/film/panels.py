"""Panels that texts stand on: dark, translucent, with round corners. Knows no text and no time.

Pictures are RGBA with colors times alpha, as patches are made of.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from storyboard.studio.film.picture import Image

Color = tuple[int, int, int]
Mask = npt.NDArray[np.uint8]

_FINE: Final = 4
"""How many times finer corners are drawn than they are shown."""


def panel(width: int, height: int, radius: int, color: Color, opacity: float) -> Image:
    """Return a panel of a size."""
    alpha = np.rint(_rounded(width, height, radius) * opacity).astype(np.uint8)
    return _colored(alpha, color)


def lay_mask(picture: Image, mask: Mask, x: int, y: int, color: Color) -> None:
    """Lay a mask in a color over a picture, at (x, y); what is beyond its edges is left out."""
    height, width = picture.shape[:2]
    tall, wide = mask.shape
    x0, y0, x1, y1 = max(0, x), max(0, y), min(width, x + wide), min(height, y + tall)
    if x0 >= x1 or y0 >= y1:
        return
    part: npt.NDArray[np.uint16] = picture[y0:y1, x0:x1].astype(np.uint16)
    above = _colored(mask[y0 - y : y1 - y, x0 - x : x1 - x], color)
    rest = 255 - above[..., 3:].astype(np.uint16)
    picture[y0:y1, x0:x1] = (part * rest + 127) // 255 + above


def faded(picture: Image, opacity: float) -> Image:
    """Return a picture as it is while it comes or goes."""
    fainter: Image = np.rint(picture * opacity).astype(np.uint8)
    return fainter


def _colored(alpha: Mask, color: Color) -> Image:
    whole = np.array((*color, 255), np.uint16)
    colored: Image = ((alpha[..., None].astype(np.uint16) * whole + 127) // 255).astype(np.uint8)
    return colored


def _rounded(width: int, height: int, radius: int) -> Mask:
    """Return the alpha of a box with round corners."""
    rows = _from_edge(height * _FINE, radius * _FINE)[:, None]
    columns = _from_edge(width * _FINE, radius * _FINE)[None, :]
    inside = (rows**2 + columns**2 <= (radius * _FINE) ** 2).astype(np.float32)
    shares = inside.reshape(height, _FINE, width, _FINE).mean(axis=(1, 3))
    alpha: Mask = np.rint(shares * 255).astype(np.uint8)
    return alpha


def _from_edge(size: int, radius: int) -> npt.NDArray[np.float32]:
    """Return how far each place of a side is inside the radius of a corner; 0 between corners."""
    places = np.arange(size, dtype=np.float32) + 0.5
    inside: npt.NDArray[np.float32] = np.maximum(0, radius - np.minimum(places, size - places))
    return inside
