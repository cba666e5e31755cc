"""Answers that are no known refusal, to calls that had their effect: one video, one film."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import HTMLResponse, JSONResponse, Response

from storyboard.errors import ExitCode, StudioError
from storyboard.video import Compose
from tests.support.tiny_studio import TinyStudio
from tests.support.videos import World, video

WANTED = video("q1", "Welcome to the overview of this quarter.")


def page(status: int) -> Callable[[], Response]:
    return lambda: HTMLResponse("<html>a gateway's page</html>", status)


LIKE_OTHERS = (403, 410, 499, 501, 524, 599)
"""Statuses that are as odd as others here: tried in the slow tests alone."""


def each(answers: Mapping[str, object]) -> list[Any]:
    slow = {str(status) for status in LIKE_OTHERS}
    return [pytest.param(a, marks=pytest.mark.slow) if a in slow else a for a in answers]


def told(body: Any, status: int = 200) -> Callable[[], Response]:
    return lambda: JSONResponse(body, status)


ODD: dict[str, Callable[[], Response]] = {
    **{str(status): page(status) for status in (401, 404, 408, 409, 520, *LIKE_OTHERS)},
    "400 in HTML": page(400),
    "401 without a word": lambda: Response(status_code=401),
    "404 in JSON": told({"message": "no route"}, 404),
    "internal": told({"code": "INTERNAL_SERVERL_ERROR", "message": "an error occurred"}),
    "no code": told({"objectType": "KalturaAPIException", "code": None, "message": None}),
    "unknown code": told({"objectType": "KalturaAPIException", "code": "ODD", "message": "?"}),
}


@dataclass
class Spoiled(TinyStudio):
    """Has the effect of an action's next calls, and then answers something else."""

    action: str = ""
    answer: Callable[[], Response] = lambda: HTMLResponse("<html>", 520)
    spoils: int = 1
    takes_effect: bool = True

    def _answer(self, action: str, body: dict[str, Any]) -> Response:
        if action != self.action or not self.spoils:
            return super()._answer(action, body)
        self.spoils -= 1
        if self.takes_effect:
            self._act(action, body)
        return self.answer()


HOW_OFTEN = pytest.mark.parametrize(
    ("polls", "times"),
    [
        pytest.param(1, 1, id="at once, once", marks=pytest.mark.slow),
        pytest.param(1, 2, id="at once, twice", marks=pytest.mark.slow),
        pytest.param(5, 1, id="later, once", marks=pytest.mark.slow),
        pytest.param(5, 2, id="later, twice"),
    ],
)


@HOW_OFTEN
@pytest.mark.parametrize("answer", each(ODD))
@pytest.mark.parametrize("action", ["video/add", "video/generate"])
def test_an_unknown_answer_makes_nothing_twice(
    tmp_path: Path, action: str, polls: int, answer: str, times: int
) -> None:
    studio = Spoiled(action=action, answer=ODD[answer], spoils=times, film_polls=polls)
    world = World(tmp_path, studio)
    world.apply(WANTED)
    assert world.apply(WANTED).exit_code is ExitCode.OK
    assert [item["name"] for item in studio.videos.values()] == ["Film q1"]
    assert len(studio.films) == 1
    assert not world.state.operations
    assert not world.plan(WANTED).has_changes


@pytest.mark.parametrize("code", ["VIDEO_NOT_FOUND", "VIDEO_IS_PROCESSING", "SCENE_NOT_FOUND"])
def test_what_is_said_of_a_video_refuses_no_new_one(tmp_path: Path, code: str) -> None:
    """A studio that cannot read back what it made says so of the video that it made."""
    answer = told({"objectType": "KalturaAPIException", "code": code, "message": "?"})
    studio = Spoiled(action="video/add", answer=answer)
    world = World(tmp_path, studio)
    assert world.apply(WANTED).exit_code is ExitCode.OK
    assert [item["name"] for item in studio.videos.values()] == ["Film q1"]


@pytest.mark.parametrize("answer", each(ODD))
@pytest.mark.parametrize("action", ["video/add", "video/generate"])
def test_an_unknown_answer_to_what_was_not_done_is_made_good(
    tmp_path: Path, action: str, answer: str
) -> None:
    studio = Spoiled(action=action, answer=ODD[answer], takes_effect=False)
    world = World(tmp_path, studio)
    assert world.apply(WANTED).exit_code is ExitCode.OK
    assert (len(studio.videos), len(studio.films)) == (1, 1)


@HOW_OFTEN
@pytest.mark.parametrize("answer", each(ODD))
def test_an_unknown_answer_composes_nothing_twice(
    tmp_path: Path, polls: int, answer: str, times: int
) -> None:
    studio = Spoiled(action="video/compose", answer=ODD[answer], spoils=times, film_polls=polls)
    world = World(tmp_path, studio)
    brief = Compose("session-highlights", 25.0, ("1_talk0001",), "the roadmap")
    wanted = replace(video("q1", "unused"), scenes=(), compose=brief)
    world.apply(wanted)
    assert world.apply(wanted).exit_code is ExitCode.OK
    assert [item["name"] for item in studio.videos.values()] == ["Film q1"]
    assert (len(studio.compositions), len(studio.films)) == (1, 1)
    assert not world.state.operations


@dataclass
class Mixed(TinyStudio):
    """Answers an add with the reply to a call about another video, as a cache between may."""

    other: str = ""
    keeps_name: bool = False

    def _video_add(self, body: dict[str, Any]) -> Any:
        added = super()._video_add(body)
        if not self.other:
            return added
        told = self.videos[self.other]
        return {**told, "name": body["name"]} if self.keeps_name else told


@pytest.mark.parametrize("answer", ["a person's", "ours", "ours, with the new name"])
def test_an_add_that_is_answered_with_another_video_is_looked_up(
    tmp_path: Path, answer: str
) -> None:
    """One video would stand for two documents, and the second edit overwrite the first."""
    studio = Mixed(keeps_name=answer == "ours, with the new name")
    world = World(tmp_path, studio)
    world.apply(WANTED)
    ours = studio.by_name("Film q1")
    theirs = studio._video_add({"name": "Of a person", "avatarId": ours["avatarId"]})
    before = dict(theirs)
    studio.other = theirs["id"] if answer == "a person's" else ours["id"]
    second = video("q2", "And this is what the next quarter will bring.")
    assert world.apply(WANTED, second).exit_code is ExitCode.OK
    names = sorted(item["name"] for item in studio.videos.values())
    assert names == ["Film q1", "Film q2", "Of a person"]
    assert studio.videos[theirs["id"]] == before
    assert len(studio.films) == len({film for film, _ in studio.films}) == 2
    assert not world.state.operations
    assert not world.plan(WANTED, second).has_changes


@dataclass
class Hiding(Spoiled):
    """Shows a film only when it is asked for it a second time: the first look-ups see a draft."""

    hidden: int = 0

    def _video_get(self, body: dict[str, Any]) -> Any:
        seen = super()._video_get(body)
        if self.films and self.hidden:
            self.hidden -= 1
            return {**seen, "status": "draft", "entryId": None}
        return seen


@pytest.mark.parametrize("hidden", range(7))
def test_a_refusal_of_a_newly_ready_video_is_success(tmp_path: Path, hidden: int) -> None:
    """The look-up still saw a draft, and the film was ready when it was sent again."""
    studio = Hiding(action="video/generate", answer=page(524), film_polls=1, hidden=hidden)
    world = World(tmp_path, studio)
    world.apply(WANTED)
    assert world.apply(WANTED).exit_code is ExitCode.OK
    assert (len(studio.videos), len(studio.films)) == (1, 1)
    assert not world.state.operations


def test_a_refusal_after_an_unknown_answer_keeps_the_intent(tmp_path: Path) -> None:
    """What the first sending made is found by the next run, though the second was refused."""
    studio = Late(action="video/add", answer=page(520))
    world = World(tmp_path, studio)
    assert world.apply(WANTED).exit_code is ExitCode.PARTIAL
    assert world.state.operations
    studio.late = False
    assert world.apply(WANTED).exit_code is ExitCode.OK
    assert [item["name"] for item in studio.videos.values()] == ["Film q1"]


@dataclass
class Late(Spoiled):
    """Lists nothing for a while, and refuses every add but the first."""

    late: bool = True

    def _video_list(self, body: dict[str, Any]) -> Any:
        return {"objects": [], "totalCount": 0} if self.late else super()._video_list(body)

    def _video_add(self, body: dict[str, Any]) -> Any:
        if self.videos:
            return {"code": "BACKGROUND_NOT_FOUND", "message": "gone"}
        return super()._video_add(body)


UNDONE: dict[str, Callable[[], Response]] = {
    **ODD,
    "no success": told({"success": False}),
    "an error": told({"error": "no"}),
    "another id": told({"id": "other"}),
    "the partner": told({"code": "PARTNER_NOT_FOUND", "message": "no"}),
    "yes": told(True),
}


@pytest.mark.parametrize("answer", each(UNDONE))
@pytest.mark.parametrize("done", [False, True], ids=["not done", "done"])
def test_a_deletion_is_believed_when_the_video_is_gone(
    tmp_path: Path, answer: str, done: bool
) -> None:
    studio = Spoiled(answer=UNDONE[answer], takes_effect=done, spoils=99)
    world = World(tmp_path, studio)
    world.apply(WANTED)
    studio.action = "video/delete"
    outcome = world.apply(prune=True, allow_empty=True)
    is_believed = done and not answer.startswith(("401", "403"))
    assert (outcome.exit_code is ExitCode.OK) is is_believed
    assert bool(world.state.videos) is not is_believed
    studio.spoils = 0
    if not is_believed:
        assert world.apply(prune=True, allow_empty=True).exit_code is ExitCode.OK
    assert not studio.videos
    assert not world.state.videos


@pytest.mark.parametrize("action", ["video/get", "avatar/get", "video/list"])
def test_a_page_of_a_gateway_says_nothing_of_what_is_there(tmp_path: Path, action: str) -> None:
    studio = Spoiled(answer=page(404), spoils=99)
    world = World(tmp_path, studio)
    world.apply(WANTED)
    studio.action = action
    other = video("q1", "Here we see the key metrics of it.")
    if action == "video/get":
        world.apply(other)
    else:
        with pytest.raises(StudioError) as caught:
            world.plan(other)
        assert "KALTURA_VOD_AVATAR_URL" in (caught.value.hint or "")
    studio.spoils = 0
    assert world.apply(other).exit_code is ExitCode.OK
    assert len(studio.videos) == 1
