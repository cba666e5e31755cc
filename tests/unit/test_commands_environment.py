"""Where a run's settings come from, and what is said where they are missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from storyboard.commands.environment import RemoteStudio, remote_studio, resolve_environment
from storyboard.commands.project import compile_request, environment_of, find_request
from storyboard.errors import CredentialsError, ProjectError, UsageError
from storyboard.kaltura.credentials import AppTokenLogin, GivenSession, SecretLogin
from storyboard.source.files import FileRefused

ROOT = Path("project")
LOGIN = {"KALTURA_PARTNER_ID": "77", "KALTURA_ADMIN_SECRET": "s3cret", "KALTURA_USER_ID": "me"}
TOKEN = {"KALTURA_PARTNER_ID": "77", "KALTURA_APP_TOKEN_ID": "1_t", "KALTURA_APP_TOKEN": "t0ken"}


def resolve(
    name: str, variables: dict[str, str], declared: dict[str, dict[str, Any]] | None = None
) -> Any:
    return resolve_environment(name, declared or {}, variables, ROOT)


def remote(
    name: str, variables: dict[str, str], declared: dict[str, dict[str, Any]] | None = None
) -> RemoteStudio:
    settings = resolve(name, variables, declared).settings
    assert settings is not None
    return remote_studio(settings)


def test_local_needs_nothing() -> None:
    local = resolve("local", {})
    assert local.settings is None
    assert local.state_path == ROOT / ".storyboard/state/local.json"
    assert local.download_dir == ROOT / "films"
    assert local.poll_seconds < 1


def test_kaltura_reads_the_variables() -> None:
    studio = remote("kaltura", {"KALTURA_REGION": "irp2", **LOGIN})
    assert studio.avatar_url == "https://video-avatar.irp2.ovp.kaltura.com/api/v1"
    assert isinstance(studio.credentials, SecretLogin)
    assert (studio.partner_id, studio.user_id) == (77, "me")


def test_a_url_wins_over_a_region_and_gets_its_path() -> None:
    variables = {
        "KALTURA_REGION": "irp2",
        "KALTURA_VOD_AVATAR_URL": "http://127.0.0.1:9",
        **LOGIN,
    }
    assert remote("kaltura", variables).avatar_url == "http://127.0.0.1:9/api/v1"
    assert resolve("kaltura", variables).poll_seconds < 1


def test_a_given_session_comes_first_and_is_renewed_by_the_login_of_the_same_user() -> None:
    given = {"KALTURA_REGION": "nvp1", "KALTURA_KS": "a-session"}
    alone = remote("kaltura", given).credentials
    assert isinstance(alone, GivenSession)
    assert alone.renewal is None
    both = remote("kaltura", {**given, **LOGIN}).credentials
    assert isinstance(both, GivenSession)
    assert isinstance(both.renewal, SecretLogin)


def test_an_app_token_will_do() -> None:
    studio = remote("kaltura", {"KALTURA_REGION": "nvp1", **TOKEN})
    assert isinstance(studio.credentials, AppTokenLogin)


def test_a_project_names_variables_in_the_place_of_secrets() -> None:
    declared = {
        "production": {"studio": "kaltura", "region": "nvp1", "partnerId": 5, "ksEnv": "PROD_KS"}
    }
    studio = remote("production", {"PROD_KS": "a-session"}, declared)
    assert isinstance(studio.credentials, GivenSession)
    assert studio.credentials.ks.reveal() == "a-session"
    assert studio.partner_id == 5


@pytest.mark.parametrize(
    ("name", "variables", "error", "said"),
    [
        ("prod", {}, UsageError, "no environment 'prod'"),
        ("kaltura", {}, CredentialsError, "has no address"),
        ("kaltura", {"KALTURA_REGION": "moon", **LOGIN}, UsageError, "no region 'moon'"),
        ("kaltura", {"KALTURA_REGION": "nvp1"}, CredentialsError, "no credentials"),
        (
            "kaltura",
            {"KALTURA_REGION": "nvp1", "KALTURA_PARTNER_ID": "x"},
            CredentialsError,
            "invalid partner id",
        ),
    ],
)
def test_what_is_missing_is_said(
    name: str, variables: dict[str, str], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        remote(name, variables)


def test_a_control_plane_must_stand_on_the_studio_it_controls() -> None:
    url = {"KALTURA_VOD_AVATAR_URL": "http://127.0.0.1:9/api/v1", **LOGIN}
    same = {**url, "STORYBOARD_STUDIO_CONTROL": "http://127.0.0.1:9/__studio"}
    other = {**url, "STORYBOARD_STUDIO_CONTROL": "http://127.0.0.1:8/__studio"}
    login = remote("kaltura", same).control
    assert login is not None
    assert login.session_type == 2
    assert remote("kaltura", other).control is None


def test_an_environment_saves_its_films_in_a_folder_that_no_other_one_decides() -> None:
    declared: dict[str, dict[str, Any]] = {
        "preview": {"studio": "local"},
        "review": {"studio": "local", "download": "films/of-review"},
        "live": {"studio": "kaltura", "download": "out/"},
        "alone": {"studio": "kaltura", "download": "dist/films"},
        "none": {"studio": "kaltura"},
    }
    folders = {name: resolve(name, {}, declared).download_dir for name in ("local", *declared)}
    assert folders == {
        "local": ROOT / "films",
        "preview": ROOT / "films/preview",
        "review": ROOT / "films/of-review",
        "live": ROOT / "out",
        "alone": ROOT / "dist/films",
        "none": None,
    }
    for name in declared:
        assert resolve(name, {}, {name: declared[name]}).download_dir == folders[name]


@pytest.mark.parametrize(
    ("declared", "both", "hint"),
    [
        ({"live": {"download": "out/"}, "again": {"download": "out"}},
         "'live' and 'again'", "again"),
        ({"review": {"studio": "local", "download": "films"}},
         "'local' and 'review'", "films/review"),
        ({"staging": {"studio": "local"}, "prod": {"download": "films/staging"}},
         "'staging' and 'prod'", "films/prod"),
        ({"prod": {"download": "films/staging"}, "staging": {"studio": "local"}},
         "'prod' and 'staging'", "films/prod"),
        ({"local": {"studio": "local", "download": "x"}, "prod": {"download": "x"}},
         "'local' and 'prod'", "films/prod"),
    ],
)  # fmt: skip
def test_two_environments_in_one_folder_are_an_error_that_names_both(
    declared: dict[str, dict[str, Any]], both: str, hint: str
) -> None:
    for name in ("local", *declared):
        with pytest.raises(ProjectError, match=f"the environments {both} both save") as raised:
            resolve(name, {}, declared)
        assert hint in (raised.value.hint or "")


@pytest.mark.parametrize("key", ["download", "state"])
@pytest.mark.parametrize(
    "path",
    ["../films", "/tmp/films", "~/films", "films/../../x", ".git/hooks", "C:/x", "a//b", "x\\y"],
)
def test_a_project_names_no_place_outside_of_it(key: str, path: str) -> None:
    with pytest.raises(FileRefused, match=r"is |climbs|has "):
        resolve("production", {}, {"production": {"studio": "local", key: path}})


@pytest.mark.parametrize("key", ["download", "state"])
def test_a_link_is_not_written_through(tmp_path: Path, key: str) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (root / "out").symlink_to(tmp_path)
    with pytest.raises(FileRefused, match="through a link"):
        resolve_environment("p", {"p": {"studio": "local", key: "out/x"}}, {}, root)
    (root / "hooks").symlink_to(".git/hooks")
    with pytest.raises(FileRefused, match="git's own"):
        resolve_environment("p", {"p": {"studio": "local", key: "hooks"}}, {}, root)
    found = resolve_environment("p", {"p": {"studio": "local", key: ".made/x"}}, {}, root)
    assert root / ".made/x" in (found.download_dir, found.state_path)


MISSING = """\
name: Tour
locales: [en]
entries: {clip: {entryId: 1_x, media: media/none.mp4}}
scenes:
  - {id: a, narration: Here we see the numbers of this quarter., broll: clip}
"""


@pytest.mark.parametrize("told", [None, "local", "kaltura"])
@pytest.mark.parametrize("name", ["local", "kaltura", "other"])
def test_check_looks_at_local_media_exactly_where_the_films_are_made_here(
    tmp_path: Path, name: str, told: str | None
) -> None:
    settings = f"{{{name}: {{{'' if told is None else f'studio: {told}'}}}}}"
    (tmp_path / "storyboard.yaml").write_text(f"environments: {settings}\n")
    (tmp_path / "tour.storyboard.yaml").write_text(MISSING)
    request = find_request(directory=tmp_path, environment=name)
    compilation = compile_request(request)
    holds = [hold for video in compilation.videos for hold in video.holds]
    films_here = environment_of(request, compilation.project).settings is None
    assert films_here == (told == "local" or (told is None and name == "local"))
    assert bool(holds) == films_here


def test_a_built_in_environment_that_no_file_tells_of_is_what_its_name_says(
    tmp_path: Path,
) -> None:
    (tmp_path / "storyboard.yaml").write_text("{}\n")
    (tmp_path / "tour.storyboard.yaml").write_text(MISSING)
    held = {
        name: any(
            video.holds
            for video in compile_request(find_request(directory=tmp_path, environment=name)).videos
        )
        for name in ("local", "kaltura")
    }
    assert held == {"local": True, "kaltura": False}
