"""A presenter on its background as a PNG, framed as the film will show it."""

from __future__ import annotations

from fractions import Fraction

import av

from storyboard.studio.film.crew import default_crew
from storyboard.studio.film.framing import full_screen
from storyboard.studio.film.picture import Image, composed
from storyboard.studio.film.request import Backdrop
from storyboard.studio.stage.pose import Pose

WIDTH, HEIGHT = 1280, 720


def draw_portrait(presenter: str, backdrop: Backdrop) -> bytes:
    """Draw the presenter at rest; returns a PNG of 1280x720 pixels."""
    crew, place = default_crew(), full_screen(WIDTH, HEIGHT)
    below = crew.draw_backdrop(backdrop, WIDTH, HEIGHT)
    above = crew.draw_presenter(presenter, Pose(), place.height)
    return _png(composed(below, above, place.x, place.y))


def _png(picture: Image) -> bytes:
    codec = av.CodecContext.create("png", "w")
    assert isinstance(codec, av.VideoCodecContext)
    codec.width, codec.height, codec.pix_fmt = picture.shape[1], picture.shape[0], "rgb24"
    codec.framerate = Fraction(1)
    frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
    return b"".join(bytes(packet) for packet in (*codec.encode(frame), *codec.encode(None)))
