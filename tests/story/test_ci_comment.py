"""The comment of a pull request: one, whatever the forge and whoever else writes there."""

from __future__ import annotations

import asyncio
import json
import re
import tracemalloc
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from storyboard.commands.ci_comment import post_comment
from storyboard.commands.pull_requests import Job
from storyboard.errors import CredentialsError, StoryboardError, StudioError, UsageError
from storyboard.forges.sticky import Posted, Posting
from storyboard.kaltura.limits import Limits
from storyboard.kaltura.transport import Transport
from tests.support.forge_server import TOKEN, ForgeServer, forge_server

MARKER = "<!-- storyboard plan: production -->"
PLAN = f"{MARKER}\n\n**1 to create**\n"


@pytest.fixture(params=["github", "gitlab"])
def forge(request: pytest.FixtureRequest) -> Iterator[ForgeServer]:
    with forge_server(request.param) as server:
        yield server


class Waits(list[float]):
    async def sleep(self, seconds: float) -> None:
        self.append(seconds)


def posted(forge: ForgeServer, body: str = PLAN, *, waits: Waits | None = None) -> Posted:
    sleep = (waits if waits is not None else Waits()).sleep
    return asyncio.run(post_comment(body, Job(forge.variables, sleep=sleep)))[1]


def bodies(forge: ForgeServer) -> list[str]:
    """Return what readers see of our comments: all but the line that has the sum."""
    ours = [note.body for note in forge.notes if note.author == forge.me]
    return [re.sub(r"\n<!-- storyboard sum: \w+ -->\n$", "", body) for body in ours]


def test_it_is_written_once_and_edited_from_then_on(forge: ForgeServer) -> None:
    assert posted(forge).posting is Posting.WRITTEN
    assert posted(forge).posting is Posting.UNCHANGED
    newer = PLAN.replace("1 to create", "nothing to do")
    assert posted(forge, newer).posting is Posting.EDITED
    assert bodies(forge) == [newer]


def test_each_environment_has_its_own(forge: ForgeServer) -> None:
    other = PLAN.replace("production", "staging")
    posted(forge)
    posted(forge, other)
    assert bodies(forge) == [PLAN, other]


def test_a_comment_of_others_with_the_marker_is_not_touched(forge: ForgeServer) -> None:
    """They could change it after us, and readers would believe that it is the plan."""
    theirs = forge.add("mallory", f"{MARKER}\nlooks good to me")
    forge.add("system", f"{MARKER}\nmentioned")
    posted(forge)
    posted(forge, f"{PLAN}more")
    assert theirs.body == f"{MARKER}\nlooks good to me"
    assert bodies(forge) == [f"{PLAN}more\n"]


def test_ours_is_found_behind_hundreds_of_comments(forge: ForgeServer) -> None:
    for number in range(230):
        forge.add("ann", f"comment {number}")
    mine = forge.add(forge.me, PLAN)
    forge.add("ann", "and one more")
    posted(forge, f"{PLAN}more")
    assert bodies(forge) == [f"{PLAN}more\n"]
    assert mine.body.startswith(f"{PLAN}more")


def test_ours_is_found_among_comments_that_fill_a_reply(
    forge: ForgeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anybody may write a comment of a megabyte in GitLab, and a hundred of them are a page."""
    small = partial(Transport, limits=Limits(reply_bytes=8_000))
    monkeypatch.setattr("storyboard.commands.pull_requests.Transport", small)
    posted(forge)
    for _ in range(12):
        forge.add("stranger", "<" * 1000)
    waits = Waits()
    assert posted(forge, f"{PLAN}more", waits=waits).posting is Posting.EDITED
    assert (bodies(forge), waits) == ([f"{PLAN}more\n"], [])


def test_no_comments_of_others_are_kept_while_ours_is_looked_for(forge: ForgeServer) -> None:
    """The token's user may have written thousands, too: other jobs write with the same one."""
    for author in ("ann", forge.me):
        for _ in range(600):
            forge.add(author, "<" * 10_000)
    mine = forge.add(forge.me, PLAN)
    posted(forge)
    tracemalloc.start()
    try:
        assert posted(forge).comment.id == mine.id
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 9_000_000, "twelve megabytes of comments, a page of them at a time"


def test_two_runs_at_once_leave_one(forge: ForgeServer) -> None:
    other = PLAN.replace("1 to create", "2 to create")

    def other_run() -> None:
        forge.on_create = lambda: None
        forge.add(forge.me, other)

    forge.on_create = other_run
    told = posted(forge)
    assert told.doubles == 1
    assert bodies(forge) == [PLAN]


def test_a_new_comment_is_never_sent_twice_blindly(forge: ForgeServer) -> None:
    """It was written, and the answer was an error: the next run finds it."""
    real = forge.answer

    def lossy(method: str, path: str, token: str, body: object) -> tuple[int, dict, object]:
        told = real(method, path, token, body)
        return (502, {}, None) if method == "POST" and "graphql" not in path else told

    forge.answer = lossy  # type: ignore[method-assign]
    with pytest.raises(StudioError, match="502"):
        posted(forge)
    forge.answer = real  # type: ignore[method-assign]
    assert posted(forge).posting is Posting.UNCHANGED
    assert bodies(forge) == [PLAN]


def test_limits_on_calls_are_waited_for(forge: ForgeServer) -> None:
    waits = Waits()
    forge.instead = [(429, {"retry-after": "7"}, None), (503, {}, None)]
    assert posted(forge, waits=waits).posting is Posting.WRITTEN
    assert waits[0] == 7.0
    assert len(waits) == 2


def test_a_limit_of_an_hour_is_told(forge: ForgeServer) -> None:
    forge.instead = [(403, {"retry-after": "3600"}, {"message": "secondary rate limit"})] * 9
    with pytest.raises(StudioError, match="it wants 3600 s of quiet: secondary rate limit"):
        posted(forge)


def test_missing_rights_name_the_right(forge: ForgeServer) -> None:
    def denied(method: str, *rest: object) -> tuple[int, dict, object]:
        denies = method == "POST"
        return (403, {}, {"message": "Resource not accessible"}) if denies else real(method, *rest)

    real = forge.answer
    forge.answer = denied  # type: ignore[assignment, method-assign]
    with pytest.raises(CredentialsError) as told:
        posted(forge)
    assert ("pull-requests: write" in str(told.value.hint)) == (forge.kind == "github")
    assert "fork" in str(told.value.hint)


def test_a_wrong_token_and_an_unknown_pull_request_are_told(forge: ForgeServer) -> None:
    wrong = {key: "not-the-token" if value == TOKEN else value
             for key, value in forge.variables.items()}  # fmt: skip
    with pytest.raises(CredentialsError, match="not accepted"):
        asyncio.run(post_comment(PLAN, Job(wrong)))
    with pytest.raises(StudioError, match=r"8 of .* is not there"):
        asyncio.run(post_comment(PLAN, Job(forge.variables, number=8)))
    assert not forge.notes


def test_a_redirect_gets_no_token(forge: ForgeServer) -> None:
    with forge_server(forge.kind) as other:
        forge.instead = [(307, {"location": f"{other.url}/user"}, None)] * 9
        with pytest.raises(StudioError):
            posted(forge)
        assert not other.asked


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"GITHUB_API_URL": "http://forge.example"}, "without encryption"),
        ({"GITHUB_API_URL": "https://me:pw@forge.example"}, "user name or password"),
        ({"GITHUB_REPOSITORY": "o/r/../../user"}, "expected OWNER/NAME"),
        ({"GITHUB_REF": "refs/heads/main"}, "about no pull request"),
        ({"GITHUB_REPOSITORY": ""}, "no forge is known"),
        ({"GITHUB_TOKEN": ""}, "GITHUB_TOKEN is not set"),
        ({"GITHUB_TOKEN": "two words"}, "invalid GITHUB_TOKEN"),
    ],
)
def test_wrong_variables_are_told_before_anything_is_sent(
    change: dict[str, str], match: str
) -> None:
    with forge_server("github") as forge:
        with pytest.raises(StoryboardError, match=match):
            asyncio.run(post_comment(PLAN, Job({**forge.variables, **change})))
        assert not forge.asked


def test_the_event_names_the_pull_request(tmp_path: Path) -> None:
    """A comment on an issue, or a run that was started by hand, has no `refs/pull`."""
    with forge_server("github") as forge:
        event = tmp_path / "event.json"
        event.write_text(json.dumps({"pull_request": {"number": 7}}))
        told = {"GITHUB_REF": "refs/heads/main", "GITHUB_EVENT_PATH": str(event)}
        asyncio.run(post_comment(PLAN, Job({**forge.variables, **told})))
        assert bodies(forge) == [PLAN]


@pytest.mark.parametrize(
    ("viewer", "mine"),
    [("our-app[bot]", "our-app[bot]"), ("our-app", "our-app[bot]"), ("", "github-actions[bot]")],
)
def test_the_token_of_an_app_finds_its_own_comments(viewer: str, mine: str) -> None:
    """It may not ask who it is as a person does; its comments are those of the app's bot."""
    with forge_server("github") as forge:
        forge.viewer, forge.me = viewer, mine
        forge.add("another-app[bot]", PLAN)
        forge.add("our-app", f"{PLAN}by a person of that name")
        posted(forge)
        posted(forge, f"{PLAN}more")
        assert bodies(forge) == [f"{PLAN}more\n"]
        assert len(forge.notes) == 3


NO_PERSON = (403, {}, {"message": "Resource not accessible by integration"})
BUSY = (403, {"retry-after": "1"}, {"message": "You have exceeded a secondary rate limit"})
BROKEN = (502, {}, None)


@pytest.mark.parametrize(
    "first", [[NO_PERSON, BROKEN], [BUSY], [BUSY, NO_PERSON, BUSY], [BROKEN, NO_PERSON, BROKEN]]
)
def test_a_forge_that_fails_makes_no_other_author_ours(
    first: list[tuple[int, dict[str, str], object]],
) -> None:
    """The workflow's bot says what any workflow of the repository makes it say."""
    with forge_server("github") as forge:
        forge.knows_user, forge.me = BUSY in first and NO_PERSON not in first, "our-app[bot]"
        forge.add("github-actions[bot]", PLAN)
        forge.add("our-app[bot]", PLAN)
        forge.instead = list(first)
        posted(forge, f"{PLAN}more")
        assert (forge.notes[0].body, bodies(forge)) == (PLAN, [f"{PLAN}more\n"])
        forge.instead = [NO_PERSON, *[BROKEN] * 4]
        with pytest.raises(StudioError, match="502"):
            posted(forge, f"{PLAN}other")
        assert len(forge.notes) == 2


def test_a_text_without_a_marker_or_too_long_is_refused(forge: ForgeServer) -> None:
    with pytest.raises(UsageError, match="marker"):
        posted(forge, "**1 to create**")
    with pytest.raises(StoryboardError, match=r"takes 65,536|takes 1,000,000"):
        posted(forge, PLAN + "x" * 1_000_000)
    assert not forge.notes
