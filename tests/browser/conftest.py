"""The studio in a browser, as most tests of its pages have it; some bring a tab of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from storyboard.export.single import write_single
from storyboard.studio.local import Studio
from tests.browser.application import open_studio_page
from tests.browser.chromium import Tab
from tests.browser.rig import person, served_studio, watched_tab
from tests.contract.studio_rig import Caller


@pytest.fixture
def gate() -> Event:
    """What films wait for, which is open."""
    opened = Event()
    opened.set()
    return opened


@pytest.fixture
def studio(tmp_path: Path, gate: Event) -> Iterator[Studio]:
    """A studio on a port, with nothing in it."""
    with served_studio(tmp_path, gate, storyboard=write_single) as opened:
        yield opened


@pytest.fixture
def tab(tmp_path: Path, studio: Studio) -> Iterator[Tab]:
    """A large tab with the library of that studio."""
    with watched_tab(tmp_path / "profile", 1440, 1000) as opened:
        open_studio_page(opened, studio)
        yield opened


@pytest.fixture
def user(studio: Studio, tab: Tab) -> Caller:
    """Whose session the page has."""
    return person(tab, studio)
