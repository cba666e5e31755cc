"""Presenters and backdrops, drawn and converted once for a film. Knows no time.

Poses of equal lift differ only in the head's box, so a body is kept for each lift, and of every
other pose only the head.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

import numpy as np

from storyboard.studio.film.crew import Crew
from storyboard.studio.film.picture import (
    MARGIN,
    Box,
    Image,
    Patch,
    Tile,
    composed,
    even_box,
    even_sides,
    opaque,
    patch,
    tile,
)
from storyboard.studio.film.request import Backdrop
from storyboard.studio.stage.placement import Layout, Placement
from storyboard.studio.stage.pose import Pose

T = TypeVar("T")

_MOST_BYTES = 256 * 2**20
"""A film of many presenters forgets the poses that it needed longest ago."""


class Drawings:
    """Owns the pictures of one film at one size; safe for its threads."""

    def __init__(self, crew: Crew, width: int, height: int) -> None:
        self._crew = crew
        self._size = (width, height)
        self._full = crew.placement(Layout.FULL, width, height)
        self._corner = crew.placement(Layout.OVERLAY, width, height)
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._bytes = 0
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

    def drawn_at_once(self, presenter: str, backdrop: Backdrop, pose: Pose) -> Tile:
        """Return the full frame drawn in one piece, as `whole` and `head` must look together."""
        return self._tile(presenter, backdrop, pose, (0, 0, *self._size))

    def corner_body(self, presenter: str, lift: int) -> Patch:
        """Return the overlay without its head's box."""

        def draw() -> Patch:
            whole = self.corner_at_once(presenter, Pose(lift=lift))
            return whole.without(self._corner_head_box(presenter))

        return self._once(("corner-body", presenter, lift), draw)

    def corner_head(self, presenter: str, pose: Pose) -> Patch:
        """Return the overlay's head."""

        def draw() -> Patch:
            place, box = self._corner, self._corner_head_box(presenter)
            x0, y0, x1, y1 = (
                max(0, box[0] - place.x - MARGIN), max(0, box[1] - place.y - MARGIN),
                min(place.width, box[2] - place.x + MARGIN),
                min(place.height, box[3] - place.y + MARGIN),
            )  # fmt: skip
            sprite = self._sprite(presenter, pose, place, (x0, y0, x1, y1))
            return patch(*even_sides(sprite, place.x + x0, place.y + y0)).part(box)

        return self._once(("corner-head", presenter, pose), draw)

    def corner_at_once(self, presenter: str, pose: Pose) -> Patch:
        """Return the overlay drawn in one piece, as its body and head must look together."""
        place = self._corner
        sprite = self._sprite(presenter, pose, place, (0, 0, place.width, place.height))
        return patch(*even_sides(sprite, place.x, place.y))

    def _corner_head_box(self, presenter: str) -> Box:
        """Return the box in the frame, with even edges.

        A chroma sample that body and head shared would let the clip shine through.
        """
        moved = _moved(self._crew.head_box(presenter, self._corner.height), self._corner)
        return even_box(moved, *self._size)

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
            ("backdrop", backdrop),
            lambda: opaque(self._crew.draw_backdrop(backdrop, width, height)),
        )

    def _sprite(self, presenter: str, pose: Pose, place: Placement, box: Box) -> Image:
        return self._crew.draw_presenter_region(presenter, pose, place.height, box)

    def _once(self, key: Hashable, draw: Callable[[], T]) -> T:
        """Return what is kept; two threads may draw the same, and one of the two is kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(T, self._kept[key])
        drawn = draw()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = drawn
                self._bytes += _weight(drawn)
            while self._bytes > _MOST_BYTES:
                self._bytes -= _weight(self._kept.popitem(last=False)[1])
        return drawn


def _weight(drawn: object) -> int:
    match drawn:
        case Tile(planes=planes):
            return sum(plane.nbytes for plane in planes)
        case Patch(keep=keep, add=add):
            return sum(plane.nbytes for plane in (*keep, *add))
        case np.ndarray():
            return drawn.nbytes
    return 0


def _moved(box: Box, place: Placement) -> Box:
    return box[0] + place.x, box[1] + place.y, box[2] + place.x, box[3] + place.y


def _common(one: Box, other: Box) -> Box:
    """Return the rectangle in both; empty rectangles are not to be asked about."""
    return (
        max(one[0], other[0]), max(one[1], other[1]),
        min(one[2], other[2]), min(one[3], other[3]),
    )  # fmt: skip
