"""A video waits for its translation: the others go on, and every command says so alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.office import Office
from tests.support.project import Project
from tests.support.tiny_studio import TinyStudio, serving

FILES = {
    "storyboard.yaml": 'locales: [en, fr]\nstoryboards: ["*.yaml"]\n',
    "tour.yaml": (
        "name: Tour\nscenes:\n  - id: hi\n    narration: Hello and welcome to our office.\n"
        "  - id: bye\n    narration: Thank you for your visit to our office.\n"
    ),
}
COMMANDS = (
    ("check",),
    ("plan", "--detailed-exitcode"),
    ("apply", "--yes"),
    ("status", "--detailed-exitcode"),
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    studio = TinyStudio(film_polls=1)
    with serving(studio) as url:
        office = Office(Project.of(tmp_path, FILES), studio, url)
        assert office.run("apply", "--yes").code == 0
        yield office


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_held_videos_alone_are_no_failure_unless_asked_for(
    office: Office, command: tuple[str, ...]
) -> None:
    """They were 8 in apply, 2 in status and 0 elsewhere."""
    assert office.run(*command).code == 0
    assert office.run(*command, "--fail-on", "hold").code == 5
    assert office.run(*command, "tour@en", "--fail-on", "hold").code == 0


def test_a_real_failure_keeps_its_own_code(office: Office) -> None:
    office.project.write("tour.yaml", "name: Tour\nscenes: [{nonsense: 1}]\n")
    for command in COMMANDS:
        assert office.run(*command, "--fail-on", "hold").code == 3


def test_doctor_names_the_command_that_tells_why(tmp_path: Path) -> None:
    """It named `locale status`, which shows nothing of a file that is missing."""
    entry = "entries: {demo: {entryId: 1_demo, media: gone.mp4}}\n"
    scenes = "scenes: [{narration: Here is the demo of it all., broll: demo}]\n"
    files = {"storyboard.yaml": "{}\n", "demo.storyboard.yaml": f"name: Demo\n{entry}{scenes}"}
    project = Project.of(tmp_path, files)
    told = project.run("doctor").out
    assert "1 held" in told
    assert "see why with: storyboard check" in told
    assert "media-missing" in project.run("check").out
