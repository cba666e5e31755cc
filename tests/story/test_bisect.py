"""A film fails without a reason: test films find the scene, and nothing is left of them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import Desk, at_desk
from tests.support.project import ROOT
from tests.support.tiny_studio import Fault, TinyStudio

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven")
CURSE = "cursed words"


def tour(*cursed: str, scenes: tuple[str, ...] = NUMBERS) -> str:
    """Return a storyboard, of whose scenes some break its film."""
    lines = ["name: Tour", "scenes:"]
    for id_ in scenes:
        what = CURSE if id_ in cursed else "our house"
        lines += [f"  - id: {id_}", f"    narration: This is scene number {id_}, and about {what}."]
    return "\n".join(lines) + "\n"


@dataclass
class Witness(TinyStudio):
    """Remembers which video each call was about, and interrupts or kills who makes the n-th one.

    It refuses a test film as often as `others` are made.
    """

    touched: list[tuple[str, str]] = field(default_factory=list)
    at: str = ""
    number: int = 0
    end: signal.Signals = signal.SIGINT
    pid: int = 0
    others: int = 0
    started: threading.Event = field(default_factory=threading.Event)

    def _act(self, action: str, body: dict[str, Any]) -> Any:
        answer = super()._act(action, body)
        self.touched.append((action, body.get("id", "")))
        if action == self.at:
            self.number -= 1
            if self.number == 0:
                self.started.wait()
                os.kill(self.pid or os.getpid(), self.end)
        return answer

    def _video_generate(self, body: dict[str, Any]) -> Any:
        if self.others and body["id"] != "v1":
            self.others -= 1
            return {"code": "VIDEO_GENERATION_ALREADY_IN_PROGRESS", "message": "another one"}
        return super()._video_generate(body)

    def tested(self) -> list[list[str]]:
        """Return the scenes of each test film, by their numbers."""
        return [
            [id_ for id_ in NUMBERS if f"number {id_}," in scenes]
            for video, scenes in self.films
            if video != "v1"
        ]


@pytest.fixture
def desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Desk]:
    """A tour of seven scenes, of which the fifth breaks the film; films are asked for at once."""
    monkeypatch.setattr("storyboard.commands.environment._LOCAL_POLL_SECONDS", 0.001)
    studio = Witness(film_polls=1, cursed=CURSE)
    studio.started.set()
    files = {"storyboard.yaml": 'storyboards: ["*.yaml"]\n', "tour.yaml": tour("five")}
    with at_desk(tmp_path, files, studio, monkeypatch, capfd) as made:
        yield made


def fail(desk: Desk) -> Witness:
    """Apply: the film fails twice, and nothing says why."""
    studio = desk.studio
    assert isinstance(studio, Witness)
    failed = desk.run("apply", "--yes")
    assert failed.code == 9, failed.out
    assert "find the scene with test films: storyboard apply -e kaltura --bisect tour" in failed.out
    assert [*studio.videos] == ["v1"]
    studio.touched.clear()
    return studio


def is_clean(desk: Desk) -> bool:
    """Whether nothing but the tour's own video is there, and nothing is open."""
    state = json.loads(desk.state.read_text())
    return [*desk.studio.videos] == ["v1"] and not state.get("operations")


def test_the_scene_is_found_and_nothing_is_left(desk: Desk) -> None:
    studio = fail(desk)
    found = desk.run("apply", "--bisect", "tour", "--yes")
    assert found.code == 0, found.err
    announced = "'tour' has 7 scenes; to find the one that breaks its film takes up to 5 test films"
    assert found.out.startswith(announced)
    assert "tour: scene 'five' (tour.yaml:11) breaks the film\n" in found.out
    assert "storyboard apply -e kaltura tour" in found.out
    assert "test film 1 of up to 5: one, two, three\ntest film 1 of up to 5: made\n" in found.err
    parts = [["one", "two", "three"], ["four", "five"], ["four"], ["five"]]
    assert studio.tested() == [*parts, [id_ for id_ in NUMBERS if id_ != "five"]]
    assert is_clean(desk)
    assert not [call for call in studio.touched if call[1] == "v1" and call[0] != "video/get"]

    desk.project.write("tour.yaml", tour())
    assert desk.run("apply", "--yes").code == 0
    assert desk.run("plan", "--detailed-exitcode").code == 0


def test_a_test_film_that_waits_for_its_turn_says_so(desk: Desk) -> None:
    """The lock was held meanwhile, and nothing was told, however long it took."""
    studio = fail(desk)
    studio.others = 3
    found = desk.run("apply", "--bisect", "tour", "--yes")
    assert found.code == 0, found.err
    assert found.err.count("a test film waits until another film is made") == 1
    assert is_clean(desk)


def test_a_turn_that_does_not_come_ends_the_search(desk: Desk) -> None:
    """It said "it makes another film", of no subject, and to apply again."""
    studio = fail(desk)
    studio.others = sys.maxsize
    ended = desk.run("apply", "--bisect", "tour", "--yes", "--timeout", "1")
    assert ended.code == 1, ended.err
    assert "another film of the same user is being made, and 1 s were waited" in ended.err
    assert "run the search again" in ended.err
    assert is_clean(desk)


@pytest.mark.slow
def test_programs_get_the_same(desk: Desk) -> None:
    fail(desk)
    told = desk.run("apply", "--bisect", "tour", "--yes", "--json").json()["bisection"]
    assert told["result"] == "scene"
    assert told["scenes"] == [{"id": "five", "file": "tour.yaml", "line": 11}]
    assert [film["failed"] for film in told["films"]] == [False, True, False, True, False]


@pytest.mark.parametrize(
    ("limit", "flag"),
    [
        ({"STORYBOARD_MAX_GENERATE": "4"}, "--max-generate 5"),
        pytest.param({"STORYBOARD_MAX_MINUTES": "0.3"}, "--max-minutes 1", marks=pytest.mark.slow),
    ],
)
def test_its_films_count_against_the_limits(desk: Desk, limit: dict[str, str], flag: str) -> None:
    studio = fail(desk)
    calls = len(studio.films)
    refused = desk.run("apply", "--bisect", "tour", "--yes", **limit)
    assert refused.code == 5, refused.out
    assert f"pass {flag} to allow it" in refused.err
    assert len(studio.films) == calls
    assert desk.run("apply", "--bisect", "tour", "--yes", *flag.split(), **limit).code == 0


@pytest.mark.parametrize(
    "at", ["video/generate", pytest.param("video/add", marks=pytest.mark.slow)]
)
def test_an_interrupted_search_leaves_nothing(desk: Desk, at: str) -> None:
    studio = fail(desk)
    studio.at, studio.number = at, 2
    ended = desk.run("apply", "--bisect", "tour", "--yes")
    assert ended.code == 130, ended.out
    assert "interrupted before the scene was found" in ended.out
    assert len(studio.tested()) < 5
    assert is_clean(desk)


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("video/add", "after:500"),
        ("video/add", "before:500"),
        ("video/generate", "after:500"),
        ("video/generate", "before:garbage"),
        ("video/delete", "after:empty"),
    ],
)
@pytest.mark.slow
def test_lost_answers_make_no_second_film(desk: Desk, action: str, kind: str) -> None:
    studio = fail(desk)
    studio.faults.append(Fault(action, kind))
    found = desk.run("apply", "--bisect", "tour", "--yes")
    assert "scene 'five'" in found.out, found.err
    assert len(studio.tested()) == 5
    assert is_clean(desk)


def test_what_is_not_deleted_now_is_told_and_deleted_by_the_next_apply(desk: Desk) -> None:
    studio = fail(desk)
    studio.faults.append(Fault("video/delete", "before:SERVICE_FORBIDDEN", times=9))
    ended = desk.run("apply", "--bisect", "tour", "--yes")
    assert ended.code not in (0, 70), ended.out
    assert "could not be deleted" in ended.err
    (left,) = studio.videos.keys() - {"v1"}
    studio.faults.clear()
    planned = desk.run("plan").out
    assert (
        f"1 video left by an interrupted --bisect; deleted by the next apply: {left} (tour)"
        in planned
    )
    desk.project.write("tour.yaml", tour())
    assert desk.run("apply", "--yes").code == 0
    assert is_clean(desk)


@pytest.mark.parametrize(
    ("files", "arguments", "code", "said"),
    [
        ({}, ["tour"], 64, "has no failed film: its video is ready"),
        ({"tour.yaml": tour("five", "six")}, ["tour"], 6, "say something else of 'tour'"),
        ({"other.yaml": tour()}, [], 64, "--bisect takes one video"),
        ({}, ["--prune", "tour"], 64, "--bisect and --prune exclude each other"),
        ({}, ["--rollback", "tour"], 64, "--bisect and --rollback exclude each other"),
    ],
)
@pytest.mark.slow
def test_what_cannot_be_searched_is_refused_before_any_film(
    desk: Desk, files: dict[str, str], arguments: list[str], code: int, said: str
) -> None:
    studio = fail(desk)
    films = len(studio.films)
    for name, text in files.items():
        desk.project.write(name, text)
    if "ready" in said:
        studio.videos["v1"].update(status="ready", entryId="1_other")
    refused = desk.run("apply", "--bisect", *arguments, "--yes")
    assert (refused.code, said in refused.err) == (code, True), refused.err
    assert len(studio.films) == films


@pytest.mark.slow
def test_a_reason_that_the_studio_tells_needs_no_film(
    desk: Desk,
) -> None:
    studio = fail(desk)
    studio.videos["v1"]["reason"] = "narration-too-short: scene 4: too short to be spoken"
    found = desk.run("apply", "--bisect", "tour", "--yes")
    assert found.code == 0
    assert "the studio tells why its film fails: scene 'five': too short" in found.out
    assert not studio.tested()


@pytest.mark.slow
@pytest.mark.parametrize(("at", "number"), [("video/add", 2), ("video/generate", 3)])
@pytest.mark.parametrize("next_run", ["--bisect", "apply"])
def test_a_killed_search_is_cleared_away_by_the_next_run(
    desk: Desk, at: str, number: int, next_run: str
) -> None:
    studio = fail(desk)
    studio.at, studio.number, studio.end = at, number, signal.SIGKILL
    studio.started.clear()
    command = [sys.executable, "-m", "storyboard", "apply", "--bisect", "tour", "--yes"]
    with subprocess.Popen(
        [*command, "-e", "kaltura"],
        cwd=desk.project.path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        studio.pid = process.pid
        studio.started.set()
        assert process.wait(60) == -signal.SIGKILL
    (left,) = studio.videos.keys() - {"v1"}
    told = f"1 video left by an interrupted --bisect; deleted by the next apply: {left} (tour)"
    assert told in desk.run("plan").out
    assert f"1 video ({left} of tour) left by interrupted runs" in desk.run("doctor").out
    if next_run == "--bisect":
        assert desk.run("apply", "--bisect", "tour", "--yes").code == 0
    else:
        assert desk.run("apply", "--yes").code == 9
    assert is_clean(desk)
