"""Where a run's settings come from, and what is said where they are missing."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import storyboard
from storyboard.allowances import ADDRESS_KEYS
from storyboard.codes import environments
from storyboard.commands.compiled_project import compile_request, environment_of
from storyboard.commands.connection import connect
from storyboard.commands.environment import resolve_environment
from storyboard.commands.remote_studio import RemoteStudio, remote_studio
from storyboard.commands.request import find_request
from storyboard.errors import CredentialsError, ProjectError, UsageError
from storyboard.kaltura.credentials import AppTokenLogin, GivenSession, SecretLogin
from storyboard.wire import CATALOG_URL, GUIDE, NEXT

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
        "KALTURA_SERVICE_URL": "http://127.0.0.1:9/api_v3",
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
        "production": {
            "studio": "kaltura",
            "region": "nvp1",
            "partnerId": 5,
            "ksEnv": "KALTURA_PROD_KS",
        }
    }
    studio = remote("production", {"KALTURA_PROD_KS": "a-session"}, declared)
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


def test_the_hint_of_an_environment_is_what_the_file_takes() -> None:
    """A file that says anything of the built-in one is refused: see `environment-built-in`."""
    hints = {}
    for name, declared in (("kaltura", {}), ("prod", {"prod": {}})):
        with pytest.raises(CredentialsError, match="has no address") as caught:
            remote(name, {}, declared)
        hints[name] = str(caught.value.hint)
    assert "storyboard.yaml" not in hints["kaltura"]
    assert "set KALTURA_REGION (nvp1, irp2, " in hints["kaltura"]
    assert hints["prod"].startswith("give it `region:` (nvp1, irp2, ")


def test_a_control_plane_must_stand_on_the_studio_it_controls() -> None:
    service = {"KALTURA_SERVICE_URL": "http://127.0.0.1:9/api_v3"}
    url = {"KALTURA_VOD_AVATAR_URL": "http://127.0.0.1:9/api/v1", **service, **LOGIN}
    same = {**url, "STORYBOARD_STUDIO_CONTROL": "http://127.0.0.1:9/__studio"}
    other = {**url, "STORYBOARD_STUDIO_CONTROL": "http://127.0.0.1:8/__studio"}
    login = remote("kaltura", same).control
    assert login is not None
    assert login.session_type == 2
    assert remote("kaltura", other).control is None
    with_login = {**url, "STORYBOARD_STUDIO_CONTROL": "http://u:hunter2@127.0.0.1:9/__studio"}
    with pytest.raises(CredentialsError, match="STORYBOARD_STUDIO_CONTROL has a user name"):
        remote("kaltura", with_login)


@pytest.mark.parametrize(
    "keys",
    [
        {"serviceUrl": "https://www.kaltura.com/api_v3"},
        {"avatarUrl": "https://video-avatar.irp2.ovp.kaltura.com/api/v1"},
    ],
    ids=["service", "avatar"],
)
def test_the_secrets_of_a_local_studio_go_to_no_other_one(keys: dict[str, str]) -> None:
    here = "http://127.0.0.1:9"
    local = {
        "STORYBOARD_STUDIO_CONTROL": f"{here}/__studio",
        "KALTURA_VOD_AVATAR_URL": f"{here}/api/v1",
        "KALTURA_SERVICE_URL": f"{here}/api_v3",
        **LOGIN,
    }
    with pytest.raises(CredentialsError, match="is another studio than the local one"):
        remote("live", local, {"live": keys})
    own = {"adminSecretEnv": "KALTURA_OWN_SECRET", "ksEnv": "KALTURA_OWN_KS"}
    own |= {"appTokenEnv": "KALTURA_OWN_TOKEN"}
    assert remote("live", {**local, "KALTURA_OWN_KS": "ks"}, {"live": {**keys, **own}})


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/api/v1", "https://studio.example:8443"])
def test_a_studio_that_is_not_kalturas_needs_its_service(url: str) -> None:
    """Its login would go to Kaltura else, with the secret of the studio."""
    origin = url.removesuffix("/api/v1")
    declared = {"served": {"avatarUrl": url}}
    allowed = {"STORYBOARD_ALLOW_HOSTS": "127.0.0.1:9,studio.example:8443"}
    for login in (LOGIN, {"KALTURA_KS": "ks"}):
        with pytest.raises(CredentialsError, match="sends its login to Kaltura") as refused:
            remote("served", {**login, **allowed}, declared)
        assert f"set `serviceUrl: {origin}/api_v3`" in str(refused.value.hint)
    both = {"served": {"avatarUrl": url, "serviceUrl": f"{origin}/api_v3"}}
    assert remote("served", {**LOGIN, **allowed}, both).service_url == f"{origin}/api_v3"
    with pytest.raises(CredentialsError, match="sends its login to Kaltura") as refused:
        remote("kaltura", {"KALTURA_VOD_AVATAR_URL": url, **LOGIN})
    assert f"KALTURA_SERVICE_URL={origin}/api_v3" in str(refused.value.hint)


def test_a_service_of_its_own_is_the_local_studios_too() -> None:
    """Its secret goes nowhere else, also where its address stands in the file alone."""
    variables = {"STORYBOARD_STUDIO_CONTROL": "http://127.0.0.1:9/__studio", **LOGIN}
    variables["KALTURA_VOD_AVATAR_URL"] = "https://video-avatar.irp2.ovp.kaltura.com/api/v1"
    declared = {"served": {"avatarUrl": "http://127.0.0.1:9/api/v1"}}
    declared["served"]["serviceUrl"] = "https://www.kaltura.com/api_v3"
    with pytest.raises(CredentialsError, match="is another studio than the local one"):
        remote("served", {**variables, "STORYBOARD_ALLOW_HOSTS": "127.0.0.1:9"}, declared)


def test_the_newest_generation_has_its_catalog_beside_the_api() -> None:
    """Kaltura's is known of one region; any other has to be told, and gets no secret by guess."""

    def catalog(variables: dict[str, str], profile: str = NEXT) -> str | None:
        settings = resolve("kaltura", {**LOGIN, **variables}).settings
        assert settings is not None
        return remote_studio(settings, profile).catalog_url

    assert catalog({"KALTURA_REGION": "nvp1"}) == CATALOG_URL
    assert catalog({"KALTURA_REGION": "nvp1"}, GUIDE) is None
    own = {"KALTURA_AVATAR_CATALOG_URL": "https://avatars.example/v1"}
    assert catalog({"KALTURA_REGION": "irp2", **own}) == "https://avatars.example/v1"
    with pytest.raises(CredentialsError, match="no address of its avatar catalog") as refused:
        catalog({"KALTURA_REGION": "irp2"})
    assert "KALTURA_AVATAR_CATALOG_URL=" in str(refused.value.hint)
    here = "http://127.0.0.1:9"
    local = {
        "STORYBOARD_STUDIO_CONTROL": f"{here}/__studio",
        "KALTURA_VOD_AVATAR_URL": f"{here}/api/v1",
        "KALTURA_SERVICE_URL": f"{here}/api_v3",
    }
    assert catalog({**local, "KALTURA_AVATAR_CATALOG_URL": f"{here}/catalog/v1"})
    with pytest.raises(CredentialsError, match="is another studio than the local one"):
        catalog({**local, **own})


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
    [
        *("../films", "/tmp/films", "~/films", "~root/films", "films/../../x", "C:/x", "C:x"),
        *("a//b", "x\\y", "\\\\host\\x", "s3:bucket/x", "ftp://a.example/x", "file:x"),
        *(
            ".git/hooks",
            ".GIT/x",
            "a/.git/x",
            ".git./x",
            ".github/workflows",
            "GIT~1/x",
            ".gitmodules",
        ),
        *("a/nul", "con.json", "a./b", "a /b", "x.json:stream", "a*b", "a\u200bb", "a\tb"),
        *(".storyboard/studio", ".storyboard/studio/x", ".storyboard/./STUDIO/x"),
    ],
)
def test_a_project_names_no_place_outside_of_it_or_of_others(
    tmp_path: Path, key: str, path: str
) -> None:
    path = path if key == "download" or path.endswith(".json") else f"{path}/x.json"
    declared = {"production": {"region": "nvp1", key: path}}
    with pytest.raises(ProjectError, match="environment 'production': the ") as raised:
        resolve_environment("production", declared, {}, tmp_path)
    assert raised.value.hint
    with pytest.raises(ProjectError):
        resolve_environment("local", declared, {}, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "path", ["hg", "storyboard.yaml", "a.storyboard.yaml", "locales/de/a.po", "state", "x.json/"]
)
def test_a_state_is_kept_in_no_file_of_another_kind(path: str) -> None:
    with pytest.raises(ProjectError, match="the state") as raised:
        resolve("production", {}, {"production": {"region": "nvp1", "state": path}})
    assert "such as 'state/production.json'" in f"{raised.value.hint}" or path.endswith("/")


def test_a_state_on_a_ref_is_told_from_one_in_a_file(tmp_path: Path) -> None:
    ref = "refs/heads/storyboard"
    declared = {
        "a": {"region": "nvp1", "state": "git"},
        "b": {"region": "nvp1", "state": {"git": {"remote": "up", "ref": ref}}},
        "c": {"region": "nvp1"},
    }
    found = resolve_environment("a", declared, {"KALTURA_KS": "x"}, tmp_path)
    assert found.state_shown == "origin refs/storyboard/a"
    assert {name: str(place) for name, place in found.other_shared.items()} == {"b": f"up {ref}"}
    assert set(found.other_states) == {"c", "local", "kaltura"}
    other = resolve_environment("c", declared, {}, tmp_path)
    assert (other.shared, set(other.other_shared)) == (None, {"a", "b"})


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"remote": "-x"}, "'-x' is not the name of a remote"),
        ({"remote": "https://a.example/x.git"}, "'https://a.example/x.git' is not the name"),
        ({"ref": "--force"}, "'--force' is not a ref below"),
        ({"ref": "refs/tags/v1"}, "'refs/tags/v1' is not a ref below"),
        ({"ref": "refs/heads/a..b"}, "'refs/heads/a..b' is not a ref below"),
    ],
)
def test_a_project_names_no_word_that_git_obeys(
    tmp_path: Path, keys: dict[str, str], said: str
) -> None:
    declared = {"p": {"state": {"git": keys}}}
    with pytest.raises(ProjectError, match=re.escape(f"cannot be kept by git: {said}")) as raised:
        resolve_environment("p", declared, {}, tmp_path)
    assert raised.value.hint


def test_a_wrong_remote_is_one_mistake_at_its_place(tmp_path: Path) -> None:
    text = "environments:\n  p: {state: {git: {remote: ../x, ref: refs/tags/y}}}\n"
    (tmp_path / "storyboard.yaml").write_text(text)
    report = compile_request(find_request((), tmp_path)).report
    errors = [d for d in report.diagnostics if d.code != "no-storyboards"]
    assert [(d.code, d.span and d.span.column) for d in errors] == [
        ("bad-format", text.splitlines()[1].index("../x") + 1),
        ("bad-format", text.splitlines()[1].index("refs") + 1),
    ]


def test_two_environments_have_no_ref_in_common(tmp_path: Path) -> None:
    declared = {"a": {"state": "git"}, "b": {"state": {"git": {"ref": "refs/storyboard/A"}}}}
    with pytest.raises(ProjectError, match="the environments 'a' and 'b' both have the state"):
        resolve_environment("a", declared, {}, tmp_path)


def test_a_project_in_a_folder_of_its_repository_names_its_ref(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    root = tmp_path / "videos" / "my course"
    root.mkdir(parents=True)
    declared: dict[str, Any] = {"p": {"state": "git"}}
    with pytest.raises(ProjectError, match="its state needs a ref of its own") as raised:
        resolve_environment("p", declared, {}, root)
    ref = "refs/storyboard/videos/my-course/p"
    assert raised.value.hint == f"write: state: {{git: {{ref: {ref}}}}}"
    declared = {"p": {"state": {"git": {"ref": ref}}}}
    assert resolve_environment("p", declared, {}, root).state_shown == f"origin {ref}"
    assert resolve_environment("p", {"p": {"state": "git"}}, {}, tmp_path).shared


@pytest.mark.parametrize("path", [".", "./", "./.", ".storyboard"])
def test_films_are_saved_in_a_folder_of_their_own(path: str) -> None:
    with pytest.raises(ProjectError, match="the folder"):
        resolve("production", {}, {"production": {"region": "nvp1", "download": path}})


def test_what_is_there_already_decides_too(tmp_path: Path) -> None:
    (tmp_path / "x.json").mkdir()
    (tmp_path / "films").write_text("")
    for keys in ({"state": "x.json"}, {"download": "films"}):
        with pytest.raises(ProjectError, match="is a f"):
            resolve_environment("p", {"p": keys}, {}, tmp_path)


@pytest.mark.parametrize(
    "declared",
    [
        {"a": {"state": "s.json"}, "b": {"state": "s.json"}},
        {"a": {"state": "s.json"}, "b": {"state": "./S.json"}},
        {"a": {"state": ".storyboard/state/b.json"}, "b": {}},
        {"a": {"state": ".storyboard/state/local.json"}},
        {"a": {"state": "s.json"}, "b": {"state": "s.json.backup/000000001.json"}},
        {"a": {"state": "s.json"}, "b": {"state": "s.json/b.json"}},
        {"a": {"state": "out/s.json", "download": "out"}},
        {"a": {"state": "out/x/s.json"}, "b": {"download": "out"}},
        {"a": {"state": "films/s.json"}},
        {"a": {"state": "s.json", "download": "s.json"}},
        {"a": {"state": "s.json"}, "b": {"download": "s.json.backup"}},
        {"a": {"download": ".storyboard/state"}},
    ],
)
def test_no_state_lies_where_another_environment_or_the_films_are(
    declared: dict[str, dict[str, Any]],
) -> None:
    for name in ("local", *declared):
        with pytest.raises(ProjectError, match="state") as raised:
            resolve(name, {}, declared)
        assert raised.value.hint


def test_environments_that_stay_apart_are_fine() -> None:
    declared: dict[str, dict[str, Any]] = {
        "a": {"state": "states/a.json", "download": "films/a"},
        "b": {"state": "states/a.b.json", "download": "films.json"},
        "c": {"state": ".storyboard/state/kaltura.json", "download": ".made/films"},
        "local": {"vars": {}, "entries": {}, "notes": "x", "download": "out", "studio": "local"},
    }
    for name in ("local", *declared):
        assert resolve(name, {"KALTURA_REGION": "nvp1"}, declared).name == name


@pytest.mark.parametrize("key", ["download", "state"])
def test_a_link_is_not_written_through(tmp_path: Path, key: str) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (root / "out").symlink_to(tmp_path)
    with pytest.raises(ProjectError, match="through a link"):
        resolve_environment("p", {"p": {"studio": "local", key: "out/x.json"}}, {}, root)
    (root / "hooks.json").symlink_to(".git/hooks")
    with pytest.raises(ProjectError, match="git's own"):
        resolve_environment("p", {"p": {"studio": "local", key: "hooks.json"}}, {}, root)
    found = resolve_environment("p", {"p": {"studio": "local", key: ".made/x.json"}}, {}, root)
    assert root / ".made/x.json" in (found.download_dir, found.state_path)


ALLOWED = {"avatarUrl": "https://video-avatar.irp2.ovp.kaltura.com/api/v1"}
ELSEWHERE = {"KALTURA_REGION": "irp2", "AWS_SECRET": "hunter2", "KALTURA_KS": "hunter2"}


@pytest.mark.parametrize("name", ["local", "kaltura"])
@pytest.mark.parametrize(
    "keys",
    [
        {"studio": "kaltura", "avatarUrl": "http://127.0.0.1:9", "ksEnv": "AWS_SECRET"},
        {"studio": "local", "region": "irp2"},
        *({key: "x"} for key in ("avatarUrl", "serviceUrl", "partnerId", "userId", "appTokenId")),
        *({key: "KALTURA_KS"} for key in ("ksEnv", "adminSecretEnv", "appTokenEnv")),
    ],
)
def test_a_built_in_environment_is_what_its_name_says(name: str, keys: dict[str, Any]) -> None:
    for used in ("local", "kaltura"):
        with pytest.raises(ProjectError, match="built-in environment") as raised:
            resolve(used, ELSEWHERE, {name: keys})
        assert "-e NAME" in (raised.value.hint or "")


@pytest.mark.parametrize("key", ["ksEnv", "adminSecretEnv", "appTokenEnv"])
def test_a_file_names_variables_of_kaltura_unless_the_operator_allows_more(key: str) -> None:
    declared = {"p": {**ALLOWED, "partnerId": 5, "appTokenId": "1", key: "AWS_SECRET"}}
    for used in ("p", "local"):
        with pytest.raises(ProjectError, match="does not start with KALTURA_") as raised:
            resolve(used, ELSEWHERE, declared)
        assert "AWS_SECRET" not in f"{raised.value.message} {raised.value.hint}"
    more = {**ELSEWHERE, "STORYBOARD_ALLOW_VARIABLES": "OTHER,AWS_SECRET"}
    assert remote("p", more, declared).credentials
    declared["p"][key] = "KALTURA_KS"
    assert remote("p", ELSEWHERE, declared).credentials


@pytest.mark.parametrize("key", ADDRESS_KEYS)
@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/api/v1",
        "https://evil.example:443",
        "https://www.kaltura.com.evil.example/",
        "https://www.kaltura.com:8443/",
        "http://127.0.0.1:9/api/v1",
        "http://localhost:9",
        "https://[::1]:9/",
        "HTTPS://EVIL.EXAMPLE/",
    ],
)
def test_a_file_sends_secrets_to_hosts_that_the_operator_allows_alone(key: str, url: str) -> None:
    service = "https://www.kaltura.com/api_v3"
    declared = {"p": {"region": "irp2", "serviceUrl": service, key: url}}
    with pytest.raises(ProjectError, match="would send your credentials to") as raised:
        resolve("p", ELSEWHERE, declared)
    hint = raised.value.hint or ""
    assert resolve("local", ELSEWHERE, declared).settings is None
    line = next(word for word in hint.split() if word.startswith("STORYBOARD_ALLOW_HOSTS="))
    more = {**ELSEWHERE, "STORYBOARD_ALLOW_HOSTS": line.partition("=")[2]}
    assert remote("p", more, declared).credentials


@pytest.mark.parametrize("key", ADDRESS_KEYS)
@pytest.mark.parametrize(
    "url",
    [
        "http://www.kaltura.com/api_v3",
        "https://user:hunter2@www.kaltura.com/",
        "https://evil.example@www.kaltura.com/",
        "https://www.kaltura.com@evil.example/",
        "https:/\\evil.example",
        "https://www.kaltura.com\\@evil.example",
        "https://www.kaltura.com./",
        "https://www.kаltura.com/",
        "https://www.kaltura.com/?ks=hunter2",
        "https://www.kaltura.com/#x",
        "https://www.kaltura.com /",
        "http://2130706433/",
    ],
)
def test_no_address_is_used_that_could_be_read_in_two_ways(key: str, url: str) -> None:
    for used in ("p", "local"):
        with pytest.raises(ProjectError, match=f"'{key}' ") as raised:
            resolve(used, ELSEWHERE, {"p": {"region": "irp2", key: url}})
        assert "hunter2" not in f"{raised.value.message} {raised.value.hint}"


VARIABLE = {"avatarUrl": "KALTURA_VOD_AVATAR_URL", "serviceUrl": "KALTURA_SERVICE_URL"}


@pytest.mark.parametrize("key", ["avatarUrl", "serviceUrl"])
@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://user:hunter2@a.example/", "user name or password"),
        ("https://a.example/?secret=hunter2", "has a '\\?'"),
        ("https://a.example/#hunter2", "has a '#'"),
        ("http://a.example/hunter2", "without encryption"),
        ("hunter2", "not an address"),
    ],
)
def test_the_operators_own_addresses_hold_no_secret_and_go_by_https(
    key: str, url: str, said: str
) -> None:
    variables = {**ELSEWHERE, VARIABLE[key]: url}
    with pytest.raises(CredentialsError, match=f"{VARIABLE[key]} .*{said}") as raised:
        remote("kaltura", variables)
    assert "hunter2" not in f"{raised.value.message} {raised.value.hint}"


@pytest.mark.parametrize("name", ["KALTURA_KS", "KALTURA_ADMIN_SECRET", "KALTURA_APP_TOKEN"])
@pytest.mark.parametrize(
    "value", ["hunter2\nx", "hunter2 x", "hunter2\0", "hunter2й", "hunter2\u200b"]
)
def test_a_secret_that_no_header_carries_is_said_and_not_shown(name: str, value: str) -> None:
    variables = {"KALTURA_REGION": "irp2", **TOKEN, name: value}
    with pytest.raises(CredentialsError, match=f"^{name} holds characters") as raised:
        remote("kaltura", variables)
    assert "hunter2" not in f"{raised.value.message} {raised.value.hint}"


def test_a_line_end_after_a_secret_is_not_a_part_of_it() -> None:
    credentials = remote(
        "kaltura", {"KALTURA_REGION": "irp2", "KALTURA_KS": " a-ks\r\n"}
    ).credentials
    assert isinstance(credentials, GivenSession)
    assert credentials.ks.reveal() == "a-ks"


def test_who_a_file_acts_as_is_its_own_to_say() -> None:
    declared = {"p": {**ALLOWED, "partnerId": 5, "userId": "u", "appTokenId": "1_x"}}
    studio = remote("p", {"KALTURA_APP_TOKEN": "t"}, declared)
    assert (studio.partner_id, studio.user_id) == (5, "u")


MISSING = """\
name: Tour
locales: [en]
entries: {clip: {entryId: 1_x, media: media/none.mp4}}
scenes:
  - {id: a, narration: Here we see the numbers of this quarter., broll: clip}
"""


def test_a_profile_is_told_by_the_file_else_by_the_variable() -> None:
    later = {"STORYBOARD_PROFILE": "later"}
    assert resolve("local", {}).profile == "guide"
    assert resolve("local", later).profile == resolve("kaltura", later).profile == "later"
    declared: dict[str, dict[str, Any]] = {"local": {"profile": "guide"}, "p": {"profile": "later"}}
    assert resolve("local", later, declared).profile == "guide"
    assert resolve("p", {}, declared).profile == "later"
    with pytest.raises(UsageError, match="invalid STORYBOARD_PROFILE 'newest'") as caught:
        resolve("local", {"STORYBOARD_PROFILE": "newest"})
    assert "guide, later" in str(caught.value.hint)


def test_check_and_the_studio_in_this_process_follow_the_profile(tmp_path: Path) -> None:
    (tmp_path / "storyboard.yaml").write_text("environments: {local: {profile: later}}\n")
    (tmp_path / "tour.storyboard.yaml").write_text(
        "name: Tour\nlocales: [en]\nentries: {m: {entryId: 1_m, duration: 60}}\nscenes:\n"
        "  - {id: a, narration: Here we see the numbers of this quarter., broll: m@0:59}\n"
    )
    request = find_request(directory=tmp_path)
    local = compile_request(request)
    assert "broll-budget" not in {found.code for found in local.report.diagnostics}
    other = compile_request(replace(request, environment="kaltura"))
    assert "broll-budget" in {found.code for found in other.report.diagnostics}

    async def told() -> Any:
        async with connect(environment_of(request, local.project)) as client:
            assert client._control is not None
            return (await client._control.call("GET", "contract"))["profile"]

    assert asyncio.run(told()) == "later"


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
    if told not in (None, name) and name != "other":
        assert "environment-built-in" in {each.code for each in compilation.report.diagnostics}
        return
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


@pytest.mark.parametrize("value", [5, True, ["KALTURA_KS"], {"a": "b"}, 1.5])
@pytest.mark.parametrize("key", ["ksEnv", "avatarUrl", "serviceUrl", "state", "download"])
def test_a_value_of_another_kind_is_no_way_around(key: str, value: Any) -> None:
    if key == "download" and not isinstance(value, dict):
        return
    with pytest.raises(ProjectError):
        resolve("p", ELSEWHERE, {"p": {"region": "irp2", key: value}})


@pytest.mark.parametrize("code", sorted(code.name for code in environments.CODES))
def test_no_project_silences_what_is_refused_of_it(tmp_path: Path, code: str) -> None:
    (tmp_path / "storyboard.yaml").write_text(
        f"checks: {{{code}: off}}\n"
        "environments:\n"
        "  local: {studio: kaltura}\n"
        "  p: {avatarUrl: 'https://evil.example/', ksEnv: X, state: ../x}\n"
        "  q: {serviceUrl: 'http://evil.example/'}\n"
        "  r: {state: s.json}\n"
        "  s: {state: s.json}\n"
        "  t: {region: irp2, identity: name}\n"
        "  u: {studio: local, userId: ana}\n"
    )
    request = storyboard.Request(tmp_path, environment="p", shell={})
    found = storyboard.compile_request(request).report.diagnostics
    assert {each.code for each in found if each.severity is storyboard.Severity.ERROR} >= {
        *(each.name for each in environments.CODES),
        "unknown-check",
    }


def test_the_python_api_keeps_the_same_rule(tmp_path: Path) -> None:
    (tmp_path / "storyboard.yaml").write_text(
        "environments: {p: {avatarUrl: 'https://evil.example/'}}\n"
    )
    (tmp_path / "tour.storyboard.yaml").write_text(MISSING)
    request = storyboard.Request(tmp_path, environment="p", shell=ELSEWHERE)
    compilation = storyboard.compile_request(request)
    assert "host-refused" in {each.code for each in compilation.report.diagnostics}
    silenced = replace(compilation, report=storyboard.Report())
    for ask in (storyboard.plan_changes, storyboard.fetch_standings):
        with pytest.raises(ProjectError, match="would send your credentials to 'evil"):
            asyncio.run(ask(request, silenced))
    with pytest.raises(ProjectError):
        storyboard.read_state(request)


@pytest.mark.parametrize(
    ("environments", "told"),
    [
        ("p: {region: irp2, identity: name}", "needs the `userId`"),
        ("p: {studio: local, identity: name}", "one user for all environments"),
        (
            "p: {region: irp2, userId: a, identity: name}\n  q: {region: irp2, userId: a}",
            "have one user",
        ),
        (
            "p: {region: irp2, userId: a, identity: name}\n  q: {partnerId: 7, userId: a}",
            "have one user",
        ),
        ("p: {region: irp2, userId: a, identity: name}\n  q: {region: irp2, userId: b}", None),
        ("p: {region: irp2, userId: a, identity: name}\n  q: {region: frp2, userId: a}", None),
        ("p: {region: irp2, userId: a, identity: state}\n  q: {region: irp2, userId: a}", None),
    ],
)
def test_names_are_keys_only_for_a_user_of_ones_own(
    tmp_path: Path, environments: str, told: str | None
) -> None:
    """All videos of the user would be taken for the project's, those of another one too."""
    (tmp_path / "storyboard.yaml").write_text(f"environments:\n  {environments}\n")
    request = storyboard.Request(tmp_path, environment="p", shell={})
    found = storyboard.compile_request(request).report.diagnostics
    refused = [each for each in found if each.code == "identity-refused"]
    assert [told] * bool(told) == [told for each in refused if told and told in each.message]
    assert bool(refused) is bool(told)
