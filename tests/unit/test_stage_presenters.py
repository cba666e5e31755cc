"""Laws of the drawn presenters: all there, all different, the same every time."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import combinations, product
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from storyboard.studio.stage import canvas, presenter, raster
from storyboard.studio.stage.canvas import Piece, Pixels
from storyboard.studio.stage.figure.figure import HEIGHT
from storyboard.studio.stage.figure.mouths import SHAPES, jaw_drop
from storyboard.studio.stage.figure.person import HairStyle, Outfit
from storyboard.studio.stage.figure.presenters import CAST
from storyboard.studio.stage.pose import MAX_REACH, Eyes, Gesture, Mouth, Pose
from storyboard.studio.stage.presenter import (
    BUST,
    Part,
    covers,
    draw_presenter,
    draw_presenter_region,
    part_box,
    presenter_width,
    rise,
)
from storyboard.wire import TEMPLATE_IDS

EXTREMES = (
    Pose(),
    Pose(Mouth.AA, Eyes.CLOSED, tilt=12, nod=3, brows=3),
    Pose(Mouth.UW, Eyes.HALF, tilt=-12, nod=3),
    Pose(Mouth.AO, Eyes.OPEN, tilt=12, brows=2, after=Mouth.MBP),
    Pose(Mouth.REST, Eyes.CLOSED, tilt=-12),
)
GESTURES = tuple(Pose(gesture=each, reach=MAX_REACH) for each in Gesture)


def on_gray(sprite: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    alpha = sprite[..., 3:].astype(np.float32) / 255
    return sprite[..., :3].astype(np.float32) + 128 * (1 - alpha)


def differs(one: npt.NDArray[np.float32], other: npt.NDArray[np.float32]) -> npt.NDArray[np.bool_]:
    """Return which pixels differ visibly, in any color; faster than a maximum over an axis of 3."""
    red, green, blue = np.moveaxis(np.abs(one - other) > 2, 2, 0)
    return red | green | blue


def test_the_cast_is_the_guides() -> None:
    assert tuple(CAST) == TEMPLATE_IDS
    assert sum(presenter.woman for presenter in CAST.values()) == 18


def test_every_style_and_outfit_is_worn() -> None:
    assert {presenter.hair for presenter in CAST.values()} == set(HairStyle)
    assert {presenter.clothes.outfit for presenter in CAST.values()} == set(Outfit)


@pytest.mark.parametrize("name", TEMPLATE_IDS)
def test_a_presenter_stands_on_the_bottom_edge(name: str) -> None:
    sprite = draw_presenter(name, Pose(lift=3, gesture=Gesture.BOTH, reach=MAX_REACH), 280)
    assert sprite.shape == (280, 208, 4)
    assert sprite.dtype == np.uint8
    alpha = sprite[..., 3]
    assert (alpha[-1, 64:144] == 255).all(), "a gap at the bottom"
    assert (alpha[100, 99:109] == 255).all(), "a hole in the face"
    assert (alpha[:, 0] == 0).all(), "cut off at the left"
    assert (alpha[:, -1] == 0).all(), "cut off at the right"
    assert alpha[0].max() == 0, "cut off at the top"


def test_everybody_looks_like_nobody_else() -> None:
    faces = {name: on_gray(draw_presenter(name, Pose(), 187))[10:100, 38:116] for name in CAST}
    whole = {name: on_gray(draw_presenter(name, Pose(), 187))[:144] for name in CAST}
    for one, other in combinations(CAST, 2):
        assert np.abs(faces[one] - faces[other]).mean() > 4.0, f"{one} has the face of {other}"
        assert np.abs(whole[one] - whole[other]).mean() > 5.0, f"{one} looks like {other}"


@pytest.mark.parametrize("name", TEMPLATE_IDS)
def test_hands_keep_to_their_box_and_meet_no_head(name: str) -> None:
    x0, y0, x1, y1 = part_box(name, Pose(), 350, Part.ARMS)
    assert y0 + 2 >= part_box(name, Pose(), 350, Part.HEAD)[3]
    rest = draw_presenter(name, Pose(), 350)
    for pose in GESTURES[1:]:
        moved = draw_presenter(name, pose, 350)
        moved[y0:y1, x0:x1] = rest[y0:y1, x0:x1]
        assert np.array_equal(rest, moved), pose.gesture


@pytest.mark.parametrize("name", ["jane", "amir", "gloria", "maria"])
@pytest.mark.parametrize("gesture", [Gesture.LEFT, Gesture.RIGHT, Gesture.BOTH])
def test_an_open_palm_is_seen_from_both_distances(name: str, gesture: Gesture) -> None:
    """Beside the body, and above where the picture ends from close by."""
    tall = 700
    shown = round(tall * BUST)
    rest, open_ = (
        draw_presenter(name, pose, tall)[:shown]
        for pose in (Pose(), Pose(gesture=gesture, reach=MAX_REACH))
    )
    fresh = (open_[..., 3] == 255) & (rest[..., 3] == 0)
    middle = fresh.shape[1] // 2
    for beside, side in ((fresh[:, :middle], Gesture.LEFT), (fresh[:, middle:], Gesture.RIGHT)):
        assert (beside.sum() > 1_000) == (gesture in (side, Gesture.BOTH))


@pytest.mark.parametrize("name", TEMPLATE_IDS)
def test_poses_differ_only_within_the_head_box(name: str) -> None:
    x0, y0, x1, y1 = part_box(name, Pose(), 350, Part.HEAD)
    rest = draw_presenter(name, EXTREMES[0], 350)
    for pose in EXTREMES[1:]:
        moved = draw_presenter(name, pose, 350)
        assert not np.array_equal(rest, moved)
        moved[y0:y1, x0:x1] = rest[y0:y1, x0:x1]
        assert np.array_equal(rest, moved)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if number % 6 == 0 else pytest.mark.slow)
        for number, name in enumerate(TEMPLATE_IDS)
    ],
)
@pytest.mark.parametrize("tilt", [0, 12])
def test_mouth_and_eyes_keep_to_their_boxes(name: str, tilt: int) -> None:
    still = Pose(tilt=tilt, nod=1)
    rest = on_gray(draw_presenter(name, still, 350))
    eyes = part_box(name, still, 350, Part.EYES)
    closed = replace(still, eyes=Eyes.CLOSED, brows=3)
    shapes = [replace(still, mouth=mouth) for mouth in Mouth]
    shapes += [replace(still, mouth=mouth, after=Mouth.MBP) for mouth in Mouth]
    for pose in (closed, *shapes):
        part = Part.EYES if pose is closed else Part.MOUTH
        x0, y0, x1, y1 = part_box(name, pose, 350, part)
        changed = differs(on_gray(draw_presenter(name, pose, 350)), rest)
        assert pose == still or changed[y0:y1, x0:x1].any()
        if part is Part.MOUTH:
            assert not changed[eyes[1] : eyes[3], eyes[0] : eyes[2]].any()
        changed[y0:y1, x0:x1] = False
        assert not changed.any()


@pytest.mark.parametrize("name", ["jane", "larry"])
def test_a_mouth_covers_another_one_unless_only_the_other_moves_the_jaw(name: str) -> None:
    for one, other in product(Mouth, Mouth):
        boxes = [part_box(name, Pose(mouth), 630, Part.MOUTH) for mouth in (one, other)]
        (x0, y0, x1, y1), (u0, v0, u1, v1) = boxes
        within = x0 <= u0 and y0 <= v0 and u1 <= x1 and v1 <= y1
        assert within == covers(Pose(one), Pose(other))


@pytest.mark.parametrize("name", ["jane", "larry"])
def test_a_breath_moves_the_whole_drawing(name: str) -> None:
    up = rise(3, 700)
    assert up == 2
    resting, lifted = (draw_presenter(name, Pose(tilt=4, lift=lift), 700) for lift in (0, 3))
    assert np.abs(on_gray(lifted[:-up]) - on_gray(resting[up:])).max() <= 3
    assert (lifted[-1, 160:360, 3] == 255).all()


@pytest.mark.parametrize("name", ["jane", "sophia", "yasmin", "larry"])
def test_a_region_is_a_piece_of_the_whole(name: str) -> None:
    pose = Pose(Mouth.EH, tilt=3, lift=2)
    x0, y0, x1, y1 = part_box(name, Pose(), 630, Part.HEAD)
    whole = draw_presenter(name, pose, 630)[y0:y1, x0:x1].astype(np.int16)
    region = draw_presenter_region(name, pose, 630, (x0, y0, x1, y1)).astype(np.int16)
    assert np.abs(on_gray(whole.astype(np.uint8)) - on_gray(region.astype(np.uint8))).max() <= 3


@pytest.mark.parametrize("name", TEMPLATE_IDS)
def test_what_is_left_out_of_a_drawing_shows_in_none_of_its_pixels(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pose = Pose(Mouth.AA, Eyes.HALF, tilt=7, nod=2, brows=1, gesture=Gesture.BOTH, reach=5)
    boxes = [part_box(name, pose, 315, part) for part in Part]
    drawn = [draw_presenter_region(name, pose, 315, box) for box in boxes]
    monkeypatch.setattr(raster, "_kept", raster._kept.__wrapped__)
    monkeypatch.setattr(raster, "reaches", lambda piece, box: True)
    for box, its in zip(boxes, drawn, strict=True):
        assert np.array_equal(draw_presenter_region(name, pose, 315, box), its)


@pytest.mark.parametrize("name", TEMPLATE_IDS)
def test_a_mouth_over_what_is_kept_is_the_mouth_drawn_in_one_go(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    poses = [Pose(mouth, tilt=-5, nod=1) for mouth in Mouth]
    boxes = [part_box(name, pose, 630, Part.MOUTH) for pose in poses]
    shown = [
        draw_presenter_region(name, pose, 630, box) for pose, box in zip(poses, boxes, strict=True)
    ]
    monkeypatch.setattr(presenter, "still_pieces", lambda name, pose: 0)
    for pose, box, its in zip(poses, boxes, shown, strict=True):
        assert np.array_equal(draw_presenter_region(name, pose, 630, box), its)


def test_the_face_below_is_drawn_once_for_all_mouths(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []

    def count(pieces: Sequence[Piece], *rest: Any, **options: Any) -> Pixels:
        drawn.append(len(pieces))
        return canvas.drawn(pieces, *rest, **options)

    monkeypatch.setattr(raster, "drawn", count)
    box = part_box("jane", Pose(tilt=7), 617, Part.MOUTH)
    for mouth in (Mouth.KST, Mouth.UW, Mouth.FV):
        draw_presenter_region("jane", Pose(mouth, tilt=7), 617, box)
    face, *mouths = drawn
    assert face > 1
    assert mouths == [1, 1, 1]


@pytest.mark.parametrize("mouth", list(Mouth))
def test_mouths_can_be_told_apart(mouth: Mouth) -> None:
    box = part_box("adam", Pose(), 700, Part.HEAD)
    shown = {m: on_gray(draw_presenter_region("adam", Pose(m), 700, box)) for m in Mouth}
    others = (np.abs(shown[mouth] - shown[m]).max() for m in Mouth if m is not mouth)
    assert min(others) > 40


def test_no_mouth_over_acts() -> None:
    """A third of what is possible: people who speak to one hardly open their mouths."""
    assert max(shape.opening for shape in SHAPES.values()) <= 22
    assert max(jaw_drop(shape) for shape in SHAPES.values()) <= 6
    widths = [shape.width for shape in SHAPES.values()]
    assert max(widths) / min(widths) < 1.6


def test_the_way_between_two_mouths_lies_between_them() -> None:
    box = part_box("jane", Pose(), 700, Part.HEAD)
    shut, mid, wide = (
        on_gray(draw_presenter_region("jane", pose, 700, box))
        for pose in (Pose(Mouth.REST), Pose(Mouth.AA, after=Mouth.REST), Pose(Mouth.AA))
    )
    step = np.abs(shut - wide).mean()
    assert np.abs(shut - mid).mean() < step
    assert np.abs(mid - wide).mean() < step


def test_drawing_is_the_same_in_every_thread_and_size() -> None:
    sizes = (90, 350)
    jobs = [(name, pose, tall) for name in ("rita", "adam") for pose in EXTREMES for tall in sizes]
    alone = [draw_presenter(*job) for job in jobs]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda job: draw_presenter(*job), jobs * 3))
    for index, sprite in enumerate(together):
        assert np.array_equal(sprite, alone[index % len(jobs)])


def test_width_follows_height() -> None:
    assert presenter_width(1400) == 1040
    assert draw_presenter("mia", Pose(), 97).shape == (97, presenter_width(97), 4)


def test_a_stranger_is_refused() -> None:
    with pytest.raises(KeyError):
        draw_presenter("nobody", Pose(), 100)


@pytest.mark.parametrize("name", TEMPLATE_IDS)
@pytest.mark.parametrize("pose", [Pose(), *GESTURES])
def test_no_shadow_of_an_arm_falls_on_what_is_behind_a_presenter(name: str, pose: Pose) -> None:
    """Half clear are edges alone, and what a few lines have beyond them."""
    height = 720
    alpha = draw_presenter(name, pose, height)[1060 * height // HEIGHT :, :, 3]
    is_soft = (alpha > 0) & (alpha < 255)
    is_edge = _around(alpha == 255) & _around(alpha == 0)
    assert np.count_nonzero(is_soft & ~is_edge) < 200


def _around(cells: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return what is at most two pixels from a set one."""
    padded = np.pad(cells, 2)
    height, width = cells.shape
    found = np.zeros_like(cells)
    for y, x in product(range(5), repeat=2):
        found |= padded[y : y + height, x : x + width]
    return found
