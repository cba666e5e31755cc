"""Presenters and backdrops, drawn and converted once for a film. Knows no time.

Poses of equal lift differ only in the head's box, so a body is kept for each lift, and of every
other pose only the head.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from storyboard.studio.film.crew import Crew
from storyboard.studio.film.picture import (
    Box,
    Image,
    Patch,
    Tile,
    composed,
    even_box,
    even_sides,
    patch,
    tile,
)
from storyboard.studio.film.request import Backdrop
from storyboard.studio.stage.placement import Layout, Placement
from storyboard.studio.stage.pose import Pose

T = TypeVar("T")


class Drawings:
    """Owns the pictures of one film at one size; safe for its threads."""

    def __init__(self, crew: Crew, width: int, height: int) -> None:
        self._crew = crew
        self._size = (width, height)
        self._full = crew.placement(Layout.FULL, width, height)
        self._corner = crew.placement(Layout.OVERLAY, width, height)
        self._kept: dict[Hashable, object] = {}
        self._lock = threading.Lock()

    def whole(self, presenter: str, backdrop: Backdrop, lift: int) -> Tile:
        """Return the full frame: the presenter at rest on the backdrop."""
        return self._once(
            ("whole", presenter, backdrop, lift),
            lambda: self._tile(presenter, backdrop, Pose(lift=lift), (0, 0, *self._size)),
        )

    def head(self, presenter: str, backdrop: Backdrop, pose: Pose) -> Tile:
        """Return what differs from `whole` of the same lift."""

        def draw() -> Tile:
            box = _moved(self._crew.head_box(presenter, self._full.height), self._full)
            return self._tile(presenter, backdrop, pose, even_box(box, *self._size))

        return self._once(("head", presenter, backdrop, pose), draw)

    def corner_body(self, presenter: str, lift: int) -> Patch:
        """Return the overlay without its head's box."""

        def draw() -> Patch:
            place = self._corner
            whole = (0, 0, place.width, place.height)
            sprite = self._sprite(presenter, Pose(lift=lift), place, whole).copy()
            x0, y0, x1, y1 = self._crew.head_box(presenter, place.height)
            sprite[y0:y1, x0:x1] = 0
            return patch(*even_sides(sprite, place.x, place.y))

        return self._once(("corner-body", presenter, lift), draw)

    def corner_head(self, presenter: str, pose: Pose) -> Patch:
        """Return the overlay's head."""

        def draw() -> Patch:
            place = self._corner
            box = self._crew.head_box(presenter, place.height)
            sprite = self._sprite(presenter, pose, place, box)
            return patch(*even_sides(sprite, place.x + box[0], place.y + box[1]))

        return self._once(("corner-head", presenter, pose), draw)

    def _tile(self, presenter: str, backdrop: Backdrop, pose: Pose, box: Box) -> Tile:
        place = self._full
        standing = (place.x, place.y, place.x + place.width, place.y + place.height)

        def paint(wanted: Box) -> Image:
            x0, y0, x1, y1 = wanted
            ground = self._backdrop(backdrop)[y0:y1, x0:x1]
            left, top, right, bottom = _common(wanted, standing)
            seen = (left - place.x, top - place.y, right - place.x, bottom - place.y)
            return composed(ground, self._sprite(presenter, pose, place, seen), left - x0, top - y0)

        return tile(paint, box, *self._size)

    def _backdrop(self, backdrop: Backdrop) -> Image:
        width, height = self._size
        return self._once(
            ("backdrop", backdrop), lambda: self._crew.draw_backdrop(backdrop, width, height)
        )

    def _sprite(self, presenter: str, pose: Pose, place: Placement, box: Box) -> Image:
        return self._crew.draw_presenter_region(presenter, pose, place.height, box)

    def _once(self, key: Hashable, draw: Callable[[], T]) -> T:
        """Return what is kept; two threads may draw the same, and one of the two is kept."""
        with self._lock:
            kept = self._kept.get(key)
        if kept is None:
            drawn = draw()
            with self._lock:
                kept = self._kept.setdefault(key, drawn)
        return cast(T, kept)


def _moved(box: Box, place: Placement) -> Box:
    return box[0] + place.x, box[1] + place.y, box[2] + place.x, box[3] + place.y


def _common(one: Box, other: Box) -> Box:
    """Return the rectangle in both; empty rectangles are not to be asked about."""
    return (
        max(one[0], other[0]), max(one[1], other[1]),
        min(one[2], other[2]), min(one[3], other[3]),
    )  # fmt: skip
