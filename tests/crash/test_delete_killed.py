"""Kill a destroy or a prune at each request and each write: the next one goes on where it was."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from storyboard.errors import ExitCode, GuardError
from storyboard.plan.plan import PlanOptions
from tests.crash.applier import APPROVED, MANY, STAGES, options, plan_and_apply
from tests.crash.test_apply_killed import run_killed
from tests.support.tiny_studio import TinyStudio, serving

PLANNING = {
    "pruned": PlanOptions(prune=True, generate=False),
    "destroyed": APPROVED,
}
"""How the run after a kill plans: a prune has the usual limits again."""
UNFILMED = PlanOptions(generate=False)
QUICK = (("delete:intended", 1), ("request:ended", 3), ("write:begins", 2))


def make_many(studio: TinyStudio, url: str, folder: Path) -> None:
    """Apply them without films, which a deletion does not ask for."""
    asyncio.run(plan_and_apply(url, folder, MANY, options(folder), UNFILMED))
    assert len(studio.videos) == len(MANY)


def go_on(
    studio: TinyStudio, url: str, folder: Path, stage: str, planning: PlanOptions | None = None
) -> None:
    """Run it again: nothing is refused, and it comes to its end."""
    wanted, planning = STAGES[stage], planning or PLANNING[stage]
    _, outcome, after = asyncio.run(plan_and_apply(url, folder, wanted, options(folder), planning))
    assert outcome.exit_code is ExitCode.OK, outcome
    assert not after.has_changes
    assert not outcome.state.operations
    assert set(outcome.state.videos) == {video.address for video in wanted}
    assert sorted(v["name"] for v in studio.videos.values()) == sorted(v.name for v in wanted)


@pytest.fixture
def many(tmp_path: Path) -> Iterator[tuple[TinyStudio, str]]:
    studio = TinyStudio(film_polls=1)
    with serving(studio) as url:
        make_many(studio, url, tmp_path)
        yield studio, url


@pytest.mark.parametrize("stage", ["pruned", "destroyed"])
@pytest.mark.parametrize(("point", "nth"), QUICK)
def test_a_killed_deletion_goes_on(
    many: tuple[TinyStudio, str], tmp_path: Path, stage: str, point: str, nth: int
) -> None:
    studio, url = many
    assert run_killed(url, tmp_path, stage, point, nth) == -signal.SIGKILL
    go_on(studio, url, tmp_path, stage)


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["pruned", "destroyed"])
def test_killed_at_every_request_and_every_write(
    many: tuple[TinyStudio, str], tmp_path: Path, stage: str
) -> None:
    """All passings of all points, found by watching an undisturbed run."""
    assert run_killed(many[1], tmp_path, stage, "never", 0) == 0
    passed = (tmp_path / "passed.txt").read_text().split()
    deleted = len(MANY) - len(STAGES[stage])
    assert passed.count("request:begins") == passed.count("request:ended") == deleted
    for index, point in enumerate(passed):
        folder, studio = tmp_path / f"{index:02}", TinyStudio(film_polls=1)
        folder.mkdir()
        with serving(studio) as url:
            make_many(studio, url, folder)
            nth = passed[: index + 1].count(point)
            ended = run_killed(url, folder, stage, point, nth)
            # Writes that meet go out together: of those after the first, a run has some or none.
            is_later_write = point.startswith("write:") and nth > 1
            assert ended == -signal.SIGKILL or (ended == 0 and is_later_write), (point, nth, ended)
            kept = "write:ended" in passed[: index + 1]
            if not kept:
                assert len(studio.videos) == len(MANY)  # it is as if nobody had asked for it
            go_on(studio, url, folder, stage, None if kept else PLANNING["destroyed"])


def test_a_deletion_that_was_not_allowed_is_still_refused(
    many: tuple[TinyStudio, str], tmp_path: Path
) -> None:
    """What a run began says nothing of videos that it was not to delete."""
    studio, url = many
    assert run_killed(url, tmp_path, "pruned", "request:ended", 1) == -signal.SIGKILL
    left = set(studio.videos)
    with pytest.raises(GuardError, match=r"; 2 of \d videos would be deleted.*: m1, m2"):
        asyncio.run(plan_and_apply(url, tmp_path, (), options(tmp_path), PlanOptions(prune=True)))
    assert set(studio.videos) == left


def test_what_the_files_have_again_is_not_deleted(
    many: tuple[TinyStudio, str], tmp_path: Path
) -> None:
    studio, url = many
    assert run_killed(url, tmp_path, "pruned", "request:ended", 1) == -signal.SIGKILL
    left = set(studio.videos)
    _, outcome, after = asyncio.run(
        plan_and_apply(url, tmp_path, MANY, options(tmp_path), UNFILMED)
    )
    assert outcome.exit_code is ExitCode.OK, outcome
    assert left <= set(studio.videos)
    assert len(studio.videos) == len(MANY)
    assert not outcome.state.operations
    assert not after.has_changes
