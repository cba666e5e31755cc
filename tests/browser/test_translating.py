"""What a translator meets: long videos, pasted texts, other scripts, films in many languages."""

from __future__ import annotations

import json

import pytest

from storyboard.studio.local import Studio
from tests.browser.chromium import Tab
from tests.browser.rig import end_session
from tests.browser.test_builder import build, gate, leave_tab, say, studio, wait_state, write
from tests.contract.studio_rig import Caller

pytestmark = pytest.mark.browser
__all__ = ["gate", "studio"]

IN_SIGHT = """(() => { const box = document.querySelector(%s)?.getBoundingClientRect();
  return Boolean(box) && box.top >= 0 && box.bottom <= innerHeight; })()"""


def in_sight(selector: str) -> str:
    """Return an expression: whether an element is within the screen, from its top to its end."""
    return IN_SIGHT % json.dumps(selector)


@pytest.mark.parametrize("size", [(1440, 1000), (390, 844)], ids=["wide", "narrow"])
def test_edits_that_cannot_be_saved_are_told_where_a_person_writes(
    studio: Studio, user: Caller, tab: Tab, size: tuple[int, int]
) -> None:
    tab.screen(*size)
    build(tab, user, *(say(f"Scene {number} says this.") for number in range(20)))
    end_session(tab, user)
    write(tab, 19, " More.")
    leave_tab(tab)
    wait_state(tab, "session has ended")
    tab.wait(in_sight(".builder-bar"))
    assert tab.run(in_sight(".scene:nth-child(20) .scene-text"))
    assert not tab.run("""(() => { const bar = document.querySelector('.builder-bar')
        .getBoundingClientRect();
      return [...document.querySelectorAll('.builder-middle, .builder-side')].some((node) => {
        const { top, bottom } = node.getBoundingClientRect();
        return getComputedStyle(node).position === 'sticky' && top < bar.bottom && bottom > bar.top;
      }); })()""")
    tab.troubles.clear()
