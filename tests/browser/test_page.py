"""The studio's page in a real browser: what a person sees, and what hostile words cannot do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from storyboard.studio.local import Studio
from storyboard.wire import MAX_NAME
from tests.browser.chromium import Tab
from tests.browser.reading import CONTRAST, NAMED
from tests.browser.rig import watched_tab
from tests.contract.studio_rig import (
    HELLO,
    Caller,
    caller,
    write_movie,
    write_picture,
)

pytestmark = pytest.mark.browser

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "<svg onload=alert(3)><a href=javascript:alert(4)>x</a>",
    "\u202eesrever dna ,\u05e9\u05dc\u05d5\u05dd 2025",
    "{{7*7}}${7*7}&lt;b&gt;",
)
LONG = "x" * 4000


@pytest.fixture
def user(studio: Studio) -> Caller:
    return caller(studio)


@pytest.fixture
def tab(tmp_path: Path) -> Iterator[Tab]:
    with watched_tab(tmp_path / "profile", 1280) as opened:
        yield opened


def say(text: str) -> dict[str, object]:
    return {"narration": {"text": text}}


def film(user: Caller, *scenes: dict[str, object], name: str = "Overview") -> str:
    video_id = user.video(*scenes, name=name)
    user("video/generate", id=video_id)
    user.wait(video_id, "ready")
    return video_id


def texts(tab: Tab, selector: str) -> list[str]:
    query = json.dumps(selector)
    return list(tab.run(f"Array.from(document.querySelectorAll({query}), (n) => n.textContent)"))


def go(tab: Tab, place: str, sign: str) -> None:
    tab.run(f"location.hash = {json.dumps(place)}")
    tab.wait(f"!!document.querySelector({json.dumps(sign)})")


def test_an_empty_studio_says_how_to_begin(studio: Studio, tab: Tab) -> None:
    tab.open(studio.page_url)
    tab.wait("!!document.querySelector('.nothing')")
    assert "storyboard init" in texts(tab, ".nothing pre")[0]
    for place in ("avatars", "media", "requests"):
        go(tab, place, f".{place} .nothing")
    go(tab, "contract", ".contract table")
    assert len(texts(tab, ".switches > li")) > 10
    assert not texts(tab, ".switches > [data-changed]")


def test_the_key_is_gone_from_the_address_and_a_reload_needs_none(studio: Studio, tab: Tab) -> None:
    tab.open(studio.page_url)
    tab.wait("!!document.querySelector('.view')")
    assert tab.run("location.href") == f"{studio.public_url}/__studio/#videos"
    assert tab.run("document.cookie + JSON.stringify({...localStorage})") == "{}"
    tab.do("Page.reload")
    tab.wait("document.getElementById('state')?.dataset.kind === 'live'")
    key = studio.page_url.partition("#key=")[2]
    asked = [url for url in tab.requests if url.startswith("http")]
    assert all(url.startswith(studio.public_url) for url in asked)
    assert not [url for url in asked if url != studio.page_url and (key in url or "djJ8" in url)]


def test_a_studio_that_is_gone_is_waited_for(studio: Studio, user: Caller, tab: Tab) -> None:
    tab.open(studio.page_url)
    tab.wait("document.getElementById('state')?.dataset.kind === 'live'")
    link = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    tab.do("Network.emulateNetworkConditions", offline=True, **link)
    tab.wait("document.getElementById('state').textContent.includes('does not answer')")
    user.video(name="Added meanwhile")
    tab.do("Network.emulateNetworkConditions", offline=False, **link)
    tab.wait("document.querySelector('.card h2')?.textContent === 'Added meanwhile'")
    assert tab.run("document.getElementById('state').textContent") == "live"
    assert all("ERR_INTERNET_DISCONNECTED" in trouble for trouble in tab.troubles)
    tab.troubles.clear()


def test_localhost_leads_to_the_same_page_with_its_key(studio: Studio, tab: Tab) -> None:
    tab.open(studio.page_url.replace("127.0.0.1", "localhost"))
    tab.wait("!!document.querySelector('.view')")
    assert tab.run("location.href") == f"{studio.public_url}/__studio/#videos"


def test_without_a_key_nothing_is_shown_until_a_session_is_pasted(
    studio: Studio, user: Caller, tab: Tab
) -> None:
    user.video(name="Not for everybody")
    tab.open(f"{studio.public_url}/__studio/")
    tab.wait("!!document.querySelector('.locked')")
    assert "Not for everybody" not in tab.run("document.documentElement.outerHTML")
    paste = "document.getElementById('ks').value = {}; document.querySelector('button').click()"
    tab.run(f"void (() => {{ {paste.format(json.dumps(user.ks))} }})()")
    tab.wait("document.querySelector('.refused').textContent.length > 0")
    tab.run(f"void (() => {{ {paste.format(json.dumps(studio.admin_session()))} }})()")
    tab.wait("!!document.querySelector('.card')")
    assert texts(tab, ".card h2") == ["Not for everybody"]


def test_a_film_plays_with_its_captions(studio: Studio, user: Caller, tab: Tab) -> None:
    video_id = film(
        user, say("Welcome to the training overview."), say("And this is the rest of it.")
    )
    tab.open(studio.page_url)
    tab.wait("!!document.querySelector('.card img')?.naturalWidth")
    tab.run("document.querySelector('.card a').focus()")
    tab.press("Enter")
    tab.wait("document.querySelector('video')?.textTracks.length === 2")
    tracks = "Array.from(document.querySelector('video').textTracks, (t) => [t.kind, t.mode])"
    assert tab.run(tracks) == [["captions", "showing"], ["chapters", "disabled"]]
    tab.run("document.querySelector('video').play()")
    tab.wait("document.querySelector('video').currentTime > 0.3")
    cue = "document.querySelector('video').textTracks[0].activeCues[0]?.text"
    assert tab.wait(cue) == "Welcome to the training overview."
    assert texts(tab, ".narration") == [
        "Welcome to the training overview.",
        "And this is the rest of it.",
    ]
    user("video/update", id=video_id, name="Renamed while it plays")
    tab.wait("document.querySelector('h1').textContent === 'Renamed while it plays'")
    assert tab.run("document.querySelector('video').currentTime") > 0.3


def test_progress_is_seen_scene_by_scene_until_the_film_is_there(
    studio: Studio, user: Caller, tab: Tab, gate: Event
) -> None:
    gate.clear()
    video_id = user.video(HELLO, HELLO)
    user("video/generate", id=video_id)
    tab.open(f"{studio.page_url}")
    tab.wait("!!document.querySelector('.card progress[value]')")
    tab.run("document.querySelector('.card a').focus()")
    again = user.video(HELLO)
    user("video/generate", id=again)
    tab.wait("document.querySelectorAll('.card progress').length === 2")
    assert tab.run("document.activeElement.hash") == f"#videos/{video_id}"
    go(tab, f"videos/{video_id}", ".scenes progress")
    tab.wait("document.querySelector('.scenes progress').value > 0")
    bars = tab.run("Array.from(document.querySelectorAll('.scenes progress'), (n) => n.value)")
    assert len(bars) == 2
    assert all(0 < share < 100 for share in bars)
    gate.set()
    tab.wait("!!document.querySelector('.film video')")
    assert texts(tab, ".head .chip") == ["ready"]


def test_a_failure_names_its_reason_and_its_scene(studio: Studio, user: Caller, tab: Tab) -> None:
    video_id = user.video(say("Long enough to be spoken, this one."), say("No."))
    user("video/generate", id=video_id)
    user.wait(video_id, "generate-error")
    tab.open(studio.page_url)
    tab.wait("!!document.querySelector('.card .reason')")
    go(tab, f"videos/{video_id}", ".trouble:not([hidden])")
    assert "speech-too-short: scene 2: " in texts(tab, ".trouble p")[0]
    assert texts(tab, "li[data-failed] .narration") == ["No."]


def test_hostile_words_stay_words_everywhere(
    studio: Studio, user: Caller, tab: Tab, tmp_path: Path
) -> None:
    for text in HOSTILE:
        film(user, say(f"{text} and long enough to be spoken."), name=text)
    user.video(say(LONG), name=LONG[:MAX_NAME])
    stranger = caller(studio, HOSTILE[1])
    stranger.video(name="Of a stranger")
    for name in (HOSTILE[1].replace("/", ""), "clip.mp4"):
        make = write_movie if name.endswith("mp4") else write_picture
        path = tmp_path / (name if name.endswith("mp4") else "x.png")
        make(path, 2) if make is write_movie else make(path)  # type: ignore[operator]
        renamed = path.rename(tmp_path / name)
        studio.add_media(renamed)
    user("video/get", id=HOSTILE[0])
    tab.open(studio.page_url)
    tab.wait("!!document.querySelector('.card')")
    assert {*HOSTILE, LONG[:MAX_NAME], "Of a stranger"} == set(texts(tab, ".card h2"))
    for video in user("video/list")["objects"]:
        go(tab, f"videos/{video['id']}", ".scenes .narration")
        tab.wait(f"document.querySelector('h1').textContent === {json.dumps(video['name'])}")
        assert texts(tab, ".narration") == [video["scenes"][0]["narration"]["text"]]
    go(tab, "media", ".media .card")
    assert HOSTILE[1] in texts(tab, ".card h2")
    go(tab, "requests", ".calls details")
    assert HOSTILE[0] in " ".join(texts(tab, ".calls pre"))
    go(tab, "avatars", ".avatars .card")
    assert HOSTILE[1] in texts(tab, "dd")
    assert not tab.run("document.querySelectorAll('main script, main svg, main [onerror]').length")


def test_the_policy_stops_what_a_script_would_write(studio: Studio, tab: Tab) -> None:
    tab.open(studio.page_url)
    tab.wait("!!document.querySelector('.view')")
    write = "(() => { try { document.body.innerHTML = '<b>x</b>'; return 'written' } "
    assert tab.run(write + "catch (cause) { return cause.name } })()") == "TypeError"
    inline = (
        "(() => { const node = document.createElement('style'); node.textContent = "
        "'main { display: none }'; document.head.append(node); "
        "return getComputedStyle(document.querySelector('main')).display })()"
    )
    assert tab.run(inline) == "block"
    refused = tab.run("fetch('http://127.0.0.1:9/').then(() => 'sent', (cause) => cause.name)")
    assert refused == "TypeError"
    assert len(tab.complaints("style-src", "127.0.0.1:9")) >= 2


def test_a_request_is_unfolded_filtered_and_copied(studio: Studio, user: Caller, tab: Tab) -> None:
    user("video/get", id="nothing")
    user("video/list")
    user("video/list")
    allowed = ["clipboardReadWrite", "clipboardSanitizedWrite"]
    tab.do("Browser.grantPermissions", permissions=allowed)
    tab.open(studio.page_url)
    tab.wait("!!document.querySelector('.view')")
    go(tab, "requests", ".calls details")
    assert texts(tab, ".calls .action") == ["video/list", "video/get", "session/start"]
    assert texts(tab, ".calls .times") == ["× 2", "", ""]
    refused = ".calls > li:nth-child(2)"
    tab.run(f"document.querySelector('{refused} summary').focus()")
    tab.press("Enter")
    tab.wait(f"document.querySelector('{refused} details').open")
    user("video/list")
    tab.wait("document.querySelector('.calls .times').textContent === '× 3'")
    assert tab.run(f"document.querySelector('{refused} details').open")
    tab.run(f"document.querySelector('{refused} button').click()")
    tab.wait(f"document.querySelector('{refused} [role=status]').textContent")
    [call] = [c for c in user.control("GET", "journal")["objects"] if c["code"]]
    assert tab.run("navigator.clipboard.readText()") == call["curl"]
    search = "const field = document.querySelector('input'); field.value = 'refused';"
    tab.run(f"(() => {{ {search} field.dispatchEvent(new Event('input')) }})()")
    assert texts(tab, ".calls > li:not([hidden]) .action") == ["video/get"]


def test_without_a_clipboard_the_command_is_there_to_be_copied(
    studio: Studio, user: Caller, tab: Tab
) -> None:
    user("video/list")
    tab.open(studio.page_url)
    tab.wait("!!document.querySelector('.view')")
    tab.run("void Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    go(tab, "requests", ".calls summary")
    tab.activate(".calls summary")
    tab.activate(".calls button")
    tab.wait("!!document.querySelector('.calls textarea:not([hidden])')")
    last = user.control("GET", "journal")["objects"][-1]
    assert tab.run("document.getSelection().toString()") == last["curl"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 768, 1360])
def test_it_fits_and_can_be_read(
    studio: Studio, user: Caller, tab: Tab, width: int, dark: bool
) -> None:
    video_id = film(user, say(f"{LONG[:300]} words"), name=LONG[:300])
    tab.screen(width, dark=dark)
    tab.open(studio.page_url)
    tab.wait("!!document.querySelector('.card')")
    for place, sign in (
        ("videos", ".card"),
        (f"videos/{video_id}", ".film video"),
        ("avatars", ".avatars .card"),
        ("media", ".media .nothing"),
        ("requests", ".calls"),
        ("contract", ".contract table"),
    ):
        go(tab, place, sign)
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert tab.run(overflow) <= 0, place
        assert tab.run(CONTRAST) == [], place
        assert tab.run("document.querySelectorAll('h1').length") == 1
        unnamed = "main :is(input, button, textarea, progress, a)"
        names = tab.run(f"Array.from(document.querySelectorAll('{unnamed}'), {NAMED})")
        assert all(names), place
