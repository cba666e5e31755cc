"""A request that costs its sender nothing costs the studio little: CPU seconds, measured."""

from __future__ import annotations

import asyncio
import gzip
import json
import threading
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import av
import httpx
import numpy as np
import pytest
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from storyboard.studio.api import slow_calls
from storyboard.studio.api.authentication import Visit, asker_of
from storyboard.studio.api.avatar_api import HANDLERS
from storyboard.studio.api.bodies import MAX_JSON_BYTES
from storyboard.studio.api.hard_work import MAX_CALLS, MOST_CALLS, HardWork, Lane
from storyboard.studio.api.recent import Recent
from storyboard.studio.api.slow_calls import Asker, Threads
from storyboard.studio.api.video_actions import list_videos
from storyboard.studio.connection_limits import ConnectionLimits
from storyboard.studio.jobs.thumbnails import MAX_SIDE, Still, StillFit, thumbnail
from storyboard.studio.local import Studio
from storyboard.studio.records.blobs import Blob, Blobs
from storyboard.studio.records.session import Session, mint
from storyboard.studio.records.sql import sqlite_texts
from storyboard.studio.web.overview import MOST_BYTES
from storyboard.wire import Action
from tests.contract.studio_rig import Caller, caller, open_test_studio, write_movie
from tests.support.databases import ALONE_IN_SQLITE, run_sql
from tests.support.passing_time import soon

SECONDS = 2.0
"""Far above what each takes, on a slow machine, and far below what the worst of them took."""

VALUES = 0.15
"""The same, for a body of many values: some 0.02, and it took 0.3."""

GET = "/api_v3/service/session/action/get"
LIST = "/api_v3/service/media/action/list"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
PARTS = {"Content-Type": "multipart/form-data; boundary=x"}
ENTRIES = 2000


def full(piece: bytes) -> bytes:
    return (piece * (MAX_JSON_BYTES // len(piece) + 1))[:MAX_JSON_BYTES]


def nested(depth: int) -> bytes:
    return b'{"a":' + b"[" * depth + b"]" * depth + b"}"


PART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
ANONYMOUS: dict[str, tuple[str, dict[str, str], bytes]] = {
    **{
        f"form of {piece.decode()}": (GET, FORM, full(piece))
        for piece in (b"[", b"]", b"a[", b"a[b]", b"a:", b"a&", b"a=b&", b"%", b"%41", b"a[b][")
    },
    **{f"{depth} levels": (GET, JSON, nested(depth)) for depth in (500, 950, 100_000)},
    "a list": ("/api/v1/video/list", JSON, b'{"a":[' + b"1," * 500_000 + b"1]}"),
    "objects": ("/api/v1/video/list", JSON, b'{"a":[' + b"{}," * 340_000 + b"1]}"),
    "a long number": ("/api/v1/video/list", JSON, b'{"a":' + b"1" * 900_000 + b"}"),
    "many parts": (GET, PARTS, PART * 10_000 + b"--x--"),
    "many headers of a part": (GET, PARTS, b"--x\r\n" + b"a: b\r\n" * 100_000),
    "almost a boundary": (GET, PARTS, PART[:-3] + b"\r\n--" * 200_000),
    "a long type": (GET, {"Content-Type": "multipart/form-data" + '; a="' * 10_000}, b""),
    "a long session": (GET, {"Authorization": "Bearer " + "A" * 60_000}, b""),
    "a long bearer": (
        "/api/v1/video/list",
        {**JSON, "Authorization": "Bearer" + " " * 60_000},
        b"",
    ),
    "many ranges": ("/p/1/sp/1/raw/entry_id/x", {"Range": "bytes=" + "0-1," * 15_000}, b""),
    "a long path": ("/" + "a/" * 30_000, {}, b""),
    "a long path of a still": ("/p/1/thumbnail/entry_id/x/" + "a/" * 30_000, {}, b""),
}


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    studio = open_test_studio(tmp_path_factory.mktemp("cheap"))
    names = "id, partner_id, user_id, name, kind, blob, sha256, size, seconds, fps, width, height"
    with studio.workspace.store.write() as tx:
        for index in range(ENTRIES):
            run_sql(
                tx,
                f"INSERT INTO entries (seq, {names}, created_at, updated_at)"
                " VALUES (?, ?, ?, 'creator@example.com', ?, 'video', 'a/b.mp4', '',"
                " 1, 1, 25, 64, 36, 1, 1)",
                *(index, f"1_e{index:07d}", studio.partner_id, "x" * 200),
            )
    yield studio
    studio.close()


def measured(user: Caller, method: str, path: str, **options: Any) -> tuple[float, httpx.Response]:
    begun = time.process_time()
    response = user.send(method, path, **options)
    return time.process_time() - begun, response


@pytest.mark.parametrize("name", ANONYMOUS)
def test_what_nobody_sends_costs_little(studio: Studio, name: str) -> None:
    path, headers, content = ANONYMOUS[name]
    method = "GET" if path.startswith("/p/") else "POST"
    took, response = measured(Caller(studio, ""), method, path, headers=headers, content=content)
    assert response.status_code < 500
    assert took < SECONDS


@pytest.mark.parametrize("path", ["/api/v1/video/list", GET])
@pytest.mark.parametrize("value", [b"{}", b'{"a":0}', b"[]", b"0", b'"\\u00e9"'])
def test_a_body_of_many_values_is_refused_unread(studio: Studio, path: str, value: bytes) -> None:
    """A megabyte of `{"a":0}` took a third of a second, of the loop that answers everybody."""
    content = b'{"a":[' + full(value + b",")[:-20].rpartition(b",")[0] + b"]}"
    with soon(VALUES, time.process_time):
        response = Caller(studio, "").send("POST", path, headers=JSON, content=content)
    assert "values" in response.text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("idIn", "1_abc," * 150_000),
        ("statusIn", "2," * 400_000),
        ("nameLike", "x%" * 400_000),
        ("nameLike", "%" * 900_000),
        ("nameEqual", "x" * 900_000),
        ("userIdEqual", "x" * 900_000),
    ],
)
def test_a_filter_is_read_once_and_not_once_an_entry(studio: Studio, name: str, text: str) -> None:
    user = caller(studio)
    body = json.dumps({"format": "1", "ks": user.ks, "filter": {name: text}}).encode()
    took, response = measured(user, "POST", LIST, headers=JSON, content=body)
    assert response.json()["objectType"] == "KalturaMediaListResponse"
    assert took < SECONDS


def test_a_page_has_at_most_five_hundred(studio: Studio) -> None:
    user = caller(studio)
    told = user.service("media.list", ks=user.ks, **{"pager:pageSize": "999999999"})
    assert (len(told["objects"]), told["totalCount"]) == (500, ENTRIES)


def test_a_body_that_unfolds_is_not_unfolded(studio: Studio) -> None:
    bomb = gzip.compress(b" " * (64 << 20))
    user = caller(studio)
    for coding in ("gzip", "deflate", "br", "GZIP", "identity, gzip"):
        headers = {**JSON, "Content-Encoding": coding, "Authorization": f"Bearer {user.ks}"}
        response = user.send("POST", "/api/v1/video/list", content=bomb, headers=headers)
        assert response.status_code == 415
        assert "content-encoding" in response.text


LARGE = [{"layoutType": "full-screen", "narration": {"text": "\N{GRINNING FACE}" * 5000}}] * 12


def test_lists_that_nobody_reads_take_little_memory(studio: Studio) -> None:
    """One user's unread lists of large videos had the whole studio killed."""
    user = caller(studio, "hoarder")
    for _ in range(20):
        user.video(*LARGE)
    path = "/api/v1/video/list"
    body = json.dumps({"pager": {"limit": 500}}).encode()
    headers = {b"authorization": f"Bearer {user.ks}".encode(), b"host": b"127.0.0.1"}
    headers |= {b"content-type": b"application/json", b"content-length": b"%d" % len(body)}
    scope = {"type": "http", "method": "POST", "path": path, "raw_path": path.encode()}
    scope |= {"query_string": b"", "headers": list(headers.items()), "scheme": "http"}
    scope |= {"http_version": "1.1", "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80)}
    begun: list[Any] = []

    async def stuck(message: Any) -> None:
        if message["type"] == "http.response.body" and message["body"]:
            begun.append(message)
            await asyncio.Event().wait()

    async def ask() -> None:
        sent = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive() -> Any:
            return next(sent, None) or await asyncio.Event().wait()

        await studio.app(dict(scope), receive, stuck)

    async def unread() -> int:
        asks = [asyncio.ensure_future(ask()) for _ in range(20)]
        async with asyncio.timeout(60):
            while len(begun) < len(asks):
                await asyncio.sleep(0.02)
        held, _ = tracemalloc.get_traced_memory()
        for each in asks:
            each.cancel()
        await asyncio.gather(*asks, return_exceptions=True)
        return held

    tracemalloc.start()
    try:
        assert asyncio.run(unread()) < 20 << 20
    finally:
        tracemalloc.stop()


def test_files_that_nobody_reads_take_little_memory(tmp_path: Path) -> None:
    """Whoever knows the id of a film needs no session for it."""
    large = tmp_path / f"{'a' * 64}.mp4"
    large.write_bytes(b"x" * (8 << 20))
    blobs = Blobs(tmp_path / "w", tmp_path / "w" / "data")
    blobs.keep(large, Blob(f"aa/{large.name}", "a" * 64, 8 << 20))
    tracemalloc.start()
    try:
        unread = [blobs.read(f"aa/{large.name}", 0, 8 << 20) for _ in range(100)]
        assert {next(blocks)[:1] for blocks in unread} == {b"x"}
        assert tracemalloc.get_traced_memory()[0] < 40 << 20
        assert sum(map(len, blobs.read(f"aa/{large.name}", 5, 7_000_000))) == 7_000_000
    finally:
        tracemalloc.stop()


def test_a_large_list_has_all_of_its_videos_in_order(studio: Studio) -> None:
    user = caller(studio, "another")
    made = [user.video(*LARGE) for _ in range(3)] + [user.video() for _ in range(3)]
    made += [user.video(*LARGE)]
    for pager in ({"limit": 500}, {"limit": 5, "offset": 1}, {"limit": 1}):
        told = user("video/list", filter={"orderBy": "createdAt"}, pager=pager)
        start = pager.get("offset", 0)
        assert [video["id"] for video in told["objects"]] == made[start : start + pager["limit"]]
        assert told["totalCount"] == len(made)
        assert told["objects"] == [user("video/get", id=v["id"]) for v in told["objects"]]


@ALONE_IN_SQLITE
def test_no_list_reads_what_it_does_not_show(studio: Studio) -> None:
    """To order large videos by their change, or to list captions, read every text of a user."""
    indexes = {
        "videos.ids_by_updated_at_falling": "videos_of_owner_by_change",
        "videos.latest": "videos_by_change",
        "jobs.last_of_video": "jobs_by_video",
        "captions.of_entry": "COVERING INDEX captions_listed",
    }
    given = dict.fromkeys(("partner_id", "user_id", "limit", "offset", "video_id", "entry_id"), 1)
    with studio.workspace.store.read() as tx:
        for name, index in indexes.items():
            query = f"EXPLAIN QUERY PLAN {sqlite_texts()[name]}"
            plan = " ".join(str(tuple(row)) for row in tx.connection.execute(query, given))
            assert index in plan, name
            assert "ORDER BY" not in plan or "captions" in name, plan


def test_a_look_at_large_videos_is_bounded(tmp_path: Path) -> None:
    """The page asks each second, and got 48 MB of a user's 200 largest videos."""
    with open_test_studio(tmp_path / "w") as studio:
        user = caller(studio)
        small = user.video()
        large = [user.video(*LARGE) for _ in range(12)]
        user("video/update", id=small, name="last")
        seen = user.control("GET", "overview")
        assert [video["id"] for video in seen["videos"]][:2] == [small, large[-1]]
        assert 3 < len(seen["videos"]) < 9
        assert seen["videoCount"] == 13
        assert len(json.dumps(seen["videos"])) < 2 * MOST_BYTES


def test_a_still_is_made_once(studio: Studio) -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"x" * 400

    recent = Recent(largest=10_000)
    for name in ("a", "a", "a", "b"):
        assert recent.get(name, make) == b"x" * 400
    assert len(made) == 2
    for number in range(1000):
        recent.get(number, make)
    assert recent.get("a", make)
    assert len(made) == 1003
    assert len(recent._kept) <= 10


@pytest.mark.slow
def test_the_largest_still_costs_little(tmp_path_factory: pytest.TempPathFactory) -> None:
    film = write_movie(tmp_path_factory.mktemp("s") / "film.mp4", 2, 25, (1920, 1080))
    for fit in StillFit:
        begun = time.process_time()
        assert thumbnail(film, Still(1, 10**9, 10**9, fit))
        assert time.process_time() - begun < SECONDS
    assert MAX_SIDE >= 1920


def test_a_still_far_from_any_whole_picture_is_not_waited_for(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """A clip may be decodable from its start alone: a still of its end decoded all of it."""
    clip = tmp_path_factory.mktemp("s") / "clip.mp4"
    with av.open(str(clip), "w") as container:
        options = {"preset": "ultrafast", "g": "100000", "sc_threshold": "0"}
        stream = container.add_stream("libx264", rate=25, options=options)
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        for index in range(400):
            picture = np.full((36, 64, 3), index // 2, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    asked = 0

    def slow_clock() -> float:
        nonlocal asked
        asked += 1
        return asked / 50

    assert thumbnail(clip, Still(15), clock=lambda: 0.0) != thumbnail(clip, Still(15), slow_clock)
    assert 10 < asked < 100


def test_a_caller_s_stills_take_one_thread_and_another_s_are_not_behind_them() -> None:
    at_once, most, lock = [0], [0], threading.Lock()
    gate = threading.Event()

    def draw() -> str:
        with lock:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        gate.wait(60)
        with lock:
            at_once[0] -= 1
        return "done"

    async def go() -> None:
        hard = HardWork(2)
        waiting = [
            asyncio.create_task(hard.do("greedy", draw, at_once=1)) for _ in range(MAX_CALLS)
        ]
        async with asyncio.timeout(50):
            while not most[0]:
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        assert most == [1]
        with pytest.raises(HTTPException) as refused:
            await hard.do("greedy", draw)
        assert refused.value.status_code == 429
        assert refused.value.headers == {"retry-after": "1", "connection": "close"}
        assert await asyncio.wait_for(hard.do("modest", lambda: "seen"), 50) == "seen"
        gate.set()
        assert set(await asyncio.gather(*waiting)) == {"done"}
        assert hard.is_idle

    asyncio.run(go())


def test_callers_take_turns_piece_by_piece() -> None:
    """One user's long previews held up all others', and went on after their client was gone."""
    made: list[str] = []

    def pieces(name: str, count: int) -> Iterator[bytes]:
        for _ in range(count):
            time.sleep(0.005)
            made.append(name)
            yield b"x"

    async def drained(hard: HardWork, caller: str, count: int) -> int:
        return len([piece async for piece in hard.flow(caller, pieces(caller, count))])

    async def go() -> None:
        hard = HardWork(1)
        greedy = [asyncio.create_task(drained(hard, "greedy", 10)) for _ in range(20)]
        while not made:
            await asyncio.sleep(0)
        before = len(made)
        assert await drained(hard, "modest", 5) == 5
        assert made[before:].count("greedy") < 20
        for each in greedy:
            each.cancel()
        await asyncio.gather(*greedy, return_exceptions=True)
        assert hard.is_idle
        assert await drained(hard, "modest", 5) == 5

    asyncio.run(go())


def test_calls_of_one_user_keep_no_call_of_another_waiting(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Threads were given in the order of requests: whoever sent hundreds at once had all of them.

    And all connections too, which cannot make room while they wait for an answer.
    """
    gate, begun, most = threading.Event(), list[str](), slow_calls._CALLS_OF_ONE
    greedy, modest = caller(studio, "greedy"), caller(studio, "modest")
    video = modest.video()
    listed = list_videos

    def held(workspace: Any, session: Any, body: Any) -> Any:
        begun.append(session.user_id)
        if session.user_id == "greedy":
            gate.wait(60)
        return listed(workspace, session, body)

    async def go() -> None:
        transport = httpx.ASGITransport(studio.app)
        async with httpx.AsyncClient(transport=transport, base_url=f"{greedy.base}/") as client:

            def ask(user: Caller, action: str, body: Any) -> Any:
                headers = {"Authorization": f"Bearer {user.ks}"}
                return client.post(f"/api/v1/{action}", json=body, headers=headers)

            many = [asyncio.ensure_future(ask(greedy, "video/list", {})) for _ in range(most)]
            async with asyncio.timeout(50):
                while counted["greedy"] < most:
                    await asyncio.sleep(0.01)
                assert (await ask(modest, "video/list", {})).json()["totalCount"] == 1
                assert (await ask(modest, "video/get", {"id": video})).json()["id"] == video
                asked = await client.post(GET, json={"format": "1", "ks": modest.ks})
                assert asked.json()["userId"] == "modest"
            assert begun.count("greedy") < 32
            assert (await ask(greedy, "video/list", {})).status_code == 429
            gate.set()
            assert {reply.status_code for reply in await asyncio.gather(*many)} == {200}

    counted, refuse = Counter[str](), HardWork._refuse_too_many

    def count(work: HardWork, name: str) -> None:
        refuse(work, name)
        counted[name.rpartition(":")[2]] += 1

    monkeypatch.setattr(HardWork, "_refuse_too_many", count)
    monkeypatch.setitem(HANDLERS, Action.VIDEO_LIST, held)  # type: ignore[arg-type]
    try:
        asyncio.run(go())
    finally:
        gate.set()


def test_long_calls_of_many_callers_leave_half_of_the_threads_to_others() -> None:
    """Each caller has few of them, and any number of callers would have them all."""
    gate, begun, lock = threading.Event(), [0], threading.Lock()

    def long() -> None:
        with lock:
            begun[0] += 1
        gate.wait(60)

    async def go() -> None:
        hard = HardWork(4)
        many = [
            asyncio.create_task(hard.do(f"caller {number}", long, lane=Lane.LONG, size=50))
            for number in range(8)
        ]
        try:
            async with asyncio.timeout(50):
                while begun[0] < 2:
                    await asyncio.sleep(0.01)
            short = [hard.do(f"caller {number}", lambda: "done") for number in range(8)]
            assert set(await asyncio.wait_for(asyncio.gather(*short), 50)) == {"done"}
            assert begun == [2]
        finally:
            gate.set()
        await asyncio.gather(*many)
        assert begun == [8]
        assert hard.is_idle

    asyncio.run(go())


def test_a_call_larger_than_all_that_may_wait_is_refused_alone() -> None:
    """It left a line without anybody in it, and whoever looked who is next met that."""
    gate = threading.Event()

    async def go() -> None:
        hard = HardWork(2, waiting=10)
        first = asyncio.create_task(hard.do("a", lambda: gate.wait(60), at_once=1))
        await asyncio.sleep(0.05)
        large = asyncio.create_task(hard.do("a", lambda: True, at_once=1, size=11))
        await asyncio.sleep(0)
        try:
            assert await asyncio.wait_for(hard.do("b", lambda: "done"), 50) == "done"
        finally:
            gate.set()
        with pytest.raises(HTTPException):
            await asyncio.wait_for(large, 50)
        assert await first
        assert hard.is_idle

    asyncio.run(go())


def test_turns_come_to_any_number_of_loops() -> None:
    hard = HardWork(1)

    async def go() -> int:
        return len(
            await asyncio.gather(*(hard.do("a", lambda: time.sleep(0.001)) for _ in "12345"))
        )

    with ThreadPoolExecutor(8) as pool:
        made = [pool.submit(asyncio.run, go()) for _ in range(8)]
        assert [each.result(60) for each in made] == [5] * 8
    assert hard.is_idle


def test_strangers_shut_nobody_out_who_starts_a_session(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All programs of this machine have one address, and all widget sessions one user."""
    monkeypatch.setattr(slow_calls, "_STRANGERS_WAIT", 600.0)
    visit = Visit("/", "127.0.0.1")
    widget = caller(studio).service("session.startWidgetSession", widgetId=f"_{studio.partner_id}")
    user = asker_of(studio.workspace, caller(studio).ks, visit)
    assert user.is_user
    old = Session(studio.partner_id, "creator@example.com", 0, int(time.time()) - 1)
    for token in (None, "x", widget["ks"], mint(studio.admin_secret, old)):
        assert asker_of(studio.workspace, token, visit) == Asker("loopback", is_user=False)

    async def go() -> None:
        threads, gate = Threads(), threading.Event()
        stranger = Asker("loopback", is_user=False)
        calls = [
            asyncio.create_task(threads.call(stranger, lambda: gate.wait(60))) for _ in range(250)
        ]
        await asyncio.sleep(0.05)
        assert await asyncio.wait_for(threads.call(user, lambda: 1), 50) == 1
        gate.set()
        assert all(await asyncio.gather(*calls))

    asyncio.run(go())


def test_who_reads_waits_for_no_write_of_the_same_user(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Clients of one session are many: eight writes that waited kept all of its reads waiting."""
    user, begun = caller(studio), threading.Semaphore(0)
    video, update = user.video(name="kept"), HANDLERS[Action.VIDEO_UPDATE]

    def told(*given: Any) -> Any:
        begun.release()
        return update(*given)

    monkeypatch.setitem(HANDLERS, Action.VIDEO_UPDATE, told)  # type: ignore[arg-type]
    with ThreadPoolExecutor(10) as pool:
        with studio.workspace.store.write():
            writes = [pool.submit(user, "video/update", id=video, name=str(n)) for n in range(8)]
            assert begun.acquire(timeout=30)
            assert begun.acquire(timeout=30)
            time.sleep(0.2)  # all that may begin have begun
            read = pool.submit(user, "video/get", id=video).result(30)
            assert not any(each.done() for each in writes)
        assert read["name"] == "kept"
        assert {each.result(60)["id"] for each in writes} == {video}


def test_whole_files_of_one_user_leave_threads_to_others() -> None:
    """Sixteen uploads of one client had all eight threads, and nobody else's file came in."""

    async def go() -> None:
        with closing(Threads()) as threads:
            gate = threading.Event()
            hers = [
                asyncio.create_task(threads.handle_file("ana", lambda: gate.wait(60)))
                for _ in range(16)
            ]
            await asyncio.sleep(0.05)
            try:
                his = threads.handle_file("bo", lambda: 1)
                assert await asyncio.wait_for(his, 20) == 1
            finally:
                gate.set()
            assert all(await asyncio.gather(*hers))

    asyncio.run(go())


def test_work_of_whoever_is_gone_is_not_begun() -> None:
    async def is_gone() -> bool:
        return True

    async def go() -> None:
        hard, made = HardWork(1), list[int]()
        with pytest.raises(ClientDisconnect):
            await hard.do("a", lambda: made.append(1), is_gone)
        assert not made
        assert hard.is_idle

    asyncio.run(go())


def test_many_callers_leave_connections_for_others() -> None:
    """A call that is worked at keeps its connection, whoever else has no room."""
    gate = threading.Event()

    async def go() -> None:
        hard = HardWork(1)
        first = [asyncio.create_task(hard.do("a", lambda: gate.wait(60))) for _ in range(MAX_CALLS)]
        count = MOST_CALLS - MAX_CALLS
        more = [asyncio.create_task(hard.do("b", lambda: gate.wait(60))) for _ in range(count)]
        await asyncio.sleep(0.05)
        assert Threads().most < ConnectionLimits().of_an_address - 20
        third = [asyncio.create_task(hard.do("c", lambda: gate.wait(60))) for _ in range(9)]
        refused = [each for each in await asyncio.wait_for(answered(third, 5), 50) if each]
        assert [cause.status_code for cause in refused] == [429] * 5
        gate.set()
        await asyncio.gather(*first, *more)

    async def answered(tasks: list[Any], count: int) -> list[Any]:
        done, later = set(), set(tasks)
        while len(done) < count:
            some, later = await asyncio.wait(later, return_when=asyncio.FIRST_COMPLETED)
            done |= some
        gate.set()
        return [each.exception() for each in done] + [None for _ in await asyncio.gather(*later)]

    try:
        asyncio.run(go())
    finally:
        gate.set()


def test_a_body_that_is_too_large_is_not_kept(studio: Studio) -> None:
    async def blocks() -> Any:
        for _ in range(64):
            yield b" " * (1 << 20)

    tracemalloc.start()
    response = Caller(studio, "").send("POST", GET, content=blocks(), headers=FORM)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert response.status_code == 413
    assert peak < 16 << 20
