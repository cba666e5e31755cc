"""The builder in the frame of another page: a session that ends, and a page that goes away."""

from __future__ import annotations

import json
from typing import Any

import pytest

from storyboard.studio.local import Studio
from tests.browser.application import FILES
from tests.browser.chromium import Frame, Tab
from tests.browser.embedding import Opens, chrome, embedded, opens, studio, tab, user
from tests.contract.studio_rig import Caller, caller
from tests.support.passing_time import eventually

pytestmark = pytest.mark.browser
__all__ = ["chrome", "embedded", "opens", "studio", "tab", "user"]


def build(frame: Frame, video_id: str) -> None:
    to = json.dumps({"view": "builder", "id": video_id})
    frame.run(f"import({FILES} + 'app/router.js').then((m) => void m.go({to}))")
    frame.wait("!!document.querySelector('.scene-text')")


def write(frame: Frame, text: str) -> None:
    frame.run(f"""(() => {{ const field = document.querySelector('.scene-text');
      field.value = {json.dumps(text)};
      field.dispatchEvent(new Event('input', {{ bubbles: true }})); }})()""")


def said(user: Caller, video_id: str) -> Any:
    return user("video/get", id=video_id)["scenes"][0]["narration"]["text"]


def test_an_ended_session_keeps_the_text_and_locks_nobody_in(
    studio: Studio, tab: Tab, embedded: Opens
) -> None:
    ending = caller(studio)
    video_id = ending.video()
    frame = embedded(ks=ending.ks)
    build(frame, video_id)
    ending.service("session.end", ks=ending.ks)
    write(frame, "Typed in an ended session.")
    frame.activate(".builder-home")
    frame.wait("!!document.querySelector('dialog[open]')")
    frame.wait("document.querySelector('.builder-bar').textContent.includes('session has ended')")
    frame.activate("dialog .button")
    assert frame.run("document.querySelector('.scene-text').value").startswith("Typed in")
    fresh = caller(studio)
    tab.run(f"void workspace.session.setData({{ ks: {json.dumps(fresh.ks)} }})")
    frame.wait("document.querySelector('.save-state').textContent.includes('Saved')")
    assert said(fresh, video_id) == "Typed in an ended session."


def test_a_page_that_ends_the_studio_saves_what_was_typed(
    user: Caller, tab: Tab, embedded: Opens
) -> None:
    video_id = user.video()
    frame = embedded()
    build(frame, video_id)
    write(frame, "Typed last.")
    tab.run("void workspace.kill()")
    eventually(lambda: said(user, video_id) == "Typed last.")
