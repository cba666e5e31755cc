"""The commands that drive a studio: fault, hold, step, journal, contract, clock, seed, snapshot."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest

from storyboard.cli import run as run_here
from storyboard.source.schema import read_schema
from storyboard.studio.local import open_studio
from storyboard.studio.records.served_address import address_of, announced
from tests.contract.studio_rig import HELLO, Caller
from tests.support.json_outputs import all_commands, read_printed, words_of
from tests.support.json_walks import IN_A_STUDIO
from tests.unit.test_studio_exec import STUDIO, environment, run


class Served(Caller):
    """A studio that serves a project's workspace, a user of it, and a shell beside it."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.child = subprocess.Popen(
            [*STUDIO, "--json", "--port", "0", "--contract", "broll_overrun=hold-last-frame"],
            cwd=project,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.child.stdout is not None
        told = json.loads(self.child.stdout.readline())
        jsonschema.validate(told, read_schema("studio"))
        self.variables: dict[str, str] = told["variables"]
        url = self.variables["STORYBOARD_STUDIO_CONTROL"].removesuffix("/__studio")
        studio = open_studio(project / ".storyboard" / "studio", public_url=url)
        super().__init__(studio, self.variables["KALTURA_KS"])

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        return httpx.request(method, self.base + path, timeout=30, trust_env=False, **options)

    def does(self, *words: str) -> str:
        done = run(self.project, *words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refuses(self, *words: str) -> str:
        done = run(self.project, *words)
        assert done.returncode != 0
        assert "Traceback" not in done.stderr
        return done.stderr

    def close(self) -> None:
        if self.child.poll() is None:
            self.child.terminate()
        self.child.wait(60)
        assert self.child.stdout is not None
        self.child.stdout.close()
        self.studio.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    project = tmp_path_factory.mktemp("project")
    (project / "storyboard.yaml").write_text("{}\n")
    (project / "deep").mkdir()
    running = Served(project)
    yield running
    running.close()


@pytest.fixture
def studio(served: Served) -> Served:
    served.control("POST", "reset")
    return served


@pytest.mark.slow
def test_the_projects_own_studio_is_found_from_anywhere_in_it(studio: Served) -> None:
    studio("video/list")
    done = run(studio.project / "deep", "journal", "--json")
    assert json.loads(done.stdout)[-1]["action"] == "video/list"


def test_the_environment_wins_and_a_workspace_over_it(studio: Served, tmp_path: Path) -> None:
    studio("video/list")
    there = run(tmp_path, "journal", **studio.variables)
    assert "video/list" in there.stdout
    assert not (tmp_path / ".storyboard").exists()
    empty = run(tmp_path, "journal", "--workspace", str(tmp_path / "w"), **studio.variables)
    assert empty.returncode == 1
    assert empty.stderr.startswith("error: no studio serves '")


def test_what_they_print_as_json_is_what_their_schemas_say(
    studio: Served, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_text("One sentence. Another one.")
    added = studio("video/add", name="Tour", avatarId=studio.avatar(), scenes=[HELLO])["id"]
    studio.does("hold")
    studio("video/generate", id=added)
    by_hand = (
        f"studio step {added} generate-error --json",
        f"studio media add {tmp_path / 'note.txt'} --json",
    )
    for line in (*by_hand, *IN_A_STUDIO):
        arguments = line.split()
        capsys.readouterr()
        code = run_here(["-C", str(studio.project), *arguments])
        printed = capsys.readouterr()
        words = words_of(arguments, all_commands())
        value, _ = read_printed(words, code, printed.out, printed.err)
        assert (code, value is None) == (0, False), line


def test_faults_by_hand(studio: Served) -> None:
    assert studio.does("fault", "list") == "no faults\n"
    studio.does("fault", "add", "code", "--code", "SLOW", "--message", "not now", "--call", "1")
    words = ("--status", "429", "--header", "Retry-After=7", "--action", "video/list")
    told = studio.does("fault", "add", "status", *words, "--times", "1")
    assert 'status=429 headers={"Retry-After": "7"}' in told
    assert studio("video/list") == {
        "objectType": "KalturaAPIException",
        "code": "SLOW",
        "message": "not now",
        "args": [],
    }
    first, second = json.loads(studio.does("fault", "list", "--json"))
    assert (first["kind"], first["matched"], first["fired"]) == ("code", 1, 1)
    assert (second["times"], second["action"]) == (1, "video/list")
    assert studio.does("fault", "clear") == "no faults\n"
    assert studio("video/list")["totalCount"] == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("fault", "add", "explode"), "invalid value 'explode' for"),
        (("fault", "add", "status", "--status", "99"), "expected a whole number from"),
        (("fault", "add", "status", "--header", "x"), "invalid header 'x'"),
        (("snapshot", "restore", "nothing"), "There is no snapshot 'nothing'"),
        (("snapshot", "save", "Not Good"), "must be lowercase letters"),
        (("step", "0" * 24, "composed"), "not found"),
        (("step", "0" * 24, "ready"), "invalid value 'ready' for"),
        (("clock", "--at", "tomorrow"), "at: must be a moment"),
        (("clock", "--back", "--stop"), "--back takes no other option"),
        (("seed",), "seed needs a SEED or --off"),
        (("seed", "x", "--off"), "seed needs a SEED or --off"),
    ],
)
def test_what_is_refused(studio: Served, words: tuple[str, ...], told: str) -> None:
    assert told in studio.refuses(*words)


def test_the_journal_as_commands_that_do_it_again(studio: Served) -> None:
    studio.does("fault", "add", "drop-before", "--action", "video/get", "--times", "1")
    avatar = studio.avatar()
    with pytest.raises(httpx.TransportError):
        studio("video/get", id="0" * 24)
    name = "It's \"quoted\" — 'twice'"
    studio("video/add", name=name, avatarId=avatar, scenes=[HELLO])
    rows = studio.does("journal", "--last", "2").splitlines()
    assert "fault drop-before" in rows[0]
    command = studio.does("journal", "--curl", "--last", "1")
    assert studio.ks not in command
    shell = environment(**studio.variables)
    reply = subprocess.run(command, shell=True, env=shell, capture_output=True, check=True)
    again = json.loads(reply.stdout)
    assert (again["name"], again["scenes"]) == (name, [HELLO])
    assert studio("video/list")["totalCount"] == 2


def test_the_journal_does_v3_services_again(studio: Served, tmp_path: Path) -> None:
    name = "It's; new, or odd.txt"
    (tmp_path / name).write_text("One sentence. Another one.")
    shell = environment(**studio.variables)

    def again() -> Any:
        command = studio.does("journal", "--curl", "--last", "1")
        for secret in (studio.ks, studio.variables["KALTURA_ADMIN_SECRET"]):
            assert secret not in command
        done = subprocess.run(command, shell=True, env=shell, cwd=tmp_path, capture_output=True)
        assert done.returncode == 0, command
        return json.loads(done.stdout)

    secret, partner = (shell[f"KALTURA_{part}"] for part in ("ADMIN_SECRET", "PARTNER_ID"))
    assert studio.service("session.start", secret=secret, partnerId=partner, type=2, userId="a b")
    assert again().startswith("djJ8")
    made = studio.service("media.add", ks=studio.ks, **{"entry:name": name, "entry[mediaType]": 2})
    assert made["name"] == name
    twin = again()
    assert (twin["name"], twin["mediaType"], twin["id"] != made["id"]) == (name, 2, True)
    token = studio.service("uploadToken.add", ks=studio.ks)["id"]
    form = {"format": "1", "ks": studio.ks, "uploadTokenId": token, "finalChunk": "0"}
    files = {"fileData": (name, (tmp_path / name).read_bytes())}
    studio.send("POST", "/api_v3/service/uploadToken/action/upload", data=form, files=files)
    assert again()["uploadedFileSize"] == (tmp_path / name).stat().st_size
    last = json.loads(studio.does("journal", "--last", "1", "--json"))[0]
    assert (last["api"], last["body"].get("ks")) == ("api_v3", "…")


def test_nothing_in_a_call_is_run_by_who_pastes_it(studio: Served, tmp_path: Path) -> None:
    shell = environment(**studio.variables)
    for path in ("api/v1/video/$(touch x)", "api_v3/service/a/action/`touch x`"):
        studio.send("POST", f"/{path}", json={})
        command = studio.does("journal", "--curl", "--last", "1")
        assert "touch" in command
        subprocess.run(command, shell=True, env=shell, cwd=tmp_path, check=True)
    assert list(tmp_path.iterdir()) == []


def test_the_contract_with_value_default_and_source(studio: Served, tmp_path: Path) -> None:
    text = studio.does("contract")
    assert "broll_overrun = hold-last-frame (default fail)" in text
    assert "observed: a later revision lists it" in text
    rows = {row["name"]: row for row in json.loads(studio.does("contract", "--json"))}
    assert rows["broll_overrun"]["value"] == "hold-last-frame"
    alone = run(tmp_path, "contract")
    assert "broll_overrun = fail\n" in alone.stdout
    assert list(tmp_path.iterdir()) == []


def test_work_is_held_and_led(studio: Served) -> None:
    assert studio.does("hold").startswith("held")
    video_id = studio.video()
    studio("video/generate", id=video_id)
    told = studio.does("step", video_id, "generate-error", "--reason", "the power went")
    assert told == f"{video_id} is generate-error\n"
    assert studio("video/get", id=video_id)["status"] == "generate-error"
    assert studio.control("GET", f"videos/{video_id}")["reason"] == "the power went"
    assert studio.does("release") == "released\n"


@pytest.mark.slow
def test_time_and_chance(studio: Served) -> None:
    told = studio.does("clock", "--at", "2031-02-03T04:05:06Z", "--stop")
    assert told == "2031-02-03T04:05:06.000Z  stopped\n"
    assert studio.does("clock") == told
    assert studio.does("clock", "--back").endswith("  running\n")
    assert studio.does("clock", "--advance", "3600").endswith("  running, +3600 s\n")
    ids = []
    for _ in range(2):
        studio.does("reset", "--yes")
        studio.does("seed", "seven")
        ids.append(studio.avatar())
    assert ids[0] == ids[1]
    studio.does("seed", "--off")
    studio.does("reset", "--yes")
    assert studio.avatar() != ids[0]


def test_a_snapshot_of_a_served_studio(studio: Served) -> None:
    video_id = studio.video()
    assert studio.does("snapshot", "save", "before") == "saved 'before'\n"
    studio.does("reset", "--yes")
    assert studio("video/list")["totalCount"] == 0
    assert studio.does("snapshot", "list") == "before\n"
    studio.does("snapshot", "restore", "before")
    assert studio("video/get", id=video_id)["status"] == "draft"
    studio.does("snapshot", "delete", "before")
    assert json.loads(studio.does("snapshot", "list", "--json")) == []


def test_a_reset_asks_first(studio: Served) -> None:
    studio.video()
    assert "hint: pass --yes" in studio.refuses("reset")
    assert studio("video/list")["totalCount"] == 1


def test_a_workspace_that_nobody_serves(tmp_path: Path) -> None:
    assert "there is no studio in" in run(tmp_path, "snapshot", "list").stderr
    assert not (tmp_path / ".storyboard").exists()
    (tmp_path / "storyboard.yaml").write_text("{}\n")
    open_studio(tmp_path / ".storyboard" / "studio").close()
    assert run(tmp_path, "snapshot", "save", "empty").returncode == 0
    assert run(tmp_path, "snapshot", "list").stdout == "empty\n"
    for words in (("journal",), ("fault", "list"), ("hold",), ("clock",)):
        assert "start one in another terminal" in run(tmp_path, *words).stderr


def test_a_place_where_no_studio_answers(tmp_path: Path) -> None:
    variables = {"STORYBOARD_STUDIO_CONTROL": "http://127.0.0.1:9/__studio"}
    assert "there are no credentials for it" in run(tmp_path, "journal", **variables).stderr
    variables["KALTURA_KS"] = "nonsense"
    done = run(tmp_path, "journal", **variables)
    assert done.returncode == 1
    assert done.stderr.startswith("error: cannot connect to 127.0.0.1:9")


@pytest.mark.parametrize("name", ["STORYBOARD_STUDIO_CONTROL", "KALTURA_SERVICE_URL"])
@pytest.mark.parametrize(
    "url", ["https://u:hunter2@127.0.0.1:9/x", "http://studio.example/hunter2", "hunter2"]
)
def test_an_address_that_is_not_usable_is_not_shown(tmp_path: Path, name: str, url: str) -> None:
    good = {"STORYBOARD_STUDIO_CONTROL": "http://127.0.0.1:9/__studio", "KALTURA_KS": "x"}
    done = run(tmp_path, "journal", **{**good, name: url})
    assert done.returncode == 4
    assert done.stderr.startswith(f"error: {name} ")
    assert "hunter2" not in done.stderr


@pytest.mark.parametrize("owner", ["another.1.1.80", "0123456789ab.1.7.80", "x", "..80"])
def test_a_note_that_a_repository_brings_misleads_nobody(tmp_path: Path, owner: str) -> None:
    (tmp_path / "serving").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        url = f"http://127.0.0.1:{elsewhere.getsockname()[1]}"
        (tmp_path / "serving" / owner).write_text(url)
        assert address_of(tmp_path) is None
        with announced(tmp_path, url):
            assert address_of(tmp_path) == url


def test_a_note_of_a_dead_process_misleads_nobody(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from storyboard.studio.records.served_address import announced\n"
        "with announced(Path(sys.argv[1]), 'http://127.0.0.1:9'):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], env=os.environ | environment(), check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert len(list((tmp_path / "serving").iterdir())) == 1
    assert address_of(tmp_path) is None
    assert list((tmp_path / "serving").iterdir()) == []
    with announced(tmp_path, "http://127.0.0.1:9"):
        assert address_of(tmp_path) is None
    assert list((tmp_path / "serving").iterdir()) == []
