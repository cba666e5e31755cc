"""A studio that is about to end begins nothing, and goes on to show what it has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from storyboard.studio.behavior.rights import API, GROWING, SERVICES, WORK
from storyboard.studio.jobs import presence
from storyboard.studio.local import Studio
from storyboard.studio.records import live_workers, queue
from tests.contract.studio_rig import Caller, open_test_studio
from tests.support.passing_time import eventually

CALLS = sorted(row for row in WORK if row.startswith((API, SERVICES)))
KINDS = set(queue.KINDS)
WORD = "this studio is about to end and takes no more work"


def asked(user: Caller, row: str) -> Any:
    if row.startswith(API):
        return user.raw(row.removeprefix(API))
    service, action = row.removeprefix(SERVICES).split("/")
    path = f"/api_v3/service/{service}/action/{action}"
    return user.send("POST", path, data={"format": "1", "ks": user.ks})


def test_all_that_would_begin_something_comes_again(studio: Studio, user: Caller) -> None:
    video = user.video()
    studio.workspace.draining.begin()
    assert len(CALLS) > 10
    assert GROWING < WORK
    for row in CALLS:
        told = asked(user, row)
        assert (told.status_code, told.headers["retry-after"]) == (503, "5"), row
        assert told.json()["code"] == "SERVICE_UNAVAILABLE"
        assert WORD in told.json()["message"]
    admin = {"Authorization": f"Bearer {studio.admin_session()}"}
    for path in ("media", "media/1_abcd1234/captions"):
        assert user.send("POST", f"/__studio/{path}", headers=admin).status_code == 503
    assert user.send("GET", "/__studio/media", headers=admin).status_code == 200
    assert user("video/get", id=video)["id"] == video
    assert user("video/list")["totalCount"] == 1
    assert user("video/delete", id=video) is None
    assert user.service("media.list", ks=user.ks)["totalCount"] == 0
    assert user.send("GET", "/healthz").status_code == 200
    told = user.send("GET", "/readyz")
    assert (told.status_code, told.json()["reasons"]) == (503, ["draining"])


def test_one_of_several_calls_that_would_begin_something_refuses_all(
    studio: Studio, user: Caller
) -> None:
    """Nothing of them is done: they come again together."""
    several = {"1:service": "media", "1:action": "list"}
    studio.workspace.draining.begin()
    calls = several | {"2:service": "uploadToken", "2:action": "add"}
    form = {"format": "1", "ks": user.ks}
    path = "/api_v3/service/multirequest"
    assert user.send("POST", path, data=form | calls).status_code == 503
    assert user.send("POST", path, data=form | several).status_code == 200


def test_a_large_file_is_refused_before_it_is_read(studio: Studio, user: Caller) -> None:
    studio.workspace.draining.begin()
    read = list[int]()

    async def body() -> Any:
        for number in range(4):
            read.append(number)
            yield b"x" * 1000

    path = "/api_v3/service/uploadToken/action/upload"
    headers = {"content-type": "multipart/form-data; boundary=x"}
    assert user.send("POST", path, content=body(), headers=headers).status_code == 503
    assert read == []


def test_threads_that_look_for_a_job_are_given_none(studio: Studio) -> None:
    draining = studio.workspace.draining
    with draining.turn() as may:
        assert may
    draining.begin()
    with draining.turn() as may:
        assert not may
        eventually(lambda: draining.in_hand == 0)  # a thread of the studio had its turn, too


def test_others_learn_that_it_makes_nothing_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who asked for a film was told that one process more may make it."""
    monkeypatch.setattr(presence, "_PAUSE", 0.02)
    with open_test_studio(tmp_path / "w", workers=1) as studio:

        def said() -> set[str]:
            with studio.workspace.store.read() as tx:
                return {each.kind for makes in live_workers.alive(tx).values() for each in makes}

        assert said() > KINDS
        studio.workspace.draining.begin()
        eventually(lambda: not said() & KINDS)
        assert live_workers.ROLE in said(), "it lives, and has what it has until its end"
