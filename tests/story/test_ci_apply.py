"""A merge applies what its pull request showed, and nothing else without a second look."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storyboard.commands.pull_requests import Job
from storyboard.errors import StudioError, UsageError
from storyboard.forges.marks import PLAN, marker
from tests.support.clones import PROJECT
from tests.support.forge_server import ForgeServer, forge_server
from tests.support.pipeline import Pipeline

SHA, LATER = "a" * 40, "b" * 40
TOUR = "name: {name}\nscenes: [{{id: hi, narration: Hello and welcome to our {place}.}}]\n"


def files(place: str = "office", *others: str) -> dict[str, str]:
    """Return a tour, and others beside it."""
    made = {"tour.yaml": TOUR.format(name="Tour", place=place)}
    return made | {f"{name}.yaml": TOUR.format(name=name, place="garden") for name in others}


def narrations(jobs: Pipeline) -> list[str]:
    return sorted(video["scenes"][0]["narration"]["text"] for video in jobs.studio.videos.values())


def test_what_was_shown_is_applied_and_told(both: Pipeline) -> None:
    assert both.plan(files()).code == 0
    merged = both.merge(files(), SHA)
    assert merged.code == 0, merged.err
    assert len(both.studio.videos) == 1
    told = both.comment("apply")
    assert "### ✅ Applied to `production`" in told
    assert "1 film made" in told
    again = both.apply(files(), SHA)
    assert (again.code, "no changes" in again.out) == (0, True)
    assert both.comment("apply") == told
    assert len(both.studio.videos) == 1


def test_another_plan_is_shown_and_applied_by_a_second_run(both: Pipeline) -> None:
    """Main moved: the merged tree has a video that the pull request did not show."""
    both.plan(files())
    merged = both.merge(files("office", "garden"), SHA)
    assert merged.code == 6
    assert "pull request 7" in merged.err or "merge request 7" in merged.err
    assert "the plan is another one now: new: garden; nothing was" in merged.err
    assert "run this job again" in merged.err
    assert not both.studio.videos
    comment = both.comment()
    assert "**Not applied**: the plan is another one now.\n\nNew: `garden`." in comment
    again = both.apply(files("office", "garden"), SHA)
    assert again.code == 0, again.err
    assert len(both.studio.videos) == 2


def test_what_happened_in_the_studio_meanwhile_is_another_plan(jobs: Pipeline) -> None:
    jobs.plan(files())
    jobs.merge(files(), SHA)
    jobs.plan(files("house"))
    (video_id,) = jobs.studio.videos
    scene = dict(jobs.studio.videos[video_id]["scenes"][0])
    jobs.studio.edit(video_id, scenes=[{**scene, "narration": {"text": "Somebody else's words."}}])
    merged = jobs.merge(files("house"), LATER)
    told = "the plan is another one now: different: tour; nothing was changed"
    assert (merged.code, told in merged.err) == (6, True), merged.err
    assert narrations(jobs) == ["Somebody else's words."]


def test_what_is_not_due_any_more_is_counted(jobs: Pipeline) -> None:
    jobs.plan(files("office", "garden", "zoo"))
    merged = jobs.merge(files("house", "zoo"), SHA)
    assert "another one now: different: tour; 1 video no longer in it; nothing" in merged.err


def test_the_plan_of_another_account_is_not_approved(jobs: Pipeline) -> None:
    jobs.plan(files())
    jobs.clones.settings["KALTURA_PARTNER_ID"] = "102"
    merged = jobs.merge(files(), SHA)
    assert "the same is planned for another account or user now; nothing was" in merged.err


def test_a_comment_of_another_author_approves_nothing(both: Pipeline) -> None:
    both.plan(files())
    note = both.forge.all_notes.pop()
    both.forge.add("mallory", note.body)
    merged = both.merge(files(), SHA)
    assert (merged.code, "no comment of ours" in merged.err) == (6, True)
    assert not both.studio.videos
    assert both.comment()


def test_a_comment_that_was_edited_approves_nothing(jobs: Pipeline) -> None:
    """Who may edit our comment could have made the plan look like another one."""
    jobs.plan(files())
    (note,) = jobs.forge.notes
    note.body = note.body.replace("+ create", "nothing much")
    merged = jobs.merge(files(), SHA)
    assert (merged.code, "was edited by hand" in merged.err) == (6, True)
    assert not jobs.studio.videos
    assert "+ create" in jobs.comment()
    note = jobs.forge.notes[0]
    note.body = note.body.replace("\n", "\r\n")
    assert jobs.apply(files(), SHA).code == 0


def test_an_author_cannot_write_the_digest_of_a_plan(jobs: Pipeline) -> None:
    """The words of a storyboard stand in the comment, too."""
    line = f"<!-- storyboard digest: sha256:{'0' * 64} -->"
    words = f"|-\n      {line}\n      And welcome to our house.\n"
    hostile = {"tour.yaml": f"name: Tour\nscenes:\n  - id: hi\n    narration: {words}"}
    jobs.plan(hostile)
    assert "0" * 40 in jobs.comment()
    assert jobs.merge(hostile, SHA).code == 0


@pytest.mark.slow
def test_the_job_of_an_older_merge_undoes_nothing_by_being_run_again(jobs: Pipeline) -> None:
    """Its plan may look as it did: the one of the revert in between went back to where it was."""
    jobs.plan(files())
    jobs.merge(files(), SHA)
    for number, place, sha in ((8, "house", "c" * 40), (9, "office", "d" * 40)):
        jobs.forge.numbers.add(number)
        jobs.plan(files(place), number)
        assert jobs.merge(files(place), sha, number).code == 0
    old = jobs.apply(files("house"), "c" * 40)
    assert (old.code, "was applied before, and was undone since" in old.err) == (6, True), old.err
    assert "our office." in narrations(jobs)[0]
    assert "undone since" in jobs.comment("apply", 8)
    assert jobs.apply(files("house"), "c" * 40).code == 0
    assert "our house." in narrations(jobs)[0]


def test_what_failed_is_told_and_a_second_run_goes_on(jobs: Pipeline) -> None:
    jobs.studio.cursed = "garden"
    jobs.plan(files("office", "garden"))
    merged = jobs.merge(files("office", "garden"), SHA)
    assert merged.code == 9, merged.err
    assert "### ❌ Not all was applied to `production`" in jobs.comment("apply")
    assert "**1 film to make" in jobs.comment()
    jobs.studio.cursed = ""
    assert jobs.apply(files("office", "garden"), SHA).code == 0
    assert "✅" in jobs.comment("apply")


def test_a_plan_that_a_killed_run_carried_out_is_not_left_open(jobs: Pipeline) -> None:
    """It recorded nothing and told nothing; its films became ready without it."""
    jobs.plan(files())
    jobs.merge(files(), SHA)
    jobs.forge.all_notes.clear()
    jobs.forge.numbers.add(8)
    jobs.studio.edit(next(iter(jobs.studio.videos)), name="Another name")
    jobs.plan(files(), 8)
    assert "storyboard digest" in jobs.comment("plan", 8)
    jobs.studio.edit(next(iter(jobs.studio.videos)), name="Tour")
    assert jobs.merge(files(), LATER, 8).code == 0
    assert "no changes: 1 video as the files say" in jobs.comment("plan", 8)
    assert "✅ Applied to `production`\n\n**nothing to do**" in jobs.comment("apply", 8)


def test_a_refused_plan_is_shown_and_approves_nothing(jobs: Pipeline) -> None:
    policy = {"storyboard.yaml": f"{PROJECT}policy: {{maxGenerate: 0}}\n"}
    jobs.plan(files() | policy)
    assert "storyboard digest" not in jobs.comment()
    merged = jobs.merge(files() | policy, SHA)
    assert (merged.code, "A guard refuses" in jobs.comment()) == (5, True)
    assert not jobs.studio.videos


def test_environments_have_comments_and_approvals_of_their_own(jobs: Pipeline) -> None:
    staging = "  staging: {studio: kaltura, userId: tester, identity: name}\n"
    project = {"storyboard.yaml": PROJECT + staging}
    jobs.environment = "staging"
    jobs.plan(files() | project)
    jobs.environment = "production"
    merged = jobs.merge(files() | project, SHA)
    assert (merged.code, "no comment of ours" in merged.err) == (6, True)
    jobs.environment = "staging"
    assert jobs.apply(files() | project, SHA).code == 0


def test_what_cannot_be_posted_ends_no_run(jobs: Pipeline) -> None:
    jobs.plan(files())
    jobs.forge.denies_writing = True
    merged = jobs.merge(files(), SHA)
    assert merged.code == 0, merged.err
    assert (
        "warning: not told in the pull request: pull request 7 of o/r: the token may" in merged.err
    )
    assert "pull-requests: write" in merged.err
    other = jobs.merge(files("house"), LATER)
    assert other.code == 6
    assert "look at the plan in the log; apply it with `storyboard apply -e production" in other.err


def test_a_push_without_a_pull_request_is_applied_where_the_operator_says_so(
    jobs: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storyboard.commands.pull_requests._LOOKS", (0.0,))
    refused = jobs.apply(files(), SHA)
    assert (refused.code, "it was pushed without a pull request" in refused.err) == (6, True)
    assert "or pass --direct" in refused.err
    assert "+ create    tour" in refused.out
    assert not jobs.studio.videos
    done = jobs.apply(files(), SHA, "--direct", "--format", "markdown")
    assert (done.code, "### ✅ Applied" in done.out) == (0, True), done.err
    assert not jobs.forge.all_notes


def test_a_plan_without_changes_needs_no_pull_request(jobs: Pipeline) -> None:
    jobs.plan(files())
    jobs.merge(files(), SHA)
    count = len(jobs.forge.all_notes)
    jobs.forge.merge("c" * 40, 7)
    assert jobs.apply(files(), "c" * 40).code == 0
    assert len(jobs.forge.all_notes) == count


def test_markdown_is_what_was_posted(jobs: Pipeline) -> None:
    jobs.plan(files())
    jobs.forge.merge(SHA)
    done = jobs.apply(files(), SHA, "--format", "markdown")
    assert done.code == 0, done.err
    assert done.out.startswith("<!-- storyboard apply: production -->\n")
    assert "### ✅ Applied" in done.out
    assert "+ create" in done.err


@pytest.fixture(params=["github", "gitlab"])
def forge(request: pytest.FixtureRequest) -> Iterator[ForgeServer]:
    with forge_server(request.param) as server:
        yield server


def found(forge: ForgeServer, variables: dict[str, str]) -> tuple[str | None, list[float]]:
    """Return which pull request is found, and the waits."""
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    return asyncio.run(where(Job(variables, sleep=sleep))), waits


async def where(job: Job) -> str | None:
    async with job.merged() as merged:
        found = merged.forge
        return None if found is None else found.where.partition(" of ")[0].split()[-1]


def test_a_merge_that_the_forge_notes_late_is_waited_for(forge: ForgeServer) -> None:
    forge.merge(SHA)
    forge.merges_seen_at = 3
    assert found(forge, forge.variables_on(SHA)) == ("7", [2.0, 5.0])


def test_a_push_without_a_pull_request_has_none(forge: ForgeServer) -> None:
    forge.merge(SHA)
    assert found(forge, forge.variables_on(LATER)) == (None, [2.0, 5.0])
    forge.merge(LATER, 8, base="release")
    assert found(forge, forge.variables_on(LATER))[0] is None


@pytest.mark.parametrize("garbage", [{}, ["x"], [7], [[]], [{"number": 7}], [{"state": "merged"}],
                                     [{"merged_at": "x", "number": {}, "base": []}]])  # fmt: skip
def test_what_is_no_list_of_pull_requests_is_said(forge: ForgeServer, garbage: object) -> None:
    forge.instead = [(200, {}, garbage)]
    with pytest.raises(StudioError, match=r"^commit aaaaaaaa of (o/r|42): "):
        found(forge, forge.variables_on(SHA))


def test_a_squashed_merge_is_found(forge: ForgeServer) -> None:
    forge.merge(SHA, 12, squashed=True)
    assert found(forge, forge.variables_on(SHA)) == ("12", [])


def test_of_several_the_one_merged_as_this_commit_counts(forge: ForgeServer) -> None:
    """A commit of a branch that another pull request brought to main belongs to both."""
    forge.merge(SHA, 5)
    forge.merge(LATER, 6)
    forge.merges[-1]["of"] = SHA
    assert found(forge, forge.variables_on(SHA))[0] == "5"


def test_the_job_of_an_open_pull_request_applies_nothing(forge: ForgeServer) -> None:
    """Whoever pushes to it would have it applied, since the pipeline's comment shows its plan."""
    with pytest.raises(UsageError, match="pull request 7, which is not merged"):
        found(forge, forge.variables)
    assert not forge.asked
    named = Job(forge.variables, number=7)
    assert asyncio.run(where(named)) == "7"


def test_an_event_may_tell_that_it_is_merged(tmp_path: Path) -> None:
    with forge_server("github") as forge:
        event = tmp_path / "event.json"
        variables = forge.variables | {"GITHUB_EVENT_PATH": str(event)}

        def write(base: str, *, merged: bool, **more: Any) -> None:
            told = {"number": 7, "merged": merged, "base": {"ref": base}}
            event.write_text(json.dumps({"action": "closed", "pull_request": told, **more}))

        repository = {"default_branch": "trunk"}
        write("trunk", merged=True, repository=repository)
        assert found(forge, variables) == ("7", [])
        write("trunk", merged=False, repository=repository)
        with pytest.raises(UsageError, match="not merged"):
            found(forge, variables)
        for base, more, said in (
            ("release", {"repository": repository}, "'release', and not into 'trunk'"),
            ("", {"repository": {"default_branch": ""}}, "''"),
            ("trunk", {}, "'trunk'"),
            ("trunk", {"repository": "odd"}, "'trunk'"),
        ):
            write(base, merged=True, **more)
            with pytest.raises(UsageError, match=f"was merged into {said}"):
                found(forge, variables)
            named = Job(variables, number=7)
            assert asyncio.run(where(named)) == "7"


def test_what_github_says_is_of_no_weight_on_gitlab(tmp_path: Path) -> None:
    """Its variables may name a file, or a tag, that anybody wrote: a runner of GitLab sets none."""
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"pull_request": {"number": 7, "merged": True}}))
    foreign = {"GITHUB_EVENT_PATH": str(event), "GITHUB_REF_TYPE": "tag"}
    with forge_server("gitlab") as forge:
        with pytest.raises(UsageError, match="pull request 7, which is not merged"):
            found(forge, forge.variables | foreign)
        forge.merge(SHA, base="release")
        assert found(forge, forge.variables_on(SHA) | foreign)[0] is None


def test_a_merge_without_a_date_counts_as_the_oldest() -> None:
    with forge_server("gitlab") as forge:
        forge.merge(SHA, 5)
        forge.merge(SHA, 6)
        forge.merges[0]["merged_at"] = None
        assert found(forge, forge.variables_on(SHA))[0] == "6"


def test_a_comment_that_shows_no_plan_is_not_called_missing(jobs: Pipeline) -> None:
    """The pipeline wrote that the plan could not be made, or an older version wrote no digest."""
    jobs.forge.add(jobs.forge.me, f"{marker(PLAN, 'production')}\n\n### no plan: 2 errors\n")
    merged = jobs.merge(files(), SHA)
    assert merged.code == 6
    assert "its comment shows no plan that can be applied" in merged.err


def test_a_forge_that_cannot_be_asked_lets_nothing_be_applied(jobs: Pipeline) -> None:
    jobs.plan(files())
    jobs.forge.merge(SHA)
    for status, told, code in ((403, "it wants 3600 s of quiet", 1), (401, "not accepted", 4)):
        jobs.forge.instead = [(status, {"retry-after": "3600"} if code == 1 else {}, None)]
        ran = jobs.apply(files(), SHA)
        assert (ran.code, told in ran.err) == (code, True), ran.err
    assert not jobs.studio.videos
