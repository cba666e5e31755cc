"""The table of statuses, held against the API: every operation in every status."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from storyboard.studio.behavior.conditions import OPERATIONS
from storyboard.studio.behavior.transitions import TABLE, Effect, Operation, Refused
from storyboard.studio.local import Studio
from storyboard.studio.records import videos
from storyboard.wire import Action, ErrorCode, VideoStatus
from tests.contract.studio_rig import HELLO, Caller, caller, open_test_studio, write_movie

CALLS: dict[tuple[Action, Operation], dict[str, Any]] = {
    (Action.VIDEO_GET, Operation.GET): {},
    (Action.VIDEO_UPDATE, Operation.RENAME): {"name": "other"},
    (Action.VIDEO_UPDATE, Operation.EDIT): {"scenes": [HELLO, HELLO]},
    (Action.VIDEO_DELETE, Operation.DELETE): {},
    (Action.VIDEO_COMPOSE, Operation.COMPOSE): {
        "formatType": "session-highlights",
        "duration": 60,
        "entryIds": ["1_talk0000"],
    },
    (Action.VIDEO_GENERATE, Operation.GENERATE): {},
    (Action.VIDEO_RESET_STATUS, Operation.RESET): {},
    (Action.VIDEO_PREVIEW_AUDIO, Operation.PREVIEW): {"sceneId": 0},
    (Action.VIDEO_PREVIEW_AUDIO_STREAM, Operation.PREVIEW): {"sceneId": 0},
}
NAMED = {operation: (action.value, body) for (action, operation), body in CALLS.items()}


def put(studio: Studio, video_id: str, status: VideoStatus, *, composed: bool = False) -> None:
    """Put a video into a status without the way there."""
    with studio.workspace.store.write() as tx:
        videos.change(tx, video_id, 0, status=status, was_composed=composed)


@pytest.fixture(scope="module")
def idle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    """A studio that films nothing: statuses stay where they are put."""
    folder = tmp_path_factory.mktemp("idle")
    studio = open_test_studio(folder)
    user = caller(studio)
    clip = write_movie(folder / "talk.mp4", 1)
    user.control("POST", "media?entryId=1_talk0000&name=talk", content=clip.read_bytes())
    user.control("POST", "media/1_talk0000/captions", content=b"00:00 --> 00:01\nHello there.\n")
    yield user
    studio.close()


def test_the_table_is_whole() -> None:
    rows = {(action, row) for action, rows in OPERATIONS.items() for row in rows}
    assert rows == set(CALLS)
    assert set(TABLE) == set(Operation) == set(NAMED)
    for row in TABLE.values():
        assert set(row) == set(VideoStatus)


@pytest.mark.parametrize("call", CALLS, ids=lambda c: f"{c[0].value}-{c[1].name}")
def test_every_cell_of_a_row(idle: Caller, call: tuple[Action, Operation]) -> None:
    for status, composed in product(VideoStatus, (False, True)):
        cell_holds(idle, call, status, composed=composed)


def cell_holds(
    idle: Caller, call: tuple[Action, Operation], status: VideoStatus, *, composed: bool
) -> None:
    video_id = idle.video()
    put(idle.studio, video_id, status, composed=composed)
    action, operation = call
    response = idle.raw(action.value, {"id": video_id, **CALLS[call]})
    after = idle("video/get", id=video_id)
    cell = idle.studio.workspace.rules[operation][status]
    if isinstance(cell, Refused):
        assert response.json()["objectType"] == "KalturaAPIException", status
        assert response.json()["code"] == cell.code.value, status
        assert after["status"] == status.value
        assert after["scenes"] == [HELLO], status
        return
    expected = {
        Effect.STAYS: status.value,
        Effect.GENERATES: "generating",
        Effect.COMPOSES: "composing",
        Effect.TO_DRAFT: "draft",
        Effect.TO_EDITABLE: "composed" if composed else "draft",
        Effect.GONE: None,
    }[cell]
    assert after.get("status") == expected, status


@pytest.mark.parametrize(
    ("switch", "value", "status", "operation", "expected"),
    [
        ("ready_videos_editable", "false", "ready", Operation.EDIT, "VIDEO_IS_PROCESSING"),
        ("ready_videos_editable", "false", "ready", Operation.RENAME, "ready"),
        ("ready_edit_status", "ready", "ready", Operation.EDIT, "ready"),
        ("ready_edit_status", "editable", "ready", Operation.EDIT, "draft"),
        ("generate_from_ready", "true", "ready", Operation.GENERATE, "generating"),
        ("delete_while_processing", "false", "generating", Operation.DELETE, "VIDEO_IS_PROCESSING"),
    ],
)
def test_switches_change_the_table(
    tmp_path: Path, switch: str, value: str, status: str, operation: Operation, expected: str
) -> None:
    studio = open_test_studio(tmp_path, contract={switch: value})
    try:
        user = caller(studio)
        video_id = user.video()
        put(studio, video_id, VideoStatus(status))
        action, body = NAMED[operation]
        reply = user(action, id=video_id, **body)
        assert reply.get("code", reply.get("status")) == expected
    finally:
        studio.close()


def test_an_invalid_transition_has_its_code(tmp_path: Path) -> None:
    contract = {
        "ready_videos_editable": "false",
        "ready_edit_refusal": "INVALID_STATUS_TRANSITION",
    }
    studio = open_test_studio(tmp_path, contract=contract)
    user = caller(studio)
    video_id = user.video()
    put(studio, video_id, VideoStatus.READY)
    reply = user("video/update", id=video_id, scenes=[HELLO, HELLO])
    assert reply["code"] == ErrorCode.INVALID_STATUS_TRANSITION.value
    studio.close()
