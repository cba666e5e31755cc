"""`video/compose` (guide §7): what it makes of captions and documents, and what it refuses."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storyboard.studio.compose.request import (
    ComposedScene,
    ComposeError,
    ComposeRequest,
    Composition,
)
from storyboard.studio.jobs.makers import Makers
from storyboard.studio.local import Studio, open_studio
from tests.contract.studio_rig import (
    HELLO,
    Caller,
    TinyFilmMaker,
    caller,
    draw,
    open_test_studio,
    speak,
    time_scenes,
    write_movie,
)
from tests.story.test_compose_apply import TALK

GUIDE = {
    "formatType": "session-highlights",
    "duration": 30,
    "entryIds": ["1_talk0001", "1_nothing1"],
    "userBrief": "Focus on the product roadmap announcements",
    "generateName": True,
}
NOTES = """\
# Energy report

Solar panels on the roof delivered more energy than the whole building used this summer.

- The battery keeps the lights on for two nights. See [the plan](https://example.com/plan).

```python
print("never spoken")
```
"""


def with_talk(user: Caller, folder: Path, fps: int = 25) -> Caller:
    clip = write_movie(folder / "talk.mp4", 90, fps).read_bytes()
    user.control("POST", "media?entryId=1_talk0001&name=talk.mp4", content=clip)
    user.control("POST", "media/1_talk0001/captions", content=TALK.encode())
    return user


def test_the_guides_own_call(user: Caller, tmp_path: Path) -> None:
    with_talk(user, tmp_path)
    video_id = user.video(HELLO)
    started = user("video/compose", id=video_id, **GUIDE)
    assert (started["status"], started["composeParams"]) == ("composing", GUIDE)
    composed = user.wait(video_id, "composed")
    assert composed["composeParams"] == GUIDE
    assert composed["name"] not in ("Overview", "")
    assert "roadmap" in str(composed["scenes"])
    for scene in composed["scenes"]:
        assert scene["narration"]["text"]
        if scene["layoutType"] == "broll":
            assert scene["broll"]["entryId"] == "1_talk0001"
            assert scene["broll"]["startTime"] % 8 == 0
    assert user("video/generate", id=video_id)["status"] == "generating"
    ready = user.wait(video_id, "ready")
    assert ready["scenes"] == composed["scenes"]


def test_a_clip_that_cannot_be_filmed_is_not_shown(user: Caller, tmp_path: Path) -> None:
    with_talk(user, tmp_path, fps=24)
    video_id = user.video()
    user("video/compose", id=video_id, **GUIDE)
    scenes = user.wait(video_id, "composed")["scenes"]
    assert {scene["layoutType"] for scene in scenes} == {"full-screen"}


def test_documents_are_for_explainers(user: Caller, tmp_path: Path) -> None:
    made = user.control("POST", "media?entryId=1_notes001&name=notes.md", content=NOTES.encode())
    assert (made["kind"], made["seconds"]) == ("document", 0)
    entry = user.service("baseEntry.get", entryId="1_notes001", ks=user.ks)
    assert (entry["objectType"], entry["name"]) == ("KalturaDocumentEntry", "notes.md")
    video_id = user.video()
    body = {"id": video_id, "duration": 60, "entryIds": ["1_notes001"]}
    refused = user("video/compose", formatType="session-highlights", **body)
    assert refused["code"] == "CAPTIONS_NOT_FOUND"
    user("video/compose", formatType="video-explainer", **body)
    said = str(user.wait(video_id, "composed")["scenes"])
    assert "Solar panels on the roof" in said
    assert "See the plan." in said
    for unspoken in ("never spoken", "Energy report", "https", "["):
        assert unspoken not in said.replace("[{", "")


def test_a_broken_document_ends_in_an_error_with_its_reason(user: Caller) -> None:
    pytest.importorskip("pypdf")
    user.control("POST", "media?entryId=1_broken01&name=a.pdf", content=b"%PDF-1.7\nnothing")
    video_id = user.video()
    body = {"formatType": "video-explainer", "duration": 60, "entryIds": ["1_broken01"]}
    user("video/compose", id=video_id, **body)
    failed = user.wait(video_id, "compose-error")
    assert failed["scenes"] == [HELLO]
    assert failed["reason"].startswith("document-unreadable")
    assert user.control("GET", f"videos/{video_id}")["reason"] == failed["reason"]
    assert user("video/compose", id=video_id, **body)["code"] == "VIDEO_CANNOT_COMPOSE"
    assert user("video/resetStatus", id=video_id)["status"] == "draft"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"entryIds": ["1_nothing1"]}, "CAPTIONS_NOT_FOUND"),
        ({"entryIds": []}, "CAPTIONS_NOT_FOUND"),
        ({"entryIds": [f"1_source0{n}" for n in range(6)]}, "TOO_MANY_SOURCES"),
        ({"entryIds": None}, "VALIDATION_ERROR"),
        ({"entryIds": [7]}, "VALIDATION_ERROR"),
        ({"formatType": "presentation"}, "VALIDATION_ERROR"),
        ({"formatType": None}, "VALIDATION_ERROR"),
        ({"duration": 0.5}, "VALIDATION_ERROR"),
        ({"duration": 1201}, "VALIDATION_ERROR"),
        ({"duration": "60"}, "VALIDATION_ERROR"),
        ({"generateName": "yes"}, "VALIDATION_ERROR"),
        ({"userBrief": 5}, "VALIDATION_ERROR"),
    ],
)
def test_refusals_change_nothing(user: Caller, change: dict[str, Any], code: str) -> None:
    video_id = user.video(HELLO)
    before = user("video/get", id=video_id)
    assert user("video/compose", id=video_id, **(GUIDE | change))["code"] == code
    assert user("video/get", id=video_id) == before


@pytest.fixture
def with_composer(tmp_path: Path) -> Callable[..., Caller]:
    def begin(composer: Any) -> Caller:
        makers = Makers(TinyFilmMaker(), speak, draw, composer, time_scenes)
        studio: Studio = open_studio(tmp_path / "w", makers=makers)
        studio.start()
        return with_talk(caller(studio), tmp_path)

    return begin


def test_a_deleted_video_is_composed_no_more(with_composer: Callable[..., Caller]) -> None:
    gate = threading.Event()

    def slow(request: ComposeRequest) -> Composition:
        gate.wait(60)
        return Composition((ComposedScene("Too late to be of any use."),))

    user = with_composer(slow)
    video_id = user.video()
    user("video/compose", id=video_id, **GUIDE)
    assert user("video/update", id=video_id, scenes=[])["code"] == "VIDEO_IS_PROCESSING"
    assert user("video/generate", id=video_id)["code"] == "VIDEO_CANNOT_GENERATE"
    user("video/delete", id=video_id)
    gate.set()
    assert user("video/get", id=video_id)["code"] == "VIDEO_NOT_FOUND"
    user.studio.close()


@pytest.mark.parametrize("is_renamed", [True, False])
def test_a_name_that_a_person_gives_meanwhile_stays(
    with_composer: Callable[..., Caller], *, is_renamed: bool
) -> None:
    begun, gate = threading.Event(), threading.Event()

    def names(request: ComposeRequest) -> Composition:
        begun.set()
        gate.wait(60)
        return Composition((ComposedScene("Here is what was said of it."),), name="Highlights")

    user = with_composer(names)
    video_id = user.video()
    user("video/compose", id=video_id, **GUIDE)
    assert begun.wait(60)
    if is_renamed:
        user("video/update", id=video_id, name="What the board decided")
    gate.set()
    composed = user.wait(video_id, "composed")
    assert composed["name"] == ("What the board decided" if is_renamed else "Highlights")
    assert len(composed["scenes"]) == 1
    user.studio.close()


def test_a_composition_waits_for_no_film(tmp_path: Path) -> None:
    gate = threading.Event()
    with open_test_studio(tmp_path / "w", TinyFilmMaker(gate), workers=1) as studio:
        user = with_talk(caller(studio), tmp_path)
        films = [user.video() for _ in range(3)]
        for film in films:
            user("video/generate", id=film)
        composed = user.video()
        user("video/compose", id=composed, **GUIDE)
        assert user.wait(composed, "composed")["scenes"]
        assert {user("video/get", id=film)["status"] for film in films} == {"generating"}
        gate.set()
        for film in films:
            user.wait(film, "ready")


def test_a_studio_that_closes_gives_the_work_back(
    with_composer: Callable[..., Caller], tmp_path: Path
) -> None:
    gate = threading.Event()

    def hangs(request: ComposeRequest) -> Composition:
        gate.wait(60)
        raise ComposeError("late", "nobody listens any more")

    user = with_composer(hangs)
    video_id = user.video()
    user("video/compose", id=video_id, **GUIDE)
    user.studio.close()
    gate.set()
    with open_test_studio(tmp_path / "w") as again:
        after = caller(again)
        assert after.wait(video_id, "composed")["scenes"]
        assert after.control("GET", f"videos/{video_id}")["job"]["attempt"] == 1


def test_a_composer_that_breaks_ends_in_an_error(with_composer: Callable[..., Caller]) -> None:
    def broken(request: ComposeRequest) -> Composition:
        raise ComposeError("composer-failed", "the composer answered 500")

    user = with_composer(broken)
    video_id = user.video()
    user("video/compose", id=video_id, **GUIDE)
    user.wait(video_id, "compose-error")
    told = user.control("GET", f"videos/{video_id}")
    assert told["reason"] == "composer-failed: the composer answered 500"
    user.studio.close()
