"""Undo by keys: of what was done last, on any keyboard, wherever the caret is."""

from __future__ import annotations

import pytest

from tests.browser.building import build, menu, press_button, settle, write, written
from tests.browser.chromium import Tab
from tests.contract.studio_rig import Caller

pytestmark = pytest.mark.browser

THREE = ["The first.", "The second.", "The third."]


def test_a_removed_scene_comes_back_by_undo_though_the_caret_is_in_a_text(
    user: Caller, tab: Tab
) -> None:
    build(tab, user)
    write(tab, 0, " Typed.")
    menu(tab, 1, "Delete")
    assert tab.run("document.activeElement.className") == "scene-text"
    tab.press("z", control=True)
    settle(tab)
    assert written(tab) == ["The first. Typed.", *THREE[1:]]
    tab.press("z", control=True)
    settle(tab)
    assert written(tab) == THREE
    tab.press("z", control=True, shift=True)
    tab.press("y", control=True)
    settle(tab)
    assert written(tab) == ["The first. Typed.", "The third."]
    tab.click(".builder-name input")
    tab.press("z", control=True)
    settle(tab)
    assert written(tab) == ["The first. Typed.", *THREE[1:]]


def test_what_is_typed_is_undone_by_the_field_it_was_typed_in(user: Caller, tab: Tab) -> None:
    build(tab, user)
    menu(tab, 2, "Delete")
    write(tab, 0, " Typed.")
    tab.press("z", control=True)
    settle(tab)
    assert written(tab) == THREE[:2]


def test_undo_is_where_it_is_on_keyboards_of_other_letters(user: Caller, tab: Tab) -> None:
    build(tab, user)
    press_button(tab, "Add scene")
    settle(tab)
    tab.run("document.activeElement.blur()")
    for held, has in (({"control": True}, 3), ({"control": True, "shift": True}, 4)):
        tab.press("ז", code="KeyZ", **held)
        settle(tab)
        assert len(written(tab)) == has
