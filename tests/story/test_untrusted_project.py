"""A pipeline runs on the files of a stranger's pull request: nothing of the operator's leaves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.project import Project, Ran
from tests.support.wire_server import Answer, Server, wire_server

TOUR = (
    "name: Tour\navatar: jane\nscenes:\n"
    "  - {id: hi, narration: Hello and welcome to this short film.}\n"
)
OPERATOR = {
    "KALTURA_PARTNER_ID": "77",
    "KALTURA_REGION": "irp2",
    "KALTURA_USER_ID": "me",
    "KALTURA_KS": "hunter2-ks",
    "KALTURA_ADMIN_SECRET": "hunter2-secret",
    "AWS_SECRET_ACCESS_KEY": "hunter2-aws",
    "GITHUB_TOKEN": "hunter2-github",
}
KINDS = {
    "local to kaltura": "local: {studio: kaltura, avatarUrl: URL, ksEnv: AWS_SECRET_ACCESS_KEY}",
    "local with a service": "local: {studio: kaltura, region: irp2, serviceUrl: URL}",
    "kaltura elsewhere": "kaltura: {avatarUrl: URL}",
    "kaltura by a token": "kaltura: {adminSecretEnv: GITHUB_TOKEN, serviceUrl: URL}",
    "an own environment": "evil: {avatarUrl: URL}",
    "an own service": "evil: {region: irp2, serviceUrl: URL/api_v3, adminSecretEnv: GITHUB_TOKEN}",
    "with a user": "evil: {avatarUrl: 'http://www.kaltura.com@HOST/'}",
}


def run(tmp_path: Path, environments: str, *command: str, **variables: str) -> Ran:
    files = {"storyboard.yaml": f"environments:\n  {environments}\n", "tour.storyboard.yaml": TOUR}
    return Project.of(tmp_path, files).run(*command, **{**OPERATOR, **variables})


def written(server: Server, kind: str) -> str:
    return KINDS[kind].replace("URL", server.url).replace("HOST", server.url[7:])


@pytest.mark.parametrize("kind", KINDS)
def test_no_command_asks_a_host_of_the_files(tmp_path: Path, kind: str) -> None:
    name = KINDS[kind].partition(":")[0]
    with wire_server(Answer({"objects": [], "totalCount": 0})) as server:
        for command in (["plan"], ["doctor"], ["check"]):
            ran = run(tmp_path, written(server, kind), *command, "-e", name)
            assert ran.code in (1, 3), ran
            assert "hunter2" not in ran.out + ran.err
        assert server.requests == []
    assert "storyboard.yaml:2:" in ran.out


def test_check_tells_it_with_its_place_and_what_to_do(tmp_path: Path) -> None:
    stolen = "local: {studio: kaltura, avatarUrl: 'https://evil.example/', ksEnv: GITHUB_TOKEN}"
    ran = run(tmp_path, stolen, "check", "--format", "json")
    found = json.loads(ran.out)["diagnostics"]
    assert ran.code == 3
    assert [(each["code"], each["line"]) for each in found] == [("environment-built-in", 2)] * 3
    assert all("-e NAME" in each["hint"] for each in found)


def test_a_host_of_the_files_is_asked_where_the_operator_allows_it(tmp_path: Path) -> None:
    with wire_server(Answer({"objects": [], "totalCount": 0})) as server:
        host = server.url.removeprefix("http://")
        own = f"near: {{avatarUrl: '{server.url}', serviceUrl: '{server.url}'}}"
        refused = run(tmp_path, own, "plan", "-e", "near")
        assert f"STORYBOARD_ALLOW_HOSTS={host}" in refused.err
        assert server.requests == []
        ran = run(tmp_path, own, "plan", "-e", "near", STORYBOARD_ALLOW_HOSTS=f"x.example,{host}")
        assert ran.code == 0, ran
        assert {h["authorization"] for _, h, _ in server.requests} == {"Bearer hunter2-ks"}


@pytest.mark.parametrize("variable", ["KALTURA_VOD_AVATAR_URL", "KALTURA_SERVICE_URL"])
@pytest.mark.parametrize(
    "url",
    [
        "https://user:hunter2@127.0.0.1:9/api",
        "https://127.0.0.1:9/api?secret=hunter2",
        "http://studio.example/hunter2",
    ],
)
def test_no_password_in_an_address_is_shown(tmp_path: Path, variable: str, url: str) -> None:
    for command in (["plan"], ["doctor"]):
        ran = run(tmp_path, "other: {}", *command, "-e", "kaltura", **{variable: url})
        assert ran.code in (1, 4), ran
        assert "hunter2" not in ran.out + ran.err
        assert variable in ran.out + ran.err


@pytest.mark.parametrize("state", ["storyboard.yaml", "tour.storyboard.yaml", ".git/config.json"])
def test_no_file_of_the_project_is_taken_for_a_state(tmp_path: Path, state: str) -> None:
    for command in (["apply", "--yes"], ["outputs"]):
        ran = run(tmp_path, f"near: {{studio: local, state: {state}}}", *command, "-e", "near")
        assert ran.code == 3, ran
    assert (tmp_path / "tour.storyboard.yaml").read_text() == TOUR
    assert not (tmp_path / ".git").exists()


def test_json_that_is_no_state_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"name": "mine"}')
    own = "near: {studio: local, state: package.json}"
    for command in (["apply", "--yes"], ["destroy", "--yes"]):
        ran = run(tmp_path, own, *command, "-e", "near")
        assert ran.code == 11, ran
    assert (tmp_path / "package.json").read_text() == '{"name": "mine"}'
