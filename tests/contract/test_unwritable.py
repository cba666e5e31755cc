"""What cannot be written again is not taken, by any way in; and no number is too long to answer."""

from __future__ import annotations

import base64
import json

import httpx
import pytest

from storyboard.strict_json import parse_json
from storyboard.studio.local import Studio
from tests.contract.studio_rig import Caller, caller

UNWRITABLE = [
    b'{"x": NaN}',
    b'{"x": 1e999}',
    b'{"x": "\\ud800"}',
    b'{"x": "\\u0000"}',
    b'{"x": ' + b"9" * 5000 + b"}",
    b'{"x": 1, "x": 2}',
    b'{"x": ' + b"[" * 900 + b"]" * 900 + b"}",
    b"[" * 100_000,
    b'{"' + b"k" * 500_000 + b'": 1}',
    b'{"x": "\xff"}',
]
JSON = {"Content-Type": "application/json"}
DIGITS = "9" * 5000
CUE = b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello there\n"


@pytest.mark.parametrize("content", UNWRITABLE, ids=lambda content: repr(content[:12]))
def test_no_way_in_takes_what_cannot_be_written_again(
    studio: Studio, user: Caller, content: bytes
) -> None:
    nobody = Caller(studio, "")
    for path in (
        "/api/v1/video/add",
        "/api/v1/no/action",
        "/api_v3/service/session/action/start?format=1",
        "/api_v3/service/media/action/list?format=1",
    ):
        reply = nobody.send("POST", path, content=content, headers=JSON)
        assert reply.status_code == 200, path
        assert reply.json()["code"] == "VALIDATION_ERROR", path
    form = {"json": (None, content)}
    reply = user.send("POST", "/api_v3/service/media/action/list?format=1", files=form)
    told = reply.json()["code"] if reply.status_code == 200 else reply.status_code
    assert told in ("VALIDATION_ERROR", 400, 413)
    admin = JSON | {"Authorization": f"Bearer {studio.admin_session()}"}
    for path in ("faults", "clock", "seed"):
        reply = user.send("POST", f"/__studio/{path}", content=content, headers=admin)
        assert reply.json()["code"] == "VALIDATION_ERROR", path
    assert user.control("GET", "journal")["objects"] is not None
    assert user("video/list")["totalCount"] == 0


def test_the_journal_is_read_whatever_was_posted(studio: Studio, user: Caller) -> None:
    nobody = Caller(studio, "")
    hostile = "\x1b[2J\u202e\x80 %ff%00"
    form = {"format": "1", "name": hostile, hostile: "x", "filter[a][b]": hostile, "ks": hostile}
    nobody.send("POST", "/api_v3/service/media/action/list", data=form)
    nobody.send("POST", "/api_v3/service/a%ffb/action/c%01d?format=1&x=%ff%fe")
    nobody.send("POST", "/api/v1/a%ffb/c%01d", json={"name": "\x1b"})
    file = {
        "fileData": ("\udcff\x1b.mp4".encode("utf-8", "surrogateescape").decode("latin-1"), b"x")
    }
    nobody.send("POST", "/api_v3/service/uploadtoken/action/upload?format=1", files=file)
    headers = {"Authorization": f"Bearer {studio.admin_session()}"}
    reply = user.send("GET", "/__studio/journal", headers=headers)
    assert reply.status_code == 200
    assert len(parse_json(reply.content)["objects"]) >= 4


def test_no_form_keeps_what_no_client_could_read_again(studio: Studio, user: Caller) -> None:
    """One such text spoils every list that it is in, for all users."""
    path = "/api_v3/service/media/action/add?format=1"
    ks = {"ks": user.ks}
    token = user.service("uploadToken.add", **ks)["id"]
    sent = {**ks, "uploadTokenId": token}
    upload = "/api_v3/service/uploadToken/action/upload?format=1"
    for reply in (
        user.send("POST", path, data={**ks, "entry:name": "a\0b"}),
        user.send("POST", f"{path}&entry:name=a%00b", data=ks),
        user.send("POST", path, data={**ks, "entry:a\0b": "x"}),
        user.send("POST", path, data=ks, files={"entry:name": (None, "a\0b")}),
        user.send("POST", path, data=ks, files={"json": (None, '{"entry": {"name": "\\u0000"}}')}),
        _with_file_name(user, upload, sent, "a\0b.mp4"),
    ):
        assert reply.status_code == 200
        assert parse_json(reply.content)["code"] == "VALIDATION_ERROR"
    headers = {"Authorization": f"Bearer {studio.admin_session()}"}
    kept = user.service("media.add", **ks, **{"entry:name": "kept"})["id"]
    for query in ("media?name=a%00b", f"media/{kept}/captions?label=%00", "media?name=%00"):
        reply = user.send("POST", f"/__studio/{query}", content=CUE, headers=headers)
        assert parse_json(reply.content)["code"] == "VALIDATION_ERROR", query
    spoilt = CUE.replace(b"Hello", b"Hel\0lo")
    reply = user.send("POST", f"/__studio/media/{kept}/captions", content=spoilt, headers=headers)
    assert parse_json(reply.content)["code"] == "MEDIA_NOT_SUPPORTED"
    for read in (
        f"media/action/get?entryId={kept}&",
        "media/action/list?",
        "uploadToken/action/list?",
    ):
        told = user.send("POST", f"/api_v3/service/{read}format=1", data=ks)
        assert "code" not in parse_json(told.content), read
    assert user.service("media.get", **ks, entryId=kept)["name"] == "kept"
    for page in ("media", "journal"):
        parse_json(user.send("GET", f"/__studio/{page}", headers=headers).content)


def _with_file_name(user: Caller, path: str, form: dict[str, str], name: str) -> httpx.Response:
    """Send a file whose name is written as it is: clients escape it."""
    parts = [f'name="{key}"\r\n\r\n{text}' for key, text in form.items()]
    parts.append(f'name="fileData"; filename="{name}"\r\n\r\nx')
    body = "".join(f"--b\r\nContent-Disposition: form-data; {part}\r\n" for part in parts) + "--b--"
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    return user.send("POST", path, content=f"{body}\r\n".encode(), headers=headers)


@pytest.mark.parametrize("digits", ["١", "²", "+1", "1_0", "1\n"])
def test_a_number_has_the_digits_of_json(user: Caller, digits: str) -> None:
    told = user.service("media.list", ks=user.ks, **{"pager[pageSize]": digits})
    assert told["code"] == "VALIDATION_ERROR"


@pytest.mark.parametrize("digits", [DIGITS, "²", "١", "-1", "1_0"], ids=lambda text: text[:4])
def test_no_number_is_too_long_to_answer(studio: Studio, user: Caller, digits: str) -> None:
    admin = caller(studio, kind=2)
    for path in (
        f"/p/{digits}/thumbnail/entry_id/1_a",
        f"/p/{digits}/sp/{digits}/playManifest/entryId/1_a/format/url",
        f"/p/1/thumbnail/entry_id/1_a/width/{digits}/vid_sec/{digits}",
    ):
        assert user.send("GET", path).status_code == 404, path
    headers = {"Range": f"bytes={digits}-{digits}".encode()}
    assert user.send("GET", "/p/1/sp/100/raw/entry_id/1_a", headers=headers).status_code == 404
    for name, form in (
        ("media.list", {"pager[pageSize]": digits}),
        ("media.list", {"filter[createdAtGreaterThanOrEqual]": digits}),
        ("media.list", {"filter[mediaTypeIn]": digits}),
        ("session.start", {"partnerId": digits, "secret": "x"}),
        ("session.start", {"expiry": digits, "secret": "x", "partnerId": "1"}),
        ("appToken.list", {"pager[pageIndex]": digits}),
    ):
        told = admin.service(name, ks=admin.ks, **form)
        assert isinstance(told, dict), name
        assert told.get("code", "LISTED") != "INTERNAL_SERVER_ERROR", name
    outer = f"v2|{digits}|".encode() + b"0" * 32
    ks = base64.urlsafe_b64encode(outer).decode()
    assert Caller(studio, ks)("video/list")["code"] == "INVALID_KS"


@pytest.mark.parametrize("number", [DIGITS, "1e300", "1" + "0" * 39, "-1e300"])
def test_no_number_of_a_body_is_too_large_to_answer(user: Caller, number: str) -> None:
    headers = JSON | {"Authorization": f"Bearer {user.ks}"}
    for action, body in (
        ("video/list", '{"pager": {"limit": %s}}'),
        ("video/list", '{"pager": {"offset": %s}}'),
        ("video/previewAudio", '{"id": "x", "sceneId": %s}'),
        ("video/compose", '{"id": "x", "duration": %s}'),
        ("video/add", '{"name": "x", "scenes": [{"broll": {"entryId": "1_a", "startTime": %s}}]}'),
    ):
        content = (body % number).encode()
        reply = user.send("POST", f"/api/v1/{action}", content=content, headers=headers)
        assert reply.status_code == 200, action
        json.loads(reply.content)


@pytest.mark.parametrize("declared", [DIGITS.encode(), b"\xb2", b"-1", b"1_0"])
def test_no_length_is_too_long_to_answer(user: Caller, declared: bytes) -> None:
    headers = {**{k.encode(): v.encode() for k, v in JSON.items()}, b"content-length": declared}
    reply = user.send("POST", "/api/v1/video/list", content=b"{}", headers=list(headers.items()))
    assert reply.status_code == 413
