"""Whose request it is: KS, widget sessions, app tokens, their ends and their limits."""

from __future__ import annotations

import base64
import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from storyboard.studio.api import authentication
from storyboard.studio.local import Studio
from storyboard.studio.records.served_address import announced
from storyboard.studio.records.session import Session, mint
from tests.contract.studio_rig import Caller, caller, open_test_studio
from tests.support.databases import ALONE_IN_SQLITE, run_sql


@dataclass
class Clock:
    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def start(studio: Studio, **form: Any) -> Any:
    base = {"secret": studio.admin_secret, "partnerId": studio.partner_id, "type": 0}
    return Caller(studio, "").service("session.start", **{**base, **form})


def code_of(studio: Studio, ks: str) -> str | None:
    reply: dict[str, Any] = Caller(studio, ks)("video/list")
    return reply.get("code")


def test_a_session_needs_the_secret(studio: Studio) -> None:
    assert start(studio, secret="guess")["code"] == "START_SESSION_ERROR"
    assert start(studio, partnerId=1)["code"] == "START_SESSION_ERROR"
    assert start(studio, expiry=0)["code"] == "VALIDATION_ERROR"
    assert start(studio, type=7)["code"] == "VALIDATION_ERROR"
    reply = Caller(studio, "").service("session.start", partnerId=studio.partner_id)
    assert reply["code"] == "MISSING_MANDATORY_PARAMETER"
    assert "secret" in reply["message"]


def test_json_and_forms_are_the_same(studio: Studio) -> None:
    body = {"secret": studio.admin_secret, "partnerId": studio.partner_id, "userId": "ü"}
    path = "/api_v3/service/session/action/start?format=1"
    ks = Caller(studio, "").send("POST", path, json=body).json()
    told = Caller(studio, ks).service("session.get", ks=ks)
    assert (told["userId"], told["sessionType"]) == ("ü", 0)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("application/x-www-form-urlencoded", None),
        ("application/x-www-form-urlencoded; charset=utf-8", None),
        ("text/plain", "MISSING_KS"),
        ("", "MISSING_KS"),
    ],
)
def test_a_form_is_called_a_form(user: Caller, kind: str, code: str | None) -> None:
    path = "/api_v3/service/session/action/get?format=1"
    headers = {"Content-Type": kind} if kind else {}
    reply = user.send("POST", path, content=f"ks={user.ks}".encode(), headers=headers).json()
    assert reply.get("code") == code


def test_a_refused_session_is_told_as_kaltura_does(user: Caller) -> None:
    reply = user.service("session.get", ks=user.ks[:-6] + "AAAAAA")
    assert reply == {
        "objectType": "KalturaAPIException",
        "code": "INVALID_KS",
        "message": 'Invalid KS "INVALID_HASH", Error "-1,INVALID_STR"',
        "args": {"KSID": "INVALID_HASH", "ERR_CODE": "-1", "ERR_DESC": "INVALID_STR"},
    }


def test_no_session_no_answer(studio: Studio) -> None:
    reply = Caller(studio, "").send("POST", "/api/v1/video/list", json={}).json()
    assert reply["code"] == "MISSING_KS"
    assert code_of(studio, "nonsense") == "INVALID_KS"
    assert code_of(studio, "A" * 10_000) == "INVALID_KS"


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "KS", "Basic", ""])
def test_a_session_comes_as_a_bearer(user: Caller, scheme: str) -> None:
    headers = {"Authorization": f"{scheme} {user.ks}".strip()}
    reply = user.send("POST", "/api/v1/video/list", json={}, headers=headers).json()
    assert reply.get("code") == (None if scheme.lower() == "bearer" else "MISSING_KS")


def test_no_error_shows_the_token(studio: Studio) -> None:
    token = "djJ8OTk5" + "A" * 60
    response = Caller(studio, token).raw("video/list")
    assert token not in response.text


def test_every_flipped_bit_is_noticed(studio: Studio) -> None:
    raw = bytearray(base64.urlsafe_b64decode(start(studio)))
    for place in range(len(raw) - 1, 12, -7):
        raw[place] ^= 4
        assert code_of(studio, base64.urlsafe_b64encode(raw).decode()) == "INVALID_KS"
        raw[place] ^= 4


def test_a_foreign_workspace_is_another_world(studio: Studio, tmp_path: Path) -> None:
    other = open_test_studio(tmp_path / "other")
    assert other.admin_secret != studio.admin_secret
    assert code_of(studio, start(other)) == "INVALID_KS"
    forged = mint(studio.admin_secret, Session(1, "x", 2, 2_000_000_000))
    assert code_of(studio, forged) == "INVALID_KS"
    other.close()


@pytest.mark.parametrize(
    ("switches", "status", "code"),
    [
        ({}, 200, "EXPIRED_KS"),
        ({"expired_ks_code": "INVALID_KS"}, 200, "INVALID_KS"),
        ({"authentication_status": "401"}, 401, "EXPIRED_KS"),
    ],
)
def test_a_session_expires(
    tmp_path: Path, switches: dict[str, str], status: int, code: str
) -> None:
    clock = Clock()
    studio = open_test_studio(tmp_path, clock=clock, contract=switches)
    user = Caller(studio, start(studio, expiry=60))
    assert user.raw("video/list").status_code == 200
    clock.now += 60
    response = user.raw("video/list")
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert user.service("session.get", ks=user.ks)["code"] == "INVALID_KS"
    studio.close()


@pytest.mark.parametrize(
    ("pattern", "allowed"),
    [
        ("/api/v1/*", True),
        ("/api/v1/video/list", True),
        ("/api/v1/video/get|/api/v1/video/list", True),
        ("/api/v1/video/*", True),
        ("/api_v3/*", False),
        ("/api/v1/video", False),
        ("/api/v1/video/get", False),
    ],
)
def test_a_session_can_be_kept_to_paths(studio: Studio, pattern: str, allowed: bool) -> None:
    ks = start(studio, privileges=f"urirestrict:{pattern}")
    assert code_of(studio, ks) == (None if allowed else "INVALID_KS")


@pytest.mark.parametrize(
    ("addresses", "allowed"),
    [("127.0.0.1", True), ("192.0.2.1/127.0.0.1", True), ("192.0.2.1", False), ("127.0.0", False)],
)
def test_a_session_can_be_kept_to_addresses(studio: Studio, addresses: str, allowed: bool) -> None:
    ks = start(studio, privileges=f"iprestrict:{addresses}")
    assert code_of(studio, ks) == (None if allowed else "INVALID_KS")
    told = Caller(studio, ks).service("session.get", ks=ks)
    assert ("userId" in told) is allowed


def test_a_session_can_be_good_for_a_few_actions(studio: Studio) -> None:
    ks, other = (start(studio, privileges="actionslimit:3") for _ in range(2))
    told = [code_of(studio, ks) for _ in range(5)]
    assert told == [None, None, None, "INVALID_KS", "INVALID_KS"]
    assert Caller(studio, ks).service("session.get", ks=ks)["code"] == "INVALID_KS"
    assert code_of(studio, other) is None


def test_a_session_ends(user: Caller) -> None:
    assert user.service("session.end", ks=user.ks) is None
    assert user("video/list")["code"] == "INVALID_KS"


def exchange(studio: Studio, token: dict[str, Any], **changes: Any) -> Any:
    nobody = Caller(studio, "")
    widget = nobody.service("session.startWidgetSession", widgetId=f"_{studio.partner_id}")["ks"]
    name = token["hashType"].lower()
    digest = hashlib.new(name, (widget + token["token"]).encode()).hexdigest()
    form = {"ks": widget, "id": token["id"], "tokenHash": digest} | changes
    return nobody.service("appToken.startSession", **form)


def new_token(studio: Studio, **fields: Any) -> dict[str, Any]:
    admin = caller(studio, kind=2)
    form = {f"appToken[{name}]": value for name, value in fields.items()}
    token: dict[str, Any] = admin.service("appToken.add", ks=admin.ks, **form)
    return token


def test_an_app_token_is_updated_in_the_fields_that_are_given(studio: Studio) -> None:
    """Tokens are shortened and turned to another user where they are in use already."""
    token = new_token(studio, sessionUserId="robot", sessionPrivileges="edit:*", hashType="SHA256")
    before = Caller(studio, exchange(studio, token)["ks"])
    admin = caller(studio, kind=2)
    form = {"appToken[sessionDuration]": 60, "appToken[sessionUserId]": "other"}
    told = admin.service("appToken.update", ks=admin.ks, id=token["id"], **form)
    changed = {"sessionDuration": 60, "sessionUserId": "other"}
    assert told == {key: value for key, value in token.items() if key in told} | changed
    assert admin.service("appToken.get", ks=admin.ks, id=token["id"]) == told
    after = exchange(studio, token)
    assert (after["userId"], after["privileges"].split(",")[0]) == ("other", "edit:*")
    assert after["expiry"] <= studio.workspace.clock() + 60
    assert before.service("session.get", ks=before.ks)["userId"] == "robot"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"hashType": "CRC"}, "VALIDATION_ERROR"),
        ({"sessionType": "7"}, "VALIDATION_ERROR"),
        ({"sessionDuration": "0"}, "VALIDATION_ERROR"),
        ({"sessionDuration": "x"}, "VALIDATION_ERROR"),
        ({"expiry": "-1"}, "VALIDATION_ERROR"),
        ({"token": "mine"}, "PROPERTY_VALIDATION_NOT_UPDATABLE"),
        ({"status": "1"}, "PROPERTY_VALIDATION_NOT_UPDATABLE"),
        ({"description": "x"}, "NOT_EMULATED"),
    ],
    ids=str,
)
def test_what_an_app_token_cannot_become_is_refused(
    studio: Studio, fields: dict[str, str], code: str
) -> None:
    token = new_token(studio, sessionUserId="robot")
    admin = caller(studio, kind=2)
    form = {f"appToken[{name}]": value for name, value in fields.items()}
    told = admin.service("appToken.update", ks=admin.ks, id=token["id"], **form)
    assert told["code"] == code
    assert admin.service("appToken.get", ks=admin.ks, id=token["id"])["sessionUserId"] == "robot"


def test_app_tokens_are_listed_newest_first_for_admins(studio: Studio) -> None:
    made = [new_token(studio, sessionUserId=name)["id"] for name in ("ann", "bob", "ann")]
    admin = caller(studio, kind=2)

    def listed(**form: Any) -> list[str]:
        reply = admin.service("appToken.list", ks=admin.ks, **form)
        assert reply["objectType"] == "KalturaAppTokenListResponse"
        return [token["id"] for token in reply["objects"] if token["id"] in made]

    assert listed() == made[::-1]
    assert listed(**{"filter[sessionUserIdEqual]": "ann"}) == [made[2], made[0]]
    assert listed(**{"filter[idIn]": f"{made[0]},x"}) == [made[0]]
    assert listed(**{"filter[idEqual]": made[1], "pager[pageSize]": "1"}) == [made[1]]
    user = caller(studio)
    assert user.service("appToken.list", ks=user.ks)["code"] == "SERVICE_FORBIDDEN"


@pytest.mark.parametrize("hash_type", ["SHA1", "SHA256", "SHA512", "MD5"])
def test_an_app_token_becomes_a_session(studio: Studio, hash_type: str) -> None:
    token = new_token(studio, hashType=hash_type, sessionUserId="robot", sessionDuration=600)
    told = exchange(studio, token, userId="somebody-else", expiry=999_999)
    assert (told["userId"], told["sessionType"]) == ("robot", 0)
    user = Caller(studio, told["ks"])
    assert user("video/add", name="x", avatarId=user.avatar())["userId"] == "robot"


def test_an_app_token_is_refused(studio: Studio) -> None:
    token = new_token(studio, hashType="SHA256")
    assert exchange(studio, token, tokenHash="0" * 64)["code"] == "INVALID_APP_TOKEN_HASH"
    assert exchange(studio, token, id="1_nothing0")["code"] == "APP_TOKEN_ID_NOT_FOUND"
    assert exchange(studio, new_token(studio, expiry=1))["code"] == "APP_TOKEN_EXPIRED"
    user = caller(studio)
    assert user.service("appToken.add", ks=user.ks)["code"] == "SERVICE_FORBIDDEN"


def test_an_app_token_that_is_off_is_refused_before_its_hash(studio: Studio) -> None:
    token = new_token(studio, hashType="SHA256")
    with studio.workspace.store.write() as tx:
        run_sql(tx, "UPDATE app_tokens SET status=1 WHERE id=?", token["id"])
    for form in ({}, {"tokenHash": "0" * 64}):
        assert exchange(studio, token, **form)["code"] == "APP_TOKEN_NOT_ACTIVE"


def test_deleting_an_app_token_ends_its_sessions(studio: Studio) -> None:
    token = new_token(studio, hashType="SHA256")
    ks = exchange(studio, token)["ks"]
    assert code_of(studio, ks) is None
    admin = caller(studio, kind=2)
    assert admin.service("appToken.delete", ks=admin.ks, id=token["id"]) is None
    assert code_of(studio, ks) == "INVALID_KS"


def test_ending_a_session_of_an_app_token_ends_that_one_alone(studio: Studio) -> None:
    """Whoever holds one of its sessions could shut out all others, and for good."""
    token = new_token(studio, hashType="SHA256", sessionUserId="robot")
    ended, other = exchange(studio, token)["ks"], exchange(studio, token)["ks"]
    assert Caller(studio, ended).service("session.end", ks=ended) is None
    assert code_of(studio, ended) == "INVALID_KS"
    assert code_of(studio, other) is None
    assert code_of(studio, exchange(studio, token)["ks"]) is None


def test_sessions_that_were_started_as_a_group_end_together(studio: Studio) -> None:
    one, other = (start(studio, privileges="sessionid:lesson") for _ in range(2))
    alone = start(studio, privileges="sessionid:another")
    assert Caller(studio, one).service("session.end", ks=one) is None
    assert [code_of(studio, ks) for ks in (one, other, alone)] == ["INVALID_KS"] * 2 + [None]


def test_a_widget_session_cannot_be_ended(studio: Studio) -> None:
    nobody = Caller(studio, "")
    ks = nobody.service("session.startWidgetSession", widgetId=f"_{studio.partner_id}")["ks"]
    nobody.service("session.end", ks=ks)
    assert nobody.service("session.get", ks=ks)["userId"] == "0"
    wrong = nobody.service("session.startWidgetSession", widgetId="_1")
    assert wrong["code"] == "START_WIDGET_SESSION_ERROR"


def test_the_variables_of_a_studio_work(studio: Studio) -> None:
    given = studio.variables("somebody")
    user = Caller(studio, given["KALTURA_KS"])
    assert user("video/add", name="x", avatarId=user.avatar())["userId"] == "somebody"
    token = {
        "id": given["KALTURA_APP_TOKEN_ID"],
        "token": given["KALTURA_APP_TOKEN"],
        "hashType": "SHA256",
    }
    assert exchange(studio, token)["userId"] == "somebody"


def test_the_secret_is_its_owners(studio: Studio) -> None:
    file = studio.workspace.path / "identity.json"
    assert file.stat().st_mode & 0o777 == 0o600


@ALONE_IN_SQLITE
@pytest.mark.skipif(os.name != "posix", reason="other systems have no such rights")
@pytest.mark.parametrize("state", ["new", "old"])
def test_a_workspace_that_others_enter_shows_them_nothing(tmp_path: Path, state: str) -> None:
    """A folder that was there keeps its rights: so all that is in it is closed by itself."""
    workspace = tmp_path / "shared"
    workspace.mkdir()
    workspace.chmod(0o755)
    before = os.umask(0o022)
    try:
        if state == "old":
            open_test_studio(workspace).close()
            for path in [*workspace.glob("*"), *workspace.glob("data-*/*")]:
                if path.name != "identity.json":
                    path.chmod(0o755 if path.is_dir() else 0o644)
        with open_test_studio(workspace) as studio, announced(workspace, "http://127.0.0.1:8700"):
            studio.variables()
            (studio.workspace.blobs.draft(".mp4")).write_bytes(b"film")
            made = [*workspace.glob("*"), *workspace.glob("data-*/*")]
            names = {path.name for path in made}
            assert {"studio.sqlite3", "studio.sqlite3-wal", "blobs", "serving"} <= names
            kept = [path for path in made if path.name != ".gitignore"]
            assert [path for path in kept if path.stat().st_mode & 0o077] == []
    finally:
        os.umask(before)
    assert workspace.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("path", ["media", "progress", "contract", "faults", "videos/x"])
def test_the_control_plane_needs_an_admin(studio: Studio, user: Caller, path: str) -> None:
    assert user.send("GET", f"/__studio/{path}").json()["code"] == "MISSING_KS"
    headers = {"Authorization": f"Bearer {user.ks}"}
    reply = user.send("GET", f"/__studio/{path}", headers=headers).json()
    assert reply["code"] == "SERVICE_FORBIDDEN"


@pytest.mark.parametrize("name", ["media.get", "baseEntry.list", "flavorAsset.list"])
def test_services_need_a_session(user: Caller, name: str) -> None:
    assert user.service(name, entryId="1_a")["code"] == "MISSING_KS"
    assert user.service("media.get", entryId="1_none", ks=user.ks)["code"] == "ENTRY_ID_NOT_FOUND"
    assert user.service("media.addFromUrl", ks=user.ks)["code"] == "NOT_EMULATED"
    assert user.service("nonsense.get", ks=user.ks)["code"] == "SERVICE_DOES_NOT_EXISTS"


@pytest.mark.parametrize("by", ["an end", "a use"])
def test_sessions_that_have_expired_are_forgotten(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    for _ in range(3):
        ks = start(studio, privileges="actionslimit:3")
        caller(studio).service("session.end", ks=ks)

    def kept() -> list[int]:
        with studio.workspace.store.read() as tx:
            return [len(tx.rows(f"{each}.rows")) for each in ("revoked_sessions", "session_uses")]

    assert kept() == [3, 3]
    later = time.time() + 20 * 365 * 86_400
    monkeypatch.setattr(authentication, "time", SimpleNamespace(time=lambda: later))
    caller(studio).control("POST", "clock", json={"advance": 3 * 86_400})
    ks = start(studio, privileges="actionslimit:3" if by == "a use" else "")
    caller(studio).service("session.get" if by == "a use" else "session.end", ks=ks)
    assert kept() == ([0, 1] if by == "a use" else [1, 0])
