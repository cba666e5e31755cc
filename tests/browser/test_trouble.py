"""What a person meets while the studio, the network or the browser fails.

No edit is lost without a word, no video or film is made twice, and nothing waits without end.
"""

from __future__ import annotations

import json
from pathlib import Path
from threading import Event

import pytest

from storyboard.studio.api.caption_services import attach
from storyboard.studio.local import Studio
from tests.browser.building import (
    build,
    calls,
    leave_tab,
    press_button,
    saved,
    say,
    wait_state,
    write,
    written,
)
from tests.browser.chromium import Tab
from tests.browser.rig import HASTE
from tests.browser.test_library import choose
from tests.browser.test_pickers import TALK, put
from tests.contract.studio_rig import Caller, write_movie
from tests.support.passing_time import eventually

pytestmark = pytest.mark.browser

OFFLINE = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
SOON = """(() => { const real = AbortSignal.timeout;
  AbortSignal.timeout = (ms) => real.call(AbortSignal, ms === 30000 ? 2000 : ms); })()"""
"""Patience of half a minute is one of two seconds."""

DEAF = """(() => { const real = fetch; globalThis.deaf = "";
  globalThis.fetch = (path, given) => !deaf || !String(path).endsWith(deaf) ? real(path, given)
    : new Promise((_, stop) => given?.signal?.addEventListener("abort", () =>
        stop(given.signal.reason))); })()"""
"""Calls of the action `deaf` get no answer."""

ANSWERS = """(() => { const real = fetch; globalThis.answer = null;
  globalThis.fetch = async (path, given) => !answer || !String(path).includes("/api/")
    ? real(path, given)
    : new Response(answer.body, { status: answer.status,
        headers: { "content-type": answer.kind } }); })()"""
"""All calls get the one `answer`."""

DIALOGS = "document.querySelectorAll('dialog[open]').length"


def lose_answer(user: Caller, action: str) -> None:
    """Have the next call of an action carried out, and its answer spoiled on its way.

    A connection that ends without one would be tried again, by the browser itself.
    """
    user.control("POST", "faults", json={"kind": "garbage", "action": action, "times": 1})


def forgive(tab: Tab) -> None:
    """Forget what the browser says of calls that came to nothing, and nothing else."""
    troubles = tab.complaints()
    assert not [told for told in troubles if not told.startswith("Failed to load resource")]


def network(tab: Tab, *, is_there: bool) -> None:
    tab.do("Network.emulateNetworkConditions", offline=not is_there, **OFFLINE)


def write_alone(tab: Tab, text: str) -> None:
    """Type at the end of the first scene once the network is gone, which moves what is below."""
    tab.enter(".scene-text")
    tab.press("End", control=True)
    network(tab, is_there=False)
    tab.type(text)


def confirm(tab: Tab) -> None:
    tab.wait("!!document.querySelector('dialog[open] .button[data-kind]:not([data-kind=bare])')")
    tab.activate("dialog[open] .dialog-foot button", -1)


def test_a_studio_that_says_nothing_counts_as_gone(user: Caller, tab: Tab) -> None:
    tab.run(f"void ({SOON}, {DEAF})")
    video_id = build(tab, user)
    tab.run("void (deaf = 'video/update')")
    write(tab, 0, " Kept.")
    leave_tab(tab)
    wait_state(tab, "does not answer")
    tab.activate(".builder-home")
    tab.wait(f"{DIALOGS} === 1")
    tab.press("Escape")
    tab.run("void (deaf = '')")
    wait_state(tab, "Saved")
    assert saved(user, video_id)[0] == "The first. Kept."


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (200, "text/html", "<h1>Sign in to this network</h1>"),
        (200, "application/json", '{"objects": ['),
        (200, "application/json", "null"),
        (502, "text/html", "<h1>Bad gateway</h1>"),
        (500, "application/json", '{"code": "INTERNAL_SERVER_ERROR", "message": "Failed"}'),
        (429, "application/json", '{"code": "ACTION_BLOCKED", "message": "Too much"}'),
    ],
    ids=["page", "half", "null", "gateway", "failed", "too much"],
)
def test_what_is_no_answer_is_waited_out_and_changes_nothing(
    user: Caller, tab: Tab, status: int, kind: str, body: str
) -> None:
    tab.run(f"void {ANSWERS}")
    video_id = build(tab, user)
    tab.run(f"void (answer = {json.dumps({'status': status, 'kind': kind, 'body': body})})")
    write(tab, 0, " Kept.")
    leave_tab(tab)
    wait_state(tab, "does not answer")
    assert written(tab) == ["The first. Kept.", "The second.", "The third."]
    tab.run("void (answer = null)")
    wait_state(tab, "Saved")
    assert saved(user, video_id)[0] == "The first. Kept."


def test_a_film_whose_answer_was_lost_is_not_begun_twice(
    user: Caller, tab: Tab, gate: Event
) -> None:
    gate.clear()
    tab.run(f"void ({SOON}, {DEAF}, (() => {HASTE})())")
    build(tab, user, say("Long enough to be spoken, this one."))
    tab.run("void (deaf = 'video/generate')")
    press_button(tab, "Generate")
    confirm(tab)
    tab.wait(
        "document.querySelector('.generate .error')?.textContent.includes('nothing was begun')"
    )
    tab.run("void (deaf = '')")
    lose_answer(user, "video/generate")
    press_button(tab, "Generate")
    confirm(tab)
    tab.wait("!!document.querySelector('.making')")
    assert len(calls(user, "video/generate")) == 1
    assert not tab.run("!!document.querySelector('.generate .error')")


def test_a_video_that_is_deleted_while_its_film_is_made_is_told(
    user: Caller, tab: Tab, gate: Event
) -> None:
    gate.clear()
    tab.run(f"void (() => {HASTE})()")
    video_id = user.video(say("Long enough to be spoken, this one."))
    user("video/generate", id=video_id)
    tab.run(f"void (location.hash = '#video/{video_id}')")
    tab.wait("!!document.querySelector('.making')")
    user("video/delete", id=video_id)
    tab.wait("document.querySelector('.builder .error')?.textContent.includes('deleted')")
    assert not tab.run("!!document.querySelector('.builder progress')")


def test_a_composition_whose_answer_was_lost_makes_no_second_video(
    user: Caller, tab: Tab, tmp_path: Path
) -> None:
    movie = write_movie(tmp_path / "a.mp4", 6).read_bytes()
    talk = put(user, "1_talk0000", "A talk", movie)
    attach(user.studio.workspace, talk, language="English", content=TALK)
    for lost, videos in (("video/add", 1), ("video/compose", 2)):
        tab.wait("!!document.querySelector('.library .button[data-kind=primary]')")
        tab.activate(".library .button[data-kind=primary]")
        tab.wait("document.querySelectorAll('.kind').length === 3")
        tab.activate(".kind", 1)
        tab.wait("!!document.querySelector('.media-tile input')")
        tab.run("document.querySelector('.media-tile input:not(:checked)')?.click()")
        tab.wait("document.querySelectorAll('.chosen li').length === 1")
        lose_answer(user, lost)
        for step in (2, 3):
            tab.activate(".dialog-foot button", -1)
            tab.wait(f"document.querySelector('.wizard h3').textContent.includes('Step {step}')")
        tab.activate(".dialog-foot button", -1)
        tab.wait("!document.querySelector('.wizard')")
        assert len(calls(user, "video/add")) == videos
        if lost == "video/add":
            tab.wait(
                "document.querySelector('.toast')?.textContent.includes('may have been added')"
            )
            tab.wait("document.querySelectorAll('.tile').length === 1")
    tab.wait("!!document.querySelector('.builder')")
    assert len(calls(user, "video/compose")) == 1


def test_a_deletion_whose_answer_was_lost_is_told_as_what_it_is(user: Caller, tab: Tab) -> None:
    user.video(name="Away")
    tab.do("Page.reload")
    tab.wait("!!document.querySelector('.tile')")
    lose_answer(user, "video/delete")
    choose(tab, "Away", "Delete")
    confirm(tab)
    tab.wait("document.querySelector('.toast')?.textContent.includes('Deleting')")
    tab.activate(".toast [data-kind=bare]")
    eventually(lambda: len(calls(user, "video/delete")) == 2)
    tab.wait("!document.querySelector('.toast') && !!document.querySelector('.empty')")


def test_a_person_is_asked_once_before_leaving(user: Caller, tab: Tab) -> None:
    build(tab, user)
    write_alone(tab, " Kept.")
    wait_state(tab, "Editing")
    home = "document.querySelector('.builder-home')"
    tab.run(f"({home}.click(), {home}.click(), history.back())")
    tab.wait(f"{DIALOGS} === 1")
    tab.press("Escape")
    tab.wait(f"{DIALOGS} === 0")
    network(tab, is_there=True)
    wait_state(tab, "Saved")
    forgive(tab)


def test_the_browser_asks_before_edits_would_be_lost(
    studio: Studio, user: Caller, tab: Tab
) -> None:
    video_id = build(tab, user)
    write_alone(tab, " Kept.")
    leave_tab(tab)
    wait_state(tab, "does not answer")
    page = tab.run("location.href")
    tab.open("about:blank")
    tab.wait("location.href === 'about:blank'")
    assert tab.leavings == [page]
    network(tab, is_there=True)
    tab.open(page)
    tab.wait("!!document.querySelector('.builder')")
    wait_state(tab, "aved")  # by the page that went, or by this one
    assert saved(user, video_id)[0] == written(tab)[0] == "The first. Kept."
    forgive(tab)


def test_a_clip_that_is_gone_is_told_before_a_film_fails_for_it(user: Caller, tab: Tab) -> None:
    gone = {"entryId": "1_gone0000", "startTime": 0}
    build(tab, user, say("Long enough to be spoken, this one.", layoutType="broll", broll=gone))
    tab.wait("document.querySelector('.reasons')?.textContent.includes('not among the media')")
    asked = len([url for url in tab.requests if "baseEntry" in url])
    write(tab, 0, " More.")
    tab.activate("[role=tab]", 1)
    tab.wait(
        "document.querySelector('.builder-side .error')?.textContent.includes('Choose another')"
    )
    assert len([url for url in tab.requests if "baseEntry" in url]) == asked
    forgive(tab)


def test_a_video_is_opened_once_the_studio_is_back(user: Caller, tab: Tab) -> None:
    video_id = build(tab, user, say("Hello."))
    tab.click(".builder-home")
    tab.wait("!document.querySelector('.builder')")
    network(tab, is_there=False)
    tab.run(f"void (location.hash = '#video/{video_id}')")
    tab.wait("!!document.querySelector('.builder-unopened')")
    network(tab, is_there=True)
    tab.wait("!!document.querySelector('.builder')")
    assert written(tab) == ["Hello."]
    forgive(tab)


def test_what_kept_a_film_from_being_made_is_forgotten_once_it_is_mended(
    user: Caller, tab: Tab
) -> None:
    video_id = build(tab, user, say("Long enough to be spoken, this one."))
    quota = {"kind": "code", "code": "QUOTA_EXCEEDED", "message": "no room"}
    user.control("POST", "faults", json={**quota, "action": "video/update", "times": 1})
    write(tab, 0, " More.")
    press_button(tab, "Generate")
    tab.wait("document.querySelector('.generate .error')?.textContent.includes('not be saved')")
    bar = "document.querySelector('.builder-bar').innerText"
    assert tab.run(bar).startswith(
        "Your edits are kept here. The studio refused them: \u2068no room"
    )
    press_button(tab, "Save again")
    wait_state(tab, "Saved")
    assert saved(user, video_id) == ["Long enough to be spoken, this one. More."]
    tab.wait("!document.querySelector('.generate .error')")
