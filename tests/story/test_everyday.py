"""The commands of a working day, as a person runs them, against the studio on this machine."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from storyboard.state.local import LocalStore
from storyboard.studio.media.opening import probe_media
from tests.contract.studio_rig import write_movie
from tests.support.project import ROOT, Project

pytestmark = pytest.mark.slow

COURSE = """\
# the first line stays
name: Welcome
avatar: {templateId: adam, background: {type: library, id: office-1}}
scenes:
  - Hello and welcome to this short film.   # as does this
  - id: end
    narration: That was all there is to say today.
    avatar: maya
"""
FRENCH = COURSE.replace("avatar: {t", "locales: [en, fr]\navatar: {t").replace(
    "  - Hello", "  - id: hello\n    narration: Hello"
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.of(tmp_path, {"storyboards/welcome.yaml": COURSE})


def test_status_from_nothing_to_applied_to_edited_to_gone(project: Project) -> None:
    def standing() -> dict[str, object]:
        ran = project.run("status", "--json")
        assert ran.code == 0, ran.err
        found: dict[str, object] = ran.json()["videos"]["welcome"]
        return found

    fresh = standing()
    assert (fresh["status"], fresh["content"], fresh["film"]) == (None, "not-applied", "none")
    assert project.run("apply", "--yes", "--no-generate").code == 0
    applied = standing()
    assert (applied["status"], applied["content"], applied["film"]) == ("draft", "same", "none")
    assert project.run("status", "--detailed-exitcode").code == 2
    project.edit("storyboards/welcome.yaml", "That was all", "This was all")
    assert standing()["content"] == "changed"
    project.write("storyboards/other.yaml", COURSE.replace("That was all", "That is all"))
    (project.path / "storyboards/welcome.yaml").unlink()
    assert standing()["content"] == "orphan"
    shown = project.run("status")
    assert "not in the files" in shown.out
    assert "not applied" in shown.out


def test_destroy_deletes_what_was_applied_and_nothing_protected(project: Project) -> None:
    project.write("storyboards/kept.yaml", COURSE.replace("Welcome", "Kept") + "protect: true\n")
    assert project.run("apply", "--yes", "--no-generate").code == 0
    assert project.run("destroy").code == 64
    assert project.run("destroy", "nobody", "--yes").code == 64
    assert list(project.run("outputs", "wel*", "--json").json()) == ["welcome"]
    assert project.run("outputs", "nobody").code == 64
    refused = project.run("destroy", "--yes")
    assert refused.code == 5
    assert "--allow-protected" in refused.err
    (project.path / "storyboards/welcome.yaml").unlink()
    assert project.run("destroy", "welcome", "--yes").code == 0
    assert list(project.run("outputs", "--json").json()) == ["kept"]
    assert project.run("destroy", "--yes", "--allow-protected").code == 0
    assert project.run("outputs", "--json").json() == {}
    assert project.run("destroy", "--yes").code == 0


def test_nothing_to_wait_for(project: Project) -> None:
    ran = project.run("wait")
    assert (ran.code, ran.out) == (0, "")
    assert "nothing was applied" in ran.err
    assert project.run("apply", "--yes", "--no-generate").code == 0
    assert "no film being made" in project.run("wait", "--timeout", "1").out
    assert project.run("wait", "nobody").code == 64


def test_pictures_of_those_who_play(project: Project) -> None:
    ran = project.run("avatars", "--json", "--preview", "pictures")
    assert ran.code == 0, ran.err
    told = ran.json()
    assert len(told["templates"]) == 36
    used = {t["id"]: t["avatars"] for t in told["templates"] if t["avatars"]}
    assert used["adam"] == [
        {"background": {"type": "library", "id": "office-1"}, "videos": ["welcome"]}
    ]
    assert {Path(p["file"]).name for p in told["pictures"]} == {
        "adam-office-1.png",
        "maya-ceeedb.png",
    }
    for picture in told["pictures"]:
        facts = probe_media(project.path / picture["file"])
        assert (facts.width, facts.height) == (1280, 720)
    assert project.run("avatars", "--all").code == 64


def test_scenes_are_heard_as_the_files_say_and_no_video_is_left(project: Project) -> None:
    ran = project.run("listen", "welcome", "2", "--json")
    assert ran.code == 0, ran.err
    (scene,) = ran.json()["scenes"]
    assert (scene["scene"], scene["number"], scene["outdated"]) == ("end", 2, False)
    assert 1.0 < scene["seconds"] < 6.0
    assert abs(scene["seconds"] - scene["estimate"]) < 2.5
    assert (project.path / scene["file"]).name == "welcome-02-end.mp3"
    assert project.run("listen", "welcome", "end").code == 0
    for arguments in ((), ("welcome", "third"), ("welcome", "0"), ("nobody",)):
        assert project.run("listen", *arguments).code == 64, arguments
    assert not (project.path / ".storyboard/state").exists()
    assert "welcome  –" in project.run("status").out


def drafts(project: Project) -> list[str]:
    """The names of the videos in the project's own studio."""
    path = next((project.path / ".storyboard/studio").glob("data-*/studio.sqlite3"), None)
    if path is None:
        return []
    with contextlib.closing(sqlite3.connect(path)) as rows:
        try:
            return [name for (name,) in rows.execute("SELECT name FROM videos")]
        except sqlite3.OperationalError:
            return []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux's /proc")
def test_a_killed_listen_leaves_nothing_to_the_next_one(project: Project) -> None:
    with start(project, "listen", "welcome") as child:
        while not drafts(project):
            assert child.poll() is None, "it was over too soon"
            time.sleep(0.01)
        child.kill()
    (left,) = drafts(project)
    assert left.startswith("being listened to by ")
    assert project.run("listen", "welcome", "end").code == 0
    assert drafts(project) == []


def test_an_account_speaks_what_was_applied(project: Project) -> None:
    run = f"env -u STORYBOARD_STUDIO_CONTROL {sys.executable} -m storyboard"
    script = f"""
        {run} listen -e kaltura welcome end; echo "first: $?"
        {run} apply -e kaltura --yes --no-generate >&2
        sed -i.old 's/to say today/to say this evening/' storyboards/welcome.yaml
        {run} listen -e kaltura welcome end --json
    """
    ran = project.run("studio", "exec", "--", "sh", "-c", script)
    assert ran.code == 0, ran.err
    first, _, heard = ran.out.partition("\n")
    assert first == "first: 1"
    assert "storyboard apply -e kaltura --no-generate welcome" in ran.err
    (scene,) = json.loads(heard)["scenes"]
    assert scene["outdated"]
    assert scene["seconds"] > 1.0


@pytest.mark.skipif(os.name == "nt", reason="signals are Unix's")
def test_whoever_waits_may_leave_and_the_film_gets_ready(project: Project) -> None:
    # A film of a minute: a short one is ready before a busy machine has asked how it stands.
    project.write("storyboards/welcome.yaml", COURSE + f"  - {'We look at all of it. ' * 40}\n")
    assert project.run("apply", "--yes", "--no-generate").code == 0
    with start(project, "apply", "--yes") as applying:
        interrupt_when(applying, lambda: status(project) == "generating")
        assert applying.wait(60) != 0
    with start(project, "wait") as waiting:
        assert waiting.stderr is not None
        said = waiting.stderr
        interrupt_when(waiting, lambda: "film" in said.readline())
        out, _ = waiting.communicate(timeout=60)
        assert waiting.returncode == 10
        assert "resume with: storyboard wait" in out
    ran = project.run_for_real("wait", "--json")
    assert (ran.code, ran.json()["videos"]["welcome"]["end"]) == (0, "ready"), ran.err
    assert '"event": "ended"' in ran.err
    assert project.run_for_real("apply", "--yes").code == 0
    assert project.run("status", "--detailed-exitcode").code == 0


def start(project: Project, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "storyboard", *arguments],
        cwd=project.path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def interrupt_when(process: subprocess.Popen[str], holds: Callable[[], bool]) -> None:
    while not holds():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)


def status(project: Project) -> str | None:
    found: str | None = project.run("status", "--json").json()["videos"]["welcome"]["status"]
    return found


def test_ids_are_written_once(project: Project) -> None:
    pending = project.run("fmt", "--ids", "--check")
    assert pending.code == 3
    assert "would write storyboards/welcome.yaml: hello-and-welcome-to" in pending.out
    assert (project.path / "storyboards/welcome.yaml").read_text() == COURSE
    assert project.run("apply", "--yes", "--no-generate").code == 0
    assert project.run("fmt", "--ids").code == 0
    text = (project.path / "storyboards/welcome.yaml").read_text()
    assert text == COURSE.replace("  - Hello", "  - id: hello-and-welcome-to\n    narration: Hello")
    assert project.run("fmt", "--ids", "--check").code == 0
    assert project.run("plan", "--no-generate", "--detailed-exitcode").code == 0
    assert project.run("fmt").code == 64


def test_translations_from_nothing_to_a_whole_video(project: Project) -> None:
    project.write("storyboards/welcome.yaml", FRENCH)
    assert project.run("locale", "sync", "--check").code == 3
    assert not (project.path / "locales").exists()
    assert "3 new" in project.run("locale", "sync").out
    assert project.run("locale", "sync", "--check").code == 0
    assert project.run("locale", "status", "--check").code == 3
    path = project.path / "locales/fr/welcome.po"
    for french in ("Bienvenue", "Bonjour et bienvenue dans ce film.", "C’est tout pour moi."):
        path.write_text(path.read_text().replace('msgstr ""\n\n', f'msgstr "{french}"\n\n', 1))
        text = path.read_text()
        if text.endswith('msgstr ""\n'):
            path.write_text(text.removesuffix('""\n') + '"C’est tout pour moi aujourd’hui."\n')
    told = project.run("locale", "status", "--json").json()["catalogs"][0]
    assert (told["address"], told["whole"], told["texts"]) == ("welcome@fr", True, 2)
    assert told["name"] == "ok"
    assert project.run("locale", "status", "--check").code == 0
    assert "held" not in project.run("check").err


def test_a_healthy_machine_and_a_sick_one(project: Project) -> None:
    ran = project.run("doctor", "--json")
    assert ran.code == 0, ran.out
    topics = {finding["topic"]: finding for finding in ran.json()["findings"]}
    assert {"python", "disk", "session", "studio", "configuration", "state"} <= set(topics)
    assert topics["voices"]["message"] == "speak 48 languages, recognized from the narration"
    own = {"installation", "command"}  # what else this machine has installed
    assert all(finding["level"] == "ok" for topic, finding in topics.items() if topic not in own)

    project.write("storyboards/amharic.yaml", FRENCH.replace("fr]", "am]"))
    sick = project.run("doctor")
    assert sick.code == 1
    assert "1 error" in sick.out
    assert "no voice for am" in sick.out


def test_credentials_are_named_and_never_shown(project: Project) -> None:
    secret = "0123456789abcdef0123456789abcdef"
    url = "http://127.0.0.1:9"
    nowhere = {"KALTURA_VOD_AVATAR_URL": url, "KALTURA_SERVICE_URL": url, "KALTURA_PARTNER_ID": "7"}
    assert project.run("doctor", "-e", "kaltura").code == 4
    assert project.run("doctor", "-e", "kaltura", **nowhere).code == 4
    ran = project.run("doctor", "-e", "kaltura", **nowhere, KALTURA_KS=secret)
    assert ran.code == 1
    assert "a session in KALTURA_KS, not renewable" in ran.out
    assert "KALTURA_USER_ID" in ran.out
    assert "cannot connect" in ran.out
    assert "hint: nothing listens there: storyboard studio serves one on this machine" in ran.out
    assert secret not in ran.out + ran.err


def test_a_session_that_may_not_ask_for_the_configuration_is_fit_for_work(project: Project) -> None:
    run = f"{sys.executable} -m storyboard"
    script = f"""
        {run} studio fault add code --code SERVICE_FORBIDDEN --action partner/checkConfiguration >&2
        {run} doctor -e kaltura
    """
    ran = project.run("studio", "exec", "--", "sh", "-c", script)
    assert ran.code == 0, ran.err + ran.out
    assert "warning  configuration  unknown: the studio refused the session" in ran.out


def test_a_state_of_somebody_else_is_a_matter_of_credentials(project: Project) -> None:
    assert project.run("apply", "--yes", "--no-generate").code == 0
    store = LocalStore(project.path / ".storyboard/state/local.json")
    state = store.read()
    assert state is not None
    store.write(replace(state, principal=replace(state.principal, user_id="somebody")))
    ran = project.run("doctor")
    assert ran.code == 4, ran.out
    assert "'somebody'" in ran.out
    assert project.run("wait").code == 4
    assert project.run("status").code == 4
    store.path.write_text("{")
    assert project.run("doctor").code == 1


def test_each_environment_has_a_folder_of_its_own_for_speech(tmp_path: Path) -> None:
    project = Project.of(
        tmp_path,
        {
            "storyboard.yaml": "environments: {staging: {studio: local}, prod: {studio: local}}\n",
            "storyboards/a.yaml": "name: A\navatar: jane\nscenes:\n"
            "  - {id: one, narration: Hello and welcome to this short film.}\n",
        },
    )
    for environment, folder in (("local", ""), ("staging", "staging"), ("prod", "prod")):
        ran = project.run("listen", "a", "--json", "-e", environment)
        (scene,) = ran.json()["scenes"]
        assert Path(scene["file"]) == Path("speech", folder, "a-01-one.mp3")


def test_environments_share_a_folder_without_replacing_each_others_files(tmp_path: Path) -> None:
    project = Project.of(
        tmp_path,
        {
            "storyboard.yaml": "environments:\n"
            "  staging: {studio: local, vars: {who: testers}}\n"
            "vars: {who: everybody}\n",
            "storyboards/a.yaml": "name: A\navatar: jane\nscenes:\n"
            "  - {id: one, narration: 'Hello and welcome, {{ who }}.'}\n",
        },
    )
    for environment in ("local", "staging"):
        shared = ("-e", environment)
        assert project.run("listen", "a", "--output", "shared", *shared).code == 0
        assert project.run("avatars", "--preview", "shared", *shared).code == 0
    names = {path.name for path in (project.path / "shared").iterdir()}
    speech = {"a-01-one.mp3", "a-01-one.staging.mp3"}
    assert names == speech | {"jane-ceeedb.png", "jane-ceeedb.staging.png"}
    heard = {(project.path / "shared" / name).read_bytes() for name in speech}
    assert len(heard) == 2


def test_who_has_the_files_and_who_has_not_make_no_films_of_each_other_again(
    tmp_path: Path,
) -> None:
    """A developer reaches the control plane of the team's studio, and a pipeline its API alone."""
    board = """\
name: Numbers
entries: {clip: {entryId: 1_clip, media: clip.mp4}}
scenes: [{narration: Here we see the numbers of this quarter., broll: clip}]
"""
    project = Project.of(tmp_path, {"numbers.storyboard.yaml": board})
    write_movie(tmp_path / "clip.mp4", 6)
    run = f"{sys.executable} -m storyboard"
    alone = f"env -u STORYBOARD_STUDIO_CONTROL {run}"
    script = f"""
        {run} apply -e kaltura --yes >&2
        {alone} plan -e kaltura --detailed-exitcode >&2; echo "without: $?"
        {alone} apply -e kaltura --yes --regenerate numbers >&2
        {run} plan -e kaltura --detailed-exitcode >&2; echo "with: $?"
    """
    ran = project.run("studio", "exec", "--", "sh", "-c", script)
    assert ran.out == "without: 0\nwith: 0\n", ran.err
