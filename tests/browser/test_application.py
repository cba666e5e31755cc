"""The studio in the browser, at its own door: how it opens, what it asks for, what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storyboard.cli.studio_browser import shown_in_browser
from storyboard.studio.local import DEFAULT_USER, Studio
from tests.browser.application import module_result, open_studio_page
from tests.browser.chromium import Tab
from tests.browser.rig import person, watched_tab
from tests.contract.studio_rig import HELLO, caller

pytestmark = pytest.mark.browser

PATIENCE = "new Promise((resolve) => setTimeout(resolve, 20_000, 'still asking'))"


@pytest.fixture
def tab(tmp_path: Path) -> Iterator[Tab]:
    with watched_tab(tmp_path / "profile", 1280) as opened:
        yield opened


def test_the_key_opens_it_and_leaves_the_address(studio: Studio, tab: Tab) -> None:
    open_studio_page(tab, studio)
    assert tab.run("location.href") == f"{studio.public_url}/studio/"
    assert tab.run("document.cookie + JSON.stringify({...localStorage})") == "{}"
    asked = [url for url in tab.requests if url.startswith("http")]
    assert all(url.startswith(studio.public_url) for url in asked)
    assert not [url for url in asked[1:] if "key=" in url or "djJ8" in url]
    tab.do("Page.reload")
    tab.wait("!!document.querySelector('#main h1')")
    assert not [url for url in tab.requests if "djJ8" in url]


def test_a_studio_that_ends_every_session_is_not_asked_without_end(
    studio: Studio, tab: Tab
) -> None:
    open_studio_page(tab, studio)
    admin = caller(studio, DEFAULT_USER)
    rule = {"kind": "code", "action": "video/get", "code": "EXPIRED_KS", "message": "Ended"}
    admin.control("POST", "faults", json=rule)
    ask = "m.call('video/get', { id: 'v' }).then(() => 'answered', (refusal) => refusal.code)"
    assert module_result(tab, "app/api.js", f"Promise.race([{ask}, {PATIENCE}])") == "EXPIRED_KS"
    assert len([url for url in tab.requests if url.endswith("/__studio/user-session")]) == 2


def test_one_new_session_does_for_all_calls_that_met_the_end_of_the_last(
    studio: Studio, tab: Tab
) -> None:
    open_studio_page(tab, studio)
    ended = person(tab, studio)
    ended.service("session.end", ks=ended.ks)
    ask = "Promise.all([1, 2, 3].map(() => m.call('video/list')))"
    counts = f"{ask}.then((told) => told.map(({{ totalCount }}) => totalCount))"
    assert module_result(tab, "app/api.js", counts) == [0, 0, 0]
    assert len([url for url in tab.requests if url.endswith("/__studio/user-session")]) == 2


def test_a_view_that_is_shown_already_is_no_step_of_the_history(studio: Studio, tab: Tab) -> None:
    open_studio_page(tab, studio)
    steps = """(async () => { const before = history.length;
      const told = [await m.go({ view: "library" }), await m.go({ view: "library" })];
      return [...told, history.length - before]; })()"""
    assert module_result(tab, "app/router.js", steps) == [True, True, 0]


def test_a_view_that_takes_its_time_to_be_left_leaves_no_wrong_address(
    studio: Studio, tab: Tab
) -> None:
    """Back from a video to where the page began, whose address says no view."""
    open_studio_page(tab, studio)
    steps = """(async () => { let let_go; const left = new Promise((go) => { let_go = go; });
      const before = location.hash; await m.go({ view: "builder", id: "0_none" });
      m.beforeLeave(() => left);
      const arrived = new Promise((go) => addEventListener("hashchange", go, { once: true }));
      history.back(); await arrived; let_go(true);
      while (m.route.value.view !== "library") await new Promise(requestAnimationFrame);
      return [before, location.hash]; })()"""
    assert module_result(tab, "app/router.js", steps) == ["", "#library"]
    tab.troubles.clear()  # there is no such video


def test_a_films_chapters_are_none_of_its_captions(studio: Studio, tab: Tab) -> None:
    """Captions lead to WebVTT alone; chapters are cue points, in seconds."""
    user = caller(studio, DEFAULT_USER)
    video = user.video(HELLO, {"narration": {"text": "And this is the second of them."}})
    user("video/generate", id=video)
    film = user.wait(video, "ready", 60)["entryId"]
    open_studio_page(tab, studio)
    shown = "({ labels: found.captions.map((each) => each.label), chapters: found.chapters })"
    told = module_result(
        tab, "app/film_texts.js", f"m.filmTexts('{film}').then((found) => {shown})"
    )
    assert told["labels"] == ["English"]
    assert [chapter["title"] for chapter in told["chapters"]] == [
        "Welcome to the training overview",
        "And this is the second of them",
    ]
    assert told["chapters"][0]["start"] == 0 < told["chapters"][1]["start"] < 10


def test_every_text_is_there_in_each_language_with_the_same_blanks(
    studio: Studio, tab: Tab
) -> None:
    open_studio_page(tab, studio)
    blanks = """Object.fromEntries(Object.entries(m.default).map(([key, text]) => [key,
        [...new Set(JSON.stringify(text).match(/\\{\\w+\\}/g) ?? [])].sort().join()]))"""
    english = module_result(tab, "app/texts/en.js", blanks)
    assert len(english) > 20
    assert module_result(tab, "app/texts/he.js", blanks) == english


def test_an_address_means_one_view(studio: Studio, tab: Tab) -> None:
    open_studio_page(tab, studio)
    assert module_result(tab, "app/router.js", "m.routeOf('#video/6a_b-1')") == {
        "view": "builder",
        "id": "6a_b-1",
    }
    for other in ("", "#library", "#video/", "#video/a b", "#key=x", "#<script>"):
        assert module_result(tab, "app/router.js", f"m.routeOf({other!r})") == {"view": "library"}


def test_a_confirmation_begins_at_cancel_and_escape_is_no(studio: Studio, tab: Tab) -> None:
    open_studio_page(tab, studio)
    question = """m.confirm({title: "Delete it?", text: "Its film stays.", yes: "Delete"})"""
    tab.run("document.querySelector('.brand').focus()")
    module_result(tab, "app/ui/dialog.js", f"void (globalThis.answer = {question})")
    tab.wait("!!document.querySelector('dialog[open]')")
    assert tab.run("document.activeElement.textContent") == "Cancel"
    tab.press("Escape")
    assert tab.run("answer") is False
    tab.wait("!document.querySelector('dialog')")
    assert tab.run("document.activeElement.className") == "brand"


def test_the_file_of_the_command_leads_a_browser_to_the_studio(
    studio: Studio, tab: Tab, tmp_path: Path
) -> None:
    def browse(address: str) -> bool:
        tab.open(address)
        tab.wait("!!document.querySelector('#main h1')")
        return True

    with shown_in_browser(studio.studio_url, tmp_path, browse=browse):
        assert tab.run("location.href") == f"{studio.public_url}/studio/"


def test_the_console_and_the_studio_lead_to_each_other_with_one_key(
    studio: Studio, tab: Tab
) -> None:
    tab.open(studio.page_url)
    tab.wait("document.getElementById('state')?.dataset.kind === 'live'")
    tab.activate('a[href="/studio/"]')
    tab.wait("!!document.querySelector('#main h1')")
    tab.activate('a[href="/__studio/"]')
    tab.wait("document.getElementById('state')?.dataset.kind === 'live'")


def test_the_frame_by_itself_says_where_to_go(studio: Studio, tab: Tab) -> None:
    tab.open(f"{studio.public_url}/v1/studio/")
    tab.wait("document.querySelector('main a')?.getAttribute('href') === '/studio/'")
