"""Kill the program around every step of a composition and run it again: once is once."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.test_apply_killed import assert_one_of_each, run_killed, run_to_the_end
from tests.support.tiny_studio import TinyStudio, serving

POINTS = (
    "add:sent",
    "add:recorded",
    "compose:intended",
    "compose:sent",
    "compose:recorded",
    "generate:intended",
    "generate:sent",
    "film:recorded",
)
QUICK = ("compose:sent", "generate:sent")
"""The points that every change is tested by: an effect that is not on record yet."""


@pytest.fixture(params=["to-draft", "stays", "refused"])
def studio(request: pytest.FixtureRequest) -> Iterator[tuple[TinyStudio, str]]:
    studio = TinyStudio(ready_edits=request.param)
    with serving(studio) as url:
        yield studio, url


@pytest.mark.parametrize(
    "point",
    [pytest.param(point, marks=() if point in QUICK else pytest.mark.slow) for point in POINTS],
)
def test_killed_while_composing(tmp_path: Path, point: str) -> None:
    tiny = TinyStudio()
    with serving(tiny) as url:
        assert run_killed(url, tmp_path, "composed", point, 1) == -signal.SIGKILL
        run_to_the_end(url, tmp_path, "composed")
        assert_one_of_each(tiny, tmp_path, "composed", films=1)
        assert len(tiny.compositions) == 1


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS[2:])
def test_killed_while_composing_again(
    studio: tuple[TinyStudio, str], tmp_path: Path, point: str
) -> None:
    tiny, url = studio
    run_to_the_end(url, tmp_path, "composed")
    assert run_killed(url, tmp_path, "recomposed", point, 1) == -signal.SIGKILL
    run_to_the_end(url, tmp_path, "recomposed")
    assert_one_of_each(tiny, tmp_path, "recomposed", films=2)
    assert len(tiny.compositions) == 2
    assert "the office" in tiny.by_name("Film q1")["scenes"][0]["narration"]["text"]
