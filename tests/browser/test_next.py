"""The interface in front of a studio of the newest generation: the same hands, the same films."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storyboard.studio.behavior.contract import Contract
from storyboard.studio.local import Studio
from storyboard.wire import NEXT
from tests.browser.accessibility import violations
from tests.browser.chromium import Tab
from tests.browser.hands import Hands, Keyboard, Mouse
from tests.browser.rig import filming_studio, hasty_tab, person, served_studio
from tests.browser.test_whole_film import SAYS, film_from_scratch, film_of_highlights
from tests.contract.studio_rig import Caller, write_movie
from tests.contract.test_next_sources import SLIDES
from tests.support.documents import pdf

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    """A studio that really speaks and films."""
    with filming_studio(tmp_path, contract=Contract(profile=NEXT)) as opened:
        yield opened


@pytest.fixture
def tab(tmp_path: Path, studio: Studio) -> Iterator[Tab]:
    with hasty_tab(tmp_path / "profile", studio) as opened:
        yield opened


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Studio]:
    """A studio of the newest generation with a presentation, whose films are tiny."""
    with served_studio(tmp_path, contract=Contract(profile=NEXT)) as opened:
        deck = pdf(tmp_path / "Energy report.pdf", *SLIDES)
        opened.add_media(deck, "1_deck0000")
        yield opened


def written(path: Path) -> Path:
    path.write_text("Nothing that has slides.\n", "utf-8")
    return path


def called(user: Caller, action: str) -> list[dict[str, object]]:
    calls = user.control("GET", "journal")["objects"]
    return [call for call in calls if call["action"] == action]


def test_a_presentation_is_narrated_and_its_slides_are_seen(quick: Studio, tmp_path: Path) -> None:
    with hasty_tab(tmp_path / "profile", quick) as tab:
        hands = Mouse(tab)
        hands.press("button", "New video")
        hands.press("button", "Narrate your presentation")
        hands.press("checkbox", "Energy report.pdf")
        hands.press("button", "Next")
        hands.press("button", "Next")
        hands.press("button", "Generate draft")
        tab.wait("document.querySelectorAll('.scene').length === 2")
        tab.wait("document.querySelector('.preview .stage-ground')?.naturalWidth === 1920")
        tab.wait("document.querySelector('.preview .stage-corner')?.naturalWidth > 0")
        hands.press("tab", "Media")
        tab.wait("document.body.innerText.includes('Slide 2')")
        hands.write("What scene 2 says", "Thank you all, and see you on the roof next year.")
        hands.press("button", "Generate")
        tab.wait("!!document.querySelector('dialog[open]')")
        hands.press("button", "Generate")
        tab.wait("!!document.querySelector('dialog[open] video')")
        [done] = person(tab, quick)("video/list")["objects"]
        assert done["status"] == "ready"
        assert [scene["broll"]["index"] for scene in done["scenes"]] == [1, 2]
        assert "on the roof next year" in done["scenes"][1]["narration"]["text"]


@pytest.mark.parametrize("use", [Mouse, Keyboard])
def test_a_scene_gets_a_slide_by_its_picture(
    quick: Studio, tmp_path: Path, use: Callable[[Tab], Hands]
) -> None:
    """What the studio adds to a slide is no change of it, which would be saved again for ever."""
    with hasty_tab(tmp_path / "profile", quick) as tab:
        user = person(tab, quick)
        quick.add_media(written(tmp_path / "Notes.md"), "1_notes000")
        video_id = user.video({"narration": {"text": "This is what was measured."}})
        tab.run(f"void (location.hash = '#video/{video_id}')")
        hands = use(tab)
        hands.press("tab", "Media")
        hands.press("radio", "A slide of a presentation")
        hands.press("button", "Notes.md")
        tab.wait("document.querySelector('.builder-side [role=alert]')?.innerText.includes('PDF')")
        hands.press("button", "Energy report.pdf")
        tab.wait(f"document.querySelectorAll('.slides img').length === {len(SLIDES)}")
        tab.wait("[...document.querySelectorAll('.slides img')].every((it) => it.naturalWidth)")
        assert violations(tab) == []
        hands.press("radio", "Slide 2")
        hands.press("button", "Undo")
        hands.press("button", "Redo")
        home = "My avatar videos"
        hands.press("link", home)
        tab.wait("!!document.querySelector('.tile')")
        [scene] = user("video/get", id=video_id)["scenes"]
        assert (scene["layoutType"], scene["broll"]["entryId"]) == ("broll", "1_deck0000")
        assert scene["broll"]["index"] == 1
        saves = len(called(user, "video/update"))
        tab.run(f"void (location.hash = '#video/{video_id}')")
        tab.wait("document.querySelector('.save-state')?.textContent.includes('All is saved')")
        hands.press("tab", "Media")
        tab.wait("document.querySelector('.slides .card[data-chosen]')?.innerText === 'Slide 2'")
        hands.press("link", home)
        tab.wait("!!document.querySelector('.tile')")
        assert len(called(user, "video/update")) == saves


def test_a_slide_that_comes_once_its_builder_was_left_is_told(
    quick: Studio, tmp_path: Path
) -> None:
    with hasty_tab(tmp_path / "profile", quick) as tab:
        user, hands = person(tab, quick), Mouse(tab)
        video_id = user.video({"narration": {"text": "This is what was measured."}})
        tab.run(f"void (location.hash = '#video/{video_id}')")
        hands.press("tab", "Media")
        hands.press("radio", "A slide of a presentation")
        tab.run("""void (() => { const real = fetch; globalThis.fetch = async (path, given) => {
          if (!globalThis.go && String(path).includes('/slides/'))
            await new Promise((go) => { globalThis.go = go; });
          return real(path, given); }; })()""")
        hands.press("button", "Energy report.pdf")
        tab.wait("!!globalThis.go")
        hands.press("link", "My avatar videos")
        tab.wait("!!document.querySelector('.tile')")
        tab.run("go()")
        tab.wait("document.querySelector('.toast')?.textContent.includes('slide was not used')")
        assert not any("broll" in scene for scene in user("video/get", id=video_id)["scenes"])


def test_a_film_and_its_highlights_are_made_of_a_catalogs_avatars(
    studio: Studio, tab: Tab, tmp_path: Path
) -> None:
    """The usual presenter and the chosen one are made once each, and the first serves again."""
    hands = Mouse(tab)
    clip = write_movie(tmp_path / "Key numbers.mp4", 12, size=(640, 360))
    spoken = " ".join(" ".join(film_from_scratch(hands, clip)).split())
    assert [text for text in SAYS if text not in spoken] == []
    assert film_of_highlights(hands)
    user = person(tab, studio)
    made = user.catalog("avatar/list")["objects"]
    assert sorted(each["name"] for each in made) == ["Jane", "Julia"]
    assert len(called(user, "avatar/create")) == 2
    [asked] = called(user, "video/compose")
    assert "sources" in str(asked)
    assert not called(user, "avatar/upsert")
    hands.press("link", "My avatar videos")
    tab.wait("document.querySelectorAll('.tile').length === 2")
    tab.wait(
        "Array.from(document.querySelectorAll('.tile img'), (n) => n.naturalWidth).every(Boolean)"
    )
    for call in user.control("GET", "journal")["objects"]:
        assert call["code"] is None, call
