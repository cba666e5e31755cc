"""Whoever uses keys stays where they are when what has the focus goes away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.browser.application import module_result
from tests.browser.building import build, menu, say
from tests.browser.chromium import Tab
from tests.browser.stand import drop_files
from tests.contract.studio_rig import Caller

pytestmark = pytest.mark.browser

FOCUSED = """(({ ariaLabel, labels, textContent }) =>
  ariaLabel || (labels?.[0]?.textContent ?? textContent).trim())(document.activeElement)"""


def press_away(tab: Tab, selector: str, then: str) -> None:
    """Press a button by a key, which takes it away, and wait for what has the focus then."""
    found = f"document.querySelector({json.dumps(selector)})"
    tab.wait(f"!!{found}")
    tab.run(f"{found}.focus()")
    tab.press("Enter")
    tab.wait(f"!{found} && {FOCUSED} === {json.dumps(then)}")


def test_the_focus_stays_near_what_went_away(user: Caller, tab: Tab, tmp_path: Path) -> None:
    build(tab, user, say("The only one."))
    tab.activate("[role=tab]", 1)
    tab.wait("!!document.querySelector('.uploads')")
    wrong = tmp_path / "notes.txt"
    wrong.write_text("No video.")
    drop_files(tab, ".uploads", wrong)
    press_away(tab, ".uploads-list button", "Search your media")
    module_result(tab, "app/ui/toast.js", "m.toast('It failed.', 'bad')")
    press_away(tab, ".toast button", "Search your media")
    menu(tab, 0, "Delete")
    tab.wait(f"{FOCUSED} === 'Add scene'")
    tab.press("z", control=True)
    tab.wait("document.querySelectorAll('.scene').length === 1")
    assert tab.run(FOCUSED) == "Add scene"
