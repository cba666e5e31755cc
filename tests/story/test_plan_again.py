"""A second plan asks the studio what the first one asked, and compiles nothing again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from storyboard.cli import compiling
from storyboard.compile_cache import trace
from storyboard.studio.lettering import font_files
from storyboard.studio.local import open_studio
from storyboard.units.compiling import UnitCompiler
from tests.contract.studio_rig import write_picture
from tests.support.planner_desk import FILES, Person
from tests.support.tiny_studio import TinyStudio, serving

CHINESE = Path(__file__).parents[1] / "support" / "fonts"


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Person]:
    """Somebody whose videos are applied to a studio that is reached by HTTP."""
    monkeypatch.setattr(trace, "MANY", 1)
    studio = TinyStudio()
    with serving(studio) as url:
        person = Person(tmp_path, "kaltura", studio, url)
        person.act("apply")
        assert len(studio.videos) == 2
        yield person


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Somebody whose videos are applied to the studio in this process."""
    monkeypatch.setattr(trace, "MANY", 1)
    person = Person(tmp_path, "local", TinyStudio(), "http://127.0.0.1:9")
    person.act("media")
    person.act("apply")
    return person


def planned(person: Person, *options: str) -> tuple[str, bool]:
    """Return what a plan told, and whether files were compiled for it."""
    with patch.object(compiling, "compile_asking", wraps=compiling.compile_asking) as compiled:
        code, out, err = person.run("plan", "-e", person.environment, *options)
    assert code == 0, err
    return out, bool(compiled.call_count)


@pytest.mark.parametrize("options", [(), ("--json",), ("--format", "markdown"), ("--full",)])
def test_a_remote_studio_is_asked_the_same_and_nothing_is_compiled(
    person: Person, options: tuple[str, ...]
) -> None:
    person.studio.calls.clear()
    first, compiled = planned(person, *options)
    assert compiled
    asked = sorted(person.studio.calls)
    person.studio.calls.clear()
    assert planned(person, *options) == (first, False)
    assert sorted(person.studio.calls) == asked


def test_a_studio_that_answers_otherwise_is_not_asked_twice(person: Person) -> None:
    planned(person)
    first = next(iter(person.studio.videos))
    person.studio.edit(first, name="Edited by somebody")
    person.studio.calls.clear()
    told, compiled = planned(person)
    assert compiled
    assert "Edited by somebody" in told
    assert sorted(person.studio.calls) == ["avatar/get", "video/list"]
    assert planned(person) == (told, False)


def test_a_plan_with_changes_is_told_again_too(person: Person) -> None:
    person.edit("storyboards/one.yaml", FILES["storyboards/one.yaml"][1])
    told, _ = planned(person)
    assert "Another text of" in told
    assert planned(person) == (told, False)
    assert person.run("plan", "-e", "kaltura", "--detailed-exitcode")[0] == 2
    assert person.run("plan", "-e", "kaltura", "--fail-on", "update")[0] == 5


def test_a_plan_that_is_refused_or_saved_is_made_each_time(person: Person) -> None:
    planned(person)
    assert planned(person, "-o", str(person.root / "a.plan"))[1]
    person.edit("storyboards/one.yaml", None)
    for _ in range(2):
        code, out, _ = person.run("plan", "-e", "kaltura", "--prune", "--max-delete", "0")
        assert code == 5
        assert "refused by max-delete" in out


@pytest.mark.parametrize(("event", "code"), [("gone state", 11), ("no state", 5), ("limit", 5)])
def test_another_state_or_limit_is_another_plan(person: Person, event: str, code: int) -> None:
    planned(person)
    person.act(event)
    assert person.run("plan", "-e", "kaltura")[0] == code


def test_the_studio_in_this_process_is_not_even_opened(local: Person) -> None:
    told, compiled = planned(local)
    assert compiled
    with patch.dict("sys.modules", {"storyboard.studio.local": None}):
        assert planned(local) == (told, False)


def test_other_records_of_the_local_studio_are_looked_at(local: Person) -> None:
    told, _ = planned(local)
    with (
        open_studio(local.root / ".storyboard" / "studio") as studio,
        studio.workspace.store.write() as tx,
    ):
        tx.connection.execute("UPDATE videos SET name='Edited'")
    edited, compiled = planned(local)
    assert compiled
    assert "Edited" in edited
    assert told != edited


def test_a_stand_in_of_other_content_is_another_plan(
    local: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trace, "is_settled", lambda *_: True)
    local.edit("storyboard.yaml", FILES["storyboard.yaml"][3].replace("mp4", "png"))
    local.edit("storyboards/two.yaml", FILES["storyboards/two.yaml"][1])
    clip = write_picture(local.root / "clip.png")
    told, _ = planned(local)
    assert planned(local) == (told, False)
    clip.write_bytes(clip.read_bytes() + bytes(9))
    assert planned(local)[1]


def test_a_video_that_is_held_for_an_entry_is_not_compiled_again(local: Person) -> None:
    local.edit("storyboards/two.yaml", FILES["storyboards/two.yaml"][0].replace("1_clip", "1_no"))
    planned(local)
    local.act("apply one")
    with patch.object(UnitCompiler, "compile", side_effect=AssertionError):
        told, compiled = planned(local, "--full")
    assert compiled
    assert "no entry '1_no'" in told


@pytest.mark.parametrize("command", ["check", "plan"])
def test_fonts_are_looked_at_again(
    local: Person, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """The machine changes while no file does, and what was kept may come from another one."""
    titles = "avatar: jane\ntitles: {jane: {name: \u5f20\u4f1f}}\n"
    local.edit("storyboards/one.yaml", f"{titles}{FILES['storyboards/one.yaml'][0]}")
    told = []
    for folders in ((), (), (CHINESE,), (CHINESE,), ()):
        monkeypatch.setattr(font_files, "machine_folders", lambda there=folders: there)
        font_files.machine_files.cache_clear()
        words = ("-e", local.environment) if command == "plan" else ()
        told.append("letters-missing" in "".join(local.run(command, *words)[1:]))
    font_files.machine_files.cache_clear()
    assert told == [True, True, False, False, True]
