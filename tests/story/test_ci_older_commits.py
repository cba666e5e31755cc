"""The job of a commit that its branch has left behind says so before it takes newer work back."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from storyboard.commands.pull_requests import Job
from tests.support.forge_server import ForgeServer, forge_server
from tests.support.pipeline import Pipeline
from tests.support.project import Ran

FIRST, SECOND = "a" * 40, "b" * 40
TOUR = "name: Tour\nscenes: [{{id: hi, narration: Hello and welcome to our {place}.}}]\n"


def files(place: str) -> dict[str, str]:
    """Return a tour of a place."""
    return {"tour.yaml": TOUR.format(place=place)}


def run_old(jobs: Pipeline, head: str) -> Ran:
    """Run the job of a merge that shows no plan yet, while main is at `head`."""
    jobs.forge.heads["main"] = head
    return jobs.merge(files("office"), FIRST)


def test_it_names_the_newer_commit_and_what_another_run_would_do(both: Pipeline) -> None:
    old = run_old(both, SECOND)
    assert (old.code, "; nothing was changed" in old.err) == (6, True), old.err
    assert "hint: 'main' is at commit bbbbbbbb now: run the job of that commit" in old.err
    assert "run this job again to apply it" not in old.err
    comment = both.comment()
    assert "`main` is at commit bbbbbbbb now" in comment
    assert "takes back what is newer" in comment


@pytest.mark.slow
def test_a_second_run_applies_the_older_commit(jobs: Pipeline) -> None:
    """To go back to an earlier commit stays a right of the operator."""
    run_old(jobs, SECOND)
    assert jobs.apply(files("office"), FIRST).code == 0


@pytest.mark.parametrize("head", [FIRST, ""])
def test_the_newest_commit_or_an_unknown_one_is_run_again(jobs: Pipeline, head: str) -> None:
    old = run_old(jobs, head)
    assert (old.code, "run this job again to apply it" in old.err) == (6, True), old.err
    assert "takes back" not in jobs.comment()


@pytest.mark.parametrize(
    "reply", [(500, {}, None), (200, {}, []), (200, {}, {"commit": {"sha": 7}})]
)
def test_a_forge_that_does_not_tell_its_branch_ends_no_run(reply: Any) -> None:
    async def newer(forge: ForgeServer) -> object:
        async with Job(forge.variables_on(FIRST), sleep=lambda _: asyncio.sleep(0)).merged() as job:
            forge.instead = [reply] * 9
            return await job.newer()

    with forge_server("github") as forge:
        forge.merge(FIRST)
        assert asyncio.run(newer(forge)) is None
