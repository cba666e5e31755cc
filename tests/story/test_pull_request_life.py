"""The life of pull requests in real repositories: each job is a clone of its own, born for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.bucket_server import bucket_server
from tests.support.git_project import MERGED, REBASED, SQUASHED, GitProject
from tests.support.gitlab_states import state_server
from tests.support.pipeline import Pipeline, pipeline
from tests.support.project import Ran

TOUR = """\
name: Tour
scenes:
  - id: hi
    narration: Hello and welcome to the tour of our {place}.
"""
PROJECT = """\
storyboards: ["*.yaml"]
environments:
  production: {{studio: kaltura, userId: maker, {memory}}}
"""
NAME, GIT = "identity: name", "state: git"


@dataclass
class Life:
    """A repository, its pipeline, and how its pull requests are merged."""

    jobs: Pipeline
    project: GitProject
    memory: str
    how: str

    def opened(self, number: int, branch: str, files: dict[str, str]) -> str:
        """Push a branch, and run the job of its pull request; returns the comment."""
        self.project.push(branch, files)
        return self.planned(number, branch)

    def planned(self, number: int, branch: str) -> str:
        self.jobs.forge.numbers.add(number)
        assert self.jobs.plan_in(self.project.merged_clone(branch), number).code == 0
        return self.jobs.comment("plan", number)

    def merged(self, number: int, branch: str) -> tuple[str, Ran]:
        """Merge a pull request, and run the job of main; returns the commit and how it ended."""
        sha = self.project.merge(branch, self.how)
        self.jobs.forge.merge(sha, number, squashed=self.how == SQUASHED)
        return sha, self.jobs.apply_in(self.project.clone("main"), sha)

    @property
    def told(self) -> list[str]:
        """What the videos of the studio say."""
        videos = self.jobs.studio.videos.values()
        return [video["scenes"][0]["narration"]["text"] for video in videos]


BUCKET = "state: s3://films/tours/production"
GITLAB = "state: {server}"

CASES = {
    "github, by name, squashed": ("github", NAME, SQUASHED),
    "github, state in git, rebased": ("github", GIT, REBASED),
    "github, state in a bucket, merged": ("github", BUCKET, MERGED),
    "gitlab, by name, rebased": ("gitlab", NAME, REBASED),
    "gitlab, state in git, merged": ("gitlab", GIT, MERGED),
    "gitlab, state in gitlab, squashed": ("gitlab", GITLAB, SQUASHED),
}


@contextmanager
def place_of(memory: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Serve what keeps the state; gives the setting, and the operator's variables for it."""
    if memory == BUCKET:
        with bucket_server() as bucket:
            yield memory, bucket.variables
    elif memory == GITLAB:
        with state_server() as server:
            allowed = {
                "STORYBOARD_ALLOW_HOSTS": server.url.partition("//")[2],
                "STORYBOARD_STATE_USERNAME": "ci",
                "STORYBOARD_STATE_PASSWORD": server.password,
            }
            yield memory.format(server=server.place), allowed
    else:
        yield memory, {}


@pytest.fixture(params=CASES.values(), ids=CASES.keys())
def life(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Life]:
    forge, memory, how = request.param
    with pipeline(tmp_path, forge) as jobs, place_of(memory) as (setting, variables):
        jobs.clones.settings |= variables
        project = {"storyboard.yaml": PROJECT.format(memory=setting), "README.md": "Our videos.\n"}
        yield Life(jobs, GitProject.begun(tmp_path, project), memory, how)


@pytest.mark.slow
def test_from_a_branch_to_a_film_and_back(life: Life) -> None:
    jobs, films = life.jobs, life.jobs.studio
    # A branch, its plan, and a second push: one comment, which is renewed.
    assert "1 to create" in life.opened(7, "tour", {"tour.yaml": TOUR.format(place="office")})
    (note,) = jobs.forge.notes
    assert "house" in life.opened(7, "tour", {"tour.yaml": TOUR.format(place="house")})
    assert [each.id for each in jobs.forge.notes] == [note.id]
    assert not films.videos
    # The merge, on a runner that has nothing but the commit.
    first, applied = life.merged(7, "tour")
    assert applied.code == 0, applied.err
    assert life.told == ["Hello and welcome to the tour of our house."]
    assert films.count("video/generate") == 1
    assert "✅ Applied" in jobs.comment("apply", 7)
    assert ("refs/storyboard/production" in life.project.refs()) == (life.memory == GIT)
    # A second merge that changes no video: nothing is made, and no result is told.
    assert "no changes" in life.opened(8, "words", {"README.md": "All our videos.\n"})
    assert life.merged(8, "words")[1].code == 0
    assert (films.count("video/generate"), jobs.comment("apply", 8)) == (1, "")
    # A person edits in the studio; the next plan says what of it would be lost.
    (video_id,) = films.videos
    edited = [{**films.videos[video_id]["scenes"][0], "narration": {"text": "A person's words."}}]
    films.edit(video_id, scenes=edited)
    comment = life.opened(9, "garden", {"tour.yaml": TOUR.format(place="garden")})
    assert "A person's words" in comment
    assert ("edited in the studio since" in comment) == (life.memory != NAME)
    garden, applied = life.merged(9, "garden")
    assert applied.code == 0, applied.err
    assert life.told == ["Hello and welcome to the tour of our garden."]
    # A commit that takes it back is a pull request like any other.
    life.project.revert("back", garden)
    assert "house" in life.planned(10, "back")
    assert life.merged(10, "back")[1].code == 0
    assert life.told == ["Hello and welcome to the tour of our house."]
    assert films.count("video/add") == 1
    # The first job, run again by mistake: main has moved on, and its plan was applied once.
    again = jobs.apply_in(life.project.clone(first), first)
    assert (again.code, "no changes" in again.out) == (0, True)


TWO = pytest.mark.parametrize("life", [CASES[name] for name in (
    "github, by name, squashed", "gitlab, state in gitlab, squashed")], indirect=True)  # fmt: skip
"""For what does not depend on where the state is: each forge once."""


@pytest.mark.slow
@TWO
def test_a_pull_request_of_a_fork_has_its_check_and_no_secret(life: Life) -> None:
    """After the merge, the job of main shows the plan first: a run more is a person's yes."""
    life.project.push("theirs", {"tour.yaml": TOUR.format(place="office")})
    clone = life.project.merged_clone("theirs")
    secrets = {*life.jobs.clones.variables, "GITHUB_TOKEN", "GITLAB_TOKEN"}
    variables = dict.fromkeys(secrets - {"STORYBOARD_ALLOW_HOSTS"}, "")
    for words, code in (
        (("check", "-e", "production", "--format", "github"), 0),
        (("plan", "-e", "local", "--no-generate"), 0),
        (("plan", "-e", "production"), 4),
    ):
        ran = life.jobs.run(life.jobs.forge.variables | variables, *words, clone=clone)
        assert ran.code == code, ran.err
    assert not life.jobs.forge.all_notes
    sha, merged = life.merged(7, "theirs")
    assert (merged.code, "no comment of ours" in merged.err) == (6, True)
    assert "1 to create" in life.jobs.comment()
    assert life.jobs.apply_in(life.project.clone("main"), sha).code == 0


@pytest.mark.slow
@TWO
def test_two_pull_requests_that_were_planned_before_either_was_merged(life: Life) -> None:
    """Each plan is of its own video, so each is applied as it was shown."""
    life.opened(7, "one", {"one.yaml": TOUR.format(place="office").replace("Tour", "One")})
    life.opened(8, "two", {"two.yaml": TOUR.format(place="garden").replace("Tour", "Two")})
    for number, branch in ((7, "one"), (8, "two")):
        merged = life.merged(number, branch)[1]
        assert merged.code == 0, merged.err
    assert len(life.jobs.studio.videos) == 2
