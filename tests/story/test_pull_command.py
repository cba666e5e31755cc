"""`storyboard pull` at the command line: what it prints, how it ends, and what a plan says then."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from storyboard.commands import rewriting_files
from storyboard.commands.rewriting import Rewrite
from storyboard.commands.rewriting_files import put_rewrites
from storyboard.errors import StoryboardError
from tests.support.office import TOUR, TWO_TOURS, Office, applied_office
from tests.support.pulling import Desk
from tests.support.tiny_studio import TinyStudio

TEXT = "Hello and welcome to the tour of our office."
THEIRS = "Hello and welcome to the tour of our house."


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with applied_office(tmp_path, TWO_TOURS, TinyStudio(dates_films=True)) as opened:
        yield opened


def says(office: Office, name: str, text: str) -> None:
    """Let a person change a video's text in the studio."""
    scenes = json.loads(json.dumps(office.studio.by_name(name)["scenes"]))
    scenes[0]["narration"]["text"] = text
    body = {"id": office.studio.by_name(name)["id"], "scenes": scenes}
    assert "code" not in office.studio._video_update(body)


@pytest.mark.slow
def test_an_edit_comes_back_and_only_its_film_is_left_to_make(office: Office) -> None:
    says(office, "Hello", THEIRS)
    check = office.run("pull", "--check")
    assert check.code == 2, check.err
    assert check.out.startswith("would write hello.yaml: 1 edit of 'hello'\n~ taken     hello  ")
    assert (office.project.path / "hello.yaml").read_text() == TOUR.format(name="Hello")

    pulled = office.run("pull")
    assert pulled.code == 0, pulled.err
    assert "“… to the tour of our [-office-]{+house+}.”  hello.yaml:4:16" in pulled.out
    text = TOUR.format(name="Hello").replace(TEXT, THEIRS)
    assert (office.project.path / "hello.yaml").read_text() == text
    assert office.actions() == [("hello", "generate")]
    again = office.run("pull", "--check")
    assert (again.code, again.out) == (0, "")
    assert "nothing to pull" in again.err

    assert office.run("apply", "--yes").code == 0
    assert len(office.studio.films) == 3
    assert office.actions() == []
    office.project.edit("hello.yaml", "our house", "our garden")
    assert "edited in the studio" not in office.run("plan").out
    assert office.run("pull").code == 0


@pytest.mark.slow
def test_a_film_that_a_person_made_of_the_edit_is_not_made_again(office: Office) -> None:
    says(office, "Hello", THEIRS)
    video = office.studio.by_name("Hello")
    office.studio._video_generate({"id": video["id"]})
    office.studio._end_film(video)
    assert office.run("pull").code == 0
    assert office.actions() == []
    assert office.run("apply", "--yes").code == 0
    assert len(office.studio.films) == 3


def test_a_conflict_is_shown_and_decided(office: Office) -> None:
    says(office, "Hello", THEIRS)
    says(office, "Goodbye", THEIRS)
    office.project.edit("hello.yaml", "our office", "our garden")
    before = (office.project.path / "hello.yaml").read_text()
    pulled = office.run("pull")
    assert pulled.code == 6, pulled.out
    assert pulled.out.splitlines() == [
        "wrote goodbye.yaml: 1 edit of 'goodbye'",
        "~ taken     goodbye  scenes[hi].narration.text  "
        "“… to the tour of our [-office-]{+house+}.”  goodbye.yaml:4:16",
        "! conflict  hello  scenes[hi].narration.text  hello.yaml:4:16",
        "    file    “Hello and welcome to the tour of our garden.”",
        "    studio  “Hello and welcome to the tour of our house.”",
    ]
    assert "1 value was changed in the files and in the studio" in pulled.err
    assert "--theirs" in pulled.err
    assert (office.project.path / "hello.yaml").read_text() == before
    assert office.run("pull", "--ours").code == 0
    assert (office.project.path / "hello.yaml").read_text() == before
    [field] = office.run("pull", "--json").json()["fields"]
    assert (field["end"], field["line"], field["column"]) == ("conflict", 4, 16)
    assert (field["ours"], field["theirs"]) == (THEIRS.replace("house", "garden"), THEIRS)
    assert office.run("pull", "--theirs").code == 0
    assert (office.project.path / "hello.yaml").read_text() == before.replace("garden", "house")
    assert office.run("pull", "--theirs", "--ours").code == 64


def test_a_write_that_fails_leaves_whole_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file is the old or the new one, and the next pull writes the rest."""
    files = {f"{name}.storyboard.yaml": TOUR.format(name=name) for name in ("one", "two")}
    desk = Desk.of(tmp_path, files)
    desk.says(0, THEIRS, "one")
    desk.says(0, THEIRS, "two")
    write, written = rewriting_files.write_whole, list[str]()

    def full(path: Path, content: bytes, *, inside: Path) -> None:
        if written:
            raise OSError(28, "No space left on device")
        written.append(path.name)
        write(path, content, inside=inside)

    monkeypatch.setattr(rewriting_files, "write_whole", full)
    with pytest.raises(StoryboardError, match=r"two\.storyboard\.yaml' cannot be written"):
        desk.pull()
    monkeypatch.undo()
    texts = [desk.text(name) for name in files]
    one, two = files.values()
    assert texts == [one.replace(TEXT, THEIRS), two]
    assert len(desk.pull().fields) == 1
    assert desk.text("two.storyboard.yaml") == two.replace(TEXT, THEIRS)


def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("new")
    with pytest.raises(StoryboardError, match="changed meanwhile"):
        put_rewrites(tmp_path, [Rewrite("a.yaml", b"old", b"mine")])
