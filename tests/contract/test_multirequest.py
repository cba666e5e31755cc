"""`multirequest`: several services in one request, each answered or refused by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from storyboard.studio.api import multirequest, service_calls
from storyboard.studio.behavior.rights import SessionKind
from storyboard.studio.local import Studio
from storyboard.studio.records.guesses import FREE
from storyboard.studio.records.session import ADMIN
from tests.contract.studio_rig import Caller, write_movie
from tests.contract.test_guesses import waits

PATH = "/api_v3/service/multirequest"
Member = dict[str, Any]


def sent(user: Caller, *members: Member, **common: Any) -> Any:
    body = {str(number): member for number, member in enumerate(members, 1)}
    return user.send("POST", PATH, json={"format": 1, "ks": user.ks, **body, **common}).json()


def named(name: str, /, **given: Any) -> Member:
    service, action = name.split(".")
    return {"service": service, "action": action, **given}


def codes(replies: list[Any]) -> list[str | None]:
    return [reply.get("code") if isinstance(reply, dict) else None for reply in replies]


def test_each_member_is_answered_or_refused_by_itself(user: Caller) -> None:
    replies = sent(
        user,
        named("media.add", entry={"name": "one", "mediaType": 1}),
        named("media.get", entryId="1_none0000"),
        named("media.update", entryId="{1:result:id}", mediaEntry={"name": "{1:result:name} more"}),
        named("baseEntry.list", filter={"idIn": "{1:result:id},x", "statusIn": "7"}),
        named("media.get", entryId="{4:result:objects:0:id}"),
        named("media.get", entryId="{2:result:id}"),
        named("media.get", entryId="{7:result:id}"),
        named("nothing.here"),
        named("media.nothing"),
        named("appToken.get", id="x"),
    )
    assert codes(replies) == [
        *(None, "ENTRY_ID_NOT_FOUND", None, None, None),
        *("MISSING_MANDATORY_PARAMETER", "MISSING_MANDATORY_PARAMETER"),
        *("SERVICE_DOES_NOT_EXISTS", "NOT_EMULATED", "SERVICE_FORBIDDEN"),
    ]
    assert replies[2]["name"] == replies[4]["name"] == "one more"
    assert "{2:result:id}" in replies[5]["message"]


@pytest.mark.parametrize("written", ["{}:{}", "{}[{}]"])
def test_a_form_says_the_same(user: Caller, written: str) -> None:
    form = {"format": "1", "ks": user.ks, "clientTag": "test"}
    for number, member in enumerate((named("media.add", name="x"), named("session.get")), 1):
        form |= {written.format(number, name): value for name, value in member.items()}
    first, second = user.send("POST", PATH, data=form).json()
    assert (first["objectType"], second["userId"]) == ("KalturaMediaEntry", "creator@example.com")
    same = user.send("POST", f"{PATH}/action/null", data=form).json()
    assert codes(same) == [None, None]


def test_a_session_that_one_member_starts_serves_the_next(studio: Studio) -> None:
    """How players begin: with the session of a widget, in the same request."""
    nobody = Caller(studio, "")
    login = named("session.start", secret=studio.admin_secret, userId="ann", type=ADMIN)
    replies = sent(nobody, login, named("session.get", ks="{1:result}"), named("session.get"))
    assert (replies[1]["userId"], replies[2]["code"]) == ("ann", "MISSING_KS")
    start = named("session.startWidgetSession", widgetId=f"_{studio.partner_id}")
    replies = sent(nobody, start, named("baseEntry.list", ks="{1:result:ks}"))
    assert codes(replies) == [None, "SERVICE_FORBIDDEN"]


def test_members_have_the_rights_that_they_have_alone(studio: Studio) -> None:
    from tests.contract.test_rights import ANSWERED, session

    for kind in (SessionKind.NONE, SessionKind.WIDGET, SessionKind.USER, SessionKind.FILE):
        user = Caller(studio, session(studio, kind))
        names = [name.replace("/", ".") for name in ANSWERED if name not in ("session/end",)]
        for first in range(0, len(names), multirequest.MOST):
            part = names[first : first + multirequest.MOST]
            alone = [user.service(name, ks=user.ks) for name in part if name not in FILES]
            together = [
                reply
                for name, reply in zip(part, sent(user, *map(named, part)), strict=True)
                if name not in FILES
            ]
            assert codes(together) == codes(alone)


FILES = {"caption_captionasset.serve", "uploadtoken.upload", "uploadtoken.add", "media.add"}


def test_a_file_comes_and_goes_alone(user: Caller, tmp_path: Path) -> None:
    replies = sent(
        user,
        named("caption_captionAsset.serve", captionAssetId="x"),
        named("uploadToken.upload", uploadTokenId="x"),
        named("multirequest.null"),
    )
    assert codes(replies) == ["NOT_EMULATED"] * 3
    files = {"fileData": ("x", b"x" * 100)}
    form = {"format": "1", "ks": user.ks, "1:service": "session", "1:action": "get"}
    told = user.send("POST", PATH, data=form, files=files).json()
    assert told["code"] == "NOT_EMULATED"


def test_an_upload_becomes_an_entry_in_one_request(user: Caller, tmp_path: Path) -> None:
    token = user.service("uploadToken.add", ks=user.ks)["id"]
    movie = write_movie(tmp_path / "a.mp4", 1).read_bytes()
    path = "/api_v3/service/uploadToken/action/upload"
    data = {"format": "1", "ks": user.ks, "uploadTokenId": token}
    user.send("POST", path, data=data, files={"fileData": ("a.mp4", movie)})
    resource = {"objectType": "KalturaUploadedFileTokenResource", "token": token}
    replies = sent(
        user,
        named("media.add", entry={"name": "clip", "mediaType": 1}),
        named("media.addContent", entryId="{1:result:id}", resource=resource),
        named("flavorAsset.list", filter={"entryIdEqual": "{1:result:id}"}),
    )
    assert codes(replies) == [None, None, None]
    assert replies[2]["objects"][0]["entryId"] == replies[1]["id"] == replies[0]["id"]


def test_answers_come_in_xml_too(user: Caller) -> None:
    form = {"ks": user.ks, "1:service": "session", "1:action": "get"}
    form |= {"2:service": "media", "2:action": "get", "2:entryId": "1_none0000"}
    root = ElementTree.fromstring(user.send("POST", PATH, data=form).content)
    first, second = root.findall("result/item")
    assert first.findtext("userId") == "creator@example.com"
    assert second.findtext("error/code") == "ENTRY_ID_NOT_FOUND"


def test_the_journal_has_each_member_without_sessions(user: Caller) -> None:
    user.control("POST", "reset")
    sent(
        user,
        named("media.add", name="x"),
        named("media.get", entryId="1_none0000", ks=user.ks),
        named("media.get", entryId="{9:result}"),
        named("uploadToken.upload"),
    )
    calls = user.control("GET", "journal")["objects"]
    assert [(call["action"], call["code"]) for call in calls] == [
        ("media/add", None),
        ("media/get", "ENTRY_ID_NOT_FOUND"),
        ("media/get", "MISSING_MANDATORY_PARAMETER"),
        ("uploadToken/upload", "NOT_EMULATED"),
    ]
    assert user.ks not in str(calls)


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ({}, "1:service"),
        ({"2": named("session.get")}, "1:service"),
        ({"1": named("session.get"), "3": named("session.get")}, "2:service"),
        ({"1": "session.get"}, "1:service"),
        ({"1": {"service": "session"}}, "1:action"),
        ({str(n): named("session.get") for n in range(1, multirequest.MOST + 2)}, "50"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_what_is_no_list_of_members_is_refused(user: Caller, body: Member, word: str) -> None:
    told = user.send("POST", PATH, json={"format": 1, "ks": user.ks, **body}).json()
    assert (told["objectType"], word in told["message"]) == ("KalturaAPIException", True), told


def test_answers_do_not_grow_by_references(user: Caller) -> None:
    """A text that is put in a thousand times, and again what comes of it, takes all memory."""
    name = "{1:result:name}" * 6
    members = [named("media.add", entry={"name": "x" * 200})]
    members += [named("media.add", entry={"name": name, "tags": ["{1:result:name}" * 6000]})]
    assert codes(sent(user, *members)) == [None, "VALIDATION_ERROR"]


@pytest.mark.parametrize(("limit", "answered"), [("MAX_ANSWERS", 2), ("MAX_SECONDS", 1)])
def test_all_answers_together_are_bounded(
    user: Caller, monkeypatch: pytest.MonkeyPatch, limit: str, answered: int
) -> None:
    """Fifty times a megabyte of captions as JSON took a gigabyte and a minute."""
    one = user.service("media.add", **{"entry[name]": "x" * 200, "ks": user.ks})
    monkeypatch.setattr(multirequest, limit, {"MAX_ANSWERS": 2_000, "MAX_SECONDS": -1}[limit])
    replies = sent(user, *[named("media.get", entryId=one["id"])] * 9)
    assert codes(replies) == [None] * answered + ["VALIDATION_ERROR"] * (9 - answered)
    assert "another request" in replies[-1]["message"]


def test_each_member_is_an_action_of_a_limited_session(studio: Studio) -> None:
    login = {"secret": studio.admin_secret, "privileges": "actionslimit:2"}
    user = Caller(studio, Caller(studio, "").service("session.start", **login))
    replies = sent(user, *[named("baseEntry.list")] * 4)
    assert codes(replies) == [None, None, "INVALID_KS", "INVALID_KS"]


def test_guesses_count_one_by_one(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty secrets in one request are fifty; none of them is kept as a call that was answered."""
    waited = waits(monkeypatch)
    nobody = Caller(studio, "")
    body = {str(n): named("session.start", secret=f"guess{n}") for n in range(1, 51)}
    told = nobody.send("POST", PATH, json={"format": 1, **body})
    assert (told.status_code, told.json()["code"]) == (429, "ACTION_BLOCKED")
    assert len(waited) == 1
    kept = nobody.control("GET", "journal")["objects"]
    assert [call["code"] for call in kept] == ["START_SESSION_ERROR"] * FREE
    assert "guess1" not in str(kept)


def test_what_the_disk_refuses_one_member_is_told_to_that_one(
    user: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(service_calls.SERVICES, "media/list", full)
    replies = sent(user, named("media.list"), named("session.get"))
    assert codes(replies) == ["INTERNAL_SERVER_ERROR", None]
