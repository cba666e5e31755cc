"""Holding, stepping, resetting and the journal: what tests and people drive the studio by."""

from __future__ import annotations

import json
import shlex
import time

import pytest

from storyboard.studio.local import Studio
from storyboard.studio.records.journal import Api, Call, Journal
from tests.contract.studio_rig import HELLO, Caller, caller


def test_a_held_film_waits(user: Caller) -> None:
    user.control("POST", "hold")
    video_id = user.video()
    user("video/generate", id=video_id)
    time.sleep(0.8)
    assert user.control("GET", "progress")["objects"][0]["state"] == "queued"
    user.control("DELETE", "hold")
    user.wait(video_id, "ready")


def test_a_video_is_led_by_hand(user: Caller) -> None:
    user.control("POST", "hold")
    video_id = user.video()
    path = f"videos/{video_id}/status"
    refused = user.control("POST", path, json={"status": "generate-error"})
    assert refused["code"] == "INVALID_STATUS_TRANSITION"
    user("video/generate", id=video_id)
    body = {"status": "generate-error", "reason": "the power went"}
    assert user.control("POST", path, json=body)["status"] == "generate-error"
    assert user("video/get", id=video_id)["status"] == "generate-error"
    assert user.control("GET", f"videos/{video_id}")["reason"] == "the power went"
    assert user.control("GET", "progress")["objects"] == []
    user("video/resetStatus", id=video_id)
    user.control("DELETE", "hold")
    user("video/generate", id=video_id)
    user.wait(video_id, "ready")


@pytest.mark.parametrize("status", ["ready", "draft", "gone"])
def test_no_hand_makes_a_film(user: Caller, status: str) -> None:
    user.control("POST", "hold")
    video_id = user.video()
    user("video/generate", id=video_id)
    reply = user.control("POST", f"videos/{video_id}/status", json={"status": status})
    assert reply["code"] in ("INVALID_STATUS_TRANSITION", "VALIDATION_ERROR")
    assert user("video/get", id=video_id)["status"] == "generating"


def test_a_reset_forgets_all_but_who_one_is(studio: Studio, user: Caller) -> None:
    user.video()
    user.control("POST", "faults", json={"kind": "empty"})
    user.control("POST", "reset")
    assert user("video/list")["totalCount"] == 0
    assert user.control("GET", "media")["objects"] == []
    assert caller(studio)("video/list")["totalCount"] == 0


def test_the_journal_tells_what_was_called_and_no_secret(studio: Studio, user: Caller) -> None:
    video_id = user.video({**HELLO, "narration": {"text": "It's 'quoted'."}})
    user("video/get", id="0" * 24)
    calls = user.control("GET", "journal")["objects"]
    assert [call["action"] for call in calls[-3:]] == ["avatar/upsert", "video/add", "video/get"]
    assert calls[-1]["code"] == "VIDEO_NOT_FOUND"
    assert calls[-2]["body"]["scenes"][0]["narration"]["text"] == "It's 'quoted'."
    assert "curl -s -X POST" in calls[-2]["curl"]
    for secret in (user.ks, studio.admin_secret):
        assert secret not in str(calls)
    assert user("video/get", id=video_id)["status"] == "draft"


def test_the_journal_keeps_what_no_text_can() -> None:
    journal = Journal()
    journal.note(Call(0.0, "video/\ud800", {"id": "\ud800 😀"}, 200, None, 0.1, file="\udcff.mp4"))
    journal.note(Call(0.0, "media/get", {"x": float("nan")}, 200, None, 0.1, api=Api.SERVICES))
    first, second = journal.calls()
    assert (first.action, first.body, first.file) == ("video/?", {"id": "? 😀"}, "?.mp4")
    assert second.body == {}
    json.dumps([call.curl for call in journal.calls()], ensure_ascii=False).encode()


def test_a_store_that_fails_is_an_answer_and_no_crash(studio: Studio, user: Caller) -> None:
    with studio.workspace.store.write() as tx:
        tx.execute("ALTER TABLE videos RENAME TO lost")
    response = user.raw("video/list")
    assert (response.status_code, response.json()["code"]) == (500, "INTERNAL_SERVER_ERROR")
    with studio.workspace.store.write() as tx:
        tx.execute("ALTER TABLE lost RENAME TO videos")
    assert user("video/list")["totalCount"] == 0


def test_a_copied_call_runs_nothing_that_its_sender_wrote() -> None:
    action = 'video/$(touch x)`id`"; rm -r ~ #'
    call = Call(at=0.0, action=action, body={"a": "'$(id)"}, status=200, code=None, took=0.1)
    words = shlex.split(call.curl)
    assert words[4].startswith("$KALTURA_VOD_AVATAR_URL/video/")
    assert not set('$`"; ()') & set(words[4].removeprefix("$KALTURA_VOD_AVATAR_URL"))
    assert json.loads(words[-1]) == call.body
