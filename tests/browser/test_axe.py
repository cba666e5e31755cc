"""No view and no dialog of the studio breaks a rule of axe, filled with content, in any look."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from storyboard.export.single import write_single
from storyboard.studio.api.caption_services import attach
from storyboard.studio.local import Studio
from tests.browser.accessibility import violations, violations_in_all_looks
from tests.browser.application import module_result, open_studio_page
from tests.browser.chromium import Tab, browser
from tests.browser.hands import Mouse
from tests.browser.rig import person, served_studio, settle
from tests.contract.studio_rig import HELLO, Caller, write_movie

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOSTILE = '"><img src=x onerror=alert(1)>\u202eesrever'
LONG = "W" * 200
TALK = "WEBVTT\n\n00:01.000 --> 00:04.000\nNumbers went up this quarter for all teams.\n"
DIALOG = "!!document.querySelector('dialog[open]')"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with served_studio(tmp_path_factory.mktemp("axe"), storyboard=write_single) as opened:
        yield opened


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(params=[1440, 320])
def tab(screen: Tab, studio: Studio, request: pytest.FixtureRequest) -> Iterator[Tab]:
    screen.open("about:blank")
    screen.screen(request.param, 2400)  # what a list cuts off in the middle is small to axe
    Caller(studio, "").control("POST", "reset")
    open_studio_page(screen, studio)
    yield screen
    assert screen.dialogs == []
    assert screen.troubles == []


@pytest.fixture
def user(studio: Studio, tab: Tab) -> Caller:
    return person(tab, studio)


@pytest.fixture
def clip(studio: Studio, user: Caller, tmp_path: Path) -> str:
    entry = studio.add_media(write_movie(tmp_path / "Key numbers.mp4", 9))["id"]
    attach(studio.workspace, entry, language="English", content=TALK)
    return str(entry)


def filled(user: Caller, clip: str) -> str:
    """Make a video with everything that a scene can have."""
    over = {"layoutType": "broll", "broll": {"entryId": clip, "startTime": 7}}
    texts = ("Welcome to the training overview.", "Longer than its clip is. " * 4, HOSTILE, LONG)
    scenes = [{"layoutType": "full-screen", "narration": {"text": text}} for text in texts]
    scenes[1] |= over
    return user.video(*scenes, {"layoutType": "full-screen"}, name=HOSTILE)


def in_status(user: Caller, video: str, status: str) -> str:
    user.control("POST", f"videos/{video}/status", json={"status": status})
    return video


def show(tab: Tab, video: str) -> Mouse:
    tab.run(f"void (location.hash = '#video/{video}')")
    tab.wait("!!document.querySelector('.builder')")
    return Mouse(tab)


def fresh(tab: Tab) -> Mouse:
    """Load the library anew."""
    tab.run("void (globalThis.isOld = true)")
    tab.do("Page.reload")
    tab.wait("!globalThis.isOld && !!document.querySelector('.tile, .empty')")
    return Mouse(tab)


def test_axe_finds_what_is_wrong(tab: Tab) -> None:
    tab.run("void document.body.append(document.createElement('button'))")
    assert [each.partition(":")[0] for each in violations(tab)] == ["button-name"]


def test_the_empty_library_and_its_dialog(tab: Tab) -> None:
    tab.wait("!!document.querySelector('.empty')")
    assert violations_in_all_looks(tab) == []
    Mouse(tab).press("button", "New video")
    tab.wait(DIALOG)
    assert violations_in_all_looks(tab) == []


def test_the_library_with_videos_of_every_status(tab: Tab, user: Caller) -> None:
    film = user.video(HELLO, HELLO, name="A film")
    user("video/generate", id=film)
    user.wait(film, "ready")
    user.control("POST", "hold")
    for status in ("draft", "composed", "generating", "generate-error", "compose-error"):
        in_status(user, user.video(HELLO, name=f"{status} {LONG}"), status)
    user.video(HELLO, name=HOSTILE)
    hands = fresh(tab)
    assert violations_in_all_looks(tab) == []
    hands.press("button", "Actions for A film")
    tab.wait("!!document.querySelector('[role=menu]')")
    assert violations_in_all_looks(tab) == []
    hands.press("menuitem", "Delete")
    tab.wait(DIALOG)
    assert violations_in_all_looks(tab) == []
    hands.press("button", "Cancel")
    tab.wait(f"!({DIALOG})")
    hands.press("button", "A film")
    tab.wait("document.querySelectorAll('.chapters li').length === 2")
    assert violations_in_all_looks(tab) == []
    user.control("DELETE", "hold")


def test_the_builder_and_each_of_its_panels(tab: Tab, user: Caller, clip: str) -> None:
    hands = show(tab, filled(user, clip))
    tab.wait("document.querySelectorAll('.presenters img').length === 36")
    assert violations_in_all_looks(tab) == []
    for kind in ("Library", "Your image"):
        hands.press("radio", kind)
        assert violations_in_all_looks(tab) == []
    tab.click(".scene:nth-child(2) .scene-text")
    hands.press("tab", "Media")
    tab.wait("!!document.querySelector('.media-tile') && !!document.querySelector('.strip-range')")
    assert violations_in_all_looks(tab) == []
    hands.press("tab", "Checks")
    assert violations_in_all_looks(tab) == []
    hands.press("button", "Actions for scene 1")
    tab.wait("!!document.querySelector('[role=menu]')")
    assert violations_in_all_looks(tab) == []


def test_the_dialogs_of_the_builder(tab: Tab, user: Caller) -> None:
    hands = show(tab, user.video(HELLO, name=LONG))
    for row in ("Copy as storyboard YAML", "Copy the script"):
        hands.press("button", "More for this video")
        hands.press("menuitem", row)
        tab.wait("!!document.querySelector('dialog :is(pre, textarea)')")
        assert violations_in_all_looks(tab) == [], row
        hands.press("button", "Close")
        tab.wait(f"!({DIALOG})")
    hands.press("button", "Generate")
    tab.wait(DIALOG)
    assert violations_in_all_looks(tab) == []


def test_a_builder_that_waits_failed_or_is_done(tab: Tab, user: Caller) -> None:
    user.control("POST", "hold")
    for status in ("generating", "composing", "generate-error", "compose-error", "composed"):
        show(tab, in_status(user, user.video(HELLO, name=status), status))
        tab.wait(f"document.querySelector('.builder-name input').value === {status!r}")
        assert violations_in_all_looks(tab) == [], status
    user.control("DELETE", "hold")
    film = user.video(HELLO, name="A film")
    user("video/generate", id=film)
    user.wait(film, "ready")
    show(tab, film)
    tab.wait("document.querySelector('.builder-name input').value === 'A film'")
    assert violations_in_all_looks(tab) == []


def test_banners_and_toasts_over_the_library_and_the_builder(tab: Tab, user: Caller) -> None:
    def tell(state: str) -> None:
        say = f"m.toast('It was copied.'), m.toast({LONG!r}, 'bad'), m.toast({HOSTILE!r}, 'bad')"
        settle(tab)  # an answer says that the studio is there
        module_result(tab, "app/ui/toast.js", f"void ({say})")
        module_result(tab, "app/api.js", f"void (m.connection.value = '{state}')")
        tab.wait("!!document.querySelector('.banner') && !!document.querySelector('.toast')")

    made = user.video(HELLO, name=LONG)
    fresh(tab)
    tell("gone")
    assert violations_in_all_looks(tab) == []
    show(tab, made)
    tell("ended")
    assert violations_in_all_looks(tab) == []


def test_the_bars_of_a_builder_that_cannot_save(tab: Tab, user: Caller) -> None:
    fault = {"kind": "code", "action": "video/update", "code": "WRONG", "message": HOSTILE + LONG}
    made = user.video(HELLO, name=LONG)
    hands = show(tab, made)
    user.control("POST", "faults", json=fault)
    hands.write("What scene 1 says", "Refused by the studio.")
    for state in ("hidden", "visible"):  # a tab that is left saves at once
        tab.run(f"""void (Object.defineProperty(document, 'hidden', {{ configurable: true,
            value: {json.dumps(state == "hidden")} }}),
            document.dispatchEvent(new Event('visibilitychange')))""")
    tab.wait("document.querySelector('.builder-bar')?.textContent.includes('refused')")
    assert violations_in_all_looks(tab) == []
    user.control("DELETE", "faults")
    user("video/update", id=made, name="Another name")
    # A look that is under way may have asked before that.
    again = "(dispatchEvent(new Event('focus')), document.querySelectorAll('.builder-bar .button'))"
    tab.wait(f"{again}.length === 4")
    assert violations_in_all_looks(tab) == []


def test_a_video_that_is_not_there(tab: Tab) -> None:
    tab.run("void (location.hash = '#video/6a0000000000000000000000')")
    tab.wait("!!document.querySelector('.builder-unopened')")
    assert violations_in_all_looks(tab) == []


@pytest.mark.parametrize("format", ["Create session highlights", "Generate a video on any topic"])
def test_each_step_of_the_wizards(tab: Tab, clip: str, format: str) -> None:
    hands = fresh(tab)
    hands.press("button", "New video")
    hands.press("button", format)
    tab.wait("!!document.querySelector('.media-tile')")
    assert violations_in_all_looks(tab) == []
    hands.press("button", "Next")
    assert violations_in_all_looks(tab) == []
    hands.press("checkbox", "Key numbers")
    tab.wait("!!document.querySelector('.chosen li')")
    assert violations_in_all_looks(tab) == []
    hands.press("button", "Next")
    assert violations_in_all_looks(tab) == []
    hands.press("button", "Next")
    hands.press("radio", "Other")
    hands.write("Minutes and seconds", "99:00")
    hands.press("button", "Generate draft")
    tab.wait("!!document.querySelector('.wizard .error')")
    assert violations_in_all_looks(tab) == []
