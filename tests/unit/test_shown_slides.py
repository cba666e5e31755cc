"""Slides that a studio shows: kept as they are, told apart, and said to be in no file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from storyboard.broll import Broll
from storyboard.export.taken import Left, take_video
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.composed import as_composed
from storyboard.plan.shown import desired_shown, remote_shown
from storyboard.video import Compose
from tests.support.pulling import Desk
from tests.support.videos import JANE, video

CLIP = {"entryId": "1_deck", "startTime": 0}


def slide(index: int, **more: Any) -> dict[str, Any]:
    return {
        "type": "slide",
        "entryId": "1_deck",
        "flavorAssetId": "1_fdeck",
        "index": index,
        **more,
    }


def remote(broll: dict[str, Any]) -> RemoteVideo:
    scene = {"layoutType": "broll", "narration": {"text": "Look at this."}, "broll": broll}
    body = {
        "id": "v1",
        "name": "Film q1",
        "status": "composed",
        "avatarId": "a1",
        "scenes": [scene],
    }
    return RemoteVideo.parse(body)


def test_two_slides_and_a_clip_of_one_entry_are_three_things() -> None:
    told = [remote_shown(remote(broll), {}) for broll in (CLIP, slide(0), slide(1))]
    assert len({each.fingerprint for each in told}) == 3
    assert [each.scenes[0].broll_entry for each in told] == [
        "1_deck", "1_deck slide 1", "1_deck slide 2",
    ]  # fmt: skip
    typed = remote_shown(remote({"type": "video", **CLIP}), {})
    assert typed == told[0]


def test_a_studios_slide_is_sent_back_as_it_came() -> None:
    """An edit of the avatar alone sends the scenes that the studio wrote."""
    found = remote(slide(2, slideImageName="slide-2.png"))
    wanted = replace(video("q1", "unused"), scenes=(), compose=Compose("x", 60.0, ("1_deck",)))
    made = as_composed(wanted, found, {"a1": JANE}, named=True)
    assert made.payload({JANE: "a1"})["scenes"][0]["broll"] == slide(2)
    assert desired_shown(made).scenes == remote_shown(found, {"a1": JANE}).scenes


def test_no_export_makes_a_clip_of_a_slide() -> None:
    left = take_video(remote(slide(0)), {"a1": JANE})
    assert isinstance(left, Left)
    assert left.reasons == ("scene 1 shows a slide, which no storyboard can",)
    assert not isinstance(take_video(remote(CLIP), {"a1": JANE}), Left)


@pytest.mark.parametrize("nothing", [None, {}, {"entryId": ""}, {"startTime": 3}, "x"])
def test_what_shows_nothing_is_nothing(nothing: Any) -> None:
    assert Broll.from_payload(nothing) is None


def test_a_pull_writes_no_clip_where_a_slide_is_shown(tmp_path: Path) -> None:
    text = (
        "name: Tour\nscenes:\n  - {id: a, narration: Look at this for a while., broll: 1_deck@0}\n"
    )
    desk = Desk.of(tmp_path, {"storyboards/tour.yaml": text})
    desk.scenes()[0]["broll"] = slide(1)
    desk.scenes()[0]["narration"]["text"] = "Look at this slide for a while."
    pulled = desk.pull()
    written = (tmp_path / "storyboards/tour.yaml").read_text("utf-8")
    assert "slide 2" not in written, pulled
    assert "broll: 1_deck@0" in written
