"""`identity: name`: the studio is the memory, and a runner needs nothing but the files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from storyboard.state.local import LocalStore, next_serial
from storyboard.state.model import Operation, OperationKind
from tests.support.clones import Clones
from tests.support.tiny_studio import TinyStudio, serving

FILES = {
    "hello.yaml": "name: Hello\nscenes: [{id: hi, narration: Hello and welcome to our office.}]\n",
    "bye.yaml": "name: Goodbye\nscenes: [{id: bye, narration: Goodbye and come back to us.}]\n",
}


@dataclass
class Pipeline:
    clones: Clones
    studio: TinyStudio


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[Pipeline]:
    studio = TinyStudio(film_polls=1)
    with serving(studio) as url:
        yield Pipeline(Clones(tmp_path, url, dict(FILES)), studio)


def test_each_run_is_a_fresh_clone(pipeline: Pipeline) -> None:
    """A runner without its state was refused, and had to be told of the videos one by one."""
    clones, studio = pipeline.clones, pipeline.studio
    first = clones.run("apply", "--yes")
    assert first.code == 0, first.out + first.err
    for command in (("plan", "--detailed-exitcode"), ("apply", "--yes"), ("status",), ("wait",)):
        ran = clones.run(*command)
        assert ran.code == 0, ran.out + ran.err
    assert (len(studio.videos), len(studio.films), studio.count("video/add")) == (2, 2, 2)
    assert sorted(video["name"] for video in studio.videos.values()) == ["Goodbye", "Hello"]
    outputs = clones.run("outputs", "--json").json()
    entries = {video["name"]: video["entryId"] for video in studio.videos.values()}
    assert outputs["hello"]["entryId"] == entries["Hello"]
    assert outputs["bye"]["status"] == "ready"


def test_outputs_believe_the_studio_where_the_cache_says_generating(pipeline: Pipeline) -> None:
    """A run that left while its films were made keeps that in its clone, long after they are."""
    clones, studio = pipeline.clones, pipeline.studio
    studio.film_polls = 1_000_000
    clone = clones.fresh()
    clones.run("apply", "--yes", "--no-generate", clone=clone)
    for video in studio.videos.values():
        studio._video_generate({"id": video["id"]})
    assert clones.run("outputs", clone=clone).out.count("generating") == 2
    path = clone.path / ".storyboard" / "state" / "production.json"
    store = LocalStore(path, is_cache=True)
    with store.locked():
        state = store.read()
        assert state is not None
        begun = tuple(
            Operation(OperationKind.GENERATE, address, f"n{number}", "", record.current.id, "f")
            for number, (address, record) in enumerate(state.videos.items())
        )
        store.write(next_serial(replace(state, operations=begun)))
    studio._looks = dict.fromkeys(studio._looks, 1)
    assert clones.run("wait").code == 0
    told = clones.run("outputs", "--json", clone=clone).json()
    assert {each["status"] for each in told.values()} == {"ready"}
    entries = {video["name"]: video["entryId"] for video in studio.videos.values()}
    assert told["hello"]["entryId"] == entries["Hello"]


@pytest.mark.parametrize("command", ["pull", "repair", "restore"])
def test_a_clone_without_a_state_is_told_that_none_is_needed(
    pipeline: Pipeline, command: str
) -> None:
    """The hints led to `state adopt` and to git, which has no such file."""
    ran = pipeline.clones.run("state", command)
    assert (ran.code, "no state is needed: storyboard apply" in ran.err) == (64, True), ran.err


def test_a_changed_word_makes_one_film(pipeline: Pipeline) -> None:
    clones, studio = pipeline.clones, pipeline.studio
    clones.run("apply", "--yes")
    clones.files["hello.yaml"] = FILES["hello.yaml"].replace("Hello and", "Hi and")
    planned = clones.run("plan")
    assert "[-Hello-]{+Hi+}" in planned.out
    assert "(edited in the studio)" not in planned.out
    assert "it is not known who changed a value" in planned.out
    assert clones.run("apply", "--yes").code == 0
    assert (len(studio.videos), len(studio.films)) == (2, 3)


@pytest.mark.slow
def test_a_new_name_is_told_and_the_hint_works(pipeline: Pipeline) -> None:
    clones, studio = pipeline.clones, pipeline.studio
    clones.run("apply", "--yes")
    clones.files["hello.yaml"] = FILES["hello.yaml"].replace("name: Hello", "name: Hello all")
    clone = clones.fresh()
    planned = clones.run("plan", clone=clone)
    hint = f"storyboard state adopt -e production hello {studio.by_name('Hello')['id']}"
    assert f"`{hint}`" in planned.out, planned.out
    assert clones.run("plan", "--prune", clone=clone).code == 5
    adopted = clones.run("state", "adopt", *hint.split()[-2:], clone=clone)
    assert adopted.code == 0, adopted.err
    applied = clones.run("apply", "--yes", "--prune", clone=clone)
    assert applied.code == 0, applied.out + applied.err
    assert "rename" in applied.out
    assert (len(studio.videos), len(studio.films)) == (2, 2)
    assert clones.run("plan", "--detailed-exitcode").code == 0


def test_none_of_several_of_one_name_is_taken_in(pipeline: Pipeline) -> None:
    """A plan takes either, and writes the file's scenes over it, whichever was recorded."""
    clones, studio = pipeline.clones, pipeline.studio
    older, other = (studio._video_add({"name": name})["id"] for name in ("Hello", "Greeting"))
    newer = studio._video_add({"name": "Hello "})["id"]
    bye = studio._video_add({"name": "Goodbye"})["id"]
    clone = clones.fresh()
    for taking, twin in (
        (("state", "adopt", "hello", newer), older),
        (("state", "adopt", "hello", other), newer),
        (("import", "hello", newer), older),
        (("import", "hello", older), newer),
    ):
        refused = clones.run(*taking, clone=clone)
        assert refused.code == 64, (taking, refused.out)
        assert f"video '{twin}' has the name 'Hello' too" in refused.err
        assert "hint: rename one of them in the studio, then run this again" in refused.err
    every = clones.run("state", "adopt", clone=clone)
    assert f"took in {bye} as bye" in every.out
    assert f"2 videos of this name, {newer}, {older}; rename one in the studio" in every.out

    studio.edit(older, name="Hello of last year")
    taken = clones.run("state", "adopt", "hello", newer, clone=clone)
    assert taken.code == 0, taken.err


def test_what_no_file_names_is_never_destroyed(pipeline: Pipeline) -> None:
    """A person's video of the same user: `destroy` is for what the files say."""
    clones, studio = pipeline.clones, pipeline.studio
    clones.run("apply", "--yes")
    studio.edit(studio.by_name("Goodbye")["id"], name="A person's own")
    shown = clones.run("plan", "hello").out + clones.run("plan").out
    assert "A person's own (v" in shown
    assert clones.run("destroy", "--yes").code == 0
    assert [video["name"] for video in studio.videos.values()] == ["A person's own"]


@pytest.mark.slow
@pytest.mark.parametrize("target", [(), ("hello@de",)], ids=["all", "that one"])
def test_a_locale_without_a_name_of_its_own_waits(
    pipeline: Pipeline, target: tuple[str, ...]
) -> None:
    """On the day that its texts were translated, and the name was not, no video was applied."""
    clones = pipeline.clones
    clones.files |= {
        "hello.yaml": "locales: [en, de]\n" + FILES["hello.yaml"],
        "locales/de/hello.po": 'msgctxt "hi.narration"\n'
        'msgid "Hello and welcome to our office."\n'
        'msgstr "Hallo und willkommen in unserem Büro."\n',
    }
    clone = clones.fresh()
    assert clone.run("check").code == 0
    for command in (("check",), ("plan",), ("apply", "--yes")):
        ran = clones.run(*command, *target, clone=clone)
        assert ran.code == 0
        assert "it has the name of 'hello@en'" in ran.out + ran.err
        assert "translate the name, or write `{{ locale }}` into it" in ran.out + ran.err
    names = [video["name"] for video in pipeline.studio.videos.values()]
    assert sorted(names) == ([] if target else ["Goodbye", "Hello"])
    name = 'msgctxt "name"\nmsgid "Hello"\nmsgstr "Hallo"\n\n'
    clone.edit("locales/de/hello.po", 'msgctxt "hi', f'{name}msgctxt "hi')
    assert clones.run("apply", "--yes", clone=clone).code == 0
    assert len(pipeline.studio.videos) == 3


def test_a_studio_that_is_not_the_users_is_refused(pipeline: Pipeline) -> None:
    clones, studio = pipeline.clones, pipeline.studio
    clones.run("apply", "--yes")
    for found in studio.videos.values():
        found["userId"] = "a-person"
    ran = clones.run("apply", "--yes", "--prune")
    assert (ran.code, "'a-person'" in ran.err) == (4, True)
    assert len(studio.videos) == 2


def test_a_session_of_another_user_is_refused_before_it_is_used(pipeline: Pipeline) -> None:
    """An empty account tells nothing of whose it is: all would be made there once more."""
    pipeline.studio.session_user = "a-person"
    ran = pipeline.clones.run("apply", "--yes")
    assert (ran.code, "the session is of user 'a-person'" in ran.err) == (4, True)
    assert "hint: use a session of that user" in ran.err
    pipeline.clones.settings["KALTURA_ADMIN_SECRET"] = "a-secret"
    ran = pipeline.clones.run("apply", "--yes")
    assert "hint: unset KALTURA_KS, so that a session of that user is started" in ran.err
    assert not pipeline.studio.calls
