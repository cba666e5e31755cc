"""The studio in the frame of another page: no rule of axe is broken, and a keyboard is enough."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from storyboard.studio.api.caption_services import attach
from storyboard.studio.local import Studio
from tests.browser.accessibility import violations_as
from tests.browser.application import FILES, module_result
from tests.browser.chromium import Frame, InFrame, Tab
from tests.browser.embedding import VIEW, Opens, chrome, embedded, opens, studio, tab, user
from tests.browser.hands import Keyboard
from tests.browser.rig import HASTE
from tests.contract.studio_rig import HELLO, Caller, caller, write_movie

pytestmark = [pytest.mark.browser, pytest.mark.slow]
__all__ = ["chrome", "embedded", "opens", "studio", "tab", "user"]

TALK = "WEBVTT\n\n00:01.000 --> 00:04.000\nNumbers went up this quarter for all teams.\n"
DIALOG = "!!document.querySelector('dialog[open]')"
SERVICE = "workspace.getService('unisphere.service."
CLOSES = "unisphere.event.module.vod-avatars.message-host-app"
PAGE = """{
  entryLink: (id) => `https://portal.example/${id}`,
  handleShare: (id) => { window.shared = id; },
}"""


@pytest.fixture(params=[1440, 320])
def sized(tab: Tab, studio: Studio, request: pytest.FixtureRequest) -> Iterator[Tab]:
    tab.screen(request.param, 2400)
    yield tab
    tab.open("about:blank")  # what it shows goes from under no page
    Caller(studio, "").control("POST", "reset")
    tab.screen(1280)


def broken(tab: Tab, frame: Frame) -> list[str]:
    """Return which rules the frame breaks, in each language and theme that its page chooses."""

    def wear(language: str, is_dark: bool) -> None:
        tab.run(f"{SERVICE}user-settings').setLanguage({language!r})")
        tab.run(f"{SERVICE}theme').setTheme({'dark' if is_dark else 'light'!r})")

    return violations_as(frame, wear)


def listen(tab: Tab) -> None:
    """Have the page heed the × of the studio."""
    heed = f"{SERVICE}pub-sub').subscribe({CLOSES!r}, (told) => {{ window.heeded = told.action; }})"
    tab.run(f"void {heed}")


def build(frame: Frame, video: str) -> None:
    to = json.dumps({"view": "builder", "id": video})
    frame.run(f"import({FILES} + 'app/router.js').then((m) => void m.go({to}))")
    frame.wait("document.querySelectorAll('.presenters img').length === 36")


def press(frame: Frame, selector: str) -> None:
    frame.run(f"void document.querySelector({json.dumps(selector)}).click()")


def film(user: Caller, name: str = "A film") -> str:
    made = user.video(HELLO, HELLO, name=name)
    user("video/generate", id=made)
    user.wait(made, "ready")
    return made


def test_the_library_its_menu_and_a_film(sized: Tab, user: Caller, embedded: Opens) -> None:
    film(user)
    user.video(HELLO, name="W" * 200)
    frame = embedded(functions=PAGE)
    listen(sized)
    frame.wait("document.querySelectorAll('.tile').length === 2")
    frame.wait("!!document.querySelector('.top [data-icon=close]')")
    assert broken(sized, frame) == []
    press(frame, ".tile:last-child [aria-haspopup=menu]")
    frame.wait("!!document.querySelector('[role=menu]')")
    assert broken(sized, frame) == []
    press(frame, ".tile:last-child .tile-name")
    frame.wait("document.querySelectorAll('.chapters li').length === 2")
    frame.wait("!!document.querySelector('dialog a[target=_blank]')")
    assert broken(sized, frame) == []


def test_the_builder_and_its_panels(
    sized: Tab, studio: Studio, user: Caller, embedded: Opens, tmp_path: Path
) -> None:
    clip = studio.add_media(write_movie(tmp_path / "Key numbers.mp4", 9))["id"]
    attach(studio.workspace, clip, language="English", content=TALK)
    over = {"layoutType": "broll", "broll": {"entryId": clip, "startTime": 2}}
    frame = embedded()
    build(frame, user.video(HELLO | over, {"layoutType": "full-screen"}, name="W" * 200))
    assert broken(sized, frame) == []
    for tab_name, sign in (("Media", ".strip-range"), ("Checks", ".checks")):
        Keyboard(InFrame(sized, frame)).press("tab", tab_name)
        frame.wait(f"!!document.querySelector('{sign}')")
        assert broken(sized, frame) == []
    frame = embedded(initialView="projectBuilder", allowedProjectTypes=["video-explainer"])
    frame.wait("!!document.querySelector('.wizard .uploads')")
    assert broken(sized, frame) == []


def test_what_is_told_when_a_session_ends_or_the_studio_is_gone(
    sized: Tab, studio: Studio, embedded: Opens
) -> None:
    ending = caller(studio)
    video = ending.video(HELLO)
    frame = embedded(ks=ending.ks)
    build(frame, video)
    say = "m.toast('It was copied.'), m.toast('W'.repeat(300), 'bad'), m.toast('No.', 'bad')"
    module_result(frame, "app/ui/toast.js", f"void ({say})")
    module_result(frame, "app/api.js", "void (m.connection.value = 'gone')")
    assert broken(sized, frame) == []
    ending.service("session.end", ks=ending.ks)
    frame.run("""(() => { const field = document.querySelector('.scene-text');
      field.value = 'Typed in an ended session.';
      field.dispatchEvent(new Event('input', { bubbles: true })); })()""")
    press(frame, ".builder-home")
    frame.wait(DIALOG)
    assert broken(sized, frame) == []
    press(frame, "dialog .button")
    frame.wait("!!document.querySelector('.builder-bar') && !!document.querySelector('.banner')")
    assert broken(sized, frame) == []
    sized.run(f"void workspace.session.setData({{ ks: {json.dumps(caller(studio).ks)} }})")
    frame.wait("!document.querySelector('.banner')")


def test_a_keyboard_alone_makes_shares_and_leaves(tab: Tab, user: Caller, embedded: Opens) -> None:
    frame = embedded(functions=PAGE)
    listen(tab)
    frame.run(f"(() => {{ {HASTE} }})()")
    hands = Keyboard(InFrame(tab, frame))
    assert tab.run("document.activeElement === document.body")
    hands.press("button", "New video")
    hands.press("button", "Start from scratch")
    hands.write("Name of the video", "Safety at work")
    hands.write("What scene 1 says", "Welcome to the safety training of this year.")
    hands.press("radio", "Julia")
    hands.press("button", "Use this avatar")
    hands.press("button", "Generate")
    frame.wait(DIALOG)
    hands.press("button", "Generate")
    frame.wait("document.querySelector('dialog video')?.textTracks[0]?.cues?.length")
    hands.press("button", "Close")
    hands.press("link", "My avatar videos")
    hands.press("button", "Safety at work")
    hands.press("button", "Share")
    [made] = user("video/list")["objects"]
    assert tab.wait("window.shared") == made["entryId"]
    hands.press("button", "Close")
    hands.press("button", "Close the studio")
    assert tab.wait("window.heeded") == "closeVodStudio"
    assert frame.run(VIEW)
    tab.run("workspace.kill()")
    assert tab.run("document.querySelectorAll('iframe').length") == 0
