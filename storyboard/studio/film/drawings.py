"""Presenters and backdrops, drawn and converted once for a film. Knows no time.

Body, head, mouth and eyes are kept each for itself: a new mouth costs a mouth. The breath moves
whole drawings, so what is drawn for one serves all.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import TypeVar, assert_never, cast

import numpy as np

from storyboard.studio.film.performers import Crew
from storyboard.studio.film.picture import (
    CLEAR,
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
from storyboard.studio.stage.placement import Layout, Placement
from storyboard.studio.stage.pose import Pose
from storyboard.studio.stage.presenter import Part
from storyboard.studio.stage.rooms.backdrop import Backdrop

T = TypeVar("T")

_MOST_BYTES = 384 * 2**20
"""A film of many presenters forgets the poses that it needed longest ago."""

_AROUND = MARGIN + 2
"""Pixels drawn around a part, so that it can be converted wherever a breath has moved it."""

_DEEPEST = 3
"""The highest lift of a pose."""

_HOLDER = {Part.HEAD: Part.BODY, Part.MOUTH: Part.HEAD, Part.EYES: Part.HEAD}
"""In which part another one lies, in the order of drawing."""


@dataclass(frozen=True, slots=True)
class _Sprite:
    """Pixels of a presenter who does not breathe, and their place in the whole drawing."""

    x: int
    y: int
    pixels: Image


def shown(part: Part, pose: Pose) -> Pose:
    """Return what a part shows of a pose, all else being at rest.

    The middle of the way between two mouths is the same from both ends.
    """
    tilt, lift, nod = pose.tilt, pose.lift, pose.nod
    match part:
        case Part.BODY:
            return Pose(lift=lift)
        case Part.HEAD:
            return Pose(tilt=tilt, lift=lift, nod=nod)
        case Part.MOUTH:
            mouth, after = pose.mouth, pose.after
            if after is not None and after < mouth:
                mouth, after = after, mouth
            return Pose(mouth, tilt=tilt, lift=lift, nod=nod, after=after)
        case Part.EYES:
            return Pose(eyes=pose.eyes, tilt=tilt, lift=lift, nod=nod, brows=pose.brows)
        case _:
            assert_never(part)


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

    def part(self, presenter: str, backdrop: Backdrop, pose: Pose, part: Part) -> Tile:
        """Return a part of the full-screen picture as the pose shows it, to lay on the ground."""
        seen = shown(part, pose)

        def draw() -> Tile:
            if part is Part.BODY:
                box = self._reach(presenter)
            else:
                box = self._box(presenter, seen, self._full, part)
            return self._tile(presenter, backdrop, seen, part, box)

        return self._once(("tile", part, presenter, backdrop, seen), draw)

    def ground(self, backdrop: Backdrop) -> Tile:
        """Return the backdrop, which no presenter covers outside of the body's tile."""

        def draw() -> Tile:
            picture = self._backdrop(backdrop)
            box = (0, 0, *self._size)
            return tile(lambda b: picture[b[1] : b[3], b[0] : b[2]], box, *self._size)

        return self._once(("ground", backdrop), draw)

    def overlay(self, presenter: str, pose: Pose) -> tuple[Patch, ...]:
        """Return the presenter over a clip, put together from the parts that are kept.

        It comes in two pieces, head and shoulders, with nothing of the clear corners beside a head.
        """
        moving = [
            self._patch(presenter, pose, part)
            for part, holder in _HOLDER.items()
            if shown(part, pose) != shown(holder, pose)
        ]
        whole = self._patch(presenter, pose, Part.BODY)
        if moving:
            whole = whole.with_parts(moving)
        return tuple(whole.part(box) for box in self._head_and_shoulders(presenter, pose))

    def _head_and_shoulders(self, presenter: str, pose: Pose) -> tuple[Box, Box]:
        """Return the boxes over a clip that a presenter never leaves, whatever the head does."""
        resting = Pose(lift=pose.lift)

        def look() -> tuple[Box, Box]:
            body = self._patch(presenter, resting, Part.BODY)
            head = self._box(presenter, resting, self._corner, Part.HEAD)
            x0, y0, x1, y1 = body.box
            beside = body.keep[0] < CLEAR
            beside[:, head[0] - x0 : head[2] - x0] = False
            rows = np.flatnonzero(beside.any(axis=1))
            first = int(rows[0]) - 2 if len(rows) else y1 - y0  # chroma reaches a row further
            shoulders = y0 + max(0, first // 2 * 2)
            return (head[0], min(head[1], shoulders), head[2], shoulders), (x0, shoulders, x1, y1)

        return self._once(("boxes", presenter, self._rise(pose, self._corner)), look)

    def _patch(self, presenter: str, pose: Pose, part: Part) -> Patch:
        seen, place = shown(part, pose), self._corner

        def draw() -> Patch:
            if part is Part.BODY:
                around = standing = even_box(_area(place), *self._size)
            else:
                standing = self._box(presenter, seen, place, part)
                around = _common(_grown(standing, MARGIN), even_box(_area(place), *self._size))
            drawn = self._standing(presenter, seen, part, place, around)
            return patch(*even_sides(*drawn)).part(standing)

        key = "patch", part, presenter, replace(seen, lift=0), self._rise(pose, place)
        return self._once(key, draw)

    def _rise(self, pose: Pose, place: Placement) -> int:
        """Return by how many pixels of the frame a pose's breath lifts the presenter."""
        return self._crew.rise(pose.lift, place.height)

    def _box(self, presenter: str, pose: Pose, place: Placement, part: Part) -> Box:
        """Return a part's box in the frame, with even edges.

        A chroma sample that two parts shared would let the clip shine through.
        """
        x0, y0, x1, y1 = self._crew.part_box(presenter, pose, place.height, part)
        x, y = place.x, place.y - self._rise(pose, place)
        return even_box((x0 + x, y0 + y, x1 + x, y1 + y), *self._size)

    def _reach(self, presenter: str) -> Box:
        """Return the box in the frame that a full-screen presenter never leaves."""
        place = self._full
        sprite = self._sprite(presenter, Pose(), place.height, Part.BODY)
        head = self._crew.part_box(presenter, Pose(), place.height, Part.HEAD)
        seen = np.flatnonzero(np.any(sprite.pixels[..., 3], axis=0))
        top = self._crew.rise(_DEEPEST, place.height) + MARGIN
        box = (
            place.x + min(int(seen[0]) + sprite.x, head[0]) - MARGIN,
            place.y + head[1] - top,
            place.x + max(int(seen[-1]) + sprite.x + 1, head[2]) + MARGIN,
            self._size[1],
        )
        return even_box(box, *self._size)

    def _tile(
        self, presenter: str, backdrop: Backdrop, pose: Pose, part: Part | None, box: Box
    ) -> Tile:
        def paint(wanted: Box) -> Image:
            x0, y0, x1, y1 = wanted
            ground = self._backdrop(backdrop)[y0:y1, x0:x1]
            figure, x, y = self._standing(presenter, pose, part, self._full, wanted)
            return composed(ground, figure, x - x0, y - y0)

        return tile(paint, box, *self._size)

    def _standing(
        self, presenter: str, pose: Pose, part: Part | None, place: Placement, wanted: Box
    ) -> tuple[Image, int, int]:
        """Return what of a presenter stands in a box of the frame, and its corner there.

        Without a part it is drawn afresh, in one piece.
        """
        if part is None:
            sprite = self._drawn(presenter, pose, place.height, Part.BODY)
        else:
            sprite = self._sprite(presenter, pose, place.height, part)
        x = place.x + sprite.x
        y = place.y + sprite.y - self._rise(pose, place)
        height, width = sprite.pixels.shape[:2]
        x0, y0, x1, y1 = _common(wanted, (x, y, x + width, y + height))
        return sprite.pixels[y0 - y : y1 - y, x0 - x : x1 - x], x0, y0

    def _sprite(self, presenter: str, pose: Pose, height: int, part: Part) -> _Sprite:
        """Return a part's pixels; a part at rest is in the pixels of what holds it."""
        still = replace(shown(part, pose), lift=0)
        while part in _HOLDER and shown(_HOLDER[part], still) == still:
            part = _HOLDER[part]
        return self._once(
            ("sprite", part, presenter, still, height),
            lambda: self._drawn(presenter, still, height, part),
        )

    def _drawn(self, presenter: str, pose: Pose, height: int, part: Part) -> _Sprite:
        still = replace(pose, lift=0)
        whole = self._crew.part_box(presenter, still, height, Part.BODY)
        box = _grown(self._crew.part_box(presenter, still, height, part), _AROUND)
        box = _common(box, whole)
        pixels = self._crew.draw_presenter_region(presenter, still, height, box)
        return _Sprite(box[0], box[1], pixels)

    def _backdrop(self, backdrop: Backdrop) -> Image:
        width, height = self._size
        return self._once(
            ("backdrop", backdrop),
            lambda: opaque(self._crew.draw_backdrop(backdrop, width, height)),
        )

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
        case _Sprite(pixels=pixels):
            return pixels.nbytes
        case np.ndarray():
            return drawn.nbytes
    return 0


def _area(place: Placement) -> Box:
    return place.x, place.y, place.x + place.width, place.y + place.height


def _grown(box: Box, by: int) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _common(one: Box, other: Box) -> Box:
    """Return the rectangle in both; empty rectangles are not to be asked about."""
    return (
        max(one[0], other[0]), max(one[1], other[1]),
        min(one[2], other[2]), min(one[3], other[3]),
    )  # fmt: skip
