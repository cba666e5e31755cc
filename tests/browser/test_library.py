"""The library in a browser: its grid, films, new videos, and bad days; by mouse and by keyboard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from storyboard.studio.local import Studio
from tests.browser.application import module_result, open_studio_page
from tests.browser.chromium import Tab
from tests.browser.reading import CONTRAST, NAMED
from tests.browser.rig import HASTE, person, texts, watched_tab
from tests.contract.studio_rig import HELLO, Caller
from tests.support.passing_time import eventually

pytestmark = pytest.mark.browser

SECOND = {"narration": {"text": "And this is the second scene of it."}}
FOCUSED = "document.activeElement.textContent.trim()"
VIDEO = "document.querySelector('dialog video')"
DIALOG = "!!document.querySelector('dialog[open]')"


@pytest.fixture
def tab(tmp_path: Path) -> Iterator[Tab]:
    with watched_tab(tmp_path / "profile", 1280) as opened:
        yield opened


@pytest.fixture
def user(studio: Studio, tab: Tab) -> Caller:
    """Return whose videos the page shows; the page is open, and its library is empty."""
    open_studio_page(tab, studio)
    tab.wait("!!document.querySelector('.empty')")
    return person(tab, studio)


def film(user: Caller, *scenes: dict[str, object], name: str = "Overview") -> str:
    video_id = user.video(*scenes, name=name)
    user("video/generate", id=video_id)
    user.wait(video_id, "ready")
    return video_id


def reload(tab: Tab, sign: str = ".tile") -> None:
    """Load the page anew, and wait for a sign of what it shows then."""
    tab.run("void (globalThis.isOld = true)")
    tab.do("Page.reload")
    tab.wait("!globalThis.isOld && document.readyState === 'complete'")  # with its styles
    tab.wait(f"!!document.querySelector({json.dumps(sign)})")


def calls(user: Caller, action: str) -> list[dict[str, Any]]:
    return [call for call in user.control("GET", "journal")["objects"] if call["action"] == action]


def choose(tab: Tab, name: str, row: str) -> None:
    """Choose from the menu of the video with this name."""
    find = f"""Array.from(document.querySelectorAll('.tile')).find((tile) =>
      tile.querySelector('.tile-name').textContent.trim() === {json.dumps(name)})"""
    tab.run(f"{find}.querySelector('.menu > button').click()")
    tab.wait(f"!!{find}.querySelector('[role=menuitem]')")
    tab.run(f"""Array.from({find}.querySelectorAll('[role=menuitem]')).find((item) =>
      item.textContent.trim() === {json.dumps(row)}).click()""")


def remove(tab: Tab, name: str) -> None:
    """Delete the video with this name, as far as a note that offers to take it back."""
    choose(tab, name, "Delete")
    tab.wait(DIALOG)
    tab.activate("dialog footer button", -1)
    tab.wait(f"!({DIALOG}) && !!document.querySelector('.toast')")


def dismiss(tab: Tab) -> None:
    """Dismiss the note that offers to take a deletion back."""
    tab.activate(".toast [data-kind=bare]")


def set_settings(tab: Tab, **settings: object) -> None:
    """Have the door say what a host page may set."""
    told = json.dumps(settings)
    change = f"void (m.door.settings.value = {{ ...m.door.settings.value, ...{told} }})"
    module_result(tab, "app/door.js", change)


def test_the_first_video_is_made_by_keyboard_alone_and_once(tab: Tab, user: Caller) -> None:
    assert texts(tab, ".empty h2") == ["Make your first video"]
    tab.run("document.querySelector('.empty button').focus()")
    tab.press("Enter")
    tab.wait(DIALOG)
    assert texts(tab, ".kind b") == [
        "Start from scratch",
        "Create session highlights",
        "Generate a video on any topic",
    ]
    assert tab.run(FOCUSED).startswith("Start from scratch")
    tab.press("Escape")
    tab.wait(f"!({DIALOG})")
    assert tab.run(FOCUSED) == "New video"
    tab.press("Enter")
    tab.wait(DIALOG)
    tab.press("Enter")
    tab.press("Enter")
    tab.wait("location.hash.startsWith('#video/')")
    [upsert], [add] = calls(user, "avatar/upsert"), calls(user, "video/add")
    color = {"type": "color", "color": "#CEEEDB"}
    assert upsert["body"] == {"templateId": "jane", "background": color}
    [video] = user("video/list")["objects"]
    assert add["body"]["name"] == video["name"] == "Untitled video"
    assert video["scenes"] == [{"layoutType": "full-screen"}]
    assert tab.run("location.hash") == f"#video/{video['id']}"
    assert user("avatar/get", id=video["avatarId"])["background"] == color


def test_a_button_pressed_five_times_adds_one_video(tab: Tab, user: Caller) -> None:
    set_settings(tab, allowedProjectTypes=["fromScratch"])
    tab.wait("document.querySelectorAll('.empty button').length === 1")
    button = "document.querySelector('.empty button')"
    tab.run(f"void (() => {{ for (let i = 0; i < 5; i++) {button}.click() }})()")
    tab.wait("location.hash.startsWith('#video/')")
    assert len(calls(user, "video/add")) == 1
    assert not tab.run(DIALOG)


def test_the_host_says_which_kinds_there_are(tab: Tab, user: Caller) -> None:
    set_settings(tab, allowedProjectTypes=[])
    tab.wait("!document.querySelector('.empty button')")
    assert "does not allow" in texts(tab, ".empty p")[0]
    set_settings(tab, allowedProjectTypes=["video-explainer", "fromScratch"])
    tab.wait("!!document.querySelector('.empty button')")
    tab.activate(".empty button")
    tab.wait(DIALOG)
    assert texts(tab, ".kind b") == ["Start from scratch", "Generate a video on any topic"]


def test_the_other_kinds_begin_with_their_sources(tab: Tab, user: Caller) -> None:
    for kind, title in enumerate(("Create session highlights", "Generate a video on any topic")):
        tab.click(".empty .button")
        tab.wait("document.querySelectorAll('.kind').length === 3")
        tab.click(f".kinds li:nth-child({kind + 2}) button")
        tab.wait("!!document.querySelector('dialog .wizard')")
        assert texts(tab, "dialog h2") == [title]
        tab.press("Escape")
        tab.wait(f"!({DIALOG})")
    assert not calls(user, "video/add")


def test_a_new_video_waits_for_a_session_and_is_added_once(tab: Tab, user: Caller) -> None:
    set_settings(tab, allowedProjectTypes=["fromScratch"])
    module_result(tab, "app/door.js", "void (m.door.ks.value = 'ended')")
    tab.click(".empty .button")
    tab.wait("location.hash.startsWith('#video/')")
    assert [call["code"] for call in calls(user, "avatar/upsert")] == ["INVALID_KS", None]
    assert [call["code"] for call in calls(user, "video/add")] == [None]


def test_the_grid_shows_the_newest_change_first_with_its_state_in_words(
    tab: Tab, user: Caller, gate: Event
) -> None:
    draft = user.video(name="A draft")
    failed = user.video({"narration": {"text": "No."}}, name="Too short")
    user("video/generate", id=failed)
    user.wait(failed, "generate-error")
    ready = film(user, HELLO, name="With a film")
    gate.clear()
    making = user.video(name="In the making")
    user("video/generate", id=making)
    reload(tab)
    assert texts(tab, ".tile-name") == ["In the making", "With a film", "Too short", "A draft"]
    assert texts(tab, ".tile .chip") == ["Filming", "Ready", "Filming failed", "Draft"]
    assert texts(tab, ".tile time") == ["now"] * 4
    assert all(tab.run("Array.from(document.querySelectorAll('.tile time'), (n) => n.title)"))
    assert len(texts(tab, ".tile progress")) == 1
    entry = user("video/get", id=ready)["entryId"]
    tab.wait("document.querySelector('.tile img:not(.portrait)')?.naturalWidth > 0")
    still = tab.run("document.querySelector('.tile img:not(.portrait)').src")
    assert f"/thumbnail/entry_id/{entry}/" in still
    assert not [url for url in tab.requests if user.ks[:8] in url]
    user("video/update", id=draft, name="A draft, renamed")
    reload(tab)
    assert texts(tab, ".tile-name")[0] == "A draft, renamed"


def test_more_videos_come_by_pages_and_a_search_has_them_all(tab: Tab, user: Caller) -> None:
    for number in range(60):
        user.video(name=f"Lesson {number}")
    reload(tab)
    assert len(texts(tab, ".tile")) == 24
    assert texts(tab, ".library-more p") == ["24 of 60 videos are loaded."]
    tab.activate(".library-more button")
    tab.wait("document.querySelectorAll('.tile').length === 48")
    tab.run("document.querySelector('input[type=search]').focus()")
    tab.do("Input.insertText", text="LESSON 2")
    tab.wait("document.querySelectorAll('.tile').length === 15")
    tab.wait(
        "document.querySelector('.library-search [role=status]').textContent === '15 videos found.'"
    )
    assert not texts(tab, ".library-more")
    tab.run("document.querySelector('input[type=search]').select()")
    tab.do("Input.insertText", text="7 lesson")
    tab.wait("document.querySelectorAll('.tile').length === 6")
    assert texts(tab, ".tile-name")[-2:] == ["Lesson 17", "Lesson 7"]
    pages = [call["body"]["pager"] for call in calls(user, "video/list")][-3:]
    assert pages == [{"offset": offset, "limit": 24} for offset in (0, 24, 48)]
    tab.click(".tile-name")
    tab.wait("!!document.querySelector('.builder-home')")
    tab.click(".builder-home")
    tab.wait("document.querySelector('input[type=search]')?.value === '7 lesson'")
    assert len(texts(tab, ".tile")) == 6


def test_the_focus_goes_to_the_first_of_the_videos_that_came(tab: Tab, user: Caller) -> None:
    for number in range(26):
        user.video(name=f"Lesson {number}")
    reload(tab)
    tab.run("document.querySelector('.library-more button').focus()")
    tab.press("Enter")
    tab.wait("document.querySelectorAll('.tile').length === 26")
    tab.wait(f"{FOCUSED} === 'Lesson 1'")


def test_a_film_plays_with_captions_and_its_chapters_lead_into_it(tab: Tab, user: Caller) -> None:
    video_id = film(user, HELLO, SECOND, name="The film")
    entry = user("video/get", id=video_id)["entryId"]
    reload(tab)
    tab.click(".tile .picture")
    tab.wait(f"{VIDEO}?.textTracks.length === 1")
    assert texts(tab, "dialog h2") == ["The film"]
    assert tab.run("document.activeElement.tagName") == "VIDEO"
    tracks = f"Array.from({VIDEO}.textTracks, (t) => [t.kind, t.mode])"
    assert tab.run(tracks) == [["captions", "showing"]]
    tab.wait(f"{VIDEO}.currentTime > 0.2")
    tab.run(f"void ({VIDEO}.pause(), {VIDEO}.currentTime = 0.5)")
    cue = f"{VIDEO}.textTracks[0].activeCues[0]?.text"
    tab.wait(f"!{VIDEO}.seeking")
    tab.wait(f"{cue} === 'Welcome to the training overview.'")
    tab.wait("document.querySelectorAll('.chapters button').length === 2")
    assert texts(tab, ".chapters .at") == ["0:00", "0:02"]
    tab.run("document.querySelector('.chapters li:last-child button').focus()")
    tab.press("Enter")
    tab.wait(f"{VIDEO}.currentTime > 2")
    tab.wait("!!document.querySelector('.chapters li:last-child [aria-current]')")
    saved = tab.run("document.querySelector('dialog a[download]').href")
    assert user.send("GET", saved).headers["content-disposition"].startswith("attachment")
    assert f"/entryId/{entry}/" in saved
    tab.press("Escape")
    tab.wait(f"!({DIALOG})")
    assert tab.run(FOCUSED) == "The film"
    assert not [url for url in tab.requests if user.ks[:8] in url]


def test_a_film_leads_to_its_scenes(tab: Tab, user: Caller) -> None:
    video_id = film(user, HELLO)
    reload(tab)
    tab.run("document.querySelector('.tile-name').focus()")
    tab.press("Enter")
    tab.wait(DIALOG)
    edit = "Array.from(document.querySelectorAll('dialog footer button')).at(-1)"
    tab.run(f"{edit}.focus()")
    tab.press("Enter")
    tab.wait(f"location.hash === '#video/{video_id}'")
    tab.wait(f"!({DIALOG})")


def test_a_film_is_shared_by_its_address(studio: Studio, tab: Tab, user: Caller) -> None:
    entry = user("video/get", id=film(user, HELLO))["entryId"]
    tab.do(
        "Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"]
    )
    reload(tab)
    choose(tab, "Overview", "Share")
    tab.wait("!!document.querySelector('.toast')")
    assert texts(tab, ".toast span") == ["The address of the film was copied."]
    address = tab.run("navigator.clipboard.readText()")
    assert address.startswith(studio.public_url)
    assert entry in address
    assert user.send("GET", address).headers["content-type"] == "video/mp4"
    tab.run("void Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    choose(tab, "Overview", "Share")
    tab.wait(DIALOG)
    assert tab.run("document.querySelector('dialog input').value") == address
    assert tab.run("document.activeElement.selectionEnd") == len(address)


def test_a_host_that_takes_no_share_gets_no_button_and_its_links_are_web_pages(
    tab: Tab, user: Caller
) -> None:
    film(user, HELLO)
    reload(tab)
    set_settings(tab, canShare=False, hasEntryLink=True)
    for answer, shown in (("javascript:alert(1)", []), ("https://example.com/m/1", ["Open entry"])):
        told = f"void (m.door.entryLink = async () => {json.dumps(answer)})"
        module_result(tab, "app/door.js", told)
        tab.activate(".tile-name")
        tab.wait(DIALOG)
        tab.run("new Promise((done) => setTimeout(done, 50))")
        assert texts(tab, "dialog footer a[target]") == shown
        assert texts(tab, "dialog footer button") == ["Captions", "Edit"]
        tab.press("Escape")
        tab.wait(f"!({DIALOG})")
    set_settings(tab, canShare=True)
    tab.activate(".tile-name")
    tab.wait("document.querySelectorAll('dialog footer button').length === 3")
    rel = tab.wait("document.querySelector('dialog footer a[target]')?.rel")
    assert rel == "noopener noreferrer"


def test_a_video_is_deleted_after_a_question_that_begins_at_cancel(tab: Tab, user: Caller) -> None:
    for name in ("Third", "Second", "First"):
        user.video(name=name)
    reload(tab)
    choose(tab, "Second", "Delete")
    tab.wait(DIALOG)
    assert tab.run(FOCUSED) == "Cancel"
    tab.press("Enter")
    tab.wait(f"!({DIALOG})")
    assert not calls(user, "video/delete")
    choose(tab, "Second", "Delete")
    tab.wait(DIALOG)
    tab.press("Tab")
    assert tab.run(FOCUSED) == "Delete"
    tab.press("Enter")
    tab.wait("document.querySelectorAll('.tile').length === 2")
    assert texts(tab, ".tile-name") == ["First", "Third"]
    tab.wait(f"{FOCUSED} === 'Third'")
    assert not calls(user, "video/delete")
    dismiss(tab)
    eventually(lambda: len(calls(user, "video/delete")) == 1)
    assert [video["name"] for video in user("video/list")["objects"]] == ["First", "Third"]


OFFERS = """(() => { const [start, stop] = [setTimeout, clearTimeout]; let last = 0;
  globalThis.offers = new Map();
  window.setTimeout = (act, ms) => ms === 8000 ? (offers.set(--last, act), last) : start(act, ms);
  window.clearTimeout = (id) => id < 0 ? offers.delete(id) : stop(id); })()"""
"""The notes that offer something wait in `offers` until a test calls them."""


def remove_with_offer(tab: Tab, user: Caller) -> None:
    """Delete a video whose note waits in `offers`."""
    user.video(name="Away")
    reload(tab)
    tab.run(OFFERS)
    remove(tab, "Away")
    tab.wait("offers.size === 1")


def test_a_deletion_can_be_taken_back_as_long_as_it_is_offered(tab: Tab, user: Caller) -> None:
    """By the button, by keys, or by opening the video; what was taken back was never sent."""
    kept = user.video(name="Kept")
    reload(tab)
    tab.run(OFFERS)
    for way in (
        "document.querySelector('.toast .button:not([data-kind=bare])').click()",
        """dispatchEvent(new KeyboardEvent('keydown',
          { key: 'ז', code: 'KeyZ', ctrlKey: true }))""",
    ):
        remove(tab, "Kept")
        tab.wait("!!document.querySelector('.empty')")
        tab.run(f"void ({way})")
        tab.wait("document.querySelectorAll('.tile').length === 1")
        tab.wait("!document.querySelector('.toast')")
    remove(tab, "Kept")
    tab.run(f"void (location.hash = {json.dumps(f'#video/{kept}')})")
    tab.wait("document.querySelector('.builder') && !document.querySelector('.toast')")
    tab.run("history.back()")
    tab.wait("document.querySelectorAll('.tile').length === 1")
    assert tab.run("offers.size") == 0
    assert not calls(user, "video/delete")


def test_a_note_waits_for_whoever_points_at_it_and_is_sent_when_it_goes(
    tab: Tab, user: Caller
) -> None:
    remove_with_offer(tab, user)
    note = "document.querySelector('.toast')"
    tab.run(f"void {note}.dispatchEvent(new PointerEvent('pointerenter'))")
    assert tab.run("offers.size") == 0
    tab.run(f"void {note}.dispatchEvent(new PointerEvent('pointerleave'))")
    tab.run("void [...offers.values()].forEach((act) => act())")
    tab.wait(f"!{note}")
    eventually(lambda: len(calls(user, "video/delete")) == 1)


def test_a_note_waits_for_whoever_has_the_focus_in_it_wherever_the_mouse_goes(
    tab: Tab, user: Caller
) -> None:
    remove_with_offer(tab, user)
    undo = "document.querySelector('.toast .button:not([data-kind=bare])')"
    tab.run(f"{undo}.focus()")
    assert tab.run("offers.size") == 0
    tab.run("document.querySelector('.toast').dispatchEvent(new PointerEvent('pointerleave'))")
    assert tab.run("offers.size") == 0
    tab.run(f"{undo}.blur()")
    assert tab.run("offers.size") == 1


@pytest.mark.parametrize("connection", ["open", "gone"])
def test_a_page_that_is_left_sends_the_deletions_it_has(
    tab: Tab, user: Caller, connection: str
) -> None:
    """The browser asks first where the studio may not be told."""
    user.video(name="Away")
    reload(tab)
    remove(tab, "Away")
    module_result(tab, "app/api.js", f"void (m.connection.value = {connection!r})")
    page = tab.run("location.href")
    tab.open("about:blank")
    assert tab.leavings == ([page] if connection == "gone" else [])
    eventually(lambda: user("video/list")["totalCount"] == 0)


def test_a_video_that_was_deleted_elsewhere_goes_without_a_complaint(
    tab: Tab, user: Caller
) -> None:
    gone = user.video(name="Gone")
    reload(tab)
    user("video/delete", id=gone)
    remove(tab, "Gone")
    dismiss(tab)
    eventually(lambda: len(calls(user, "video/delete")) == 2)
    tab.wait("!document.querySelector('.toast') && !!document.querySelector('.empty')")


def test_a_copy_has_the_scenes_and_the_presenter_of_its_original(tab: Tab, user: Caller) -> None:
    original = user("video/get", id=user.video(HELLO, SECOND, name="Original"))
    reload(tab)
    choose(tab, "Original", "Duplicate")
    tab.wait("document.querySelectorAll('.tile').length === 2")
    copy = user("video/list", filter={"orderBy": "-createdAt"})["objects"][0]
    assert copy["name"] == "Copy of Original"
    assert (copy["scenes"], copy["avatarId"]) == (original["scenes"], original["avatarId"])
    assert len(calls(user, "video/add")) == 2


def test_states_are_followed_while_something_is_in_the_making(
    tab: Tab, user: Caller, gate: Event
) -> None:
    tab.do("Page.addScriptToEvaluateOnNewDocument", source=HASTE)
    gate.clear()
    video_id = user.video(HELLO)
    user("video/generate", id=video_id)
    reload(tab)
    assert texts(tab, ".tile .chip") == ["Filming"]
    before = len(calls(user, "video/list"))
    tab.run("document.querySelector('.tile-name').focus()")
    gate.set()
    tab.wait("document.querySelector('.tile .chip').textContent === 'Ready'")
    assert len(calls(user, "video/list")) > before
    assert tab.run(FOCUSED) == "Overview"
    settled = len(calls(user, "video/list"))
    tab.run("new Promise((done) => setTimeout(done, 400))")
    assert len(calls(user, "video/list")) == settled


def test_a_list_that_fails_is_asked_for_again(tab: Tab, user: Caller) -> None:
    user.video(name="Still here")
    reload(tab)
    fault = {"kind": "code", "action": "video/list", "code": "SERVICE_FORBIDDEN", "message": "Out"}
    user.control("POST", "faults", json=fault)
    module_result(tab, "app/router.js", "m.go({ view: 'builder', id: 'x' })")
    module_result(tab, "app/router.js", "m.go({ view: 'library' })")
    tab.wait("!!document.querySelector('.notice')")
    assert "could not be loaded" in texts(tab, ".notice span")[0]
    assert texts(tab, ".tile-name") == ["Still here"]
    user.control("DELETE", "faults")
    tab.activate(".notice button")
    tab.wait("!document.querySelector('.notice')")


def test_an_account_without_avatars_is_told_so(tab: Tab, user: Caller) -> None:
    none = """{ const real = window.fetch; window.fetch = async (path, given) =>
        String(path).endsWith("avatarTemplate/list")
          ? Response.json({ objects: [], totalCount: 0 }) : real(path, given); }"""
    tab.do("Page.addScriptToEvaluateOnNewDocument", source=none)
    reload(tab, ".empty button")
    tab.wait("!!document.querySelector('.notice')")
    [said] = texts(tab, ".notice")
    assert said.startswith("No avatars for this account")
    assert "partner/checkConfiguration" in said
    tab.activate(".empty button")
    assert not tab.run(DIALOG)


def test_whether_a_video_was_added_is_not_claimed_where_no_answer_came(
    tab: Tab, user: Caller
) -> None:
    user.control("POST", "faults", json={"kind": "garbage", "action": "video/add", "times": 1})
    set_settings(tab, allowedProjectTypes=["fromScratch"])
    tab.activate(".empty button")
    tab.wait("!!document.querySelector('.toast')")
    assert "may have been added" in texts(tab, ".toast span")[0]
    tab.wait("document.querySelectorAll('.tile').length === 1")
    assert len(calls(user, "video/add")) == 1
    tab.troubles.clear()


def test_what_the_browser_sends_again_by_itself_makes_no_second_video(
    tab: Tab, user: Caller
) -> None:
    """Chromium repeats a POST if a connection that served before breaks without an answer."""
    fault = {"kind": "drop-after", "action": "video/add", "call": 1}
    user.control("POST", "faults", json=fault)
    set_settings(tab, allowedProjectTypes=["fromScratch"])
    tab.activate(".empty button")
    tab.wait("location.hash.startsWith('#video/') || !!document.querySelector('.toast')")
    assert user("video/list")["totalCount"] == 1
    repeated = len(calls(user, "video/add")) == 2
    assert tab.run("location.hash.startsWith('#video/')") == repeated
    tab.troubles.clear()


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "\u202eesrever dna ,\u05e9\u05dc\u05d5\u05dd 2025",
    "{name} {{7*7}} ${7*7}&lt;b&gt;",
    "x" * 500,
)


def test_hostile_names_stay_names_everywhere(tab: Tab, user: Caller) -> None:
    for name in HOSTILE:
        film(user, {"narration": {"text": f"{name[:90]} and long enough to be spoken"}}, name=name)
    reload(tab)
    assert set(texts(tab, ".tile-name")) == set(HOSTILE)
    for name in HOSTILE:
        tab.run(f"""Array.from(document.querySelectorAll('.tile-name'))
          .find((node) => node.textContent.trim() === {json.dumps(name)}).click()""")
        tab.wait(DIALOG)
        assert texts(tab, "dialog h2") == [name]
        tab.press("Escape")
        tab.wait(f"!({DIALOG})")
        choose(tab, name, "Delete")
        tab.wait(DIALOG)
        assert name in texts(tab, "dialog p")[0]
        tab.press("Enter")
        tab.wait(f"!({DIALOG})")
    assert not tab.run("document.querySelectorAll('main script, main [onerror]').length")


OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("language", ["en", "he-IL"])
def test_it_fits_and_can_be_read(
    tab: Tab, user: Caller, width: int, dark: bool, language: str
) -> None:
    film(user, HELLO, SECOND, name=HOSTILE[-1])
    user.video(name="Short")
    tab.screen(width, dark=dark)
    reload(tab)
    module_result(tab, "app/door.js", f"void (m.door.language.value = '{language}')")
    direction = "rtl" if language == "he-IL" else "ltr"
    tab.wait(f"document.documentElement.dir === '{direction}'")
    for opening in (
        None,
        "document.querySelector('.library-head .button')",
        "document.querySelectorAll('.tile-name')[1]",
        "document.querySelectorAll('.tile .menu button')[1]",
    ):
        if opening:
            tab.run(f"{opening}.click()")
            tab.wait(f"{DIALOG} || !!document.querySelector('[role=menu]')")
        assert tab.run(OVERFLOW) <= 0, opening
        assert tab.run(CONTRAST) == [], opening
        names = tab.run(f"Array.from(document.querySelectorAll('button, input, a'), {NAMED})")
        assert all(names), opening
        small = """Array.from(document.querySelectorAll('button, input, a')).filter((node) =>
          node.checkVisibility() && !node.matches('.skip, .tile-name') &&
          Math.min(node.offsetWidth, node.offsetHeight) < 24).map((node) => node.outerHTML)"""
        assert tab.run(small) == [], opening
        tab.press("Escape")
        tab.wait(f"!({DIALOG})")
