"""The application on a phone: what a press leads to is in sight, and buttons cover what scrolls."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storyboard.studio.local import Studio
from tests.browser.application import open_studio_page
from tests.browser.chromium import Tab
from tests.browser.hands import Mouse
from tests.browser.rig import person, watched_tab
from tests.contract.studio_rig import HELLO, write_movie

pytestmark = pytest.mark.browser

_SEEN = """(() => {
    const { top, bottom } = document.activeElement.getBoundingClientRect();
    const bar = document.querySelector('.top').getBoundingClientRect().bottom;
    return top >= bar && bottom <= innerHeight && document.activeElement.textContent.trim();
})()"""
_STAYS = """(({ top, bottom }) => bottom === innerHeight && bottom - top < 80)(
    document.querySelector('.builder-jump').getBoundingClientRect())"""
_WITHIN = """((selector) => {
    const { top, bottom } = document.querySelector(selector).getBoundingClientRect();
    const edge = (bar) => document.querySelector(bar).getBoundingClientRect();
    return top >= edge('.top').bottom && bottom <= edge('.builder-jump').top;
})"""
_COVERED = """(() => {
    const foot = document.querySelector('.dialog-foot');
    const { left, top, width, height } = foot.getBoundingClientRect();
    const points = Array.from({ length: 400 }, (_, n) =>
        [left + 16 + (width - 32) * (n % 40) / 39,
            top + 2 + (height - 18) * Math.floor(n / 40) / 9]);
    return points.every(([x, y]) => foot.contains(document.elementFromPoint(x, y)));
})()"""


@pytest.fixture
def tab(tmp_path: Path, studio: Studio) -> Iterator[Tab]:
    with watched_tab(tmp_path / "profile", 320, 640) as opened:
        open_studio_page(opened, studio)
        yield opened


def test_what_a_scene_links_to_is_brought_into_sight(tab: Tab, studio: Studio) -> None:
    user = person(tab, studio)
    made = user.video(*[HELLO] * 6)
    tab.run(f"location.hash = '#video/{made}'")
    tab.run("location.reload()")
    tab.wait("document.querySelectorAll('.scene').length === 6")

    tab.click(".scene:nth-child(2) .scene-presenter")

    tab.wait(f"{_SEEN} === 'Avatar'")


def test_no_part_of_a_line_stands_below_a_text_that_is_cut_short(tab: Tab, studio: Studio) -> None:
    """What is left out is hidden by the edge of the box: room inside it showed half of a line."""
    scene = {**HELLO, "narration": {"text": "It says many words, one after the other. " * 9}}
    made = person(tab, studio).video(scene)
    tab.run(f"void (location.hash = '#video/{made}')")
    tab.wait("!!document.querySelector('.preview > figcaption > span')?.textContent")
    room = """((node) => node.getBoundingClientRect().height
        - 2 * parseFloat(getComputedStyle(node).lineHeight))(
        document.querySelector('.preview > figcaption > span'))"""
    assert abs(tab.run(room)) < 1


def test_the_picture_is_above_the_scenes_and_a_bar_leads_to_each_part(
    tab: Tab, studio: Studio
) -> None:
    made = person(tab, studio).video(*[HELLO] * 12)
    tab.run(f"void (location.hash = '#video/{made}')")
    tab.wait("document.querySelectorAll('.scene').length === 12")
    parts = "Array.from(document.querySelectorAll('.builder [data-part]'), (n) => n.ariaLabel)"
    assert tab.run(parts) == ["Preview", "Scenes", "Details"]
    tab.click(".scene:nth-child(8) .scene-number")
    for name, sign in (
        ("Details", ".tabs"),
        ("Preview", ".preview .stage"),
        ("Scenes", ".scene:nth-child(8) .scene-text"),
    ):
        hands = Mouse(tab)
        assert tab.run(_STAYS)
        hands.press("button", name)
        tab.wait(f"{_WITHIN}({sign!r})")
        assert tab.run(f"document.activeElement.ariaLabel === {name!r}")


def test_the_presenters_scroll_to_the_side_in_a_page_that_scrolls_down(
    tab: Tab, studio: Studio
) -> None:
    user = person(tab, studio)
    made = user("video/add", name="A", avatarId=user.avatar("julia"), scenes=[HELLO])["id"]
    tab.run(f"void (location.hash = '#video/{made}')")
    tab.wait("!!document.querySelector('.presenters [data-chosen]')")
    cards = "document.querySelector('.presenters .cards')"
    assert tab.run(f"{cards}.scrollHeight <= {cards}.clientHeight")
    tab.wait(f"""(({{ left, right }}, box) => left >= box.left && right <= box.right)(
        document.querySelector('.presenters [data-chosen]').getBoundingClientRect(),
        {cards}.getBoundingClientRect())""")


def test_the_buttons_of_a_dialog_cover_what_scrolls_below_them(
    tab: Tab, studio: Studio, tmp_path: Path
) -> None:
    for n in range(6):
        studio.add_media(write_movie(tmp_path / f"{n}.mp4", 1))
    tab.click(".library .button[data-kind=primary]")
    tab.wait("document.querySelectorAll('.kind').length === 3")
    tab.click(".kinds > :nth-child(2), .kinds > :nth-child(2) .kind")
    tab.wait("document.querySelectorAll('.media-tile').length === 6")
    for step in range(0, 500, 25):
        tab.run(f"document.querySelector('.dialog').scrollTo(0, {step})")
        assert tab.run(_COVERED), step
