"""Composes stills: a presenter on its background, as pixels or as PNG. Knows no film."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np

from storyboard.studio.stage.placement import Layout, Placement, placement
from storyboard.studio.stage.pose import Pose
from storyboard.studio.stage.presenter import draw_presenter
from storyboard.studio.stage.raster import Pixels
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


def png(picture: Pixels) -> bytes:
    """Encode RGB pixels as PNG."""
    codec = av.CodecContext.create("png", "w")
    codec.height, codec.width = picture.shape[:2]
    codec.pix_fmt, codec.time_base = "rgb24", Fraction(1, 25)
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
    return b"".join(bytes(packet) for packet in [*codec.encode(frame), *codec.encode(None)])
