"""Composes stills: a presenter on its background, as pixels or as PNG. Knows no film."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np

from storyboard.studio.stage.canvas import Pixels
from storyboard.studio.stage.placement import Layout, Placement, placement
from storyboard.studio.stage.pose import Pose
from storyboard.studio.stage.presenter import draw_presenter
from storyboard.studio.stage.rooms.backdrop import Backdrop
from storyboard.studio.stage.rooms.painting import draw_backdrop


def compose_still(presenter: str, pose: Pose, picture: Pixels, place: Placement) -> Pixels:
    """Return the picture (RGB) with the presenter standing in it."""
    sprite = draw_presenter(presenter, pose, place.height)
    tall, wide = min(sprite.shape[0], picture.shape[0] - place.y), sprite.shape[1]
    x0, x1 = max(0, place.x), min(picture.shape[1], place.x + wide)
    sprite = sprite[:tall, x0 - place.x : x1 - place.x]
    area = (slice(place.y, place.y + tall), slice(x0, x1))
    clear = 255 - sprite[..., 3:].astype(np.uint16)
    still = picture.copy()
    still[area] = sprite[..., :3] + (still[area] * clear + 127) // 255
    return still


def preview_png(presenter: str, backdrop: Backdrop, width: int = 1280, height: int = 720) -> bytes:
    """Return a PNG of a presenter on a background; raises KeyError or BackdropError."""
    place = placement(Layout.FULL, width, height)
    picture = draw_backdrop(backdrop, width, height)
    return png(compose_still(presenter, Pose(), picture, place))


def cutout_png(presenter: str, width: int, height: int) -> bytes:
    """Return a PNG of a presenter on nothing, as a film has it from close by; raises KeyError.

    A page lays it over any background: what is chosen is seen before an avatar is made of it.
    """
    place = placement(Layout.CLOSE, width, height)
    sprite = draw_presenter(presenter, Pose(), place.height)[: height - place.y]
    alpha = sprite[..., 3:].astype(np.uint16)
    picture = np.zeros((height, width, 4), np.uint8)
    area = (slice(place.y, height), slice(place.x, place.x + place.width))
    # A PNG's colors are whole, and those of a sprite are times their alpha.
    picture[area][..., :3] = (sprite[..., :3] * np.uint16(255) + alpha // 2) // np.maximum(alpha, 1)
    picture[area][..., 3:] = alpha
    return png(picture)


def png(picture: Pixels) -> bytes:
    """Encode pixels as PNG: RGB, or RGBA with whole colors."""
    form = "rgba" if picture.shape[2] == 4 else "rgb24"
    codec = av.CodecContext.create("png", "w")
    codec.height, codec.width = picture.shape[:2]
    codec.pix_fmt, codec.time_base = form, Fraction(1, 25)
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format=form)
    return b"".join(bytes(packet) for packet in [*codec.encode(frame), *codec.encode(None)])
