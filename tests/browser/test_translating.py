"""What a translator meets: long videos, pasted texts, other scripts, films in many languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storyboard.source.text import FORBIDDEN
from storyboard.studio.local import Studio
from tests.browser.application import module_result
from tests.browser.building import (
    build,
    leave_tab,
    press_button,
    saved,
    say,
    wait_state,
    write,
    written,
)
from tests.browser.chromium import Tab
from tests.browser.rig import end_session, texts
from tests.browser.test_trouble import DEAF
from tests.contract.studio_rig import Caller
from tests.support.passing_time import eventually

pytestmark = pytest.mark.browser

IN_SIGHT = """(() => { const box = document.querySelector(%s)?.getBoundingClientRect();
  return Boolean(box) && box.top >= 0 && box.bottom <= innerHeight; })()"""


def in_sight(selector: str) -> str:
    """Return an expression: whether an element is within the screen, from its top to its end."""
    return IN_SIGHT % json.dumps(selector)


@pytest.mark.parametrize("size", [(1440, 1000), (390, 844)], ids=["wide", "narrow"])
def test_edits_that_cannot_be_saved_are_told_where_a_person_writes(
    studio: Studio, user: Caller, tab: Tab, size: tuple[int, int]
) -> None:
    tab.screen(*size)
    build(tab, user, *(say(f"Scene {number} says this.") for number in range(20)))
    end_session(tab, user)
    write(tab, 19, " More.")
    leave_tab(tab)
    wait_state(tab, "session has ended")
    tab.wait(in_sight(".builder-bar"))
    assert tab.run(in_sight(".scene:nth-child(20) .scene-text"))
    assert not tab.run("""(() => { const bar = document.querySelector('.builder-bar')
        .getBoundingClientRect();
      return [...document.querySelectorAll('.builder-middle, .builder-side')].some((node) => {
        const { top, bottom } = node.getBoundingClientRect();
        return getComputedStyle(node).position === 'sticky' && top < bar.bottom && bottom > bar.top;
      }); })()""")
    tab.troubles.clear()


UNSEEN = "\u00ad\u200b\u2060"
"""What `check` warns of, and word processors put between letters."""

LINES = "\x0b\x0c\x85\u2028\u2029"
"""Line breaks of word processors: of Word, of LibreOffice, of spreadsheets, of the Mac."""


def test_what_the_builder_keeps_of_a_text_a_file_takes(studio: Studio, tab: Tab) -> None:
    kept = module_result(
        tab,
        "app/plain_text.js",
        """[...Array(65536).keys()].filter((code) => code < 0xd800 || code > 0xdfff)
          .map((code) => String.fromCharCode(code))
          .filter((letter) => m.storable(`a${letter}b`, "\\n") !== `a${letter}b`)
          .map((letter) => [letter, m.storable(letter, "\\n")])""",
    )
    every = [chr(code) for code in range(0x10000) if not 0xD800 <= code <= 0xDFFF]
    changed = [char for char in every if char in UNSEEN or FORBIDDEN.match(char)]
    assert dict(kept) == {char: "\n" if char in LINES else "" for char in changed}


def paste(tab: Tab, text: str) -> None:
    """Paste a text where the caret is, from the clipboard."""
    rights = ["clipboardReadWrite", "clipboardSanitizedWrite"]
    tab.do("Browser.grantPermissions", permissions=rights)
    tab.run(f"navigator.clipboard.writeText({json.dumps(text)})")
    key = {"key": "v", "code": "KeyV", "windowsVirtualKeyCode": 86, "modifiers": 2}
    tab.do("Input.dispatchKeyEvent", type="keyDown", commands=["paste"], **key)
    tab.do("Input.dispatchKeyEvent", type="keyUp", **key)


def test_a_text_is_pasted_from_a_word_processor_without_what_nobody_sees(
    studio: Studio, user: Caller, tab: Tab
) -> None:
    video_id = build(tab, user)
    tab.click(".scene-text")
    tab.press("Home", control=True)
    tab.press("ArrowRight")
    paste(
        tab,
        "\u201eSch\u00f6n\u201c,\u00a0da\u00adheim\u200b.\x0bNeue\u2028Zeile\ufeff \u05e9\u200f",
    )
    tab.type("|")
    text = "\u201eSch\u00f6n\u201c,\u00a0daheim.\nNeue\nZeile \u05e9\u200f|"
    assert written(tab)[0] == f"T{text}he first."
    tab.enter(".builder-name input")
    tab.press("Home")
    paste(tab, "Ein\u00adf\u00fchrung\u2028A\ufeff")
    tab.type(": ")
    leave_tab(tab)
    wait_state(tab, "Saved")
    assert saved(user, video_id)[0] == f"T{text}he first."
    assert user("video/get", id=video_id)["name"] == "Einf\u00fchrung A: Overview"


def test_a_film_and_its_captions_are_saved_under_its_name(
    studio: Studio, user: Caller, tab: Tab, tmp_path: Path
) -> None:
    saved_here = tmp_path / "saved"
    tab.do("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(saved_here))
    video_id = build(tab, user, say("Long enough to be spoken, this one."), name="Größe: שלום")
    user("video/generate", id=video_id)
    user.wait(video_id, "ready")
    tab.run("void (location.hash = '#library')")
    tab.wait("!!document.querySelector('.tile .chip')?.textContent.includes('Ready')")
    tab.click(".tile-name")
    for words, suffix in (("Download", ".mp4"), ("Captions", ".srt")):
        press_link(tab, words)
        path = saved_here / f"Größe שלום{suffix}"
        eventually(path.exists)
    captions = path.read_text()
    assert "00:00:0" in captions
    assert "Long enough to be spoken" in captions


def press_link(tab: Tab, words: str) -> None:
    found = f"""[...document.querySelectorAll('dialog .button')]
      .find((node) => node.textContent.trim() === {json.dumps(words)})"""
    tab.wait(f"!!{found}")
    tab.run(f"{found}.click()")


def test_two_people_at_two_scenes_keep_both_texts(studio: Studio, user: Caller, tab: Tab) -> None:
    video_id = build(tab, user)
    write(tab, 0, " Mine.")
    theirs = [say("The first."), say("Theirs."), say("The third.")]
    user("video/update", id=video_id, scenes=theirs)
    leave_tab(tab)
    wait_state(tab, "changed elsewhere")
    tab.wait("document.querySelector('.builder-bar').textContent.includes('Scene 2 was')")
    press_button(tab, "Keep both")
    wait_state(tab, "Saved")
    assert saved(user, video_id) == ["The first. Mine.", "Theirs.", "The third."]
    assert written(tab) == saved(user, video_id)
    assert not tab.run("document.querySelector('.builder-bar')")


def test_a_length_that_is_not_known_yet_is_not_said_to_be_none(
    studio: Studio, user: Caller, tab: Tab
) -> None:
    tab.run(f"void {DEAF}")
    tab.run("void (deaf = 'lengths')")
    build(tab, user, say("Long enough to be spoken, this one."), say(""))
    told = ["○ …", "No narration yet"]
    assert texts(tab, ".scene-length small") == told
    labels = "Array.from(document.querySelectorAll('.timeline li button'), (n) => n.ariaLabel)"
    assert tab.run(labels) == ["Scene 1", "Scene 2, no narration yet"]
    assert "0:00" not in tab.run("document.querySelector('.timeline').textContent")
