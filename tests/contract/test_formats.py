"""The two formats of the v3 services: JSON where `format=1` asks for it, else Kaltura's XML."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.studio.api.bodies import MAX_JSON_BYTES
from storyboard.studio.api.xml_replies import xml_of
from storyboard.studio.local import Studio
from tests.contract.studio_rig import Caller, write_movie


def asked(user: Caller, name: str, **form: Any) -> httpx.Response:
    service, action = name.split(".")
    return user.send("POST", f"/api_v3/service/{service}/action/{action}", data=form)


def result(response: httpx.Response, status: int = 200) -> ElementTree.Element:
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/xml")
    root = ElementTree.fromstring(response.content)
    assert [child.tag for child in root] == ["result", "executionTime"]
    assert float(root.findtext("executionTime") or "") >= 0
    return root[0]


@pytest.mark.parametrize("form", [{}, {"format": "2"}])
def test_a_session_starts_in_xml(studio: Studio, form: dict[str, str]) -> None:
    nobody = Caller(studio, "")
    login = {"secret": studio.admin_secret, "partnerId": studio.partner_id, "userId": "ann"}
    ks = result(asked(nobody, "session.start", **login, **form)).text
    assert ks
    told = result(asked(nobody, "session.get", ks=ks, **form))
    assert told.findtext("objectType") == "KalturaSessionInfo"
    assert (told.findtext("userId"), told.findtext("sessionType")) == ("ann", "0")
    assert result(asked(nobody, "session.end", ks=ks, **form)).text is None


def test_xml_and_json_say_the_same(user: Caller, tmp_path: Path) -> None:
    content = write_movie(tmp_path / "clip.mp4", 1).read_bytes()
    name = "<b>Tom & Jerry</b>"
    made = user.control("POST", "media", params={"name": name}, content=content)
    listed = result(asked(user, "baseEntry.list", ks=user.ks, **{"filter[idIn]": made["id"]}))
    plain = user.service("baseEntry.get", ks=user.ks, entryId=made["id"])
    item = listed.find("objects/item")
    assert item is not None
    assert {child.tag: child.text for child in item} == {k: str(v) for k, v in plain.items()}
    assert listed.findtext("totalCount") == "1"
    assert item.findtext("name") == name


def test_an_error_is_told_in_xml(user: Caller) -> None:
    error = result(asked(user, "media.get", ks=user.ks, entryId="1_none0000")).find("error")
    assert error is not None
    assert error.findtext("code") == "ENTRY_ID_NOT_FOUND"
    assert error.findtext("objectType") == "KalturaAPIException"
    assert [child.text for child in error.findall("args/item/*")] == [
        "KalturaApiExceptionArg",
        "ID",
        "1_none0000",
    ]
    missing = result(asked(user, "media.get")).find("error")
    assert missing is not None
    assert missing.findtext("code") == "MISSING_KS"


@pytest.mark.parametrize("form", ["3", "9", "json", ""])
def test_no_other_format_is_spoken(user: Caller, form: str) -> None:
    reply = asked(user, "session.get", ks=user.ks, format=form).json()
    assert reply["code"] == "NOT_EMULATED"


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"captionAssetId": "1_none0000"}, "CAPTION_ASSET_ID_NOT_FOUND"),
        ({}, "MISSING_MANDATORY_PARAMETER"),
        ({"captionAssetId": "1_none0000", "ks": ""}, "MISSING_KS"),
    ],
)
def test_a_file_that_is_refused_is_empty(user: Caller, form: dict[str, str], code: str) -> None:
    given = {"ks": user.ks, "format": "1", **form}
    response = asked(user, "caption_captionAsset.serve", **given)
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["x-kaltura"] == f"error- {code}"
    assert response.headers["x-kaltura-app"] == f"exiting on error {code}"


@pytest.mark.slow
@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.from_regex("[a-z]+", fullmatch=True), inner),
))  # fmt: skip
def test_whatever_is_said_is_xml(value: Any) -> None:
    root = ElementTree.fromstring(xml_of(value, 0.1).encode())
    assert root.find("result") is not None


def test_what_xml_cannot_say_is_marked() -> None:
    root = ElementTree.fromstring(xml_of({"name": "a\x00b\x1bc\ufffed", "on": True}, 0).encode())
    assert root.findtext("result/name") == "a\ufffdb\ufffdc\ufffdd"
    assert root.findtext("result/on") == "1"


LARGE = b" " * (MAX_JSON_BYTES + 1)
WIRED = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("method", "path", "options", "status", "code"),
    [
        ("POST", "/api/v1", {}, 404, "UNKNOWN_ACTION"),
        ("POST", "/api/v1/video/list/x", {"json": {}}, 404, "UNKNOWN_ACTION"),
        ("GET", "/api/v1/video/list", {}, 405, "METHOD_NOT_ALLOWED"),
        ("POST", "/api/v1/video/list", {"content": b"{}"}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("POST", "/api/v1/video/list", {"content": LARGE, "headers": WIRED}, 413, "BODY_TOO_LARGE"),
        ("POST", "/api_v3", {}, 404, "UNKNOWN_ACTION"),
        ("POST", "/api_v3/nothing?format=1", {}, 404, "UNKNOWN_ACTION"),
        ("PUT", "/api_v3/service/session/action/get", {}, 405, "METHOD_NOT_ALLOWED"),
        ("POST", "/api_v3/service/session/action/get", {"content": LARGE}, 413, "BODY_TOO_LARGE"),
        ("POST", "/api_v3/service/session/action/get",
         {"content": b"x", "headers": {"Content-Type": "multipart/form-data"}}, 400,
         "VALIDATION_ERROR"),
        ("POST", "/api/v1/video/list",
         {"content": b"{}", "headers": {**WIRED, "Content-Encoding": "gzip"}}, 415,
         "UNSUPPORTED_MEDIA_TYPE"),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_what_is_no_call_at_all_is_told_as_an_error_too(
    user: Caller, method: str, path: str, options: Any, status: int, code: str
) -> None:
    """Generated clients read each answer as JSON: a plain text broke them."""
    response = user.send(method, path, **options)
    told = response.json()
    assert (response.status_code, told["objectType"]) == (status, "KalturaAPIException")
    assert told["code"] == code
    assert told["message"]


@pytest.mark.parametrize("name", ["nothing.here", "media.nothing"])
def test_an_unknown_service_is_refused_in_the_format_asked_for(user: Caller, name: str) -> None:
    assert user.service(name, ks=user.ks)["objectType"] == "KalturaAPIException"
    error = result(asked(user, name, ks=user.ks)).find("error")
    assert error is not None
    assert error.findtext("code") in ("SERVICE_DOES_NOT_EXISTS", "NOT_EMULATED")
    for path in ("/api_v3/service/nothing", "/api_v3/service/media"):
        told = user.send("POST", f"{path}?format=1", data={"ks": user.ks}).json()
        assert told["objectType"] == "KalturaAPIException"
    error = result(user.send("GET", "/api_v3/nothing?format=2"), 404).find("error")
    assert error is not None
