"""A page that the browser translates: texts are taken away, each with a `<font>` in its place."""

from __future__ import annotations

import pytest

from tests.browser.building import build, leave_tab, press_button, saved, settle, write
from tests.browser.chromium import Tab
from tests.contract.studio_rig import Caller

pytestmark = pytest.mark.browser

TRANSLATE = """void (() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walk.nextNode()) if (walk.currentNode.data.trim()) found.push(walk.currentNode);
  for (const text of found.filter((node) => !node.parentNode.closest("script, textarea, font"))) {
    const shown = document.createElement("font");
    shown.textContent = `» ${text.data}`;
    %s
  }
})()"""
WAYS = {
    "replaced": "text.replaceWith(shown);",
    "put-before": "text.parentNode.insertBefore(shown, text); text.remove();",
}


@pytest.mark.parametrize("way", WAYS)
def test_what_is_said_of_a_video_stays_true(user: Caller, tab: Tab, way: str) -> None:
    video_id = build(tab, user)
    said = "document.querySelector('.save-state').textContent"
    tab.run(TRANSLATE % WAYS[way])
    assert tab.run(said) == "» All is saved"
    write(tab, 0, " More.")
    tab.wait(f"{said}.startsWith('Editing')")
    tab.run(TRANSLATE % WAYS[way])
    leave_tab(tab)
    tab.wait(f"{said}.startsWith('Saved')")
    assert saved(user, video_id)[0] == "The first. More."
    tab.run(TRANSLATE % WAYS[way])
    press_button(tab, "» Add scene")
    settle(tab)
    assert "4" in tab.run("document.querySelector('.builder-scenes h2').textContent")
