"""The manifests of the page for operators: right by Kubernetes' schemas, and by our own options."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from storyboard.cli.studio import command
from storyboard.studio.behavior.rights import EVERYBODY, RIGHTS
from tests.support.pages import blocks_of

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "operate.md"
VERSIONS = ("1.30", "1.33")
(BLOCK,) = (b for b in blocks_of(PAGE.read_text(encoding="utf-8")) if b.path and "kuber" in b.path)
DOCUMENTS: list[dict[str, Any]] = [*yaml.safe_load_all(BLOCK.text)]
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
