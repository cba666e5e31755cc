"""`storyboard studio`, `studio exec` and `studio media` as a shell sees them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from storyboard.studio.execution import environment_for
from tests.contract.studio_rig import write_movie
from tests.support.command_server import run_command

ROOT = Path(__file__).parents[2]
STUDIO = [sys.executable, "-m", "storyboard", "studio"]
VARIABLES = {
    "KALTURA_VOD_AVATAR_URL",
    "KALTURA_SERVICE_URL",
    "KALTURA_UNISPHERE_URL",
    "KALTURA_PARTNER_ID",
    "KALTURA_ADMIN_SECRET",
    "KALTURA_USER_ID",
    "KALTURA_KS",
    "KALTURA_APP_TOKEN_ID",
    "KALTURA_APP_TOKEN",
    "STORYBOARD_STUDIO_CONTROL",
}
LIST = """
import json, os, urllib.request
request = urllib.request.Request(
    os.environ["KALTURA_VOD_AVATAR_URL"] + "/avatarTemplate/list", b"{}",
    {"Authorization": "Bearer " + os.environ["KALTURA_KS"], "Content-Type": "application/json"})
reply = json.load(urllib.request.urlopen(request))
print(json.dumps({"variables": dict(os.environ), "count": reply["totalCount"]}))
"""


def environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KALTURA_", "STORYBOARD_"))}
    return kept | {"PYTHONPATH": str(ROOT)} | more


def run(base: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return run_command(["studio", *words], base, environment(**variables), timeout=60)


def test_a_command_meets_a_studio_of_its_own(tmp_path: Path) -> None:
    done = run(tmp_path, "exec", "--", sys.executable, "-c", LIST, KALTURA_REGION="nvp1")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["count"] == 36
    assert set(told["variables"]) >= VARIABLES
    assert "KALTURA_REGION" not in told["variables"]
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(told["variables"]["KALTURA_VOD_AVATAR_URL"], timeout=60)


@pytest.mark.parametrize(
    ("script", "code"),
    [("raise SystemExit(7)", 7), ("import os; os.kill(os.getpid(), 9)", 137)],
)
def test_its_exit_code_is_passed_on(tmp_path: Path, script: str, code: int) -> None:
    assert run(tmp_path, "exec", "--", sys.executable, "-c", script).returncode == code


def test_what_is_said_in_the_wrong_place_is_refused(tmp_path: Path) -> None:
    done = run(tmp_path, "--contract", "ready_videos_editable=false", "exec", "--", "true")
    assert done.returncode == 64
    assert "'--contract' before 'exec' has no effect" in done.stderr
    assert "studio exec --contract …" in done.stderr


@pytest.mark.slow
def test_a_profile_is_chosen_by_option_or_variable(tmp_path: Path) -> None:
    words = ("--", *STUDIO, "contract")
    by_variable = run(tmp_path, "exec", *words, STORYBOARD_PROFILE="later").stdout
    assert by_variable.startswith("profile later\n")
    assert "\nbroll_overrun = loop (default fail)\n" in by_variable
    option = ("exec", "--profile", "guide", *words)
    assert "(default" not in run(tmp_path, *option, STORYBOARD_PROFILE="later").stdout
    wrong = run(tmp_path, "exec", *words, STORYBOARD_PROFILE="newest")
    assert wrong.returncode == 64
    assert "newest" in wrong.stderr
    assert "later" in wrong.stderr


def test_a_command_that_is_not_there(tmp_path: Path) -> None:
    done = run(tmp_path, "exec", "--", "no-such-command-here")
    assert done.returncode == 127
    assert "'no-such-command-here' could not be run" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_workspace_is_kept(tmp_path: Path) -> None:
    movie = write_movie(tmp_path / "clip.mp4", 1)
    add = [*STUDIO, "media", "add", str(movie), "--entry-id", "1_clip0001", "--json"]
    first = run(tmp_path, "exec", "--workspace", "kept", "--", *add)
    assert json.loads(first.stdout)[0]["id"] == "1_clip0001", first.stderr
    listing = run(tmp_path, "media", "list", "--workspace", "kept", "--json")
    assert [item["id"] for item in json.loads(listing.stdout)] == ["1_clip0001"]


def test_media_go_into_the_projects_own_studio(tmp_path: Path) -> None:
    (tmp_path / "storyboard.yaml").write_text("locales: [en]\n")
    (tmp_path / "deep").mkdir()
    movie = write_movie(tmp_path / "clip.mp4", 1)
    added = json.loads(run(tmp_path / "deep", "media", "add", str(movie), "--json").stdout)
    assert list((tmp_path / ".storyboard" / "studio").glob("data-*/studio.sqlite3"))
    listing = json.loads(run(tmp_path, "media", "list", "--json").stdout)
    assert listing == added


@pytest.mark.slow
def test_captions_go_along(tmp_path: Path) -> None:
    movie = write_movie(tmp_path / "clip.mp4", 1)
    (tmp_path / "clip.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nUp.\n")
    (tmp_path / "text.vtt").write_text("nothing\n")
    add = [*STUDIO, "media", "add", str(movie), "--captions"]
    good, bad = [*add, str(tmp_path / "clip.vtt")], [*add, str(tmp_path / "text.vtt")]
    assert run(tmp_path, "exec", "--", *good).returncode == 0
    assert run(tmp_path, *good[4:]).returncode == 0
    done = run(tmp_path, "exec", "--", *bad)
    assert done.returncode == 1
    assert "the captions are no SRT and no WebVTT" in done.stderr
    here = run(tmp_path, *bad[4:])
    assert here.returncode == 1
    assert "the captions are no SRT and no WebVTT" in here.stderr


def test_a_file_that_is_no_medium(tmp_path: Path) -> None:
    (tmp_path / "list.mp4").write_text("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n")
    done = run(tmp_path, "media", "add", "list.mp4")
    assert done.returncode == 1
    assert done.stderr.startswith("error: 'list.mp4' is refused: not a format")


def test_a_wrong_switch_and_a_taken_port(tmp_path: Path) -> None:
    wrong = run(tmp_path, "exec", "--contract", "gravity=off", "--", "true")
    assert wrong.returncode == 64
    assert "unknown contract switch 'gravity'" in wrong.stderr
    script = (
        "import os, subprocess, sys; port = os.environ['KALTURA_SERVICE_URL'].split(':')[2][:-7];"
        f"sys.exit(subprocess.call({[*STUDIO, 'exec', '--port']} + [port, '--', 'true']))"
    )
    taken = run(tmp_path, "exec", "--", sys.executable, "-c", script)
    assert taken.returncode == 64
    assert "cannot listen on 127.0.0.1" in taken.stderr


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_server_prints_what_to_export_and_ends_cleanly(tmp_path: Path, number: int) -> None:
    child = subprocess.Popen(
        [*STUDIO, "--port", "0"],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    lines = [child.stdout.readline() for _ in VARIABLES]
    assert {line.removeprefix("export ").partition("=")[0] for line in lines} == VARIABLES
    time.sleep(0.1)
    child.send_signal(number)
    _, errors = child.communicate(timeout=60)
    assert child.returncode == 0
    assert "Traceback" not in errors
    assert "warning" not in errors


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_that_somebody_sent_reaches_the_command(tmp_path: Path, number: int) -> None:
    script = (
        "import signal, sys, time\n"
        f"signal.signal({int(number)}, lambda *_: sys.exit(42))\n"
        "print('ready', flush=True)\n"
        "time.sleep(30)"
    )
    child = subprocess.Popen(
        [*STUDIO, "exec", "--", sys.executable, "-c", script],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    child.send_signal(number)
    _, errors = child.communicate(timeout=60)
    assert (child.returncode, "Traceback" in errors) == (42, False)


def test_nothing_overrides_the_address() -> None:
    inherited = {"A": "0", "KALTURA_REGION": "irp2", "HOME": "/h"}
    given = environment_for({"A": "1"}, inherited, withheld=["KALTURA_REGION"])
    assert given == {"A": "1", "HOME": "/h"}


def test_no_secret_of_another_studio_reaches_the_command(tmp_path: Path) -> None:
    real = {
        "KALTURA_ADMIN_SECRET": "hunter2",
        "KALTURA_KS": "hunter2",
        "KALTURA_APP_TOKEN": "hunter2",
        "KALTURA_GERMAN_SECRET": "hunter2",
        "PROD_SECRET": "hunter2",
        "STORYBOARD_ALLOW_VARIABLES": "PROD_SECRET",
        "KALTURA_REGION": "irp2",
        "OTHER": "mine",
    }
    done = run(tmp_path, "exec", "--", sys.executable, "-c", LIST, **real)
    told = json.loads(done.stdout)["variables"]
    assert [name for name, value in told.items() if "hunter2" in value] == []
    assert "KALTURA_REGION" not in told
    assert told["OTHER"] == "mine"
    assert "and not KALTURA_GERMAN_SECRET, PROD_SECRET" in done.stderr
    assert "hunter2" not in done.stderr


@pytest.mark.slow
def test_no_secret_of_the_local_studio_reaches_another_one(tmp_path: Path) -> None:
    url = "avatarUrl: https://video-avatar.irp2.ovp.kaltura.com/api/v1"
    (tmp_path / "storyboard.yaml").write_text(
        f"locales: [en]\nstoryboards: [a.yaml]\nenvironments:\n  production: {{{url}}}\n"
    )
    (tmp_path / "a.yaml").write_text("id: a\nname: A\navatar: jane\nscenes: [Welcome to it all.]\n")
    plan = [sys.executable, "-m", "storyboard", "plan", "-e", "production"]
    done = run(tmp_path, "exec", "--", *plan)
    assert done.returncode == 4
    assert "is another studio than the local one that KALTURA_ADMIN_SECRET is of" in done.stderr
