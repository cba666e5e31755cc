"""Each error of a studio says what to do next, also one whose code no table has."""

from __future__ import annotations

import json

import pytest

from storyboard.commands.doctor_finding import Finding
from storyboard.errors import ApiError
from storyboard.hints import HINTS
from storyboard.kaltura.code_hints import hint_of
from storyboard.kaltura.replies import decode
from storyboard.kaltura.transport import Reply
from storyboard.studio.behavior.refusal import StudioCode

KINDS = {
    "a name that is not there": (
        ("ENTRY_ID_NOT_FOUND", "SERVICE_DOES_NOT_EXISTS", "UNKNOWN_PARTNER_ID"),
        "storyboard plan",
    ),
    "a session": (("UNAUTHORIZED", "KS_EXPIRED", "SESSION_LIMITED"), "start a new session"),
    "a right": (
        ("FEATURE_FORBIDDEN", "SERVICE_ACCESS_CONTROL_RESTRICTED", "PERMISSION_DENIED"),
        "storyboard doctor",
    ),
    "a quota": (("QUOTA_EXCEEDED", "STORAGE_QUOTA"), "delete what you do not need"),
    "a limit": (
        ("PARTNER_MAX_USERS_REACHED", "FILE_TOO_LARGE", "TOO_MANY_VIDEOS"),
        "ask for less",
    ),
    "a field": (
        ("VALIDATION_ERROR", "PROPERTY_VALIDATION_MAX_LENGTH", "NAME_TOO_LONG", "INVALID_ENUM"),
        "storyboard show",
    ),
    "a status": (("ENTRY_NOT_READY", "VIDEO_IS_ARCHIVED_ALREADY"), "storyboard status"),
    "a pause": (("ACTION_BLOCKED", "TOO_MANY_REQUESTS"), "wait a few minutes"),
    "a snapshot": (("SNAPSHOT_NOT_FOUND",), "storyboard studio snapshot list"),
    "what is not emulated": (("NOT_EMULATED",), "storyboard studio contract"),
    "anything": (("INTERNAL_SERVERL_ERROR", "UNKNOWN", "E17", "-1", "MAXIM"), "run the command"),
}


@pytest.mark.parametrize(("codes", "step"), KINDS.values(), ids=KINDS)
def test_an_unknown_code_is_told_by_its_kind(codes: tuple[str, ...], step: str) -> None:
    assert {code for code in codes if step not in hint_of(code, 200)} == set()


def test_a_known_code_keeps_its_own_words() -> None:
    assert {code: hint_of(code.value, 200) for code in HINTS} == HINTS


@pytest.mark.parametrize(
    ("status", "step"),
    [(400, "storyboard show"), (403, "storyboard doctor"), (413, "ask for less"), (500, "again")],
)
def test_a_status_tells_what_the_code_does_not(status: int, step: str) -> None:
    assert step in hint_of("E17", status)


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 409, 413, 418, 422, 451])
def test_no_error_of_a_studio_is_without_a_next_step(status: int) -> None:
    codes = [code.value for code in StudioCode] + ["NEW_CODE", "", 7]
    bodies = [
        *(json.dumps({"code": code, "message": words}) for code in codes for words in ("no", "")),
        *(["plain words", "<html>", '{"message": "no"}', "[]", ""] if status >= 400 else []),
    ]
    for body in bodies:
        with pytest.raises(ApiError) as told:
            decode(Reply(status, {}, body.encode()))
        assert told.value.hint, body


@pytest.mark.parametrize("code", [*(code.value for code in HINTS), "FORBIDDEN", "E17", "NOT_FOUND"])
def test_doctor_sends_nobody_to_doctor(code: str) -> None:
    failure = ApiError(code, "no", status=200, hint=hint_of(code, 200))
    hint = Finding.of_failure("studio", failure).hint
    assert hint
    assert "storyboard doctor" not in hint
