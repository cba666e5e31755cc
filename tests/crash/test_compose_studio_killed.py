"""`kill -9` of a studio while it composes: nothing is lost, nothing is left in `composing`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from tests.contract.studio_rig import Caller, write_movie
from tests.crash.test_studio_kill import Process, films, start
from tests.story.test_compose_apply import TALK
from tests.support.passing_time import eventually

__all__ = ["start"]


ASKED: Final[dict[str, Any]] = {
    "formatType": "session-highlights",
    "duration": 30,
    "entryIds": ["1_talk0001"],
}


def with_talk(user: Caller, folder: Path) -> str:
    """Put a talk in, and return the id of a video that can be composed of it."""
    clip = write_movie(folder / "talk.mp4", 90).read_bytes()
    user.control("POST", "media?entryId=1_talk0001&name=talk", content=clip)
    user.control("POST", "media/1_talk0001/captions", content=TALK.encode())
    return user.video()


def asked_to_compose(user: Caller, folder: Path) -> str:
    """Have a video composed of a talk, and return its id."""
    video_id = with_talk(user, folder)
    assert user("video/compose", id=video_id, **ASKED)["status"] == "composing"
    return video_id


@pytest.mark.slow
def test_a_killed_composition_is_taken_up_at_once(
    tmp_path: Path, start: Callable[[], Process]
) -> None:
    first = start()
    video_id = asked_to_compose(first, tmp_path)
    eventually(lambda: films(tmp_path) == 1)
    first.kill()
    (tmp_path / "gate").touch()
    second = start()
    assert second.wait(video_id, "composed")["scenes"]
    assert second.control("GET", f"videos/{video_id}")["job"]["attempt"] == 2


@pytest.mark.slow
def test_a_composition_that_kills_twice_ends_in_an_error(
    tmp_path: Path, start: Callable[[], Process]
) -> None:
    process = start()
    video_id = asked_to_compose(process, tmp_path)
    for attempt in (1, 2):
        eventually(lambda wanted=attempt: films(tmp_path) == wanted)
        process.kill()
        process = start()
    process.wait(video_id, "compose-error")
    assert process.control("GET", f"videos/{video_id}")["reason"].startswith("composer-died")
    assert process("video/resetStatus", id=video_id)["status"] == "draft"
