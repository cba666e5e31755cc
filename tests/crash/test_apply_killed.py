"""Kill the program around every effect and run it again: nothing twice, nothing lost."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from storyboard.errors import ExitCode
from tests.crash.applier import STAGES, options, plan_and_apply
from tests.support.forking import forks
from tests.support.tiny_studio import TinyStudio, caption_asset, serving

BUILDING = (
    ("add:intended", 1),
    ("add:sent", 1),
    ("add:recorded", 2),
    ("update:sent", 1),
    ("update:recorded", 1),
    ("generate:intended", 1),
    ("generate:sent", 2),
    ("film:recorded", 1),
    ("file:saved", 1),
    ("captions:saved", 1),
)
QUICK = (
    "add:sent",
    "generate:sent",
    "film:recorded",
    "file:saved",
    "retire:deleted",
    "delete:sent",
)
"""The points that every change is tested by: where an effect is not on record yet, or just is."""
REPLACING = (
    ("add:intended", 1),
    ("add:sent", 1),
    ("films:intended", 1),
    ("replace:recorded", 1),
    ("update:sent", 1),
    ("generate:intended", 1),
    ("generate:sent", 1),
    ("film:recorded", 1),
    ("retire:deleted", 1),
    ("delete:intended", 1),
    ("delete:sent", 1),
    ("delete:recorded", 1),
)
SUFFIXES = (".mp4", ".srt", ".vtt")
"""Of the files of a saved film."""

MOVING = (("move:recorded", 1), ("update:sent", 1), ("file:saved", 1))


@pytest.fixture
def studio() -> Iterator[tuple[TinyStudio, str]]:
    studio = TinyStudio(ready_edits="refused", captions={"": (caption_asset("Hello"),)})
    with serving(studio) as url:
        yield studio, url


def run_killed(url: str, folder: Path, stage: str, point: str, nth: int) -> int:
    """Apply in a process that is killed, if it comes to that; return how it ended."""
    applier = forks("tests.crash.applier")
    return applier.run(url=url, folder=str(folder), stage=stage, point=point, nth=nth)


def run_to_the_end(url: str, folder: Path, stage: str) -> None:
    _, outcome, after = asyncio.run(plan_and_apply(url, folder, STAGES[stage], options(folder)))
    assert outcome.exit_code is ExitCode.OK, outcome
    assert not after.has_changes
    assert not outcome.state.operations
    assert not outcome.state.retired


def assert_one_of_each(studio: TinyStudio, folder: Path, stage: str, films: int) -> None:
    wanted = STAGES[stage]
    names = sorted(video["name"] for video in studio.videos.values())
    assert names == sorted(video.name for video in wanted)
    assert all(video["status"] == "ready" for video in studio.videos.values())
    contents = [content for _, content in studio.films]
    assert len(contents) == len(set(contents)) == films
    for video in wanted:
        entry = studio.by_name(video.name)["entryId"]
        assert (
            (folder / "films" / f"{video.address}.mp4")
            .read_bytes()
            .endswith(f"film {entry}".encode())
        )


def each(points: tuple[tuple[str, int], ...]) -> list[Any]:
    return [
        pytest.param(*each, marks=() if each[0] in QUICK else pytest.mark.slow) for each in points
    ]


@pytest.mark.parametrize(("point", "nth"), each(BUILDING))
def test_killed_while_building(
    studio: tuple[TinyStudio, str], tmp_path: Path, point: str, nth: int
) -> None:
    tiny, url = studio
    assert run_killed(url, tmp_path, "first", point, nth) == -signal.SIGKILL
    run_to_the_end(url, tmp_path, "first")
    assert_one_of_each(tiny, tmp_path, "first", films=2)


@pytest.mark.parametrize(("point", "nth"), each(REPLACING))
def test_killed_while_replacing_and_deleting(
    studio: tuple[TinyStudio, str], tmp_path: Path, point: str, nth: int
) -> None:
    tiny, url = studio
    run_to_the_end(url, tmp_path, "first")
    published = {video["entryId"] for video in tiny.videos.values()}
    assert run_killed(url, tmp_path, "second", point, nth) == -signal.SIGKILL
    still = {video["entryId"] for video in tiny.videos.values()}
    assert still & published or any(v["status"] == "ready" for v in tiny.videos.values())
    run_to_the_end(url, tmp_path, "second")
    assert_one_of_each(tiny, tmp_path, "second", films=3)


@pytest.mark.parametrize(("point", "nth"), each(MOVING))
def test_killed_while_an_address_changes(
    studio: tuple[TinyStudio, str], tmp_path: Path, point: str, nth: int
) -> None:
    tiny, url = studio
    run_to_the_end(url, tmp_path, "first")
    ids = set(tiny.videos)
    assert run_killed(url, tmp_path, "moved", point, nth) == -signal.SIGKILL
    run_to_the_end(url, tmp_path, "moved")
    assert set(tiny.videos) == ids
    assert_one_of_each(tiny, tmp_path, "moved", films=2)
    saved = {path.name for path in (tmp_path / "films").iterdir()}
    assert saved == {f"{name}{suffix}" for name in ("q1@en", "q2") for suffix in SUFFIXES}


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["first", "second"])
def test_killed_at_every_single_passing(tmp_path: Path, stage: str) -> None:
    """All passings of all points, found by watching an undisturbed run."""
    with serving(TinyStudio(ready_edits="refused")) as url:
        if stage == "second":
            run_to_the_end(url, tmp_path, "first")
        assert run_killed(url, tmp_path, stage, "never", 0) == 0
    passed = (tmp_path / "passed.txt").read_text().split()
    for index, point in enumerate(passed):
        folder = tmp_path / f"{index:02}"
        folder.mkdir()
        tiny = TinyStudio(ready_edits="refused")
        with serving(tiny) as url:
            if stage == "second":
                run_to_the_end(url, folder, "first")
            nth = passed[: index + 1].count(point)
            assert run_killed(url, folder, stage, point, nth) == -signal.SIGKILL, (point, nth)
            run_to_the_end(url, folder, stage)
            assert_one_of_each(tiny, folder, stage, films=2 if stage == "first" else 3)


def test_the_points_tested_are_all_there_are(
    studio: tuple[TinyStudio, str], tmp_path: Path
) -> None:
    """A checkpoint that is new in the code has to be killed at, too."""
    _, url = studio
    for stage, points in (("first", BUILDING), ("moved", MOVING), ("second", REPLACING)):
        seen: list[str] = []
        settings = replace(options(tmp_path), checkpoint=seen.append)
        asyncio.run(plan_and_apply(url, tmp_path, STAGES[stage], settings))
        tested = {point for point, _ in points}
        watched = {point for point in seen if point.startswith(("request:", "write:"))}
        untested = set(seen) - tested - watched
        assert untested <= {"update:recorded", "file:saved", "captions:saved", "move:recorded"}
