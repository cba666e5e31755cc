"""A member of a shared studio comes in by an app token, and never sees the key of who runs it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from storyboard.studio.local import Studio
from storyboard.studio.records import session_rows
from tests.browser.chromium import Tab
from tests.browser.rig import watched_tab
from tests.contract.studio_rig import Caller

FORM = "document.querySelector('.sign-in')"
INSIDE = "!!document.querySelector('#main h1')"


@pytest.fixture
def tab(tmp_path: Path, studio: Studio) -> Iterator[Tab]:
    """A tab that came to the studio by its bare address."""
    with watched_tab(tmp_path / "profile", 1000, 900) as opened:
        opened.open(f"{studio.public_url}/")
        opened.wait(f"!!{FORM}")
        yield opened


def app_token(studio: Studio, user: str) -> tuple[str, str]:
    token = session_rows.new_app_token(studio.partner_id, user_id=user)
    with studio.workspace.store.write() as tx:
        session_rows.add_app_token(tx, token, session_rows.Maker.API, now=1.0, real=1.0)
    return token.id, token.token


def sign_in(tab: Tab, studio: Studio, token_id: str, token: str) -> None:
    told = {"partner": studio.partner_id, "id": token_id, "token": token}
    tab.run(
        f"void Object.entries({json.dumps(told)})"
        f".forEach(([name, value]) => {{ {FORM}.elements[name].value = value; }})"
    )
    tab.click(".sign-in button")


def reload(tab: Tab) -> None:
    """Reload, and wait until what the page was is gone."""
    tab.run("void (window.isBefore = true)")
    tab.do("Page.reload")
    tab.wait("!window.isBefore")


def test_a_member_signs_in_and_out(studio: Studio, tab: Tab) -> None:
    assert tab.run("location.pathname") == "/studio/"
    ana = Caller(studio, studio.admin_session("ana"))
    ana.video(name="Mine")
    Caller(studio, studio.admin_session("bo")).video(name="Another's")
    token_id, token = app_token(studio, "ana")
    sign_in(tab, studio, token_id, "wrong")
    tab.wait(f"{FORM}.textContent.includes('does not know this app token')")
    sign_in(tab, studio, token_id, token)
    tab.wait("!!document.querySelector('.tile')")
    shown = "[...document.querySelectorAll('.tile')].map((tile) => tile.textContent).join()"
    assert "Mine" in tab.run(shown)
    assert "Another's" not in tab.run(shown)
    reload(tab)
    tab.wait("!!document.querySelector('.tile')")
    session = tab.run("JSON.parse(sessionStorage['storyboard.user-session']).ks")
    tab.click(".sign-out")
    tab.wait(f"!!{FORM}")
    assert tab.run("JSON.stringify(sessionStorage)") == "{}"
    assert Caller(studio, session)("video/list")["code"] == "INVALID_KS"


def test_a_token_that_was_taken_away_opens_nothing_more(studio: Studio, tab: Tab) -> None:
    token_id, token = app_token(studio, "ana")
    sign_in(tab, studio, token_id, token)
    tab.wait(INSIDE)
    with studio.workspace.store.write() as tx:
        assert session_rows.delete_app_token(tx, token_id, 1 << 40)
    reload(tab)
    # A call of before the reload may have been refused, and the token forgotten then.
    tab.wait(f"!!{FORM} || document.body.textContent.includes('does not accept your app token')")
    reload(tab)
    tab.wait(f"!!{FORM}")
    tab.troubles.clear()
