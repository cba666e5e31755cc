"""The console as an operator uses it: many videos of many users, what failed, and who did what."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from storyboard.studio.jobs.place_watch import MachineFault
from storyboard.studio.local import DEFAULT_USER, Studio
from storyboard.studio.web.overview import MOST
from tests.browser.application import open_studio_page
from tests.browser.chromium import Tab
from tests.browser.rig import served_studio, texts, watched_tab
from tests.contract.studio_rig import HELLO, Caller, caller

pytestmark = pytest.mark.browser

SHORT = {"layoutType": "full-screen", "narration": {"text": "Hi."}}


@pytest.fixture
def tab(tmp_path: Path, studio: Studio) -> Iterator[Tab]:
    with watched_tab(tmp_path / "profile", 1280) as opened:
        yield opened


def as_user(studio: Studio, user_id: str) -> Caller:
    return caller(studio, user=user_id)


def look(tab: Tab, studio: Studio) -> None:
    tab.open(studio.page_url)
    tab.wait("document.getElementById('state')?.dataset.kind === 'live'")


def shown(tab: Tab) -> list[str]:
    """Return the names of the cards that can be seen."""
    return list(
        tab.run("""[...document.querySelectorAll('.card')].filter((card) => card.checkVisibility())
          .map((card) => card.querySelector('h2').textContent)""")
    )


def sift(tab: Tab, words: str) -> None:
    tab.run("(() => { const it = document.querySelector('input[type=search]'); it.select(); })()")
    tab.type(words) if words else tab.press("Delete")


def test_videos_are_found_by_name_by_user_and_by_what_happened(studio: Studio, tab: Tab) -> None:
    anna, dana = as_user(studio, "anna@example.com"), as_user(studio, "דנה")
    failed = anna.video(SHORT, name="Résumé")
    anna("video/generate", id=failed)
    anna.wait(failed, "generate-error")
    anna.video(name="Numbers")
    dana.video(name="שלום")
    look(tab, studio)
    tab.wait("!!document.querySelector('[data-status=generate-error]')")
    assert sorted(texts(tab, ".card .owner")) == ["anna@example.com", "anna@example.com", "דנה"]
    for words, found in (
        ("resume", ["Résumé"]),
        ("anna", ["Numbers", "Résumé"]),
        ("דנה", ["שלום"]),
        ("failed anna", ["Résumé"]),
        ("too-short", ["Résumé"]),
        (failed, ["Résumé"]),
        ("no such", []),
        ("", ["Numbers", "Résumé", "שלום"]),
    ):
        sift(tab, words)
        assert sorted(shown(tab)) == sorted(found), words
    sift(tab, "anna")
    anna.video(name="Added meanwhile")
    dana.video(name="Not by her")
    tab.wait("document.querySelectorAll('.card').length === 5")
    assert sorted(shown(tab)) == ["Added meanwhile", "Numbers", "Résumé"]
    assert texts(tab, "#sifted") == ["3 of 5 videos"]
    assert tab.run("document.activeElement.type") == "search"


def test_a_video_leads_to_the_studio_and_from_there_back(studio: Studio, tab: Tab) -> None:
    local = as_user(studio, DEFAULT_USER)
    mine, theirs = local.video(name="Mine"), as_user(studio, "dana").video(name="Theirs")
    look(tab, studio)
    tab.run(f"void (location.hash = '#videos/{theirs}')")
    tab.wait("document.querySelector('h1')?.textContent === 'Theirs'")
    assert texts(tab, ".edit") == []
    tab.run(f"void (location.hash = '#videos/{mine}')")
    tab.wait("document.querySelector('h1')?.textContent === 'Mine'")
    tab.activate("a.edit")
    tab.wait("document.querySelector('.builder-name input')?.value === 'Mine'")
    tab.activate('.top a[href^="/__studio/"]')
    tab.wait("document.querySelector('.view.video h1')?.textContent === 'Mine'")


def test_a_film_that_failed_leads_to_its_reason(studio: Studio, tab: Tab) -> None:
    local = as_user(studio, DEFAULT_USER)
    failed = local.video(SHORT, name="Short")
    local("video/generate", id=failed)
    local.wait(failed, "generate-error")
    open_studio_page(tab, studio)
    tab.run(f"void (location.hash = '#video/{failed}')")
    tab.wait("!!document.querySelector('.failed a')")
    tab.activate(".failed a")
    tab.wait("document.querySelector('.trouble')?.textContent.includes('1.5 s is the least')")


def test_an_address_leads_to_a_video_that_is_not_among_the_newest(studio: Studio, tab: Tab) -> None:
    user = as_user(studio, "anna")
    oldest = user.video(name="The oldest")
    avatar = user.avatar()
    for number in range(MOST):
        user("video/add", name=f"Video {number}", avatarId=avatar, scenes=[HELLO])
    look(tab, studio)
    tab.run(f"void (location.hash = '#videos/{oldest}')")
    tab.wait("document.querySelector('h1')?.textContent === 'The oldest'")
    tab.run("void (location.hash = '#videos')")
    tab.wait(f"document.querySelectorAll('.card').length === {MOST}")


def test_requests_tell_who_sent_them(studio: Studio, tab: Tab) -> None:
    as_user(studio, "anna@example.com").video(name="שלום")
    as_user(studio, "dana").service("media.list", ks=as_user(studio, "dana").ks)
    Caller(studio, "").raw("video/list")
    look(tab, studio)
    tab.run("void (location.hash = '#requests')")
    tab.wait("document.querySelectorAll('.calls > li').length >= 4")
    senders = texts(tab, ".calls .sender")
    assert senders[0] == "no session"
    assert {"anna@example.com", "dana"} <= set(senders)
    tab.run("document.querySelector('input[type=search]').focus()")
    tab.type("anna video/add")
    assert len(texts(tab, ".calls > li:not([hidden])")) == 1
    assert (
        tab.run("""(() => { const row = document.querySelector('.calls > li:not([hidden])');
      const [name, whose] = ['.action', '.whose'].map((one) =>
        row.querySelector(one).getBoundingClientRect());
      return whose.left - name.right; })()""")
        >= 4
    )


@pytest.mark.parametrize("page", ["studio", "console"])
def test_an_address_that_was_shared_is_gone_on_with_once_there_is_a_key(
    studio: Studio, tab: Tab, page: str
) -> None:
    video_id = as_user(studio, DEFAULT_USER).video(name="Shared")
    with_key = studio.studio_url if page == "studio" else studio.page_url
    place = f"#video/{video_id}" if page == "studio" else f"#videos/{video_id}"
    tab.open(with_key.partition("#")[0] + place)
    tab.wait("document.querySelector('main h1')?.textContent.includes('a key')")
    tab.run(f"void (location.hash = {json.dumps('#' + with_key.partition('#')[2])})")
    name = "document.querySelector('.builder-name input')?.value"
    shown = name if page == "studio" else "document.querySelector('h1')?.textContent"
    tab.wait(f"{shown} === 'Shared'")
    assert tab.run("location.hash") == place
    tab.troubles.clear()


def test_what_waits_and_who_works_is_shown_while_it_happens(tmp_path: Path, tab: Tab) -> None:
    gate = Event()
    with served_studio(tmp_path / "busy", gate) as studio:
        anna = as_user(studio, "anna@example.com")
        videos = [anna.video(HELLO, name=f"Film {number}") for number in range(4)]
        for video in videos:
            anna("video/generate", id=video)
        look(tab, studio)
        tab.run("location.hash = '#work'")
        tab.wait("document.querySelector('.processes a')?.textContent === 'Film 0'")
        assert texts(tab, ".lane h2") == ["Films", "Compositions"]
        films, compositions = texts(tab, ".lane p:first-of-type")
        waiting, working = (int(word) for word in films.split() if word.isdigit())
        assert waiting + working == 4
        assert compositions == "0 waiting, 0 in work"
        assert "on this machine" in texts(tab, ".processes h3")[0]
        gate.set()
        tab.wait("document.querySelector('.processes p')?.textContent.startsWith('idle')")


def test_a_worker_that_cannot_keep_a_film_is_not_called_idle(studio: Studio, tab: Tab) -> None:
    look(tab, studio)
    tab.run("location.hash = '#work'")
    tab.wait("document.querySelector('.processes p')?.textContent.startsWith('idle: takes films')")
    fault = MachineFault("files", "the bucket refuses the keys of this machine")
    studio.workspace.place.stand_back(fault)
    tab.wait("!!document.querySelector('.processes .reason')")
    (reason,) = texts(tab, ".processes .reason")
    assert reason.startswith("takes up no film: it cannot reach the place of files")
    assert not texts(tab, ".processes p")[0].startswith("idle: takes films")
    assert texts(tab, ".lane .quiet:last-of-type")[0] == "no worker is there for them"


def test_how_long_the_oldest_waits_moves_though_nothing_else_does(studio: Studio, tab: Tab) -> None:
    """As where no worker is left, which is when somebody looks."""
    user = as_user(studio, "anna@example.com")
    user.control("POST", "hold")
    user("video/generate", id=user.video(HELLO))
    look(tab, studio)
    tab.run("location.hash = '#work'")
    tab.wait("document.querySelector('.lane')?.textContent.includes('the oldest waits')")
    tab.run("(() => { const real = Date.now; Date.now = () => real() + 7 * 3600_000; })()")
    tab.wait("document.querySelector('.lane').textContent.includes(', for 7 h')")
