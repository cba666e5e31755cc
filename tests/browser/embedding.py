"""The guide's page from a file, with the studio in its frame: fixtures, and what runs in it.

A module that uses the fixtures imports them and names them in `__all__`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from storyboard.studio.local import Studio
from tests.browser.application import FILES, module_result
from tests.browser.chromium import Frame, Tab, browser
from tests.browser.host_page import host_page
from tests.browser.rig import served_studio
from tests.contract.studio_rig import Caller, caller

Opens = Callable[..., Frame]
VIEW = "!!document.querySelector('#main h1')"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with served_studio(tmp_path_factory.mktemp("embed")) as opened:
        yield opened


@pytest.fixture
def user(studio: Studio) -> Caller:
    return caller(studio)


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        opened.screen(1280)
        yield opened


@pytest.fixture
def tab(chrome: Tab) -> Iterator[Tab]:
    chrome.open("about:blank")
    for heard in (chrome.troubles, chrome.said, chrome.dialogs, chrome.requests):
        heard.clear()
    yield chrome
    assert chrome.dialogs == []
    assert chrome.troubles == []
    assert not [said for said in chrome.said if "djJ8" in said]


@pytest.fixture
def opens(studio: Studio, user: Caller, tab: Tab, tmp_path: Path) -> Callable[..., None]:
    """Return what opens the guide's page from a file, with other settings where they are given."""

    def opened(base: str = "", until: str = "isDone", **given: Any) -> None:
        page = tmp_path / "page.html"
        base = base or f"{studio.public_url}/v1"
        options = {"ks": user.ks, "partner_id": studio.partner_id, **given}
        page.write_text(host_page(base, **options), encoding="utf-8")
        tab.open(page.as_uri())
        tab.wait(f"window.{until}")

    return opened


@pytest.fixture
def embedded(opens: Callable[..., None], tab: Tab) -> Opens:
    """Return what opens the guide's page from a file, and gives the frame once it shows a view."""

    def opened(base: str = "", **given: Any) -> Frame:
        opens(base, **given)
        frame = tab.frame()
        frame.wait(VIEW)
        return frame

    return opened


def api(frame: Frame, expression: str) -> Any:
    """Return what a call of the interface in the frame comes to; `m` is its client."""
    return module_result(frame, "app/api.js", expression)


def door(frame: Frame, expression: str) -> Any:
    """Return what an expression of `m.door`, the frame's way to its page, comes to."""
    return module_result(frame, "app/door.js", expression)


def wait_at_door(frame: Frame, expression: str) -> None:
    """Wait until an expression of `m.door` is true."""
    frame.wait(f"import({FILES} + 'app/door.js').then((m) => {expression})")
