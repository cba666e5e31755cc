"""A reply of a wrong shape ends in words, at the boundary, for every call of the client."""

from __future__ import annotations

import asyncio
import json
import tracemalloc
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from storyboard.caption_files import Cue
from storyboard.errors import (
    ApiError,
    CredentialsError,
    ExitCode,
    StudioError,
    UnknownOutcomeError,
    UnreachableError,
)
from storyboard.kaltura.captions import RemoteCaptions
from storyboard.kaltura.client import StudioClient
from storyboard.kaltura.control import ControlPlane
from storyboard.kaltura.credentials import GivenSession, SecretLogin
from storyboard.kaltura.objects import RemoteEntry, RemoteVideo
from storyboard.kaltura.replies import Foreign
from storyboard.kaltura.secrets import Secret
from storyboard.kaltura.transport import Transport
from tests.support.wire_server import Answer, wire_server
from tests.unit.test_kaltura_client import ACTIONS, KS, LOGINS, ONCE, VIDEO, call

CALLS: dict[str, Callable[[StudioClient], Awaitable[Any]]] = {
    **{name: act for name, act in ACTIONS.items() if name != "delete"},
    **ONCE,
    "templates": lambda c: c.list_templates(),
    "avatar": lambda c: c.get_avatar("v1"),
    "entry": lambda c: c.get_entry("v1"),
    "captions": lambda c: c.list_captions(("v1",)),
}
NO_OBJECTS: dict[str, Any] = {
    "a text": "v1",
    "a number": 7,
    "a list": [VIDEO],
    "null": None,
    "nothing": {},
    "no id": {"name": "Q1"},
    "null for an id": {"id": None},
    "an object for an id": {"id": {"x": 1}},
    "a path for an id": {"id": "../../etc/passwd"},
    "dots for an id": {"id": ".."},
    "an escape for an id": {"id": "\x1b[2Jv1"},
    "a thousand characters for an id": {"id": "v" * 1000},
    "a truth for an id": {"id": True},
    "objects that are null": {"objects": None},
    "objects in an object": {"objects": {"0": VIDEO}},
    "objects that are texts": {"objects": ["v1"]},
    "objects without an id": {"objects": [{}]},
}


def assert_no_answers(name: str, bodies: Iterable[Any]) -> None:
    """Answer a call with each body in turn, as often as it is asked: no client is made anew."""
    expected = UnknownOutcomeError if name in ONCE else UnreachableError
    bodies = list(bodies)
    times = 1 if name in ONCE else 4

    async def fail(client: StudioClient) -> None:
        for body in bodies:
            with pytest.raises(expected) as told:
                await CALLS[name](client)
            assert told.value.message, body

    with wire_server(*(Answer(body) for body in bodies for _ in range(times))) as server:
        call(server, fail)
    assert len(server.requests) == times * len(bodies)


@pytest.mark.parametrize("name", CALLS)
def test_what_is_no_object_is_no_answer(name: str) -> None:
    assert_no_answers(name, NO_OBJECTS.values())


@pytest.mark.parametrize("name", ["get", "update", "reset", "generate", "compose", "entry"])
def test_an_answer_about_another_object_is_none(name: str) -> None:
    other = Answer({**VIDEO, "id": "v2"})
    with wire_server(other) as server, pytest.raises(StudioError, match="asked for 'v1'"):
        call(server, CALLS[name])


@pytest.mark.parametrize("body", ["yes", [1], 0, False], ids=str)
def test_a_deletion_has_an_answer_that_can_be_one(body: Any) -> None:
    with wire_server(Answer(body)) as server, pytest.raises(UnreachableError):
        call(server, lambda c: c.delete_video("v1"))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 304])
def test_a_redirected_deletion_is_not_done(status: int) -> None:
    gone = Answer(raw=b"", status=status, headers={"location": "https://elsewhere.example"})
    with wire_server(gone) as server, pytest.raises(UnreachableError):
        call(server, lambda c: c.delete_video("v1"))


ASSET = RemoteCaptions("c1", "e1", "en", ".vtt", is_default=False)


@pytest.mark.parametrize(
    "body",
    [
        "no JSON",
        7,
        {"objects": [{"startTime": "soon"}]},
        {"objects": [{"startTime": 1, "endTime": 2, "content": "text"}]},
        {"objects": [{"startTime": 1, "endTime": 2, "content": [{"text": {}}]}]},
    ],
    ids=str,
)
def test_captions_of_another_form_are_no_answer(body: Any) -> None:
    with wire_server(*[Answer(body)] * 4) as server, pytest.raises(UnreachableError):
        call(server, lambda c: c.get_captions(ASSET))


def test_captions_are_read_as_an_object_or_as_a_text_that_holds_it() -> None:
    late = {"startTime": 2000, "endTime": 2500, "content": [{"text": "b &lt;"}, {"text": "c"}]}
    cues = {
        "objects": [
            late,
            {"startTime": "0", "endTime": 900, "content": [{"text": "<i>a</i>\n"}]},
            {"startTime": 5, "endTime": 5, "content": [{"text": "no time"}]},
            {"startTime": 5, "endTime": 6, "content": None},
        ]
    }
    for body in (cues, json.dumps(cues)):
        with wire_server(Answer(body)) as server:
            found = call(server, lambda c: c.get_captions(ASSET))
        assert found == (Cue(0.0, 0.9, "a"), Cue(2.0, 2.5, "b <\nc"))


def test_captions_are_asked_for_page_by_page_and_are_of_the_entries_asked_for() -> None:
    def asset(number: int, entry: str = "e1", **fields: Any) -> dict[str, Any]:
        told = {"id": f"c{number}", "entryId": entry, "status": 2, "format": 3, "isDefault": "1"}
        return {**told, "languageCode": "EN", **fields}

    first = [asset(number) for number in range(499)] + [asset(499, "another")]
    second = [asset(500), asset(501, status=0)]
    with wire_server(Answer({"objects": first}), Answer({"objects": second})) as server:
        found = call(server, lambda c: c.list_captions(("e1",)))
    assert [each.id for each in found] == [f"c{number}" for number in (*range(499), 500)]
    assert found[0] == RemoteCaptions("c0", "e1", "en", ".vtt", is_default=True)


CHECKS: list[Any] = [{"name": "profile", "valid": True}, {"id": 7, "message": "no"}]


@pytest.mark.parametrize(
    "body", [CHECKS, {"results": CHECKS}, {"checks": CHECKS}, {"objects": CHECKS}], ids=str
)
def test_the_checks_of_an_account_are_a_list_or_in_an_object(body: Any) -> None:
    with wire_server(Answer(body)) as server:
        found = call(server, lambda c: c.check_configuration())
    assert [(each.name, each.valid, each.said) for each in found] == [
        ("profile", True, ""),
        ("7", False, "no"),
    ]


NO_CHECKS = [
    *(5, True, "yes", [1], [[2]]),
    *({"results": told} for told in (5, True, False, "yes", {"a": 1}, [1])),
    *([{"name": told}] for told in ({"a": 1}, ["a"], True)),
    *([{"name": "a", "message": told}] for told in ({"a": 1}, ["a"], True)),
]


@pytest.mark.parametrize("body", NO_CHECKS, ids=str)
def test_what_are_no_checks_is_no_answer(body: Any) -> None:
    with wire_server(Answer(body)) as server, pytest.raises(UnreachableError):
        call(server, lambda c: c.check_configuration())


PAGE = b"<html><head><title>404 Not Found</title></head></html>"
NO_SUCH_PATH = {"objectType": "KalturaAPIException", "code": "UNKNOWN_ACTION", "message": "no"}


@pytest.mark.parametrize(("status", "is_hinted"), [(404, True), (200, False)])
def test_an_address_that_is_none_is_said_to_be_one(status: int, is_hinted: bool) -> None:
    """A studio tells of a wrong path in words of the API, of which none names the address."""
    with wire_server(Answer(NO_SUCH_PATH, status)) as server, pytest.raises(ApiError) as refused:
        call(server, lambda c: c.get_video("v1"))
    assert ("KALTURA_VOD_AVATAR_URL" in (refused.value.hint or "")) is is_hinted


UNTOLD: dict[str, tuple[Answer, str]] = {
    "a page": (
        Answer(raw=PAGE, status=404, headers={"content-type": "text/html"}),
        "HTTP_404: video/update: the answer is text/html, '<html>",
    ),
    "an empty refusal": (
        Answer(raw=b"", status=418, headers={"content-type": "text/plain"}),
        "HTTP_418: video/update: the answer is text/plain, empty",
    ),
    "other JSON": (
        Answer({"detail": ["no"]}, 404),
        'HTTP_404: video/update: the answer is application/json, \'{"detail"',
    ),
    "no words": (
        Answer({"code": "", "message": ""}),
        "UNKNOWN: video/update: the studio gave no reason",
    ),
    "a code without words": (
        Answer({"code": "QUOTA", "message": None}),
        "QUOTA: the studio gave no reason",
    ),
    "an object for words": (
        Answer({"code": {"a": 1}, "message": {"b": [1]}}),
        "UNKNOWN: video/update: the studio gave no reason",
    ),
    "words in lines": (
        Answer({"code": "A\nhint", "message": "b\n\nhint: c"}),
        "A hint: b hint: c",
    ),
}


@pytest.mark.parametrize(("answer", "said"), UNTOLD.values(), ids=UNTOLD)
def test_a_refusal_names_its_action_and_a_next_step(answer: Answer, said: str) -> None:
    with wire_server(answer) as server, pytest.raises(ApiError) as told:
        call(server, CALLS["update"])
    assert told.value.message.startswith(said)
    assert told.value.hint
    assert isinstance(told.value, Foreign) == said.startswith("HTTP_")


@pytest.mark.parametrize("body", [{}, [], 5, {"ks": None}, {"ks": "two words"}], ids=str)
def test_a_service_that_gives_no_session_is_named(body: Any) -> None:
    login = SecretLogin(1, Secret("s"), "me")
    with wire_server(Answer(body)) as server, pytest.raises(StudioError) as told:
        call(server, CALLS["get"], login)
    assert told.value.message.startswith("session/start ")
    assert told.value.exit_code is ExitCode.FAILURE  # other credentials would mend nothing
    assert "KALTURA_SERVICE_URL" in str(told.value.hint)


WRONG_FIELDS: list[dict[str, Any]] = [
    {"status": "sleeping"},
    {"status": None},
    {"status": {"x": 1}},
    {"name": {"x": 1}},
    {"name": ["Q1"]},
    {"avatarId": "a/b"},
    {"avatarId": []},
    {"entryId": "https://x"},
    {"scenes": {"0": {}}},
    {"scenes": ["hello"]},
    {"scenes": [{}] * 1001},
    {"scenes": [{"narration": "hello"}]},
    {"scenes": [{"narration": {"text": {"en": "hello"}}}]},
    {"scenes": [{"narration": {"avatarId": {}}}]},
    {"scenes": [{"broll": [1]}]},
    {"scenes": [{"broll": {"entryId": 1e300}}]},
    {"scenes": [{"broll": {"startTime": "soon"}}]},
    {"scenes": [{"broll": {"startTime": True}}]},
    {"scenes": [{"broll": {"startTime": 10**30}}]},
    {"scenes": [{"layoutType": {}}]},
    {"composeParams": [1]},
    {"createdAt": {}},
]


@pytest.mark.parametrize("name", ["get", "update", "add"])
def test_a_field_of_a_wrong_type_is_no_video(name: str) -> None:
    assert_no_answers(name, ({**VIDEO, **fields} for fields in WRONG_FIELDS))


def test_numbers_may_be_texts_and_texts_numbers() -> None:
    scenes = [{"broll": {"entryId": "1_b", "startTime": "3.5"}, "narration": None}]
    video = RemoteVideo.parse({**VIDEO, "id": 7, "name": 12, "scenes": scenes, "entryId": None})
    assert (video.id, video.name, video.scenes[0]["broll"]["startTime"]) == ("7", "12", 3.5)
    entry = RemoteEntry.parse({"id": "1_a", "msDuration": "12500", "status": "2"})
    assert (entry.duration, entry.status) == (12.5, 2)
    assert RemoteEntry.parse({"id": "1_a", "msDuration": None, "duration": 3}).duration == 3.0


def test_a_length_is_a_number() -> None:
    lengths = ["long", -1, 10**30, True, [], {"x": 1}, "1e9", "9" * 40]
    assert_no_answers("entry", ({"id": "v1", "msDuration": length} for length in lengths))


def test_a_count_is_a_number() -> None:
    totals = ["many", [], {}, -1, 10**30, True]
    assert_no_answers("list", ({"objects": [VIDEO], "totalCount": total} for total in totals))


@pytest.mark.parametrize("total", [None, "missing"])
def test_a_list_without_a_count_is_read_to_its_end(total: Any) -> None:
    count = {} if total == "missing" else {"totalCount": total}
    first = [{**VIDEO, "id": f"v{i}"} for i in range(100)]
    with wire_server(
        Answer({"objects": first, **count}), Answer({"objects": [VIDEO | {"id": "w"}], **count})
    ) as server:
        assert len(call(server, CALLS["list"])) == 101


def test_a_list_that_counts_fewer_than_it_has_is_refused() -> None:
    page = [{**VIDEO, "id": f"v{i}"} for i in range(100)]
    with (
        wire_server(Answer({"objects": page, "totalCount": 3})) as server,
        pytest.raises(StudioError, match="lists 100 videos and counts fewer"),
    ):
        call(server, CALLS["list"])


def test_a_list_that_says_the_same_for_ever_ends() -> None:
    page = Answer({"objects": [VIDEO], "totalCount": 10**9})
    with wire_server(page) as server:
        assert len(call(server, CALLS["list"])) == 1
    assert len(server.requests) <= 6


def test_a_list_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storyboard.kaltura.pages._MOST_PAGES", 5)
    pages = [Answer({"objects": [VIDEO | {"id": f"v{i}"}], "totalCount": i + 9}) for i in range(99)]
    with wire_server(*pages) as server, pytest.raises(StudioError, match="has no end"):
        call(server, CALLS["list"])


def test_a_list_that_fills_memory_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storyboard.kaltura.pages._MOST_SIZE", 1 << 20)
    fat = {"composeParams": {"x": [[]] * 5_000}}
    pages = [Answer({"objects": [{**VIDEO, "id": f"v{i}", **fat}]}) for i in range(99)]
    for page in pages:
        page.body["totalCount"] = 99
    with wire_server(*pages) as server, pytest.raises(StudioError, match="larger than 1 MiB"):
        call(server, CALLS["list"])
    assert len(server.requests) < 9


def test_a_crowd_of_values_is_no_reply() -> None:
    """A packed reply of 31 kB was ten million empty objects, which took a gigabyte."""
    raw = b'{"objects":[' + b"{}," * 600_000 + b"{}]}"
    tracemalloc.start()
    try:
        with (
            wire_server(Answer(raw=raw)) as server,
            pytest.raises(UnknownOutcomeError, match="more than 500,000 values"),
        ):
            call(server, CALLS["generate"])  # which is sent once
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 10 * len(raw)


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "n" * 2_001},
        {"createdAt": "n" * 100_001},
        {"scenes": [{"narration": {"text": "n" * 100_001}}]},
    ],
    ids=["a name", "a time", "a narration"],
)
def test_a_text_that_is_too_long_is_no_answer(fields: dict[str, Any]) -> None:
    assert_no_answers("get", [{**VIDEO, **fields}])


def test_a_page_of_more_than_ten_thousand_is_refused() -> None:
    body = b'{"totalCount": 10001, "objects": [' + b'{"id":1},' * 10_000 + b'{"id":1}]}'
    with (
        wire_server(Answer(raw=body)) as server,
        pytest.raises(UnreachableError, match="more than 10,000 objects"),
    ):
        call(server, CALLS["list"])


@pytest.mark.parametrize("told", ["²", "-5", "1e9", "9" * 400, "Mon, 01 Jan 99999999999 00:00:00"])
def test_a_wait_of_nonsense_is_none(told: str) -> None:
    waits: list[float] = []
    later = Answer("later", 429, {"retry-after": told.encode().decode("latin-1")})
    with wire_server(later, Answer(VIDEO)) as server:
        call(server, CALLS["get"], KS, waits)
    assert len(waits) == 1
    assert waits[0] <= 60


@pytest.mark.parametrize(
    "sent",
    [b"<html>log in</html>", b'["no audio"]', b"\x89PNG\r\n\x1a\n"],
    ids=["page", "json", "picture"],
)
def test_what_is_no_sound_is_not_passed_on(sent: bytes) -> None:
    with (
        wire_server(Answer(raw=sent, headers={"content-type": "audio/mpeg"})) as server,
        pytest.raises(UnreachableError, match="expected audio/mpeg"),
    ):
        call(server, lambda c: c.preview_audio("v1", 0))


@pytest.mark.parametrize("sent", [b"<html>", b"ID3", b"GIF89a"])
def test_what_is_no_picture_is_not_passed_on(sent: bytes) -> None:
    with wire_server(Answer(raw=sent)) as server, pytest.raises(UnreachableError):
        call(server, lambda c: c.preview_avatar("a1"))


CONTROL: dict[str, tuple[Callable[[ControlPlane], Awaitable[Any]], Any]] = {
    "progress without a total": (
        lambda c: c.film_progress(),
        {"objects": [{"id": "v1", "scenes": [{"done": 1}]}]},
    ),
    "progress in words": (
        lambda c: c.film_progress(),
        {"objects": [{"id": 1, "progress": "much"}]},
    ),
    "scenes that are none": (lambda c: c.film_progress(), {"objects": [{"id": 1, "scenes": 7}]}),
    "media without an id": (lambda c: c.list_media(), {"objects": [{"sha256": "x"}]}),
    "media that are none": (lambda c: c.list_media(), ["x"]),
    "objects that are none": (lambda c: c.objects("videos"), {"x": 1}),
    "a reason that is none": (lambda c: c.failure_reason("../x?y"), {"reason": {"x": 1}}),
    "a call": (lambda c: c.call("POST", "clock"), ["x"]),
    "an upload": (lambda c: c.put_media("1_a", Path(__file__)), "<html>"),
    "captions": (lambda c: c.put_captions("../1_a", Path(__file__)), "<html>"),
}


@pytest.mark.parametrize("name", CONTROL)
@pytest.mark.parametrize("raw", [False, True], ids=["json", "page"])
def test_a_control_plane_that_is_none_ends_in_words(name: str, raw: bool) -> None:
    act, body = CONTROL[name]

    async def session() -> Secret:
        return Secret("ks")

    async def run(url: str) -> None:
        transport = Transport(read_seconds=2.0)
        try:
            await act(ControlPlane(url, transport, session))
        finally:
            await transport.aclose()

    answer = Answer(raw=b"<html>") if raw else Answer(body)
    with wire_server(answer) as server:
        with suppress(StudioError):
            asyncio.run(run(server.url))
        assert not server.paths()[0].startswith(("/videos/../", "/media/../"))


@pytest.mark.parametrize("ks", ["ключ", "hunter2\nb", "hunter2 b", "hunter2\x1b"])
def test_a_given_session_that_fits_no_header_is_told_and_not_shown(ks: str) -> None:
    with wire_server(Answer(VIDEO)) as server, pytest.raises(CredentialsError) as told:
        call(server, CALLS["get"], GivenSession(Secret(ks)))
    assert "hunter2" not in f"{told.value.message} {told.value.hint}"
    assert server.requests == []


@pytest.mark.parametrize("ks", ["ключ", "hunter2\nb", "a b", "\x1b[2J", 7, {"x": 1}, "k" * 100_000])
@pytest.mark.parametrize("login", LOGINS)
def test_a_session_that_fits_no_header_is_none(login: str, ks: Any) -> None:
    with wire_server(Answer(ks)) as server, pytest.raises(StudioError) as told:
        call(server, CALLS["get"], LOGINS[login][0])
    assert "hunter2" not in told.value.message
