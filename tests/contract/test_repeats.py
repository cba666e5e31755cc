"""What a browser sends twice by itself is done once, by the mark of the request."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response

from storyboard.studio.api.repeats import KEPT_SECONDS, MARK, Repeats
from storyboard.studio.local import Studio
from tests.contract.studio_rig import HELLO, Caller, caller, write_movie

MARKED = {MARK: "of-one-press"}


def add(user: Caller, name: str = "Overview", mark: str = "of-one-press") -> dict[str, Any]:
    body = {"name": name, "avatarId": user.avatar(), "scenes": [HELLO]}
    return dict(user.raw("video/add", body, headers={MARK: mark}).json())


def test_the_same_request_again_gets_the_same_answer(user: Caller) -> None:
    assert add(user) == add(user)
    assert user("video/list")["totalCount"] == 1


def test_another_mark_name_or_sender_is_another_request(studio: Studio, user: Caller) -> None:
    other = caller(studio, "another@example.com")
    made = [add(user), add(user, mark="of-another"), add(user, "Another"), add(other)]
    assert len({video["id"] for video in made}) == 4
    assert other("video/list")["totalCount"] == 1


def test_a_film_is_begun_once_and_both_are_told_so(user: Caller) -> None:
    video = user.video()
    user.control("POST", "hold")
    told = [user.raw("video/generate", {"id": video}, headers=MARKED).json() for _ in range(2)]
    assert [each["status"] for each in told] == ["generating", "generating"]
    assert user("video/generate", id=video)["code"] == "VIDEO_IS_BEING_GENERATED"


def test_a_refusal_is_no_answer_to_what_comes_later(user: Caller) -> None:
    video = user.video({"layoutType": "full-screen"})
    body = {"id": video, "sceneId": 0}
    refused = user.raw("video/previewAudio", body, headers=MARKED).json()
    assert refused["code"] == "SCENE_EMPTY_NARRATION"
    user("video/update", id=video, scenes=[HELLO])
    assert user.raw("video/previewAudio", body, headers=MARKED).content.startswith(b"ID3")


def test_an_entry_is_added_once(user: Caller) -> None:
    body = {"ks": user.ks, "format": 1, "entry": {"name": "Clip", "mediaType": 1}}
    path = "/api_v3/service/media/action/add"
    first, second = (user.send("POST", path, json=body, headers=MARKED).json() for _ in range(2))
    assert first["id"] == second["id"]
    assert user.send("POST", path, json=body).json()["id"] != first["id"]


def test_a_session_that_has_ended_gets_no_answer_of_before(user: Caller) -> None:
    body = {"ks": user.ks, "format": 1, "entry": {"name": "Clip", "mediaType": 1}}
    path = "/api_v3/service/media/action/add"
    again = {"name": "Overview", "avatarId": user.avatar(), "scenes": [HELLO]}
    first, second = (user.raw("video/add", again, headers=MARKED).json() for _ in range(2))
    assert first["id"] == second["id"]
    assert user.send("POST", path, json=body, headers=MARKED).json()["id"]
    user.service("session.end", ks=user.ks)
    refused = user.send("POST", path, json=body, headers=MARKED).json()
    assert refused["code"] == "INVALID_KS"
    assert user.raw("video/add", again, headers=MARKED).json()["code"] == "INVALID_KS"


def test_two_at_the_same_moment_are_one(studio: Studio, user: Caller) -> None:
    body = {"name": "Overview", "avatarId": user.avatar(), "scenes": [HELLO]}
    headers = {"Authorization": f"Bearer {user.ks}", **MARKED}

    async def both() -> list[httpx.Response]:
        transport = httpx.ASGITransport(studio.app)
        async with httpx.AsyncClient(transport=transport, base_url=user.base) as client:
            asked = [client.post("/api/v1/video/add", json=body, headers=headers) for _ in "ab"]
            return await asyncio.gather(*asked)

    first, second = asyncio.run(both())
    assert first.json() == second.json()
    assert user("video/list")["totalCount"] == 1


def test_a_reset_forgets_what_was_answered(user: Caller) -> None:
    first = add(user)
    user.control("POST", "reset")
    assert add(user)["id"] != first["id"]


def test_a_refusal_of_a_service_is_no_answer_either(user: Caller, tmp_path: Path) -> None:
    path = "/api_v3/service/media/action/get"
    body = {"ks": user.ks, "format": 1, "entryId": "1_clip"}

    def asked() -> dict[str, Any]:
        return dict(user.send("POST", path, json=body, headers=MARKED).json())

    assert asked()["code"] == "ENTRY_ID_NOT_FOUND"
    user.studio.add_media(write_movie(tmp_path / "clip.mp4", 1), "1_clip")
    assert asked()["id"] == "1_clip"


def test_whoever_has_no_session_takes_no_room(user: Caller) -> None:
    """Anybody may ask for a session of a widget; many would push out what others may send again."""
    path = "/api_v3/service/session/action/startWidgetSession"
    body = {"format": 1, "widgetId": f"_{user.studio.partner_id}"}
    first, second = (user.send("POST", path, json=body, headers=MARKED).json() for _ in range(2))
    assert first["ks"] != second["ks"]


def marked(mark: bytes) -> Request:
    """Return a write with a mark."""
    headers = [(MARK.encode(), mark)]
    return Request({"type": "http", "path": "/api/v1/video/add", "headers": headers})


@pytest.mark.slow
def test_small_answers_are_bounded_too() -> None:
    """Of answers without a body, too, each has a key and headers."""
    made: list[int] = []
    repeats = Repeats(lambda: 0.0)

    async def answer() -> Response:
        made.append(len(made))
        return Response(b"")

    async def all_of(*marks: int) -> None:
        for mark in marks:
            await repeats.once(marked(b"%d" % mark), "ks", {}, answer, object)

    asyncio.run(all_of(*range(20_000), 19_999, 0))
    assert len(made) == 20_001, "the newest is known, the oldest is not"


def test_an_answer_that_is_too_large_takes_no_others_place() -> None:
    made: list[bytes] = []
    repeats = Repeats(lambda: 0.0)

    async def ask(mark: bytes, size: int) -> None:
        async def answer() -> Response:
            made.append(mark)
            return Response(b"x" * size)

        await repeats.once(marked(mark), "ks", {}, answer, object)

    async def all_of() -> None:
        for mark, size in ((b"small", 1), (b"large", 9 << 20), (b"small", 1)):
            await ask(mark, size)

    asyncio.run(all_of())
    assert made == [b"small", b"large"]


@pytest.mark.parametrize(("later", "times"), [(KEPT_SECONDS - 1, 1), (KEPT_SECONDS + 1, 2)])
def test_an_answer_is_kept_for_a_minute(later: float, times: int) -> None:
    clock, made = [0.0], []
    repeats = Repeats(lambda: clock[0])

    async def answer() -> Response:
        made.append(len(made))
        return Response(f"{len(made)}".encode())

    async def ask() -> bytes:
        return bytes((await repeats.once(marked(b"m"), "ks", {}, answer, object)).body)

    first = asyncio.run(ask())
    clock[0] = later
    again = asyncio.run(ask())
    assert (len(made), again == first) == (times, times == 1)
