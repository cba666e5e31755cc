"""Presenters and backdrops, drawn and converted once for a film. Knows no time.

Poses of equal lift differ only in the head's box, so a body is kept for each lift, and of every
other pose only the head.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from storyboard.studio.film.crew import Crew
from storyboard.studio.film.framing import Placement, full_screen, over_clip
from storyboard.studio.film.picture import Box, Image, Patch, Tile, composed, even_box, patch, tile
from storyboard.studio.film.request import Backdrop
from storyboard.studio.stage.pose import Pose

T = TypeVar("T")


class Drawings:
    """Owns the pictures of one film at one size; safe for its threads."""

    def __init__(self, crew: Crew, width: int, height: int) -> None:
        self._crew = crew
        self._size = (width, height)
        self._full = full_screen(width, height)
        self._corner = over_clip(width, height)
        self._kept: dict[Hashable, object] = {}
        self._lock = threading.Lock()

    def whole(self, presenter: str, backdrop: Backdrop, lift: int) -> Tile:
        """Return the full frame: the presenter at rest on the backdrop."""
        width, height = self._size

        def draw() -> Tile:
            picture = self._full_screen(presenter, backdrop, Pose(lift=lift))
            return tile(picture, (0, 0, width, height))

        return self._once(("whole", presenter, backdrop, lift), draw)

    def head(self, presenter: str, backdrop: Backdrop, pose: Pose) -> Tile:
        """Return what differs from `whole` of the same lift."""

        def draw() -> Tile:
            box = self._head_box(presenter, self._full)
            shifted = _moved(box, self._full.x, self._full.y)
            return tile(self._full_screen(presenter, backdrop, pose), shifted)

        return self._once(("head", presenter, backdrop, pose), draw)

    def corner_body(self, presenter: str, lift: int) -> Patch:
        """Return the overlay without its head's box."""

        def draw() -> Patch:
            sprite = self._sprite(presenter, Pose(lift=lift), self._corner).copy()
            x0, y0, x1, y1 = self._head_box(presenter, self._corner)
            sprite[y0:y1, x0:x1] = 0
            return patch(sprite, self._corner.x, self._corner.y)

        return self._once(("corner-body", presenter, lift), draw)

    def corner_head(self, presenter: str, pose: Pose) -> Patch:
        """Return the overlay's head."""

        def draw() -> Patch:
            x0, y0, x1, y1 = self._head_box(presenter, self._corner)
            sprite = self._sprite(presenter, pose, self._corner)[y0:y1, x0:x1]
            return patch(sprite, self._corner.x + x0, self._corner.y + y0)

        return self._once(("corner-head", presenter, pose), draw)

    def _full_screen(self, presenter: str, backdrop: Backdrop, pose: Pose) -> Image:
        sprite = self._sprite(presenter, pose, self._full)
        return composed(self._backdrop(backdrop), sprite, self._full.x, self._full.y)

    def _backdrop(self, backdrop: Backdrop) -> Image:
        width, height = self._size
        return self._once(
            ("backdrop", backdrop), lambda: self._crew.draw_backdrop(backdrop, width, height)
        )

    def _sprite(self, presenter: str, pose: Pose, place: Placement) -> Image:
        return self._crew.draw_presenter(presenter, pose, place.height)

    def _head_box(self, presenter: str, place: Placement) -> Box:
        return even_box(self._crew.head_box(presenter, place.height), place.width, place.height)

    def _once(self, key: Hashable, draw: Callable[[], T]) -> T:
        """Return what is kept; two threads may draw the same, and one of the two is kept."""
        with self._lock:
            kept = self._kept.get(key)
        if kept is None:
            drawn = draw()
            with self._lock:
                kept = self._kept.setdefault(key, drawn)
        return cast(T, kept)


def _moved(box: Box, x: int, y: int) -> Box:
    return box[0] + x, box[1] + y, box[2] + x, box[3] + y
