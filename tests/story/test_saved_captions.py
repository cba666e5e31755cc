"""The captions beside a saved film are that film's, and what its author made of them stays."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from storyboard.apply.outcome import Outcome
from storyboard.apply.stand_ins import clip_files
from storyboard.commands.other_states import read_states, saved_films
from storyboard.commands.outputs import outputs_of
from storyboard.compiler import compile_project
from storyboard.errors import ExitCode
from storyboard.source.file_facts import FileFacts
from storyboard.source.files import MemoryFiles
from storyboard.source.schema import schema_text
from storyboard.state.model import State
from storyboard.video import Video
from storyboard.views.apply_json import render_outcome_json
from storyboard.views.outputs import outputs_to_dict
from storyboard.views.plan_text import render_plan_text
from tests.story.test_saved_films import Notices
from tests.support.tiny_studio import caption_asset
from tests.support.videos import World, video

HELLO = video("q1@fr", "Welcome to the overview of this quarter.")
AGAIN = video("q1@fr", "Welcome to the review of this quarter.")
OTHER = video("q2", "Here are the numbers of this quarter.")
BONJOUR = "1\n00:00:00,000 --> 00:00:00,900\nBonjour\n"


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    world.studio.captions = {"": (caption_asset("Hello"), caption_asset("Bonjour", "fr"))}
    world.options = replace(world.options, download=tmp_path / "films", root=tmp_path)
    return world


def files(world: World) -> dict[str, str]:
    """Return the files beside the films, by name."""
    folder = world.folder / "films"
    return {p.name: p.read_text() for p in sorted(folder.iterdir()) if p.suffix != ".mp4"}


def told(world: World, *desired: Video) -> tuple[list[str], Outcome]:
    notices = Notices()
    outcome = world.apply(*desired, observer=notices)  # type: ignore[arg-type]
    return notices.said, outcome


def test_captions_in_the_films_language_lie_beside_it_in_both_formats(world: World) -> None:
    said, outcome = told(world, HELLO, OTHER)
    assert said == []
    assert files(world) == {
        "q1@fr.srt": BONJOUR,
        "q1@fr.vtt": "WEBVTT\n\n00:00:00.000 --> 00:00:00.900\nBonjour\n",
        "q2.srt": BONJOUR.replace("Bonjour", "Hello"),
        "q2.vtt": "WEBVTT\n\n00:00:00.000 --> 00:00:00.900\nHello\n",
    }
    told_now = json.loads(render_outcome_json(outcome))
    names = [str(world.folder / "films" / f"q1@fr{suffix}") for suffix in (".vtt", ".srt")]
    assert told_now["videos"]["q1@fr"]["captions"] == names
    jsonschema.validate(told_now, json.loads(schema_text("outcome")))
    outputs = outputs_to_dict(outputs_of(world.state, world.folder, FileFacts(None)))
    assert outputs["q1@fr"]["captions"] == names
    jsonschema.validate(outputs, json.loads(schema_text("outputs")))
    state = json.loads(world.store.path.read_text())
    jsonschema.validate(state, json.loads(schema_text("state")))


def test_a_second_apply_writes_and_asks_nothing(world: World) -> None:
    world.apply(HELLO, OTHER)
    before = {p: p.stat().st_mtime_ns for p in (world.folder / "films").iterdir()}
    state, calls = world.store.path.read_bytes(), len(world.studio.calls)
    assert told(world, HELLO, OTHER)[0] == []
    assert {p: p.stat().st_mtime_ns for p in (world.folder / "films").iterdir()} == before
    assert world.store.path.read_bytes() == state
    assert not [call for call in world.studio.calls[calls:] if call.startswith("captions/")]


def test_a_lost_file_comes_back_and_an_edited_one_stays_with_its_film(world: World) -> None:
    world.apply(HELLO)
    subrip, webvtt = (world.folder / "films" / f"q1@fr{suffix}" for suffix in (".srt", ".vtt"))
    subrip.unlink()
    webvtt.write_text("mine")
    said, _ = told(world, HELLO)
    stays = f"'{webvtt}' is not what was saved: it stays"
    assert said == [stays, f"q1@fr: saved '{subrip}'"]
    assert files(world) == {"q1@fr.srt": BONJOUR, "q1@fr.vtt": "mine"}
    world.studio.captions = {"": (caption_asset("Salut", "fr"),)}
    said, _ = told(world, AGAIN)
    assert [line.split("'", 1)[1] for line in said] == [f"{webvtt}' is changed: saved again"]
    assert all("Salut" in text for text in files(world).values())


def test_captions_of_an_earlier_film_go_with_it(world: World) -> None:
    world.apply(HELLO)
    world.studio.captions = {}
    said, outcome = told(world, AGAIN)
    assert (files(world), said, outcome.exit_code) == ({}, [], ExitCode.OK)
    world.studio.captions = {"": (caption_asset("Salut", "fr"),)}
    said, _ = told(world, AGAIN)
    names = " and ".join(
        f"'{world.folder / 'films' / name}'" for name in sorted(files(world))[::-1]
    )
    assert said == [f"q1@fr: saved {names}"]
    assert "Salut" in files(world)["q1@fr.vtt"]


def test_a_studio_without_captions_is_no_failure(world: World) -> None:
    world.studio.captions = None
    said, outcome = told(world, HELLO)
    assert outcome.exit_code is ExitCode.OK
    assert [line.startswith("no captions were saved: ") for line in said] == [True]
    assert told(world, HELLO)[0] == []
    assert files(world) == {}


def test_what_is_not_ready_or_says_nothing_is_not_saved(world: World) -> None:
    world.studio.captions = {"": (caption_asset("Later", "fr", status=0), caption_asset(" \n"))}
    assert told(world, HELLO)[0] == []
    assert files(world) == {}


def test_captions_move_and_go_as_their_film_does(world: World) -> None:
    world.apply(HELLO, OTHER)
    mine = world.folder / "films" / "q1@fr.vtt"
    mine.write_text("mine")
    renamed = video("greeting@fr", "Welcome to the overview of this quarter.", name=HELLO.name)
    world.apply(renamed, OTHER)
    mine.unlink()
    assert sorted(files(world)) == ["greeting@fr.srt", "greeting@fr.vtt", "q2.srt", "q2.vtt"]
    edited = world.folder / "films" / "q2.vtt"
    edited.write_text("mine")
    plan = world.plan(renamed, prune=True)
    gone = "captions beside them that are deleted too: films/q2.vtt, films/q2.srt"
    assert gone in render_plan_text(plan)
    notices = Notices()
    world.apply(renamed, prune=True, observer=notices)  # type: ignore[arg-type]
    assert sorted(files(world)) == ["greeting@fr.srt", "greeting@fr.vtt", "q2.vtt"]
    assert [str(edited) in line and "stays" in line for line in notices.said] == [True]


def test_a_file_that_is_anothers_is_not_replaced(world: World) -> None:
    """A clip `films/q1@fr.mov` has its captions where the film's would be."""
    entries = "entries: {clip: {entryId: 1_c, media: films/q1@fr.mov}}\n"
    board = f"name: A\n{entries}scenes: [{{narration: Here we see a clip., broll: clip}}]\n"
    compiled = compile_project(MemoryFiles({"storyboards/a.yaml": board}))
    (world.folder / "films").mkdir()
    (world.folder / "films" / "q1@fr.vtt").write_text("mine")
    taken = clip_files(compiled.videos, world.folder)
    world.options = replace(world.options, taken=taken)
    said, _ = told(world, HELLO)
    assert ["is the captions of entry '1_c'" in line for line in said] == [True]
    assert files(world)["q1@fr.vtt"] == "mine"
    theirs = saved_films(read_states({"prod": world.store.path}, world.folder), world.folder)
    assert (world.folder / "films" / "q1@fr.srt").resolve() in theirs


def test_a_link_in_the_place_of_captions_is_not_followed(world: World) -> None:
    outside = world.folder / "secret.txt"
    outside.write_text("mine")
    (world.folder / "films").mkdir()
    (world.folder / "films" / "q1@fr.vtt").symlink_to(outside)
    world.apply(HELLO)
    assert outside.read_text() == "mine"
    assert "Bonjour" in files(world)["q1@fr.vtt"]


@pytest.mark.parametrize("point", ["file:saved", "captions:saved"])
def test_a_crash_leaves_no_captions_that_are_taken_for_anothers(world: World, point: str) -> None:
    def crash(at: str) -> None:
        if at == point:
            raise KeyboardInterrupt

    world.apply(HELLO)
    world.studio.captions = {"": (caption_asset("Salut", "fr"),)}
    options = world.options
    world.options = replace(options, checkpoint=crash)
    with pytest.raises(KeyboardInterrupt):
        world.apply(AGAIN)
    world.options = options
    said, _ = told(world, AGAIN)
    assert not [line for line in said if "stays" in line]
    assert all("Salut" in text for text in files(world).values())
    saved: State = world.state
    (record,) = saved.videos.values()
    assert record.saved is not None
    assert record.saved.captions is not None
    assert record.saved.captions.entry_id == record.entry_id
