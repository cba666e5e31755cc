"""A tab that is left alone: it asks for nothing that it need not, and grows by nothing.

The two hours pass in the browser's virtual time: no clock is waited for.
"""

from __future__ import annotations

import pytest

from tests.browser.chromium import Tab
from tests.browser.rig import settle
from tests.contract.studio_rig import HELLO, Caller
from tests.support.shaking import SHAKEN

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(SHAKEN, reason="a page that is slowed hardly gets on in virtual time"),
]

HOURS = 2
POLLS = HOURS * 3600 // 10
"""The guide has a video asked for every ten seconds while something is made of it (§9)."""


@pytest.fixture
def tab(tab: Tab) -> Tab:
    tab.do("Performance.enable")
    return tab


def show(tab: Tab, address: str, sign: str) -> None:
    tab.run(f"void (location.hash = {address!r})")
    tab.wait(f"!!document.querySelector({sign!r})")


def held(tab: Tab) -> dict[str, float]:
    """Return how many nodes and listeners the page holds, once the garbage is collected."""
    for _ in range(3):
        tab.do("HeapProfiler.collectGarbage")
    metrics = tab.do("Performance.getMetrics")["metrics"]
    told = {metric["name"]: metric["value"] for metric in metrics}
    return {name: told[name] for name in ("Nodes", "JSEventListeners")}


def idle(tab: Tab) -> None:
    """Let two hours pass in the page."""
    end = tab.run("Date.now()") + HOURS * 3_600_000
    tab.do(
        "Emulation.setVirtualTimePolicy",
        policy="pauseIfNetworkFetchesPending",
        budget=HOURS * 3_600_000,
        maxVirtualTimeTaskStarvationCount=100_000,
    )
    tab.wait(f"Date.now() >= {end}", 240)


def asked(tab: Tab) -> list[str]:
    tab.run("true")
    return [url for url in tab.requests if url.startswith("http")]


@pytest.mark.parametrize("view", ["library", "builder"])
def test_two_idle_hours_ask_nothing_and_leave_nothing(tab: Tab, user: Caller, view: str) -> None:
    video = user.video(HELLO, HELLO)
    show(tab, f"#video/{video}", ".presenters img")
    if view == "library":
        show(tab, "#library", ".tile")
    settle(tab)
    before, requests = held(tab), len(asked(tab))
    idle(tab)
    assert asked(tab)[requests:] == []
    after = held(tab)
    assert {name: after[name] - before[name] for name in after if after[name] > before[name]} == {}


def test_a_film_in_the_making_is_asked_for_as_the_guide_says(tab: Tab, user: Caller) -> None:
    user.control("POST", "hold")
    video = user.video(HELLO)
    user("video/generate", id=video)
    show(tab, f"#video/{video}", ".making")
    settle(tab)
    before, requests = held(tab), len(asked(tab))
    idle(tab)
    polls = asked(tab)[requests:]
    assert {url.rpartition("/api/v1/")[2] for url in polls} == {"video/get"}
    assert POLLS * 0.9 <= len(polls) <= POLLS
    after = held(tab)
    assert after["Nodes"] <= before["Nodes"] + 5
    assert after["JSEventListeners"] <= before["JSEventListeners"] + 2
    user.control("DELETE", "hold")


def test_views_that_come_and_go_leave_nothing(tab: Tab, user: Caller) -> None:
    video = user.video(HELLO, HELLO)

    def there_and_back(times: int) -> dict[str, float]:
        for _ in range(times):
            show(tab, f"#video/{video}", ".presenters img")
            show(tab, "#library", ".tile")
            tab.activate(".library-head .button")
            tab.wait("!!document.querySelector('dialog[open]')")
            tab.press("Escape")
            tab.wait("!document.querySelector('dialog')")
        settle(tab)
        return held(tab)

    before, after = there_and_back(3), there_and_back(12)
    assert after["JSEventListeners"] <= before["JSEventListeners"] + 2
    assert after["Nodes"] <= before["Nodes"] + 10
