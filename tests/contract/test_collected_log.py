"""`studio --log-format json`: each line is an object, and none of them opens the studio."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from storyboard import __version__
from tests.contract.studio_rig import open_test_studio
from tests.contract.test_exposure import clean_environment
from tests.support.passing_time import eventually

pytestmark = pytest.mark.slow


def test_a_collected_log_has_no_key_and_no_secret(tmp_path: Path) -> None:
    """Whoever reads the logs of a cluster is not whoever may use what runs in it."""
    words = ("studio", "--port", "0", "--host", "0.0.0.0", "--log-format", "json")
    log = tmp_path / "log"
    with log.open("wb") as file, (tmp_path / "out").open("wb") as out:
        child = subprocess.Popen(
            [sys.executable, "-m", "storyboard", *words],
            cwd=tmp_path,
            env=clean_environment(),
            stdout=out,
            stderr=file,
        )
        try:
            eventually(lambda: b"serving http" in log.read_bytes())
            port = int(log.read_text().partition("serving http://127.0.0.1:")[2].split(",")[0])
            half = b"POST /api/v1/video/list HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n" % port
            half += b"Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
            with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
                client.sendall(half)
            eventually(lambda: b"hung up" in log.read_bytes())
        finally:
            child.terminate()
            child.wait(60)
    text = log.read_text()
    told = [json.loads(line) for line in text.splitlines()]
    assert [line["level"] for line in told] == ["info", "warning", *["info"] * 3]
    first, *told = told
    assert first["version"] == __version__
    assert f"storyboard {__version__}, server of '" in first["message"]
    assert "rows in its own file, files in its own folder, its own voices" in first["message"]
    assert "without TLS" in told[0]["message"]
    assert told[2]["message"] == "the client hung up in POST /api/v1/video/list"
    assert told[3]["message"] == "ended after SIGTERM"
    assert (tmp_path / "out").read_bytes() == b""
    identity = json.loads(next(tmp_path.rglob("identity.json")).read_text())
    secrets = [value for value in identity.values() if isinstance(value, str) and value[20:]]
    assert secrets
    assert not [secret for secret in secrets if secret in text]
    assert "key=" not in text


@pytest.mark.parametrize(
    ("command", "why"), [("studio", "127.0.0.1:1/rows"), ("studio worker", "there is no studio in")]
)
def test_a_start_that_fails_is_an_object_too(tmp_path: Path, command: str, why: str) -> None:
    far = "postgresql://ana:s3cret@127.0.0.1:1/rows"
    words = (*command.split(), "--log-format", "json", "--database", far)
    ran = subprocess.run(
        [sys.executable, "-m", "storyboard", *words],
        cwd=tmp_path,
        env=clean_environment(),
        capture_output=True,
        text=True,
    )
    first, *_, told = [json.loads(line) for line in ran.stderr.splitlines()]
    assert "rows in PostgreSQL at '127.0.0.1:1/rows'" in first["message"]
    assert (ran.returncode, told["level"]) == (1, "error")
    assert why in told["message"]
    assert told["hint"]
    assert "s3cret" not in ran.stderr


def test_the_first_and_the_last_line_of_a_worker_say_what_ran_and_how_it_ended(
    tmp_path: Path,
) -> None:
    log, place = tmp_path / "log", tmp_path / "w"
    open_test_studio(place, database="").close()
    with log.open("wb") as file:
        child = subprocess.Popen(
            [sys.executable, "-m", "storyboard", "studio", "worker", "--workspace", str(place)],
            cwd=tmp_path,
            env=clean_environment(),
            stderr=file,
        )
        try:
            eventually(lambda: b"working for" in log.read_bytes())
        finally:
            child.send_signal(signal.SIGINT)
            child.wait(60)
    first, *_, last = log.read_text().splitlines()
    assert f" storyboard {__version__}, worker of '{place}': " in first
    assert last.endswith(" ended after SIGINT")


START = """
import os, signal, sys
from storyboard.cli import {module} as command
def opened(*_, **__):
    os.kill(os.getpid(), signal.{signal})
    signal.pause()
command.{first} = opened
from storyboard.entry import main
main()
"""


@pytest.mark.parametrize("sent", ["SIGTERM", "SIGINT"])
@pytest.mark.parametrize("module", ["studio", "studio_worker"])
@pytest.mark.parametrize("first", ["log_start", "makers_of"], ids=["before its line", "after it"])
def test_a_signal_while_it_starts_leaves_objects_alone(
    tmp_path: Path, sent: str, module: str, first: str
) -> None:
    """An orchestrator ended it: an empty line came, and words of a pipeline's job."""
    words = (
        *module.split("_"),
        "--log-format",
        "json",
        *(() if "_" in module else ("--port", "0")),
    )
    program = START.format(module=module, signal=sent, first=first)
    ran = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=tmp_path,
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=60,
    )
    told = [json.loads(line)["message"] for line in ran.stderr.splitlines()]
    assert told[-1] == f"ended after {sent}"
    assert len(told) == 1 + (first == "makers_of")
    assert all(line.startswith(f"storyboard {__version__}, ") for line in told[:-1])
    assert ran.returncode == {"SIGTERM": 143, "SIGINT": 130}[sent]
