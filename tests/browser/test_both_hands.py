"""What a person does to videos that are there, once by mouse and once by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.chromium import Tab
from tests.browser.hands import Hands, Keyboard, Mouse
from tests.browser.rig import texts
from tests.contract.studio_rig import HELLO, Caller
from tests.support.passing_time import eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WELCOME = "Welcome to the training overview."
SECOND = {"narration": {"text": "And this is the second scene of it."}}


def act(hands: Hands, menu: str, row: str) -> None:
    hands.press("button", menu)
    hands.press("menuitem", row)


@pytest.mark.parametrize("use", [Mouse, Keyboard])
def test_a_film_is_watched_copied_and_deleted(
    tab: Tab, user: Caller, use: Callable[[Tab], Hands]
) -> None:
    film = user.video(HELLO, SECOND, name="A film")
    user("video/generate", id=film)
    user.wait(film, "ready")
    hands = use(tab)
    tab.do("Page.reload")
    hands.press("button", "A film")
    tab.wait("document.querySelector('dialog video')?.readyState > 1")
    hands.press("button", "And this is the second")
    tab.wait("document.querySelector('dialog video').currentTime > 1.5")
    hands.press("button", "Close")
    act(hands, "Actions for A film", "Duplicate")
    tab.wait("document.querySelectorAll('.tile').length === 2")
    hands.press("button", "Dismiss")
    for last in ("Undo", "Dismiss"):
        act(hands, "Actions for A film", "Delete")
        hands.press("button", "Delete")
        tab.wait("document.querySelectorAll('.tile').length === 1")
        hands.press("button", last)
        tab.wait("!document.querySelector('.toast')")
    eventually(lambda: user("video/list")["totalCount"] == 1)
    [copy] = user("video/list")["objects"]
    assert copy["id"] != film
    assert [scene["narration"]["text"] for scene in copy["scenes"]] == [
        WELCOME,
        SECOND["narration"]["text"],
    ]


@pytest.mark.parametrize("use", [Mouse, Keyboard])
def test_scenes_are_ordered_undone_and_given_another_presenter(
    tab: Tab, user: Caller, use: Callable[[Tab], Hands]
) -> None:
    video = user.video(HELLO, SECOND)
    hands = use(tab)
    tab.run(f"void (location.hash = '#video/{video}')")
    act(hands, "Actions for scene 1", "Move down")
    act(hands, "Actions for scene 2", "Duplicate")
    act(hands, "Actions for scene 1", "Delete")
    hands.press("button", "Undo")
    hands.press("button", "Undo")
    hands.press("button", "Redo")
    hands.write("What scene 2 says", "Something else is said here.")
    hands.press("radio", "Another one")
    hands.press("radio", "Library")
    hands.press("button", "Use this avatar")
    tab.wait("document.querySelectorAll('.scene')[1].innerText.includes('in this scene only')")
    act(hands, "More for this video", "Copy the script")
    hands.press("button", "Close")
    hands.press("link", "My avatar videos")
    tab.wait("!!document.querySelector('.tile')")
    assert texts(tab, "dialog") == []
    told = user("video/get", id=video)
    said = [(scene.get("narration") or {}).get("text") for scene in told["scenes"]]
    assert said == [
        SECOND["narration"]["text"],
        "Something else is said here.",
        WELCOME,
    ]
    own = user("avatar/get", id=told["scenes"][1]["narration"]["avatarId"])
    assert own["background"]["type"] == "library"
    assert "avatarId" not in told["scenes"][0]["narration"]
