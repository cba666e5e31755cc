"""Presenters and backdrops, drawn and converted once for a film. Knows no time.

Body, head, mouth and eyes are kept each for itself: a new mouth costs a mouth. The breath moves
whole drawings, so what is drawn for one serves all.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import TypeVar, cast

import numpy as np

from storyboard.studio.film.boxes import area, common, grown
from storyboard.studio.film.parts import HOLDER, shown
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
from storyboard.studio.film.shadows import shadow_reach, soft_shadow
from storyboard.studio.stage.placement import Layout, Placement
from storyboard.studio.stage.pose import MAX_LIFT, Pose
from storyboard.studio.stage.presenter import Part
from storyboard.studio.stage.rooms.backdrop import Backdrop

T = TypeVar("T")

_MOST_BYTES = 384 * 2**20
"""A film of many presenters forgets the poses that it needed longest ago."""

_AROUND = MARGIN + 2
"""Pixels drawn around a part, so that it can be converted wherever a breath has moved it."""

_NEARER = 1.1
"""How much larger a backdrop is from close by."""


@dataclass(frozen=True, slots=True)
class _Sprite:
    """Pixels of a presenter who does not breathe, and their place in the whole drawing."""

    x: int
    y: int
    pixels: Image


class Drawings:
    """Owns the pictures of one film at one size; safe for its threads."""

    def __init__(self, crew: Crew, width: int, height: int) -> None:
        self._crew = crew
        self._size = (width, height)
        self._places = {each: crew.placement(each, width, height) for each in Layout}
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def part(
        self, presenter: str, backdrop: Backdrop, pose: Pose, part: Part, layout: Layout
    ) -> Tile:
        """Return a part of the full-screen picture as the pose shows it, to lay on the ground."""
        seen = shown(part, pose)

        def draw() -> Tile:
            if part is Part.BODY:
                box = self._reach(presenter, layout)
            else:
                box = self._box(presenter, seen, self._places[layout], part)
            return self._tile(presenter, backdrop, seen, part, layout, box)

        return self._once(("tile", part, presenter, backdrop, seen, layout), draw)

    def ground(self, backdrop: Backdrop, layout: Layout) -> Tile:
        """Return the backdrop, which no presenter covers outside of the body's tile."""

        def draw() -> Tile:
            picture = self._backdrop(backdrop, layout)
            box = (0, 0, *self._size)
            return tile(lambda b: picture[b[1] : b[3], b[0] : b[2]], box, *self._size)

        return self._once(("ground", backdrop, layout), draw)

    def head_and_shoulders(self, presenter: str, pose: Pose, layout: Layout) -> tuple[Box, Box]:
        """Return the boxes over a clip that a presenter never leaves, whatever the head does."""
        resting, place = Pose(lift=pose.lift), self._places[layout]

        def look() -> tuple[Box, Box]:
            body = self.over_clip(presenter, resting, Part.BODY, layout)
            head = self._box(presenter, resting, place, Part.HEAD)
            head = even_box(grown(head, shadow_reach(place.height)), *self._size)
            x0, y0, x1, y1 = body.box
            beside = body.keep[0] < CLEAR
            beside[:, head[0] - x0 : head[2] - x0] = False
            rows = np.flatnonzero(beside.any(axis=1))
            first = int(rows[0]) - 2 if len(rows) else y1 - y0  # chroma reaches a row further
            shoulders = y0 + max(0, first // 2 * 2)
            return (head[0], min(head[1], shoulders), head[2], shoulders), (x0, shoulders, x1, y1)

        return self._once(("boxes", presenter, self._rise(pose, place), layout), look)

    def over_clip(self, presenter: str, pose: Pose, part: Part, layout: Layout) -> Patch:
        """Return a part over a clip as the pose shows it, to be put on the body's patch."""
        seen, place = shown(part, pose), self._places[layout]

        def draw() -> Patch:
            whole = even_box(grown(area(place), shadow_reach(place.height)), *self._size)
            if part is Part.BODY:
                around = standing = whole
            else:
                standing = self._box(presenter, seen, place, part)
                around = common(grown(standing, MARGIN), whole)
            x0, y0, x1, y1 = around
            shadow = self._shadow(presenter, layout)[y0:y1, x0:x1]
            figure, x, y = self._standing(presenter, seen, part, place, around)
            drawn = composed(shadow, figure, x - x0, y - y0)
            return patch(*even_sides(drawn, x0, y0)).part(standing)

        key = "patch", part, presenter, replace(seen, lift=0), self._rise(pose, place), layout
        return self._once(key, draw)

    def _shadow(self, presenter: str, layout: Layout) -> Image:
        """Return the shadow in a frame over a clip; it lies still while the presenter moves."""
        place = self._places[layout]

        def draw() -> Image:
            sprite = self._sprite(presenter, Pose(), place.height, Part.BODY)
            reach = shadow_reach(place.height)
            shadow = soft_shadow(sprite.pixels, place.height)
            x, y = place.x + sprite.x - reach, place.y + sprite.y - reach
            height, width = shadow.shape[:2]
            x0, y0, x1, y1 = common((0, 0, *self._size), (x, y, x + width, y + height))
            frame = np.zeros((self._size[1], self._size[0], 4), np.uint8)
            frame[y0:y1, x0:x1] = shadow[y0 - y : y1 - y, x0 - x : x1 - x]
            return frame

        return self._once(("shadow", presenter, layout), draw)

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

    def _reach(self, presenter: str, layout: Layout) -> Box:
        """Return the box in the frame that a full-screen presenter never leaves."""
        place = self._places[layout]
        sprite = self._sprite(presenter, Pose(), place.height, Part.BODY)
        head = self._crew.part_box(presenter, Pose(), place.height, Part.HEAD)
        seen = np.flatnonzero(np.any(sprite.pixels[..., 3], axis=0))
        top = self._crew.rise(MAX_LIFT, place.height) + MARGIN
        box = (
            place.x + min(int(seen[0]) + sprite.x, head[0]) - MARGIN,
            place.y + head[1] - top,
            place.x + max(int(seen[-1]) + sprite.x + 1, head[2]) + MARGIN,
            self._size[1],
        )
        return even_box(box, *self._size)

    def _tile(
        self,
        presenter: str,
        backdrop: Backdrop,
        pose: Pose,
        part: Part | None,
        layout: Layout,
        box: Box,
    ) -> Tile:
        def paint(wanted: Box) -> Image:
            x0, y0, x1, y1 = wanted
            ground = self._backdrop(backdrop, layout)[y0:y1, x0:x1]
            figure, x, y = self._standing(presenter, pose, part, self._places[layout], wanted)
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
        x0, y0, x1, y1 = common(wanted, (x, y, x + width, y + height))
        return sprite.pixels[y0 - y : y1 - y, x0 - x : x1 - x], x0, y0

    def _sprite(self, presenter: str, pose: Pose, height: int, part: Part) -> _Sprite:
        """Return a part's pixels; a part at rest is in the pixels of what holds it."""
        still = replace(shown(part, pose), lift=0)
        while part in HOLDER and shown(HOLDER[part], still) == still:
            part = HOLDER[part]
        return self._once(
            ("sprite", part, presenter, still, height),
            lambda: self._drawn(presenter, still, height, part),
        )

    def _drawn(self, presenter: str, pose: Pose, height: int, part: Part) -> _Sprite:
        still = replace(pose, lift=0)
        whole = self._crew.part_box(presenter, still, height, Part.BODY)
        box = grown(self._crew.part_box(presenter, still, height, part), _AROUND)
        box = common(box, whole)
        pixels = self._crew.draw_presenter_region(presenter, still, height, box)
        return _Sprite(box[0], box[1], pixels)

    def _backdrop(self, backdrop: Backdrop, layout: Layout) -> Image:
        """Return what stands behind; from close by it is larger, by less than who is before it."""
        width, height = self._size

        def draw() -> Image:
            if layout is not Layout.CLOSE:
                return opaque(self._crew.draw_backdrop(backdrop, width, height))
            wide, tall = round(width * _NEARER), round(height * _NEARER)
            x, y = (wide - width) // 2, (tall - height) // 2
            larger = self._crew.draw_backdrop(backdrop, wide, tall)
            return opaque(larger[y : y + height, x : x + width])

        return self._once(("backdrop", backdrop, layout), draw)

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
