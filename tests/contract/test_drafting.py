"""What the scene builder asks: lengths as the compiler estimates them, a video as a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storyboard.compiler import compile_project
from storyboard.export.single import write_single
from storyboard.source.files import MemoryFiles
from storyboard.speech_rates import estimate_seconds
from storyboard.studio.jobs.makers import Makers
from storyboard.studio.local import Studio, open_studio
from storyboard.video import Video
from storyboard.wire import MAX_NARRATION, MAX_SCENES
from tests.contract.studio_rig import HELLO, Caller, caller, open_test_studio, write_movie

HOSTILE = (
    "- not: a list # and no comment",
    "{{ locale }} {% if x %} {# c #} {{{{ a }}",
    "'single' \"double\" \\back & *alias !tag | > @ ` %",
    "yes",
    "null",
    "1:30",
    "0123 and 1_000 and .5",
    "שלום, עולם — 東京 \u200dز é",
    "<script>alert(1)</script> long enough to be spoken",
    "First paragraph of the scene.\n\nSecond paragraph: with a colon, and more.",
    "word " * 60 + "end.",
    "--- and ... ? key",
)


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    studio = open_studio(tmp_path / "w", makers=Makers(storyboard=write_single))
    yield studio
    studio.close()


@pytest.fixture
def user(studio: Studio) -> Caller:
    return caller(studio)


def ask(user: Caller, method: str, path: str, **options: Any) -> Any:
    headers = {"Authorization": f"Bearer {user.ks}"}
    return user.send(method, f"/v1/studio/{path}", headers=headers, **options).json()


def file_of(user: Caller, video_id: str) -> Any:
    return ask(user, "GET", f"videos/{video_id}/storyboard")


def compiled(told: Any) -> Video:
    files = MemoryFiles({"storyboard.yaml": "{}\n", told["file"]: told["text"]})
    found = compile_project(files, environment="local")
    assert len(found.videos) == 1, found.report.diagnostics
    return found.videos[0]


def test_lengths_are_those_of_the_compiler(user: Caller) -> None:
    texts = ["", "Welcome to the overview.", "东京の概要へようこそ。", *HOSTILE]
    told = ask(user, "POST", "lengths", json={"texts": texts})
    assert told == {"seconds": [round(estimate_seconds(text, None), 2) for text in texts]}


def test_lengths_are_asked_of_as_much_as_a_video_holds(user: Caller) -> None:
    most = ["x" * MAX_NARRATION] * MAX_SCENES
    assert len(ask(user, "POST", "lengths", json={"texts": most})["seconds"]) == MAX_SCENES
    for wrong in ([*most, ""], ["x" * (MAX_NARRATION + 1)], [1], None):
        assert ask(user, "POST", "lengths", json={"texts": wrong})["code"] == "VALIDATION_ERROR"


def test_a_video_as_a_storyboard_compiles_to_the_same_payload(
    studio: Studio, user: Caller, tmp_path: Path
) -> None:
    clip = studio.add_media(write_movie(tmp_path / "Key: metrics #1.mp4", 20))["id"]
    adam = user.avatar("adam", type="library", id="office-1")
    picture = user.avatar("maya", type="entry", entryId=clip)
    shown = {"entryId": clip, "startTime": 2.5}
    for start in range(0, len(HOSTILE), 6):
        scenes = [{"layoutType": "full-screen", "narration": {"text": t}} for t in HOSTILE[start:]]
        scenes[0] |= {"broll": shown}
        scenes[1] |= {"layoutType": "broll", "broll": {"entryId": clip, "startTime": 0}}
        scenes[2]["narration"]["avatarId"] = adam
        scenes[3]["narration"]["avatarId"] = picture
        name = HOSTILE[start]
        video_id = user.video(*scenes, name=name)
        told = file_of(user, video_id)
        assert told["reasons"] == []
        video = compiled(told)
        ids = {
            avatar: user.avatar(avatar.template_id, **avatar.background.payload())
            for avatar in (video.avatar, *(scene.avatar for scene in video.scenes))
            if avatar is not None
        }
        remote = user("video/get", id=video_id)
        assert (video.name, ids[video.avatar]) == (remote["name"], remote["avatarId"])
        assert [scene.payload(ids) for scene in video.scenes] == remote["scenes"] == scenes


def test_what_no_file_can_be_has_a_reason(user: Caller) -> None:
    empty = user("video/add", name="Empty", avatarId=user.avatar())["id"]
    assert file_of(user, empty) == {"file": "", "text": "", "reasons": ["it has no scenes"]}
    control = user.video({"narration": {"text": "Bell \u0007 and all of the rest"}})
    [reason] = file_of(user, control)["reasons"]
    assert reason.startswith("the narration of scene 1 has the character")


def test_a_scene_that_says_nothing_yet_is_in_the_file(user: Caller) -> None:
    told = file_of(user, user.video(HELLO, {"layoutType": "broll"}))
    assert told["text"].count("- id:") == 2


def test_another_users_video_is_not_found(studio: Studio, user: Caller) -> None:
    video_id = user.video(HELLO)
    assert file_of(caller(studio, "stranger"), video_id)["code"] == "VIDEO_NOT_FOUND"


def test_a_studio_without_a_writer_says_so(tmp_path: Path) -> None:
    with open_test_studio(tmp_path / "w") as studio:
        user = caller(studio)
        assert file_of(user, user.video(HELLO))["code"] == "NOT_EMULATED"
