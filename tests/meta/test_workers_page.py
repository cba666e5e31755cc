"""The page on workers says what is proven: no fault more, and none less."""

from __future__ import annotations

from pathlib import Path

from tests.crash.filming_process import POINTS
from tests.crash.network_faults import FAULTS
from tests.crash.worker_process import COMPOSING

PAGE = (Path(__file__).parents[2] / "docs/how-to/workers.md").read_text()


def test_the_page_lists_the_faults_that_are_tried() -> None:
    _, _, proven = PAGE.partition("## What is proven\n")
    listed, _, _ = proven.partition("After each of them")
    rows = [line.removeprefix("- ") for line in listed.splitlines() if line.startswith("- ")]
    assert rows == [str(fault) for fault in FAULTS]


def test_the_page_counts_the_steps_at_which_something_is_killed() -> None:
    assert f"each of {len(POINTS)} steps of a film and of {len(COMPOSING)} of a comp" in PAGE
