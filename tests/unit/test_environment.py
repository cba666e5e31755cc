"""Where a run's settings come from, and what is said where they are missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from storyboard.environment import resolve_environment
from storyboard.errors import CredentialsError, UsageError
from storyboard.kaltura.credentials import AppTokenLogin, GivenSession, SecretLogin

ROOT = Path("project")
LOGIN = {"KALTURA_PARTNER_ID": "77", "KALTURA_ADMIN_SECRET": "s3cret", "KALTURA_USER_ID": "me"}
TOKEN = {"KALTURA_PARTNER_ID": "77", "KALTURA_APP_TOKEN_ID": "1_t", "KALTURA_APP_TOKEN": "t0ken"}


def resolve(
    name: str, variables: dict[str, str], declared: dict[str, dict[str, Any]] | None = None
) -> Any:
    return resolve_environment(name, declared or {}, variables, ROOT)


def test_local_needs_nothing() -> None:
    local = resolve("local", {})
    assert local.remote is None
    assert local.state_path == ROOT / ".storyboard/state/local.json"
    assert local.download_dir == ROOT / "films"
    assert local.poll_seconds < 1


def test_kaltura_reads_the_variables() -> None:
    remote = resolve("kaltura", {"KALTURA_REGION": "irp2", **LOGIN}).remote
    assert remote.avatar_url == "https://video-avatar.irp2.ovp.kaltura.com/api/v1"
    assert isinstance(remote.credentials, SecretLogin)
    assert (remote.partner_id, remote.user_id) == (77, "me")


def test_a_url_wins_over_a_region_and_gets_its_path() -> None:
    variables = {
        "KALTURA_REGION": "irp2",
        "KALTURA_VOD_AVATAR_URL": "http://127.0.0.1:9",
        **LOGIN,
    }
    environment = resolve("kaltura", variables)
    assert environment.remote.avatar_url == "http://127.0.0.1:9/api/v1"
    assert environment.poll_seconds < 1


def test_a_given_session_comes_first_and_is_renewed_by_the_login_of_the_same_user() -> None:
    given = {"KALTURA_REGION": "nvp1", "KALTURA_KS": "a-session"}
    alone = resolve("kaltura", given).remote.credentials
    assert isinstance(alone, GivenSession)
    assert alone.renewal is None
    both = resolve("kaltura", {**given, **LOGIN}).remote.credentials
    assert isinstance(both.renewal, SecretLogin)


def test_an_app_token_will_do() -> None:
    remote = resolve("kaltura", {"KALTURA_REGION": "nvp1", **TOKEN}).remote
    assert isinstance(remote.credentials, AppTokenLogin)


def test_a_project_names_variables_in_the_place_of_secrets() -> None:
    declared = {
        "production": {"studio": "kaltura", "region": "nvp1", "partnerId": 5, "ksEnv": "PROD_KS"}
    }
    remote = resolve("production", {"PROD_KS": "a-session"}, declared).remote
    assert remote.credentials.ks.reveal() == "a-session"
    assert remote.partner_id == 5


@pytest.mark.parametrize(
    ("name", "variables", "error", "said"),
    [
        ("prod", {}, UsageError, "no environment 'prod'"),
        ("kaltura", {}, CredentialsError, "names no studio"),
        ("kaltura", {"KALTURA_REGION": "moon", **LOGIN}, UsageError, "no region 'moon'"),
        ("kaltura", {"KALTURA_REGION": "nvp1"}, CredentialsError, "no credentials"),
        (
            "kaltura",
            {"KALTURA_REGION": "nvp1", "KALTURA_PARTNER_ID": "x"},
            CredentialsError,
            "no partner id",
        ),
    ],
)
def test_what_is_missing_is_said(
    name: str, variables: dict[str, str], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        resolve(name, variables)


def test_a_control_plane_must_stand_on_the_studio_it_controls() -> None:
    url = {"KALTURA_VOD_AVATAR_URL": "http://127.0.0.1:9/api/v1", **LOGIN}
    same = {**url, "STORYBOARD_STUDIO_CONTROL": "http://127.0.0.1:9/__studio"}
    other = {**url, "STORYBOARD_STUDIO_CONTROL": "http://127.0.0.1:8/__studio"}
    assert resolve("kaltura", same).remote.control.session_type == 2
    assert resolve("kaltura", other).remote.control is None
