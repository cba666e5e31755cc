"""The manifests of the page for operators: right by published schemas, and by our own options."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import pytest
import yaml

from storyboard.cli.studio import command
from storyboard.local_studio.opening import DATABASE
from storyboard.studio.behavior.rights import EVERYBODY, RIGHTS
from tests.support.pages import blocks_of

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "operate.md"
VERSIONS = ("1.30", "1.33")
BLOCKS = {block.path: block.text for block in blocks_of(PAGE.read_text(encoding="utf-8"))}
DOCUMENTS: list[dict[str, Any]] = [*yaml.safe_load_all(BLOCKS["kubernetes/studio.yaml"])]
COMPOSED: dict[str, Any] = yaml.safe_load(BLOCKS["compose/compose.yaml"])
SERVICES: dict[str, Any] = COMPOSED["services"]
COMPOSE_SCHEMA = "builtin_schemas/vendor/compose-spec.json"
CONTAINER: dict[str, Any] = DOCUMENTS[0]["spec"]["template"]["spec"]["containers"][0]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: str(one["kind"]))
def test_a_manifest_is_right_by_the_schema(document: dict[str, Any], version: str) -> None:
    kubernetes_validate.validate(document, version, strict=True)


def test_what_it_starts_is_what_the_command_takes(tmp_path: Path) -> None:
    name, *words = CONTAINER["args"]
    files = {"/tls/tls.crt": tmp_path / "crt", "/tls/tls.key": tmp_path / "key"}
    for file in files.values():
        file.touch()
    given = [str(files.get(word, word)) for word in words]
    parsed = command.make_context(name, given)
    assert parsed.params["host"] == "0.0.0.0"
    assert parsed.params["has_metrics"]


@pytest.mark.parametrize("probe", ["livenessProbe", "readinessProbe"])
def test_a_probe_asks_what_needs_no_session(probe: str) -> None:
    asked = CONTAINER[probe]["httpGet"]
    assert RIGHTS[asked["path"]] == EVERYBODY
    (port,) = CONTAINER["ports"]
    assert asked["port"] == port["name"]
    host = {"name": "Host", "value": f"localhost:{port['containerPort']}"}
    assert asked["httpHeaders"] == [host]
    assert f"--port={port['containerPort']}" in CONTAINER["args"]


def test_it_may_drain_before_it_is_killed() -> None:
    (drain,) = (word for word in CONTAINER["args"] if word.startswith("--drain="))
    _, slept = CONTAINER["lifecycle"]["preStop"]["exec"]["command"]
    grace = DOCUMENTS[0]["spec"]["template"]["spec"]["terminationGracePeriodSeconds"]
    assert grace >= float(drain.partition("=")[2]) + int(slept) + 15


def test_the_compose_file_is_right_by_the_schema() -> None:
    schema = json.loads(files("check_jsonschema").joinpath(COMPOSE_SCHEMA).read_text())
    jsonschema.validate(COMPOSED, schema)


def test_its_services_are_what_the_commands_take() -> None:
    """One folder and one database for all, an image of ours, and the server makes no film."""
    name, *words = SERVICES["server"]["command"]
    served = command.make_context(name, [*words]).params
    group, worker, *words = SERVICES["worker"]["command"]
    works = command.commands[worker].make_context(worker, [*words]).params
    assert (name, group, worker) == ("studio", "studio", "worker")
    assert served["workspace"] == works["workspace"]
    assert (served["films"], served["host"]) == (0, "0.0.0.0")
    for service in (SERVICES["server"], SERVICES["worker"]):
        assert service["image"] == CONTAINER["image"]
        assert DATABASE in service["environment"]
        [volume] = service["volumes"]
        assert str(served["workspace"]).startswith(volume.partition(":")[2] + "/")
        assert int(service["stop_grace_period"].removesuffix("s")) >= served["drain"] + 15


def test_it_is_published_to_its_machine_alone_and_asked_if_it_is_ready() -> None:
    server = SERVICES["server"]
    port = command.make_context("studio", server["command"][1:]).params["port"]
    assert server["ports"] == [f"127.0.0.1:{port}:{port}"]
    [asked] = re.findall(r'"(http://[^"]+)"', server["healthcheck"]["test"][-1])
    path = asked.removeprefix(f"http://127.0.0.1:{port}")
    assert RIGHTS[path] == EVERYBODY
    compile(server["healthcheck"]["test"][-1], "healthcheck", "exec")
    assert SERVICES["worker"]["depends_on"] == {"server": {"condition": "service_healthy"}}
