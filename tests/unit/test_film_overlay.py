"""Where a presenter stands over a clip: on its calmer side, with a soft shadow around."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import av
import numpy as np
import pytest

from storyboard.studio.film.cache import Cache
from storyboard.studio.film.calm_side import calmer_side
from storyboard.studio.film.drawings import Drawings
from storyboard.studio.film.overlay_presenter import OverlayPresenter
from storyboard.studio.film.picture import Patch, planes_of
from storyboard.studio.film.request import Clip
from storyboard.studio.film.segments import encode_pictures
from storyboard.studio.film.shadows import shadow_reach, soft_shadow
from storyboard.studio.stage.placement import Layout, placement
from storyboard.studio.stage.pose import Eyes, Gesture, Mouth, Pose
from storyboard.studio.stage.presenter import Part
from tests.support.film_crew import SMALL, small_crew


def clip_with(path: Path, busy: tuple[int, int] | None, *, moving: bool) -> Clip:
    """Write a gray clip of 12 seconds with something to see between two columns."""
    random = np.random.default_rng(7)
    still = random.integers(16, 235, (90, 320), np.uint8)

    def pictures():  # type: ignore[no-untyped-def]
        for index in range(300):
            frame = av.VideoFrame(320, 180, "yuv420p")
            for plane in planes_of(frame):
                plane[...] = 128
            if busy is not None:
                shown = np.full_like(still, index % 7 * 30 + 20) if moving else still
                planes_of(frame)[0][90:, slice(*busy)] = shown[:, slice(*busy)]
            yield frame

    encode_pictures(pictures(), path, SMALL)
    return Clip(path, 0.0)


@pytest.mark.parametrize("moving", [False, True])
@pytest.mark.parametrize(
    ("busy", "side"),
    [((200, 320), Layout.LEFT), ((0, 120), Layout.RIGHT), (None, Layout.RIGHT)],
)
def test_a_presenter_stands_where_less_happens(
    tmp_path: Path, busy: tuple[int, int] | None, side: Layout, moving: bool
) -> None:
    clip = clip_with(tmp_path / "clip.mp4", busy, moving=moving)
    cache = Cache(tmp_path / "cache")
    assert calmer_side(cache, clip, "its bytes", placement) is side
    gone = replace(clip, path=tmp_path / "gone.mp4")
    assert calmer_side(cache, gone, "its bytes", placement) is side, "it was looked at again"


def test_what_cannot_be_decoded_is_no_reason_to_move(tmp_path: Path) -> None:
    (tmp_path / "bad.mp4").write_bytes(b"none")
    bad = Clip(tmp_path / "bad.mp4", 0.0)
    assert calmer_side(Cache(tmp_path / "cache"), bad, "x", placement) is Layout.RIGHT


@pytest.mark.parametrize("layout", [Layout.LEFT, Layout.RIGHT])
def test_an_overlay_keeps_to_its_side_and_has_a_soft_edge(layout: Layout) -> None:
    drawings = Drawings(small_crew(), 320, 180)
    frame = av.VideoFrame(320, 180, "yuv420p")
    for plane in planes_of(frame):
        plane[...] = 200
    for piece in OverlayPresenter(drawings, "jane").patches(Pose(), layout):
        piece.blend(planes_of(frame))
    luma = planes_of(frame)[0].astype(int)
    other = luma[:, 160:] if layout is Layout.LEFT else luma[:, :160]
    assert (other == 200).all()
    row = luma[170, ::-1] if layout is Layout.LEFT else luma[170]
    first = int(np.flatnonzero(row < 199)[0])
    steps = np.diff(row[first - 1 : first + 3])
    assert (steps < 0).all()
    assert steps.min() > -20, "it begins hard"


def test_a_presenter_comes_to_a_pose_as_if_it_began_with_it() -> None:
    drawings, poses = Drawings(small_crew(), 320, 180), _poses()
    acting = OverlayPresenter(drawings, "jane")
    for layout in (Layout.RIGHT, Layout.LEFT):
        for pose in poses:
            fresh = OverlayPresenter(drawings, "jane").patches(pose, layout)
            for mine, wanted in zip(acting.patches(pose, layout), fresh, strict=True):
                assert mine.box == wanted.box
                pairs = zip((*mine.keep, *mine.add), (*wanted.keep, *wanted.add), strict=True)
                assert all(np.array_equal(one, other) for one, other in pairs)


def test_only_what_moves_is_put_over_a_clip(monkeypatch: pytest.MonkeyPatch) -> None:
    drawings = Drawings(small_crew(), 320, 180)
    acting = OverlayPresenter(drawings, "jane")
    acting.patches(Pose(tilt=4), Layout.RIGHT)
    put: list[Part] = []
    over_clip = drawings.over_clip

    def see(presenter: str, pose: Pose, part: Part, layout: Layout) -> Patch:
        put.append(part)
        return over_clip(presenter, pose, part, layout)

    monkeypatch.setattr(drawings, "over_clip", see)
    acting.patches(Pose(Mouth.UW, tilt=4), Layout.RIGHT)
    assert put == [Part.MOUTH]
    acting.patches(Pose(Mouth.UW, tilt=4), Layout.RIGHT)
    assert put == [Part.MOUTH]


def _poses() -> list[Pose]:
    random = Random(5)
    return [
        Pose(
            random.choice(list(Mouth)),
            random.choice(list(Eyes)),
            random.choice((0, 4, -4)),
            random.choice((0, 3)),
            random.choice((0, 2)),
            gesture=random.choice((Gesture.REST, Gesture.BOTH)),
            reach=6,
        )
        for _ in range(40)
    ]


def test_a_shadow_goes_on_below_the_edge_and_ends_at_its_reach() -> None:
    sprite = np.zeros((200, 100, 4), np.uint8)
    sprite[100:, 40:60] = 255
    shadow, reach = soft_shadow(sprite, 200), shadow_reach(200)
    assert shadow.shape == (200 + 2 * reach, 100 + 2 * reach, 4)
    alpha = shadow[..., 3].astype(int)
    assert not alpha[: 100 - 1].any()
    assert not alpha[:, : 40 - 1].any()
    assert alpha[200 + reach, 50 + reach] == alpha.max() > 60
    assert not shadow[..., :3].any()
