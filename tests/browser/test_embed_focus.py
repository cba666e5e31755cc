"""The focus belongs to the person: a frame that opens a dialog by itself leaves it where it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyboard.studio.local import Studio
from tests.browser.chromium import Tab
from tests.browser.embedding import chrome, opens, studio, tab, user
from tests.browser.host_page import host_page
from tests.contract.studio_rig import Caller

pytestmark = pytest.mark.browser
__all__ = ["chrome", "opens", "studio", "tab", "user"]

OWN = """<input id="own"><div style="height: 3000px"></div>
<script>document.getElementById("own").focus()</script><div id="avatar-studio\""""
ONE = {"allowedProjectTypes": ["video-explainer"]}


@pytest.mark.parametrize("kinds", [{}, ONE], ids=["dialog", "wizard"])
def test_a_studio_that_begins_with_a_dialog_takes_no_focus_from_its_page(
    studio: Studio, user: Caller, tab: Tab, tmp_path: Path, kinds: dict[str, list[str]]
) -> None:
    base = f"{studio.public_url}/v1"
    options = {"ks": user.ks, "partner_id": studio.partner_id, "initialView": "projectBuilder"}
    html = host_page(base, **options, **kinds)
    page = tmp_path / "portal.html"
    page.write_text(html.replace('<div id="avatar-studio"', OWN), encoding="utf-8")
    tab.open(page.as_uri())
    tab.wait("window.isDone")
    frame = tab.frame()
    frame.wait("document.querySelector('dialog[open] button, dialog[open] .wizard')?.isConnected")
    tab.type("Still typing.")
    assert tab.run("[document.getElementById('own').value, scrollY]") == ["Still typing.", 0]
    assert not frame.run("document.querySelector('dialog').inert")
    tab.press("Tab")
    frame.wait("document.activeElement.closest('dialog[open]')?.isConnected")
