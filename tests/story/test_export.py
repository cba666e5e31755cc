"""A user's videos become a project that plans empty; a video that cannot is told, with why."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from storyboard.cli import run
from storyboard.studio.execution import served
from storyboard.studio.local import open_studio
from storyboard.studio.serving import bind, url_of
from tests.contract.studio_rig import write_movie
from tests.support.office import Office
from tests.support.project import ROOT, Project, Ran
from tests.support.tiny_studio import TinyStudio, serving

HELLO = "Hello and welcome to the tour of our office."
LONG = (
    "In the next two minutes we bring two ideas together: the machines in the cloud that carry "
    "artificial intelligence today, and the networks that learn on them."
)


def scene(text: str = HELLO, **fields: Any) -> dict[str, Any]:
    return {"layoutType": "full-screen", "narration": {"text": text}, **fields}


def clip(entry: str = "1_demo", start: float = 0, text: str = HELLO) -> dict[str, Any]:
    return scene(text, layoutType="broll", broll={"entryId": entry, "startTime": start})


class Person:
    """Makes videos by hand, in a browser."""

    def __init__(self, studio: TinyStudio) -> None:
        self._studio = studio
        self.plain = self.avatar("jane", {"type": "color", "color": "#CEEEDB"})
        self.adam = self.avatar("adam", {"type": "library", "id": "office-1"})

    def avatar(self, template: str, background: dict[str, str]) -> str:
        body = {"templateId": template, "background": background}
        return str(self._studio._avatar_upsert(body)["id"])

    def video(self, name: str, *scenes: dict[str, Any], **fields: Any) -> str:
        body = {"name": name, "avatarId": self.plain, "scenes": list(scenes), **fields}
        return str(self._studio._video_add(body)["id"])

    def filmed(self, name: str, *scenes: dict[str, Any], **fields: Any) -> str:
        made = self.video(name, *scenes, **fields)
        self._studio.edit(made, status="ready", entryId=f"1_film{made}")
        return made


@dataclass(frozen=True)
class Here(Project):
    """A project whose commands run in this process: what they print is taken from `capture`."""

    capture: pytest.CaptureFixture[str]

    def run(self, *arguments: str, **variables: str) -> Ran:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.path)
            for name, value in variables.items():
                patch.setenv(name, value)
            self.capture.readouterr()
            code = run(arguments)
            return Ran(code, *self.capture.readouterr())


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Office]:
    studio, project = TinyStudio(film_polls=1), Here(tmp_path, capsys)
    with serving(studio) as url:
        yield Office(project, studio, url)


@pytest.fixture
def person(office: Office) -> Person:
    return Person(office.studio)


def export(office: Office, *arguments: str, code: int = 0) -> Any:
    ran = office.run("export", "-o", "out", *(arguments or ("--all",)), "--json")
    assert ran.code == code, ran.err
    return ran.json()


def require_empty_plan(office: Office, *options: str) -> None:
    checked = office.run("-C", "out", "check")
    assert checked.code == 0, checked.err
    planned = office.run("-C", "out", "plan", "--detailed-exitcode", *options)
    assert planned.code == 0, planned.out + planned.err


def text(office: Office, path: str) -> str:
    return (office.project.path / "out" / path).read_text("utf-8")


def test_what_was_made_by_hand_becomes_a_project(office: Office, person: Person) -> None:
    person.filmed("Tour of the office", scene(), clip("1_demo", 12.5, LONG))
    person.filmed(
        "Prices",
        scene(f"{LONG}\n\n{HELLO}", narration={"text": f"{LONG}\n\n{HELLO}", "avatarId": "av2"}),
        clip("1_demo"),
        clip("1_own", 3),
        avatarId=person.adam,
    )
    asked = len(office.studio.calls)
    told = export(office)
    calls = office.studio.calls[asked:]
    assert sorted(calls) == ["avatar/get", "avatar/get", "video/list"]
    assert told["left"] == []
    assert [v["address"] for v in told["videos"]] == ["tour-of-the-office", "prices"]
    assert text(office, "storyboard.yaml") == (
        "entries:\n  clip: {entryId: 1_demo}\nstoryboards: [storyboards/*.yaml]\n"
    )
    assert (
        text(office, "storyboards/tour-of-the-office.yaml")
        == f"""\
name: Tour of the office
scenes:
  - id: hello-and-welcome-to
    narration: {HELLO}
  - id: in-the-next-two
    narration: >-
      In the next two minutes we bring two ideas together: the machines in the cloud that carry
      artificial intelligence today, and the networks that learn on them.
    broll: clip@12.5
"""
    )
    assert text(office, "storyboards/prices.yaml").startswith("""\
name: Prices
avatar: {templateId: adam, background: {type: library, id: office-1}}
entries:
  clip-2: {entryId: 1_own}
scenes:
""")
    require_empty_plan(office)
    applied = office.run("-C", "out", "apply", "--yes")
    assert (applied.code, len(office.studio.videos), office.studio.films) == (0, 2, [])
    state = json.loads(text(office, ".storyboard/state/kaltura.json"))
    assert "kaltura.json" in told["state"]
    assert len(state["videos"]) == 2


def test_what_no_storyboard_can_say_is_told_with_the_reason(office: Office, person: Person) -> None:
    person.filmed("Fine", scene())
    person.filmed("Fine", scene(LONG))
    bad = {
        "Bell": {"scenes": [scene("a bell \x07 rings for all of us")]},
        "Split": {"scenes": [scene(layoutType="split")]},
        "Many": {"scenes": [scene()] * 21},
        "Long": {"scenes": [scene("word " * 1001)]},
        "Braces": {"scenes": [scene("{{ a }} and so on " * 25)]},
        "None": {"scenes": []},
        "Mute": {"scenes": [scene("")]},
        "No clip": {"scenes": [scene(layoutType="broll")]},
        "Late": {"scenes": [clip(start=90_000)]},
        "Odd entry": {"scenes": [clip("1.x:y")]},
        "Alone": {"avatarId": None},
        "Gone": {"avatarId": "av99"},
        "Stranger": {"avatarId": person.avatar("zoe", {"type": "color", "color": "#000000"})},
        "Odd room": {"avatarId": person.avatar("jane", {"type": "library", "id": "../x"})},
        "x" * 501: {},
        " ": {},
        "sb-0123456789abcdef Hello": {},
        "New status": {"status": "dreaming"},
    }
    ids = {}
    for name, fields in bad.items():
        ids[name] = person.video(name, scene())
        office.studio.edit(ids[name], **fields)
    tried = office.run("export", "--all", "-o", "out", "--dry-run", "--json")
    assert json.loads(tried.err.splitlines()[-1])["code"] == "videos-left-out"
    ran = office.run("export", "--all", "-o", "out")
    assert ran.code == 8, ran.err
    lines = ran.out.splitlines()
    assert lines[:2] == [
        "wrote 2 videos in 2 storyboards to 'out'",
        f"left out: {len(bad)} videos",
    ]
    told = {line.split()[0]: line for line in lines if line.startswith("  v")}
    assert set(told) == set(ids.values())
    for name, reason in {
        "Bell": "the narration of scene 1 has the character U+0007, which no file may hold",
        "Split": "scene 1 has the layout 'split', which is not known here",
        "Many": "at most 20",
        "Long": "5,000",
        "None": "it has no scenes",
        "Alone": "the video has no avatar",
        "Gone": "the avatar 'av99', which the studio does not tell more of",
        "Stranger": "the presenter 'zoe', who is not in the catalog",
        " ": "it has no name",
        "sb-0123456789abcdef Hello": "an apply that has not ended added it",
        "New status": "it is of a form that this version does not know",
    }.items():
        assert reason in told[ids[name]], told[ids[name]]
    assert sorted(path.name for path in (office.project.path / "out/storyboards").iterdir()) == [
        "fine-2.yaml",
        "fine.yaml",
    ]
    require_empty_plan(office)


def test_entries_have_the_names_of_the_account(office: Office, person: Person) -> None:
    office.studio.entry_names = {"1_demo": "Demo: Search 2.mp4", "1_bad": "\x1b[2J::error::{{ x }}"}
    person.filmed("Tour", scene(), clip("1_demo"), clip("1_gone"), clip("1_bad"))
    ran = office.run("export", "--all", "-o", "out")
    assert ran.code == 0, ran.err
    told = "the account does not list the entry '1_gone' of tour: a new film may fail"
    assert told in ran.out.splitlines()
    head, _, _ = text(office, "storyboards/tour.yaml").partition("scenes:")
    names = (
        "demo-search-2: {entryId: 1_demo}",
        "clip: {entryId: 1_gone}",
        '"2j-error": {entryId: 1_bad}',
    )
    assert head.splitlines()[2:] == [f"  {name}" for name in names]
    require_empty_plan(office)


def test_locales_are_told_apart_by_names(office: Office, person: Person) -> None:
    person.filmed("Tour (en)", scene(), scene(LONG), clip("1_demo"))
    person.filmed(
        "Tour (de)",
        scene("Guten Tag und {willkommen} in unserem Büro."),
        clip("1_demo", 2),
        clip("1_demo_de"),
        avatarId=person.adam,
    )
    person.filmed("Tour (fr)", scene(), scene(), scene())
    shown = {"text": "Olá e bem-vindos ao nosso escritório.", "avatarId": person.adam}
    person.filmed("Tour (pt-BR)", scene(narration=shown), clip("1_pt"), clip("1_demo", 0.5))
    person.filmed("Report (IT)", scene())
    person.filmed("Report (HR)", scene(LONG))
    person.filmed("Braces [en]", scene())
    person.filmed("Braces [de]", scene("Hier steht {{ nichts }}, was gilt."))
    told = export(office)
    assert [v["address"] for v in told["videos"]] == [
        *("tour@en", "tour@de", "tour@pt-BR", "tour-fr"),
        *("report-it", "report-hr", "braces-en", "braces-de"),
    ]
    assert 'name: "Tour ({{ locale }})"' in text(office, "storyboards/tour.yaml")
    require_empty_plan(office)


def test_what_two_locales_cannot_share_stays_apart(office: Office, person: Person) -> None:
    person.filmed("Tour (en)", scene(), clip())
    person.filmed("Tour (de)", scene(), scene(LONG))
    told = export(office)
    assert [v["address"] for v in told["videos"]] == ["tour-en", "tour-de"]
    require_empty_plan(office)
    again = office.run("export", "--all", "-o", "out")
    assert (again.code, "is there already" in again.err) == (64, True)
    assert "no video of the studio" in office.run("export", "Tuor*", "-o", "new").err
    for pattern in ("Tour (e*", "Tour (en)", "v1"):
        one = export(office, pattern, "--dry-run", "-o", "new")
        assert [v["address"] for v in one["videos"]] == ["tour-en"], pattern
    assert not (office.project.path / "new").exists()


def test_import_writes_the_file_and_the_record(office: Office, person: Person) -> None:
    made = person.filmed("Tour of the office", scene(), clip("1_demo", 4), avatarId=person.adam)
    office.project.write(
        "storyboard.yaml",
        "avatars:\n  host: {templateId: adam, background: {type: library, id: office-1}}\n"
        "entries:\n  demo: {entryId: 1_demo}\nstoryboards: ['videos/*.yaml']\n",
    )
    office.project.write("videos/a.yaml", f"name: A\nscenes: [{{id: a, narration: {LONG!r}}}]\n")
    assert office.run("import", "tour", made, "--dry-run").code == 0
    assert not (office.project.path / "videos/tour.yaml").exists()
    asked = len(office.studio.calls)
    ran = office.run("import", "tour", made)
    assert ran.code == 0, ran.err
    assert set(office.studio.calls[asked:]) <= {"video/get", "video/list", "avatar/get"}
    assert (
        (office.project.path / "videos/tour.yaml").read_text()
        == f"""\
name: Tour of the office
avatar: host
scenes:
  - id: hello-and-welcome-to
    narration: {HELLO}
  - id: hello-and-welcome-to-2
    narration: {HELLO}
    broll: demo@4
"""
    )
    assert office.run("plan", "tour", "--detailed-exitcode").code == 0
    again = office.run("import", "other", made)
    assert (again.code, f"video '{made}' belongs to 'tour' already" in again.err) == (64, True)
    other = person.filmed("Other", scene())
    assert "wrote" not in office.run("import", "a", other).out
    assert office.run("plan", "a", "--detailed-exitcode").code == 2


def test_a_state_tells_addresses_and_locales(office: Office) -> None:
    """Nobody wrote the locales into these names, and the files are lost."""
    office.project.write(
        "storyboard.yaml", "locales: [en, de]\nstoryboards: ['*.yaml']\navatars: {x: adam}\n"
    )
    office.project.write("tour.yaml", f"name: Tour\nscenes: [{{id: hi, narration: {HELLO!r}}}]\n")
    office.project.write(
        "locales/de/tour.po",
        'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgctxt "name"\nmsgid "Tour"\nmsgstr "Rundgang"\n\nmsgctxt "hi.narration"\n'
        f'msgid "{HELLO}"\nmsgstr "Guten Tag und willkommen in unserem Büro."\n',
    )
    assert office.run("apply", "--yes").code == 0
    (office.project.path / "tour.yaml").unlink()
    told = office.run("export", "--all", "-o", "out")
    assert told.code == 0, told.err
    assert "in several locales: tour (en, de)" in told.out
    assert "in the state of the project that you are in, too: 2 videos" in told.out
    require_empty_plan(office)


@pytest.mark.slow
def test_a_sample_goes_out_and_comes_back(tmp_path: Path) -> None:
    """Applied to a served local studio, exported from the same project, planned in the new one."""
    shutil.copytree(ROOT / "samples" / "course", tmp_path / "course")
    (tmp_path / "course" / "media").mkdir(exist_ok=True)
    clips = [f"{kind}-{tag}" for kind in ("dashboard", "screencast") for tag in ("en", "de", "fr")]
    for name in clips:
        write_movie(tmp_path / "course" / "media" / f"{name}.mp4", 30)
    project = Project(tmp_path / "course")
    listener = bind("127.0.0.1", 0)
    studio = open_studio(tmp_path / "studio", public_url=url_of(listener, "127.0.0.1", None))
    with studio, served(studio, listener):
        where = studio.variables()
        applied = project.run("apply", "-e", "kaltura", "--yes", "--no-generate", **where)
        assert applied.code == 0, applied.err
        out = str(tmp_path / "out")
        exported = project.run("export", "--all", "-e", "kaltura", "-o", out, **where)
        assert exported.code == 0, exported.err
        options = ("-e", "kaltura", "--no-generate", "--detailed-exitcode")
        planned = project.run("-C", out, "plan", *options, **where)
        assert planned.code == 0, planned.out + planned.err
    written = (tmp_path / "out" / "storyboards" / "reports.yaml").read_text("utf-8")
    assert "locales: [en, de, fr]" in written
    assert (
        written[written.index("localize:") :]
        == """\
localize:
  de:
    entries: {dashboard-en: {entryId: 1_dashb0de}, screencast-en: {entryId: 1_screen0de}}
  fr:
    avatar: {templateId: julia, background: {type: library, id: office-1}}
    entries: {dashboard-en: {entryId: 1_dashb0fr}, screencast-en: {entryId: 1_screen0fr}}
    scenes:
      on-the-right-you: {broll: {startTime: 10}}
"""
    )


@pytest.mark.slow
def test_many_videos_take_as_many_requests_as_there_are_pages(
    office: Office, person: Person
) -> None:
    for number in range(301):
        person.filmed(f"Lesson {number}", scene(f"{HELLO} It has {number} rooms."), clip())
    asked = len(office.studio.calls)
    told = export(office)
    assert len(told["videos"]) == 301
    assert office.studio.calls[asked:].count("video/list") == 4
    assert set(office.studio.calls[asked:]) == {"video/list", "avatar/get"}
    assert len(office.studio.calls) - asked == 5
    require_empty_plan(office)


def test_names_as_keys_go_along(office: Office, person: Person) -> None:
    """An environment's settings are copied; a name that two videos have tells neither of them."""
    office.studio.session_user = "maker"
    person.filmed("Tour", scene())
    person.filmed("Twice", scene())
    person.filmed("Twice", scene(LONG))
    office.project.write(
        "storyboard.yaml",
        "environments:\n"
        "  ours: {studio: kaltura, identity: name, userId: maker, vars: {a: b}, state: x.json}\n",
    )
    ran = office.run("export", "--all", "-o", "out", environment="ours")
    assert ran.code == 8, ran.err
    assert "left out: 2 videos" in ran.out
    assert "this environment finds videos by name" in ran.out
    assert not (office.project.path / "out" / "storyboards" / "twice.yaml").exists()
    written = text(office, "storyboard.yaml")
    assert "ours: {studio: kaltura, userId: maker, identity: name}" in written
    for kept in (True, False):
        planned = office.run("-C", "out", "plan", "--detailed-exitcode", environment="ours")
        assert planned.code == 0, planned.out + planned.err
        if kept:
            shutil.rmtree(office.project.path / "out" / ".storyboard")


@pytest.mark.parametrize("chosen", ["--all", "v2"])
def test_no_namesake_is_taken_where_names_are_keys(
    office: Office, person: Person, chosen: str
) -> None:
    """Drafts of one name: a plan would take the older one for the file of the younger one."""
    office.studio.session_user = "maker"
    made = [person.video("Twice", scene()), person.video("Twice ", scene(LONG))]
    office.project.write(
        "storyboard.yaml",
        "environments:\n  ours: {studio: kaltura, identity: name, userId: maker}\n",
    )
    which = chosen if chosen == "--all" else made[1]
    ran = office.run("export", which, "-o", "out", environment="ours")
    assert ran.code == 8, ran.out + ran.err
    assert "another video of this user has this name" in ran.out
    assert not (office.project.path / "out").exists()
    ran = office.run("import", "twice", made[1], environment="ours")
    assert ran.code == 64, ran.out
    assert f"video '{made[0]}' has the name 'Twice' too" in ran.err
    assert not (office.project.path / "storyboards").exists()


def test_a_shared_state_stays_with_its_project(office: Office, person: Person) -> None:
    """Two projects with one state would delete each other's videos."""
    office.studio.session_user = "maker"
    person.filmed("Tour", scene())
    bare = office.project.path / "state.git"
    for told in (["init", "-q"], ["init", "-q", "--bare", bare], ["remote", "add", "origin", bare]):
        subprocess.run(["git", *told], cwd=office.project.path, check=True)
    office.project.write(
        "storyboard.yaml", "environments:\n  ours: {studio: kaltura, state: git, userId: maker}\n"
    )
    ran = office.run("export", "--all", "-o", "out", environment="ours")
    assert ran.code == 0, ran.err
    assert "the state 'origin refs/storyboard/ours' stays with" in ran.out
    assert "state" not in text(office, "storyboard.yaml")
    told = office.run("export", "--all", "-o", "new", "--dry-run", "--json", environment="ours")
    assert told.json()["sharedState"] == "origin refs/storyboard/ours"
    planned = office.run("-C", "out", "plan", "--detailed-exitcode", environment="ours")
    assert planned.code == 0, planned.out + planned.err


def test_what_a_killed_export_left_is_told_with_the_command_that_mends(
    office: Office, person: Person
) -> None:
    """It was killed amid its moves into a folder that was there: its last one is the project."""
    person.filmed("Tour", scene())
    out = office.project.path / "out"
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    export(office)
    left = out / ".out-abcdefgh.storyboard.part"
    left.mkdir()
    (out / "storyboard.yaml").rename(left / "storyboard.yaml")
    refused = office.run("export", "--all", "-o", "out")
    assert (refused.code, "the run that wrote into it was killed" in refused.err) == (64, True)
    assert (out / "storyboards").is_dir(), sorted(out.rglob("*"))
    command = refused.err.rpartition("`rm ")[2].partition("`")[0]
    subprocess.run(f"rm {command}", shell=True, cwd=office.project.path, check=True)
    export(office)
    require_empty_plan(office)
    assert not left.exists()
    assert (out / "notes.txt").read_text() == "mine"
    refused = office.run("export", "--all", "-o", "out")
    assert (refused.code, "killed" in refused.err) == (64, False)


def test_an_import_that_fails_leaves_no_file(office: Office, person: Person) -> None:
    """A file without its record would be made a second time."""
    made = person.filmed("Tour", scene())
    lock = office.state.with_name("kaltura.json.lock")
    lock.mkdir(parents=True)
    assert office.run("import", "tour", made).code not in (0, 70)
    assert not (office.project.path / "storyboards" / "tour.yaml").exists()
    lock.rmdir()
    assert office.run("import", "tour", made).code == 0
    odd = person.video("Odd", scene("a bell \x07 rings for all of us"))
    for arguments, said in (
        (("new", odd), "the narration of scene 1 has the character U+0007"),
        (("new", "v99"), "the studio has no video 'v99'"),
        (("Tour", made), "invalid id 'Tour'"),
        (("tour@de", made), "the storyboard 'tour' is in the files, and has no locales"),
        (("tour", made), "'tour' stands for a video already"),
    ):
        ran = office.run("import", *arguments)
        assert said in ran.err, ran.err
    assert [path.name for path in (office.project.path / "storyboards").iterdir()] == ["tour.yaml"]


def test_a_state_that_cannot_be_read_gives_no_other_ids_in_silence(
    office: Office, person: Person
) -> None:
    """All videos were exported under new ids, and nothing said that the state was passed over."""
    person.filmed("Tour", scene())
    office.state.parent.mkdir(parents=True, exist_ok=True)
    office.state.write_text('{"version": ')
    refused = office.run("export", "--all", "-o", "out")
    assert (refused.code, "kaltura.json" in refused.err) == (11, True), refused.err
    assert not (office.project.path / "out").exists()
