"""What is told of a saved film is what lies on the disk, and what we did not save is not ours."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from storyboard.apply.outcome import Ending
from storyboard.apply.stand_ins import clip_files
from storyboard.commands.other_states import read_states, saved_films
from storyboard.commands.outputs import FileStatus, Output, outputs_of
from storyboard.compiler import compile_project
from storyboard.disk import writing
from storyboard.disk.parts import new_part
from storyboard.errors import ExitCode, FailureCode
from storyboard.source.file_facts import FileFacts
from storyboard.source.files import MemoryFiles
from storyboard.source.schema import schema_text
from storyboard.views.outputs import render_outputs_text
from storyboard.views.plan_json import render_plan_json
from storyboard.views.plan_text import render_plan_text
from tests.support.desk import at_desk
from tests.support.office import TWO_TOURS
from tests.support.tiny_studio import Fault, TinyStudio
from tests.support.videos import World, video

HELLO = video("q1@fr", "Welcome to the overview of this quarter.")
OTHER = video("q2", "Here are the numbers of this quarter.")


class Notices:
    """Hears what a run has to say beside its outcomes."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def noticed(self, message: str) -> None:
        self.said.append(message)

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_: None


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    world.options = replace(world.options, download=tmp_path / "films", root=tmp_path)
    return world


def outputs(world: World) -> dict[str, Output]:
    found = outputs_of(world.state, world.folder, FileFacts(None))
    return {str(output.address): output for output in found}


def edit(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"!")


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:4])


def swap_bytes(path: Path) -> None:
    told = path.stat()
    path.write_bytes(path.read_bytes()[::-1])
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))


@pytest.mark.parametrize(
    ("harm", "status"),
    [(edit, FileStatus.CHANGED), (cut_off, FileStatus.CHANGED), (swap_bytes, FileStatus.CHANGED),
     (Path.unlink, FileStatus.MISSING)],
)  # fmt: skip
def test_a_film_that_is_no_longer_that_film_is_told_and_saved_again(
    world: World, harm: Callable[[Path], None], status: FileStatus
) -> None:
    world.apply(HELLO)
    path = world.folder / "films" / "q1@fr.mp4"
    film = path.read_bytes()
    assert outputs(world)["q1@fr"].file == str(path)
    harm(path)
    assert outputs(world)["q1@fr"].file is None
    assert outputs(world)["q1@fr"].file_status is status
    text = render_outputs_text(tuple(outputs(world).values()))
    assert text.split("\t")[3] == "–"
    assert str(path) in text.split("\t")[4]
    notices = Notices()
    assert world.apply(HELLO, observer=notices).exit_code is ExitCode.OK
    assert path.read_bytes() == film
    assert outputs(world)["q1@fr"].file == str(path)
    assert [str(path) in said for said in notices.said] == [True]
    assert world.studio.count("download") == 2
    world.apply(HELLO)
    assert world.studio.count("download") == 2


def test_a_film_of_an_earlier_generation_is_not_named(world: World) -> None:
    world.apply(HELLO)
    world.options = replace(world.options, download=None)
    world.apply(video("q1@fr", "Welcome to the review of this quarter."))
    assert outputs(world)["q1@fr"].file_status is FileStatus.OUTDATED
    assert outputs(world)["q1@fr"].file is None


def test_the_table_of_an_apply_names_no_other_file(world: World) -> None:
    outcome = world.apply(HELLO)
    path = world.folder / "films" / "q1@fr.mp4"
    assert outcome.rows[0].file == str(path)
    edit(path)
    world.options = replace(world.options, download=None)
    assert world.apply(HELLO).rows[0].file is None


def test_the_state_names_the_place_from_the_projects_root(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever a command runs, the same file is found."""
    world.apply(HELLO)
    assert '"path": "films/q1@fr.mp4"' in world.store.path.read_text()
    monkeypatch.chdir(world.folder / "films")
    assert outputs(world)["q1@fr"].file == "q1@fr.mp4"
    world.options = replace(world.options, root=Path(".."), download=Path("../films"))
    world.apply(HELLO)
    assert world.studio.count("download") == 1


def test_films_of_gone_videos_are_told_and_pruned(world: World) -> None:
    world.apply(HELLO, OTHER)
    kept, gone = world.folder / "films" / "q2.mp4", world.folder / "films" / "q1@fr.mp4"
    plan = world.plan(OTHER)
    assert list(plan.films_left.values()) == ["films/q1@fr.mp4"]
    assert "saved films that stay: films/q1@fr.mp4" in render_plan_text(plan)
    told = json.loads(render_plan_json(plan))
    assert told["savedFilms"] == {"removed": {}, "left": {"q1@fr": "films/q1@fr.mp4"}}
    jsonschema.validate(told, json.loads(schema_text("plan")))
    world.apply_planned(plan)
    assert gone.is_file()
    plan = world.plan(OTHER, prune=True)
    assert "saved films that are deleted too: films/q1@fr.mp4" in render_plan_text(plan)
    assert world.apply_planned(plan).exit_code is ExitCode.OK
    assert not gone.exists()
    assert kept.is_file()


def test_a_film_that_somebody_edited_is_not_pruned(world: World) -> None:
    world.apply(HELLO, OTHER)
    gone = world.folder / "films" / "q1@fr.mp4"
    edit(gone)
    notices = Notices()
    world.apply(OTHER, prune=True, observer=notices)
    assert gone.is_file()
    assert [str(gone) in said and "stays" in said for said in notices.said] == [True]


def test_a_film_that_destroy_leaves_behind_is_told(world: World) -> None:
    world.apply(HELLO)
    plan = world.plan(prune=True, allow_empty=True, keep_films=True)
    assert "saved films that stay: films/q1@fr.mp4" in render_plan_text(plan)
    world.apply_planned(plan)
    assert (world.folder / "films" / "q1@fr.mp4").is_file()


def test_what_a_failed_deletion_leaves_keeps_its_film(world: World) -> None:
    world.apply(HELLO, OTHER)
    world.studio.faults.append(Fault("video/delete", "before:SERVICE_FORBIDDEN", times=9))
    assert world.apply(OTHER, prune=True).exit_code is not ExitCode.OK
    assert (world.folder / "films" / "q1@fr.mp4").is_file()


def test_a_moved_address_takes_its_film_along(world: World) -> None:
    world.apply(HELLO)
    renamed = video("greeting@fr", "Welcome to the overview of this quarter.", name=HELLO.name)
    assert world.apply(renamed).exit_code is ExitCode.OK
    assert sorted(p.name for p in (world.folder / "films").iterdir()) == ["greeting@fr.mp4"]
    assert outputs(world)["greeting@fr"].file_status is FileStatus.SAVED


def test_a_film_that_another_environment_saved_is_not_replaced(world: World) -> None:
    world.apply(HELLO)
    path = world.folder / "films" / "q1@fr.mp4"
    film = path.read_bytes()
    theirs = saved_films(read_states({"prod": world.store.path}, world.folder), world.folder)
    assert theirs == {path.resolve(): "the film of environment 'prod'"}
    other = World(world.folder / "other")
    other.options = replace(world.options, root=world.folder, taken=theirs)
    outcome = other.apply(HELLO)
    (failed,) = [action for action in outcome.actions if action.ending is Ending.FAILED]
    assert "is the film of environment 'prod'" in (failed.message or "")
    assert path.read_bytes() == film
    path.unlink()
    assert other.apply(HELLO).exit_code == ExitCode.OK
    assert path.exists()


def test_a_film_does_not_replace_a_clip_of_the_project(world: World) -> None:
    """`download: media` and a storyboard that is named like a clip would do it."""
    entries = "entries: {clip: {entryId: 1_c, media: films/q1@fr.mp4}}\n"
    board = f"name: A\n{entries}scenes: [{{narration: Here we see a clip., broll: clip}}]\n"
    compiled = compile_project(MemoryFiles({"storyboards/a.yaml": board}))
    clip = world.folder / "films" / "q1@fr.mp4"
    clip.parent.mkdir(exist_ok=True)
    clip.write_bytes(b"mine")
    world.options = replace(world.options, taken=clip_files(compiled.videos, world.folder))
    outcome = world.apply(HELLO)
    (failed,) = [action for action in outcome.actions if action.ending is Ending.FAILED]
    assert "is the `media` of entry '1_c': it was not replaced" in (failed.message or "")
    assert clip.read_bytes() == b"mine"


def test_a_film_that_is_saved_later_is_told(world: World) -> None:
    """The apply after one that could not write the folder said that there was nothing to do."""
    folder = world.folder / "films"
    folder.write_text("in the way")
    assert world.apply(HELLO).exit_code != ExitCode.OK
    folder.unlink()
    for saved in (True, False):
        notices = Notices()
        assert world.apply(HELLO, observer=notices).exit_code is ExitCode.OK
        assert [said.startswith("q1@fr: saved '") for said in notices.said] == [True] * saved


def test_what_a_killed_run_left_half_saved_goes_with_the_next_one(world: World) -> None:
    """Also if the next one has nothing to save. Another run's, which is alive, stays, and what
    another program downloads."""
    assert world.apply(HELLO).exit_code is ExitCode.OK
    films = world.folder / "films"
    left = films / ".q1@fr.mp4-abcdefgh.storyboard.part"
    older = films / ".q1@fr.mp4-abcdefgh.part"  # as version 0.1.0 called them
    foreign = films / ".holiday-download.part"
    for path in (left, older, foreign):
        path.write_bytes(b"half a film")
        os.utime(path, (0, 0))
    with new_part(films, "q2.mp4") as alive:
        assert world.apply(HELLO).exit_code is ExitCode.OK
        assert alive.exists()
    assert sorted(path.name for path in films.iterdir()) == [foreign.name, "q1@fr.mp4"]


@pytest.mark.parametrize("place", ["file/films", "file/deeper/films", "."])
def test_a_folder_that_takes_no_film_is_told_before_any_is_made(
    tmp_path: Path,
    place: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    studio = TinyStudio()
    with at_desk(tmp_path, TWO_TOURS, studio, monkeypatch, capfd) as desk:
        desk.project.write("file", "no folder")
        with monkeypatch.context() as patch:
            if place == ".":
                patch.setattr(writing, "new_part", full_disk)
            ran = desk.run("apply", "--yes", "--download", place)
        assert (ran.code, "no film could be saved in" in ran.err) == (1, True), ran.err
        assert "nothing was changed" in ran.err
        assert studio.videos == {}
        assert not desk.state.exists()


@contextmanager
def full_disk(folder: Path, name: str) -> Iterator[Path]:
    raise OSError(28, "No space left on device")
    yield folder


def test_a_film_that_cannot_be_saved_is_made_once(world: World) -> None:
    """It said "film failed" and no more: the reader was to think that the next apply pays again."""
    (world.folder / "file").write_text("no folder")
    good = world.options
    world.options = replace(good, download=world.folder / "file" / "films")
    outcome = world.apply(HELLO)
    [failed] = [each for each in outcome.actions if each.ending is Ending.FAILED]
    assert failed.failure is FailureCode.OUTPUT_NOT_WRITTEN
    assert any("another folder: --download DIR" in hint for hint in failed.hints)
    assert "apply again: it fetches the film, and makes no other one" in failed.hints
    world.options = good
    assert world.apply(HELLO).exit_code is ExitCode.OK
    assert len(world.studio.films) == 1
    assert (world.folder / "films" / "q1@fr.mp4").exists()
