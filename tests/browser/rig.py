"""A studio on a port, for a browser, and what is asked of pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

from storyboard.studio.execution import served
from storyboard.studio.local import Studio, open_studio
from storyboard.studio.serving import bind, url_of
from tests.browser.application import open_studio_page
from tests.browser.chromium import Tab, browser
from tests.contract.studio_rig import Caller, TinyFilmMaker, open_test_studio

HASTE = """{ const real = window.setTimeout; globalThis.waits = 0;
  window.setTimeout = (act, wait) => real(act, wait === 10000 ? (waits += 1, 100) : wait); }"""
"""What waits ten seconds waits a tenth of one, and is counted in `waits`: only polls do."""


@contextmanager
def served_studio(folder: Path, gate: Event | None = None, **made: Any) -> Iterator[Studio]:
    """Serve a studio whose films wait for `gate`, which is open at the end.

    `made` goes to `open_test_studio`.
    """
    listener = bind("127.0.0.1", 0)
    url = url_of(listener, "127.0.0.1")
    maker = TinyFilmMaker(gate)
    with (
        open_test_studio(folder / "w", maker, public_url=url, workers=1, **made) as opened,
        served(opened, listener),
    ):
        try:
            yield opened
        finally:
            if gate is not None:
                gate.set()


@contextmanager
def filming_studio(folder: Path, **made: Any) -> Iterator[Studio]:
    """Serve a studio that really speaks and films. `made` goes to `open_studio`."""
    listener = bind("127.0.0.1", 0)
    url = url_of(listener, "127.0.0.1")
    with (
        open_studio(folder / "w", public_url=url, workers=1, **made) as opened,
        served(opened, listener),
    ):
        yield opened


@contextmanager
def watched_tab(profile: Path, width: int, height: int = 900) -> Iterator[Tab]:
    """Start a browser so large; nothing that it shows may trouble it or ask by a native dialog."""
    with browser(profile) as opened:
        opened.screen(width, height)
        yield opened
        assert opened.dialogs == []
        assert opened.troubles == []


@contextmanager
def hasty_tab(profile: Path, studio: Studio) -> Iterator[Tab]:
    """Start a browser at the studio's page, which waits for no poll."""
    with watched_tab(profile, 1440, 1000) as opened:
        opened.do("Page.addScriptToEvaluateOnNewDocument", source=HASTE)
        open_studio_page(opened, studio)
        yield opened


def person(tab: Tab, studio: Studio) -> Caller:
    """Return the person whose session the studio's own page has."""
    kept = tab.run("JSON.parse(sessionStorage['storyboard.user-session'])")
    return Caller(studio, kept["ks"])


def end_session(tab: Tab, user: Caller) -> str:
    """End the page's session, and spoil the key it gets another with. Returns the good key."""
    key = str(tab.run("sessionStorage['storyboard.key']"))
    tab.run("void (sessionStorage['storyboard.key'] = 'of-another-studio')")
    user.service("session.end", ks=user.ks)
    return key


def texts(tab: Tab, selector: str) -> list[str]:
    """Return the texts of all elements that a selector names."""
    query = json.dumps(selector)
    return list(
        tab.run(f"Array.from(document.querySelectorAll({query}), (n) => n.textContent.trim())")
    )


def settle(tab: Tab) -> None:
    """Wait until nothing is loaded any more."""
    loaded = "performance.getEntriesByType('resource').length"
    tab.wait(f"""new Promise((done) => {{
      const look = (before) => {loaded} === before ? done(true) : setTimeout(look, 500, {loaded});
      look(-1);
    }})""")
