"""What a person does in the builder, and what is there then: by the page, and by the studio."""

from __future__ import annotations

import json
from typing import Any

from tests.browser.chromium import Tab
from tests.contract.studio_rig import Caller
from tests.support.passing_time import eventually


def say(text: str, **more: Any) -> dict[str, Any]:
    return {"layoutType": "full-screen", "narration": {"text": text}, **more}


THREE = (say("The first."), say("The second."), say("The third."))


def build(tab: Tab, user: Caller, *scenes: dict[str, Any], name: str = "Overview") -> str:
    """Open a new video in the builder, and return its id."""
    video_id = user.video(*(scenes or THREE), name=name)
    tab.run(f"void (location.hash = '#video/{video_id}')")
    tab.wait("!!document.querySelector('.builder')")
    return video_id


def written(tab: Tab) -> list[str]:
    """Return what the fields of the scenes say."""
    return list(tab.run("Array.from(document.querySelectorAll('.scene-text'), (n) => n.value)"))


def saved(user: Caller, video_id: str) -> list[str]:
    """Return what the studio has."""
    told = user("video/get", id=video_id)["scenes"]
    return [(scene.get("narration") or {}).get("text", "") for scene in told]


def write(tab: Tab, index: int, text: str) -> None:
    """Type at the end of a scene's text."""
    tab.enter(f".scene:nth-child({index + 1}) .scene-text")
    tab.press("End", control=True)
    tab.type(text)


def wait_state(tab: Tab, words: str) -> None:
    tab.wait(f"document.querySelector('.save-state').textContent.includes({json.dumps(words)})")


def leave_tab(tab: Tab) -> None:
    """Have the page believe that the person looks at another tab, and comes back."""
    tab.run("""void (Object.defineProperty(document, 'hidden', { value: true, configurable: true }),
      document.dispatchEvent(new Event('visibilitychange')))""")


def come_back(tab: Tab) -> None:
    tab.run("""void (Object.defineProperty(document, 'hidden', { value: false,
          configurable: true }),
      document.dispatchEvent(new Event('visibilitychange')))""")


def press_button(tab: Tab, words: str) -> None:
    """Click the button of these words."""
    found = f"""[...document.querySelectorAll('button')].find((node) =>
      (node.ariaLabel || node.textContent).trim() === {json.dumps(words)} && !node.ariaDisabled)"""

    def took() -> bool:
        """Press where it is; what comes up beside it just then may push it away."""
        tab.wait(f"""(() => {{
          const node = {found};
          node?.setAttribute('data-found', '');
          node?.addEventListener('click', () => {{ globalThis.took = true; }}, {{ capture: true }});
          return !!node;
        }})()""")
        tab.click("[data-found]")
        return bool(tab.run("globalThis.took"))

    tab.run("globalThis.took = false")
    eventually(took)
    tab.run("document.querySelector('[data-found]')?.removeAttribute('data-found')")


def settle(tab: Tab) -> None:
    """Wait until what was done is drawn: a list that scrolls moves what is to be clicked."""
    tab.run(
        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
    )


def menu(tab: Tab, index: int, words: str) -> None:
    """Choose from the menu of a scene."""
    tab.click(f".scene:nth-child({index + 1}) [aria-haspopup=menu]")
    tab.wait("!!document.querySelector('[role=menu]')")
    rows = f"""[...document.querySelectorAll('[role=menuitem]')].findIndex((node) =>
      node.querySelector('span').textContent.startsWith({json.dumps(words)}))"""
    at = tab.run(rows)
    assert at >= 0, words
    tab.click(f"[role=menuitem]:nth-child({at + 1})")
    settle(tab)


def told(tab: Tab) -> str:
    return str(tab.run("document.querySelector('.builder > .visually-hidden').textContent"))


def calls(user: Caller, *actions: str) -> list[str]:
    found = [call["action"] for call in user.control("GET", "journal")["objects"]]
    return [action for action in found if action in actions]
