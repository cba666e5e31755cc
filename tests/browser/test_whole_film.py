"""From an empty studio to films, in the browser alone: once by mouse, once by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storyboard.studio.local import Studio
from tests.browser.chromium import Tab
from tests.browser.hands import Hands, Keyboard, Mouse, upload
from tests.browser.rig import filming_studio, hasty_tab, person
from tests.contract.studio_rig import Caller, write_movie

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SAYS = (
    "Welcome to the safety training of this year.",
    "Here you see the key numbers of the last quarter.",
    "Thank you for listening, and stay safe at work.",
)
VIDEO = "document.querySelector('dialog video')"


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    """A studio that really speaks and films."""
    with filming_studio(tmp_path) as opened:
        yield opened


@pytest.fixture
def tab(tmp_path: Path, studio: Studio) -> Iterator[Tab]:
    with hasty_tab(tmp_path / "profile", studio) as opened:
        yield opened


def sent(user: Caller, action: str) -> int:
    """Return how often the studio was asked this."""
    calls = user.control("GET", "journal")["objects"]
    return sum(call["action"] == action for call in calls)


def generate_and_watch(hands: Hands) -> list[str]:
    """Make the film, watch it, and return what its captions say."""
    tab = hands.tab
    hands.press("button", "Generate")
    tab.wait("!!document.querySelector('dialog[open]')")
    hands.press("button", "Generate")
    tab.wait(f"{VIDEO}?.currentTime > 0 && {VIDEO}.videoWidth > 0", 300)
    tab.wait(f"{VIDEO}.textTracks[0]?.mode === 'showing' && {VIDEO}.textTracks[0].cues?.length")
    cues = tab.run(f"Array.from({VIDEO}.textTracks[0].cues, (cue) => cue.text)")
    hands.press("button", "Close")
    tab.wait("!document.querySelector('dialog')")
    return list(cues)


def film_from_scratch(hands: Hands, clip: Path) -> list[str]:
    tab = hands.tab
    hands.press("button", "New video")
    hands.press("button", "Start from scratch")
    hands.write("Name of the video", "Safety at work")
    hands.press("radio", "Julia")
    hands.press("button", "Use this avatar")
    for index, text in enumerate(SAYS):
        if index:
            hands.press("button", "Add scene")
        hands.write(f"What scene {index + 1} says", text)
    hands.press("radio", "B-roll", nth=1)
    upload(hands, "Upload a video", clip)
    hands.slide("Starts at", 12)
    tab.wait("Number(document.querySelector('.strip-range').ariaValueNow) >= 0.5")
    hands.press("button", "Listen to scene 2")
    tab.wait("!!document.querySelector('.preview [data-state=playing]')")
    return generate_and_watch(hands)


def film_of_highlights(hands: Hands) -> list[str]:
    tab = hands.tab
    hands.press("link", "My avatar videos")
    hands.press("button", "New video")
    hands.press("button", "Create session highlights")
    hands.press("checkbox", "Safety at work")
    hands.press("button", "Next")
    hands.write("Goals, style, or what to focus on", "The numbers")
    hands.press("button", "Next")
    hands.press("radio", "~1 minute")
    hands.press("button", "Generate draft")
    tab.wait("document.querySelector('.builder') && !document.querySelector('.making')")
    tab.wait("document.querySelectorAll('.scene').length > 0")
    return generate_and_watch(hands)


@pytest.mark.parametrize("use", [Mouse, Keyboard])
def test_an_empty_studio_becomes_a_film_and_its_highlights(
    studio: Studio, tab: Tab, tmp_path: Path, use: Callable[[Tab], Hands]
) -> None:
    hands = use(tab)
    clip = write_movie(tmp_path / "Key numbers.mp4", 12, size=(640, 360))
    spoken = " ".join(" ".join(film_from_scratch(hands, clip)).split())
    assert [text for text in SAYS if text not in spoken] == []
    user = person(tab, studio)
    [video] = user("video/list")["objects"]
    avatar = user("avatar/get", id=video["avatarId"])
    assert (video["name"], video["status"], avatar["templateId"]) == (
        "Safety at work",
        "ready",
        "julia",
    )
    shown = [scene.get("broll") for scene in video["scenes"]]
    assert shown[0] is shown[2] is None
    assert shown[1]["startTime"] >= 0.5
    assert (sent(user, "video/add"), sent(user, "video/generate")) == (1, 1)
    saves = sent(user, "video/update")

    assert film_of_highlights(hands)
    done = user("video/list")["objects"]
    assert [each["status"] for each in done] == ["ready", "ready"]
    assert sent(user, "video/add") == sent(user, "video/generate") == 2
    assert sent(user, "video/compose") == 1
    assert sent(user, "video/update") == saves
