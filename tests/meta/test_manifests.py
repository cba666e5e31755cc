"""The manifests of the page for operators: right by published schemas, and by our own options."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import pytest
import yaml

from storyboard.cli.studio import command
from storyboard.local_studio.opening import DATABASE, FILES
from storyboard.studio.behavior.rights import EVERYBODY, RIGHTS
from storyboard.studio.records.identity import find_identity, load_identity
from tests.support.pages import blocks_of, commands_of

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "operate.md"
VERSIONS = ("1.30", "1.33")
PARTS = blocks_of(PAGE.read_text(encoding="utf-8"))
BLOCKS = {block.path: block.text for block in PARTS}
DOCUMENTS: list[dict[str, Any]] = [*yaml.safe_load_all(BLOCKS["kubernetes/studio.yaml"])]
CLUSTER: list[dict[str, Any]] = [*yaml.safe_load_all(BLOCKS["kubernetes/cluster.yaml"])]
COMPOSED: dict[str, Any] = yaml.safe_load(BLOCKS["compose/compose.yaml"])
SERVICES: dict[str, Any] = COMPOSED["services"]
COMPOSE_SCHEMA = "builtin_schemas/vendor/compose-spec.json"
PODS: list[dict[str, Any]] = [
    each["spec"]["template"]["spec"] for each in DOCUMENTS + CLUSTER if each["kind"] == "Deployment"
]
CONTAINER, SERVER, WORKER = (pod["containers"][0] for pod in PODS)
SHARING = (PODS[1], PODS[2])
PROBES = ("livenessProbe", "readinessProbe", "startupProbe")


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "document",
    DOCUMENTS + CLUSTER,
    ids=lambda one: f"{one['kind']} {one['metadata']['name']}",
)
def test_a_manifest_is_right_by_the_schema(document: dict[str, Any], version: str) -> None:
    kubernetes_validate.validate(document, version, strict=True)


def served(container: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return what the options of a server mean, with a certificate that is there."""
    name, *words = container["args"]
    files = {"/tls/tls.crt": folder / "crt", "/tls/tls.key": folder / "key"}
    for file in files.values():
        file.touch()
    return command.make_context(name, [str(files.get(word, word)) for word in words]).params


def test_what_it_starts_is_what_the_command_takes(tmp_path: Path) -> None:
    parsed = served(CONTAINER, tmp_path)
    assert (parsed["host"], parsed["has_metrics"]) == ("0.0.0.0", True)


def test_servers_make_no_films_and_workers_serve_nothing(tmp_path: Path) -> None:
    parsed = served(SERVER, tmp_path)
    assert (parsed["host"], parsed["films"]) == ("0.0.0.0", 0)
    group, name, *words = WORKER["args"]
    works = command.commands[name].make_context(name, words).params
    assert (group, name, works["films"]) == ("studio", "worker", 1)
    assert parsed["workspace"] == works["workspace"]
    assert SERVER["image"] == WORKER["image"] == CONTAINER["image"]


@pytest.mark.parametrize(
    ("container", "probe"),
    [(each, probe) for each in (CONTAINER, SERVER) for probe in PROBES if probe in each],
)
def test_a_probe_asks_what_needs_no_session(container: dict[str, Any], probe: str) -> None:
    asked = container[probe]["httpGet"]
    assert RIGHTS[asked["path"]] == EVERYBODY
    (port,) = container["ports"]
    assert (asked["scheme"], asked["port"]) == ("HTTPS", port["name"])
    host = {"name": "Host", "value": f"localhost:{port['containerPort']}"}
    assert asked["httpHeaders"] == [host]
    assert f"--port={port['containerPort']}" in container["args"]


@pytest.mark.parametrize("probe", PROBES)
def test_a_probe_of_a_worker_asks_what_it_answers(probe: str) -> None:
    """In plain HTTP, by any name, and at none of the addresses that want a token."""
    (port,) = WORKER["ports"]
    path = "/readyz" if probe == "readinessProbe" else "/healthz"
    assert WORKER[probe]["httpGet"] == {"port": port["name"], "path": path}
    assert f"--probes=0.0.0.0:{port['containerPort']}" in WORKER["args"]


@pytest.mark.parametrize("pod", PODS, ids=["alone", "server", "worker"])
def test_it_may_drain_before_it_is_killed(pod: dict[str, Any]) -> None:
    [container] = pod["containers"]
    (drain,) = (word for word in container["args"] if word.startswith("--drain="))
    stop = container.get("lifecycle", {}).get("preStop", {}).get("exec", {}).get("command", ["0"])
    grace = pod["terminationGracePeriodSeconds"]
    assert grace >= float(drain.partition("=")[2]) + int(stop[-1]) + 15


@pytest.mark.parametrize("pod", SHARING, ids=["server", "worker"])
def test_who_shares_is_told_the_places_by_secrets_that_the_page_makes(pod: dict[str, Any]) -> None:
    made = {command.split()[4]: command for block in PARTS for command in commands_of(block.text)
            if command.startswith("kubectl create secret ")}  # fmt: skip
    [container] = pod["containers"]
    told = {each["name"]: each["valueFrom"]["secretKeyRef"] for each in container["env"]}
    assert told.keys() == {DATABASE, FILES}
    for name, source in told.items():
        assert source["key"] == name
        assert f"--from-literal={name}=" in made[source["name"]]
    mounted = {each["secret"]["secretName"] for each in pod["volumes"] if "secret" in each}
    assert mounted | {each["secretRef"]["name"] for each in container["envFrom"]} <= made.keys()


@pytest.mark.parametrize("pod", SHARING, ids=["server", "worker"])
def test_the_identity_is_taken_as_the_first_container_leaves_it(
    pod: dict[str, Any], tmp_path: Path
) -> None:
    """A secret is a link that others may read, and new: a studio refuses such a file."""
    [first] = pod["initContainers"]
    [workspace] = (word for word in pod["containers"][0]["args"] if "--workspace=" in word)
    (tmp_path / "data").mkdir()
    (tmp_path / "made").mkdir(mode=0o700)
    identity = load_identity(tmp_path / "made")
    (tmp_path / "identity").mkdir()
    secret = shutil.copyfile(tmp_path / "made" / "identity.json", tmp_path / "secret.json")
    secret.chmod(0o440)
    (tmp_path / "identity" / "identity.json").symlink_to(secret)
    *shell, script = first["command"]
    for mount in first["volumeMounts"]:
        script = script.replace(mount["mountPath"] + "/", f"{tmp_path}{mount['mountPath']}/")
    for _ in range(2):  # a container that is started again finds what it left
        subprocess.run([*shell, script], check=True, timeout=60)
    taken = find_identity(Path(f"{tmp_path}{workspace.partition('=')[2]}"))
    assert taken is not None
    assert taken.admin_secret == identity.admin_secret


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
