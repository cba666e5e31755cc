"""The generations of the API: one name sets the switches, and what was set by hand wins."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from storyboard.errors import UsageError
from storyboard.source.schema import schema_text
from storyboard.studio.behavior.contract import Contract
from storyboard.studio.behavior.profiles import PROFILES
from storyboard.studio.behavior.switches import SWITCHES
from storyboard.studio.behavior.transitions import Operation, Refused, rules
from storyboard.wire import GUIDE, LATER, ErrorCode, VideoStatus
from storyboard.wire import PROFILES as NAMES
from tests.contract.studio_rig import HELLO, caller, open_test_studio
from tests.contract.test_generation import broll, give
from tests.contract.test_status_table import put

EDITABLE = {VideoStatus.DRAFT, VideoStatus.COMPOSED}


def test_the_guides_profile_is_the_default_and_changes_nothing() -> None:
    assert Contract().listing() == Contract(profile=GUIDE).listing()
    assert all(row["value"] == row["default"] for row in Contract().listing())
    assert Contract().profile == NAMES[0] == GUIDE


def test_profiles_are_the_same_wherever_they_are_named() -> None:
    assert tuple(profile.name for profile in PROFILES) == NAMES
    environment = json.loads(schema_text("project"))["definitions"]["environment"]["properties"]
    assert tuple(environment["profile"]["enum"]) == NAMES


@pytest.mark.parametrize("profile", PROFILES[1:], ids=lambda profile: profile.name)
def test_a_profile_sets_switches_to_what_they_are_not_in_the_guide(profile: Any) -> None:
    defaults = {switch.name: switch.default for switch in SWITCHES}
    assert profile.settings
    assert profile.source
    for name, value in profile.settings.items():
        assert value != defaults[name]
        assert Contract(profile=profile.name)[name] == value


def test_a_switch_wins_over_the_profile() -> None:
    contract = Contract.parse(["broll_overrun=fail"], LATER)
    assert (contract["broll_overrun"], contract["entry_id_while_generating"]) == ("fail", "early")
    with pytest.raises(UsageError, match="there is no profile 'newest'"):
        Contract.parse([], "newest")


def test_later_edits_scenes_in_draft_and_composed_alone_and_names_always() -> None:
    table = rules(Contract(profile=LATER))
    locked = Refused(ErrorCode.VIDEO_IS_PROCESSING)
    for status in VideoStatus:
        assert (table[Operation.EDIT][status] == locked) is (status not in EDITABLE), status
        assert not isinstance(table[Operation.RENAME][status], Refused)


@pytest.mark.parametrize("status", VideoStatus, ids=lambda status: status.value)
def test_later_answers_by_its_table(tmp_path: Path, status: VideoStatus) -> None:
    studio = open_test_studio(tmp_path, contract=Contract(profile=LATER))
    try:
        user = caller(studio)
        video_id = user.video()
        put(studio, video_id, status)
        assert user("video/update", id=video_id, name="Another")["name"] == "Another"
        reply = user("video/update", id=video_id, name="Third", scenes=[HELLO, HELLO])
        wanted = status.value if status in EDITABLE else "VIDEO_IS_PROCESSING"
        assert reply.get("code", reply.get("status")) == wanted
        assert user("video/get", id=video_id)["name"] == (
            "Third" if status in EDITABLE else "Another"
        )
        told = user.control("GET", "contract")
        assert told["profile"] == user.control("GET", "openapi.json")["info"]["x-profile"] == LATER
    finally:
        studio.close()


def test_later_takes_scenes_without_narration_and_no_empty_text(tmp_path: Path) -> None:
    for profile, code in ((GUIDE, None), (LATER, "VALIDATION_ERROR")):
        studio = open_test_studio(tmp_path / profile, contract=Contract(profile=profile))
        user = caller(studio)
        empty = [HELLO, {"narration": {"text": ""}}]
        added = user("video/add", name="x", avatarId=user.avatar(), scenes=empty)
        assert added.get("code") == code
        assert user("video/update", id=user.video(), scenes=empty).get("code") == code
        document = user.control("GET", "openapi.json")["paths"]["/video/add"]["post"]
        body = document["requestBody"]["content"]["application/json"]["schema"]
        scene = body["properties"]["scenes"]["items"]["properties"]
        told = scene["narration"]["properties"]["text"].get("minLength", 0)
        assert bool(told) is (profile == LATER)
        silent = [HELLO, {"layoutType": "full-screen"}, {"narration": None}]
        assert "id" in user("video/update", id=user.video(), scenes=silent)
        studio.close()


@pytest.mark.parametrize(
    ("scene", "reason"),
    [
        ({"narration": {"text": "No."}}, "speech-too-short"),
        (broll("1_fps24000"), "clip-frame-rate"),
    ],
    ids=["too little said", "another rate"],
)
def test_later_fails_by_its_checklist_and_tells_no_reason(
    tmp_path: Path, scene: dict[str, Any], reason: str
) -> None:
    """One scene that is well, a clip that is short among them, and one of the checklist."""
    with open_test_studio(tmp_path / "w", contract=Contract(profile=LATER)) as studio:
        user = caller(studio)
        give(user, tmp_path, "1_clip0000")
        give(user, tmp_path, "1_fps24000", fps=24)
        added = user("video/add", name="x", avatarId=user.avatar(), scenes=[broll(start=3), scene])
        user("video/generate", id=added["id"])
        failed = user.wait(added["id"], "generate-error")
        assert set(failed) == set(added)
        assert reason not in json.dumps(failed)
        assert user.control("GET", f"videos/{added['id']}")["reason"].startswith(reason)
        fixed = [HELLO, broll(start=3)]
        locked = user("video/update", id=added["id"], scenes=fixed)
        assert locked["code"] == "VIDEO_IS_PROCESSING"
        user("video/resetStatus", id=added["id"])
        user("video/update", id=added["id"], scenes=fixed)
        user("video/generate", id=added["id"])
        assert user.wait(added["id"], "ready")["entryId"]
