"""The application on a phone: what a press leads to is in sight, and buttons cover what scrolls."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storyboard.studio.local import Studio
from tests.browser.application import open_studio_page
from tests.browser.chromium import Tab
from tests.browser.rig import person, watched_tab
from tests.contract.studio_rig import HELLO, write_movie

pytestmark = pytest.mark.browser

_SEEN = """(() => {
    const { top, bottom } = document.activeElement.getBoundingClientRect();
    const bar = document.querySelector('.top').getBoundingClientRect().bottom;
    return top >= bar && bottom <= innerHeight && document.activeElement.textContent.trim();
})()"""
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
