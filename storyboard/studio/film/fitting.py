"""A clip's pictures in a film's size: upright, never stretched, over what stands behind them.

A picture of about the film's shape covers it. One of which that would cut off more than a third,
such as a phone's upright clip, is shown whole, on a blurred and darkened ground of itself; what can
be seen through shows the ground that the film has. Knows no file and no time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from av import VideoFrame
from av.filter import Graph
from av.video.reformatter import VideoReformatter

from storyboard.studio.film.blurred_ground import BlurredGround
from storyboard.studio.film.colors import matrix_of
from storyboard.studio.film.picture import Planes, copy_planes, middle, planes_of
from storyboard.studio.film.scaling import Scaler, scaled_picture
from storyboard.studio.film.see_through import lay_over
from storyboard.studio.media.decoding import is_clear
from storyboard.studio.media.filtering import filtered, pulled, push
from storyboard.studio.media.orientation import Orientation, orientation

MOST_LOST: Final = 1 / 3
"""Of a picture, when it is cut to the film's shape. A choice: 4:3 loses a quarter, and what lies at
its edges is seldom missed; a square loses 44 %, a phone's upright clip 68 %."""


class Framing(Enum):
    """What becomes of pictures of another shape."""

    FILM = "film"
    """As in a film: cut, but for those that would lose too much."""

    COVER = "cover"
    """Cut always."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to do with pictures of one kind: filters, then scaled to a size within the film."""

    steps: tuple[tuple[str, str], ...]
    width: int
    height: int
    is_clear: bool


class Fit:
    """Brings decoded frames to the film's size; the filters exist only where one is needed."""

    def __init__(
        self,
        aspect: float,
        width: int,
        height: int,
        framing: Framing = Framing.FILM,
        ground: Callable[[], Planes] | None = None,
    ) -> None:
        """Take the shape of the clip's pixels, the film's size, and what shows through a clip.

        Without a `ground` that is white, as on a page.
        """
        self._aspect, self._size = aspect, (width, height)
        self._framing, self._ground = framing, ground
        self._kind: tuple[object, ...] | None = None
        self._plan = _Plan((), width, height, is_clear=False)
        self._scaler = Scaler(width, height)
        self._blurred = BlurredGround(width, height)
        self._clear_scaler, self._clear_mixer = VideoReformatter(), VideoReformatter()
        self._graph: Graph | None = None

    def __call__(self, frame: VideoFrame) -> VideoFrame:
        """Return the picture for a frame, yuv420p BT.709; the same one if nothing has changed."""
        source = frame
        if is_clear(frame):
            # The one kind that FFmpeg multiplies without a conversion of its own, in wrong colors.
            frame = scaled_picture(self._clear_scaler, frame, frame, None, None, "yuva444p")
        kind = (frame.width, frame.height, frame.format.name, source.rotation)
        if kind != self._kind:
            self._kind = kind
            self._plan = self._planned(frame, orientation(source))
            self._graph = filtered(frame, *self._plan.steps) if self._plan.steps else None
            self._scaler = Scaler(self._plan.width, self._plan.height)
        if self._graph is not None:
            push(self._graph, frame)
            cut = pulled(self._graph, frame)
            # A cut picture is no longer of the size that a guess goes by.
            cut.colorspace = matrix_of(frame)
            frame = cut
        if self._plan.is_clear:
            return self._over_ground(frame)
        picture = self._scaler(frame, whole=self._graph is not None)
        return picture if self._is_full() else self._on_itself(picture)

    def _planned(self, frame: VideoFrame, turned: Orientation) -> _Plan:
        steps = list(turned.filters)
        width, height, aspect = frame.width, frame.height, self._aspect
        if turned.transposed:
            width, height, aspect = height, width, 1 / aspect
        full_width, full_height = self._size
        wanted = full_width / full_height / aspect
        kept = min(wanted * height / width, width / (wanted * height))
        if kept < 1 - MOST_LOST and self._framing is Framing.FILM:
            scale = min(full_width / (width * aspect), full_height / height)
            size = _even(width * aspect * scale, full_width), _even(height * scale, full_height)
        else:
            size = self._size
            cut = min(width, round(height * wanted)), min(height, round(width / wanted))
            if width - cut[0] > 1 or height - cut[1] > 1:
                steps.append(("crop", f"{max(2, cut[0])}:{max(2, cut[1])}"))
        if is_clear(frame):
            # Before it is scaled, or the colors of what is not seen would bleed into the edges.
            steps.append(("premultiply", "inplace=1"))
        return _Plan(tuple(steps), *size, is_clear(frame))

    def _is_full(self) -> bool:
        return (self._plan.width, self._plan.height) == self._size

    def _over_ground(self, frame: VideoFrame) -> VideoFrame:
        """Lay what can be seen through over the film's ground."""
        canvas = VideoFrame(*self._size, "yuv420p")
        if self._ground is not None:
            copy_planes(planes_of(canvas), self._ground())
        else:
            for mine, light in zip(planes_of(canvas), (235, 128, 128), strict=True):
                mine.fill(light)
        size = self._plan.width, self._plan.height
        above = scaled_picture(self._clear_mixer, frame, frame, *size, "yuva420p")
        lay_over(middle(planes_of(canvas), *size), above)
        return canvas

    def _on_itself(self, picture: VideoFrame) -> VideoFrame:
        """Put a whole picture into the middle of a blurred one."""
        canvas = VideoFrame(*self._size, "yuv420p")
        planes, whole = planes_of(canvas), planes_of(picture)
        copy_planes(planes, self._blurred(whole))
        copy_planes(middle(planes, self._plan.width, self._plan.height), whole)
        return canvas


def _even(side: float, most: int) -> int:
    """Return a side as whole chroma samples, within the film."""
    return min(max(2, 2 * round(side / 2)), most)
