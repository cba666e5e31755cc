"""The studio in a browser with 200 videos, beside a plain page with as many tiles and no script.

Needs Chromium. First paint is the browser's own figure, of a browser that has opened the page
before; typing is the time from a key to the frame that shows what it did.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import Row
from storyboard.wire import MAX_SCENES
from tests.browser.application import open_studio_page
from tests.browser.chromium import Tab, browser
from tests.browser.host_page import portal
from tests.browser.rig import person, served_studio
from tests.contract.studio_rig import HELLO

VIDEOS = 200
ROUNDS = 9
LETTERS = "overview of the year"

_FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
_WATCH = """void (globalThis.took ?? addEventListener("input", ({ timeStamp }) =>
  requestAnimationFrame(() => setTimeout(() => took.push(performance.now() - timeStamp))), true),
  globalThis.took = [])"""
_TILE = "<li><h2><button>Overview {}</button></h2><p>Draft <time>now</time></p></li>"


def measure() -> Iterator[Row]:
    """Yield first paint and typing as ratios to the plain page."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served_studio(Path(folder)) as studio,
        portal(_plain(Path(folder) / "plain")) as plain,
        browser(Path(folder) / "profile") as tab,
    ):
        tab.screen(1440)
        open_studio_page(tab, studio)
        user = person(tab, studio)
        for number in range(1, VIDEOS):
            user.video(name=f"Overview {number}")
        longest = user.video(*[HELLO] * MAX_SCENES)
        pairs = [
            (_paint(tab, f"{studio.public_url}/studio/"), _paint(tab, f"{plain}/"))
            for _ in range(ROUNDS)
        ]
        yield _row("first paint", pairs, "≤ 5")
        base = _typing(tab, "input")
        tab.open(f"{studio.public_url}/studio/")
        _load_all(tab)
        search = _typing(tab, "input[type=search]")
        yield _row("a key in the search", list(zip(search, base, strict=True)), "≤ 3")
        tab.run(f"void (location.hash = '#video/{longest}')")
        tab.wait(f"document.querySelectorAll('.scene-text').length === {MAX_SCENES}")
        scene = _typing(tab, ".scene-text")
        yield _row(
            f"a key in one of {MAX_SCENES} scenes", list(zip(scene, base, strict=True)), "≤ 8"
        )


def _row(what: str, pairs: list[tuple[float, float]], bound: str) -> Row:
    ratio = statistics.median(ours / plain for ours, plain in pairs)
    ours, plain = (statistics.median(each) for each in zip(*pairs, strict=True))
    detail = f"{ours:.0f} ms against {plain:.0f} ms"
    return Row(f"{what}, {VIDEOS} videos / a plain page", ratio, "×", bound, detail)


def _plain(folder: Path) -> Path:
    folder.mkdir()
    tiles = "".join(map(_TILE.format, range(VIDEOS)))
    page = f"<!doctype html><title>Plain</title><h1>Plain</h1><input><ul>{tiles}</ul>"
    (folder / "index.html").write_text(page, encoding="utf-8")
    return folder


def _paint(tab: Tab, url: str) -> float:
    tab.open(url)
    tab.wait(f"document.readyState === 'complete' && location.href.startsWith({url!r})")
    return float(tab.wait(_FIRST_PAINT))


def _load_all(tab: Tab) -> None:
    more = "document.querySelector('.library-more .button')"
    tiles = "document.querySelectorAll('.tile').length"
    tab.wait(f"{tiles} > 0")
    while (shown := tab.run(tiles)) < VIDEOS:
        tab.run(f"{more}.click()")
        tab.wait(f"{tiles} > {shown}")


def _typing(tab: Tab, selector: str) -> list[float]:
    """Return what each letter took, typed one after another."""
    tab.run(_WATCH)
    tab.run(f"document.querySelector('{selector}').focus()")
    for count, letter in enumerate(LETTERS, 1):
        tab.type(letter)
        tab.wait(f"took.length === {count}")
    return list(tab.run("took"))
