"""The pickers in a real browser: what a person does, what is sent for it,
and what is never sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from storyboard.studio.api.caption_services import attach
from storyboard.studio.local import Studio
from storyboard.studio.records.session import ADMIN
from tests.browser.application import module_result, open_studio_page
from tests.browser.chromium import Tab, browser
from tests.browser.reading import CONTRAST, NAMED
from tests.browser.rig import HASTE, person, served_studio
from tests.browser.stand import choose_files, drop_files, stand, text_of, write
from tests.contract.studio_rig import (
    HELLO,
    Caller,
    caller,
    write_movie,
    write_picture,
)

pytestmark = pytest.mark.browser

TALK = "WEBVTT\n\n00:01.000 --> 00:04.000\nNumbers went up this quarter for all teams.\n"
HOSTILE = "<img src=x onerror=alert(1)>\u202e.mp4"
GENERATE = (
    "[...document.querySelectorAll('.generate button')].find((it) => it.textContent === 'Generate')"
)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with served_studio(tmp_path_factory.mktemp("pickers")) as opened:
        yield opened


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory, studio: Studio) -> Iterator[Tab]:
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        opened.screen(1280)
        yield opened


@pytest.fixture
def tab(screen: Tab, studio: Studio) -> Iterator[Tab]:
    screen.open("about:blank")  # else another key behind the `#` is the same page
    Caller(studio, "").control("POST", "reset")  # nothing that the page shows goes from under it
    screen.troubles.clear()
    open_studio_page(screen, studio)
    yield screen
    assert screen.dialogs == []
    assert screen.troubles == []


@pytest.fixture
def user(studio: Studio, tab: Tab) -> Caller:
    """The person at this machine, of whom nothing is there yet."""
    return person(tab, studio)


def put(user: Caller, entry_id: str, name: str, content: bytes) -> str:
    """Upload a medium as the person whom the page is for."""
    told = user.service("session.get", ks=user.ks)
    owner = caller(user.studio, told["userId"], ADMIN)
    headers = {"Authorization": f"Bearer {owner.ks}"}
    query = {"entryId": entry_id, "name": name}
    made = user.send("POST", "/__studio/media", content=content, headers=headers, params=query)
    return str(made.json()["id"])


def sent(user: Caller, *names: str) -> list[str]:
    """Return which of these calls the studio had, oldest first."""
    calls = [call["action"] for call in user.control("GET", "journal")["objects"]]
    return [call for call in calls if call in names]


def answered(path: str) -> str:
    """Return the question whether the studio has answered a call."""
    ends = f"(it) => it.name.endsWith({json.dumps(path)}) && it.responseEnd"
    return f"performance.getEntriesByType('resource').some({ends})"


def tile(name: str) -> str:
    return f"""[...document.querySelectorAll('.media-tile')].find((it) =>
        it.textContent.includes({json.dumps(name)}))"""


def test_only_the_avatar_that_is_chosen_is_made(tab: Tab, user: Caller) -> None:
    stand(
        tab,
        "pickers/avatar_picker",
        "AvatarPicker",
        "{ avatarId: null, onChoose: (it) => got.push(it) }",
    )
    tab.wait("document.querySelectorAll('.presenters input').length === 36")
    assert tab.run("document.querySelector('.presenters input:checked').value") == "jane"
    tab.run("document.querySelector('.presenters input:checked').focus()")
    for _ in range(3):
        tab.press("ArrowRight")
    tab.wait("document.querySelector('.presenters input:checked').value === 'julia'")
    write(tab, ".color input[type=text]", "1a1a2e")
    tab.wait("document.querySelector('.stage-ground').style.background === 'rgb(26, 26, 46)'")
    tab.wait("document.querySelector('.contrast')?.textContent.includes(' : 1')")
    assert sent(user, "avatar/upsert") == []
    tab.run("document.querySelector('.avatar-picker .button[data-kind=primary]').focus()")
    tab.press("Enter")
    chosen = tab.wait("got[0]")
    assert (chosen["templateId"], chosen["background"]) == (
        "julia",
        {"type": "color", "color": "#1A1A2E"},
    )
    assert sent(user, "avatar/upsert", "avatar/preview") == ["avatar/upsert"]


def test_a_color_that_is_none_is_told_and_not_taken(tab: Tab, user: Caller) -> None:
    stand(tab, "pickers/avatar_picker", "AvatarPicker", "{ avatarId: null, onChoose() {} }")
    tab.wait("!!document.querySelector('.color input')")
    write(tab, ".color input[type=text]", "#12")
    tab.wait("document.querySelector('.color .error')?.textContent.includes('#CEEEDB')")
    assert (
        tab.run("document.querySelector('.stage-ground').style.background") == "rgb(206, 238, 219)"
    )


def test_a_background_is_a_picture_of_the_library_or_of_media(
    tab: Tab, user: Caller, tmp_path: Path
) -> None:
    put(user, "1_wall0000", "the wall", write_picture(tmp_path / "w.png").read_bytes())
    avatar = user.avatar("adam")
    props = f"{{ avatarId: {json.dumps(avatar)}, onChoose: (it) => got.push(it) }}"
    stand(tab, "pickers/avatar_picker", "AvatarPicker", props)
    tab.wait("document.querySelector('.presenters input:checked')?.value === 'adam'")
    assert "in use" in text_of(tab, ".avatar-picker .reason")
    tab.click(".segments input[value=library]")
    tab.wait("document.querySelectorAll('.rooms input').length === 13")
    tab.click(".rooms input[value=city-1]")
    tab.wait("document.querySelector('.stage-ground').src.endsWith('/city-1.jpg')")
    tab.click(".segments input[value=entry]")
    tab.wait(
        "document.querySelector('.avatar-picker .reason')?.textContent.includes('image first')"
    )
    tab.click(".backgrounds .button")
    tab.wait("!!document.querySelector('dialog .media-tile')")
    tab.click("dialog .media-tile")
    tab.wait("document.querySelector('.stage-ground')?.src.includes('1_wall0000')")
    tab.click(".avatar-picker .button[data-kind=primary]")
    assert tab.wait("got[0]")["background"] == {"type": "entry", "entryId": "1_wall0000"}


def test_media_come_in_pages_and_are_searched(tab: Tab, user: Caller, tmp_path: Path) -> None:
    movie = write_movie(tmp_path / "a.mp4", 1).read_bytes()
    for number in range(26):
        put(user, f"1_clip{number:04}", f"clip {number}", movie)
    put(user, "1_hostile0", HOSTILE, movie)
    put(user, "1_wall0000", "the wall", write_picture(tmp_path / "w.png").read_bytes())
    stand(
        tab,
        "pickers/media_picker",
        "MediaPicker",
        "{ purpose: 'video', onChoose: (it) => got.push(it) }",
    )
    tab.wait("document.querySelectorAll('.media-tile').length === 24")
    assert "27 found" in tab.run("document.body.innerText")
    told = "(it) => it.textContent.trim() && Date.parse(it.dateTime)"
    assert (
        tab.run(f"[...document.querySelectorAll('.media-tile time')].filter({told}).length") == 24
    )
    assert HOSTILE in tab.run(
        "[...document.querySelectorAll('.media-name bdi')].map((it) => it.textContent)"
    )
    tab.activate(".media > .button", -1)
    tab.wait("document.querySelectorAll('.media-tile').length === 27")
    write(tab, ".media input[type=search]", "clip 25")
    tab.wait("document.querySelectorAll('.media-tile').length === 1")
    tab.run(f"{tile('clip 25')}.focus()")
    tab.press("Enter")
    assert tab.wait("got[0]")["id"] == "1_clip0025"


def test_of_two_clips_the_one_that_was_pressed_last_is_chosen(
    tab: Tab, user: Caller, tmp_path: Path
) -> None:
    movie = write_movie(tmp_path / "a.mp4", 1).read_bytes()
    first, second = (put(user, f"1_{it}0000000", it, movie) for it in ("first", "second"))
    props = "{ purpose: 'video', onChoose: (it) => got.push(it.id) }"
    stand(tab, "pickers/media_picker", "MediaPicker", props)
    tab.wait("document.querySelectorAll('.media-tile').length === 2")
    tab.run("""void (() => { const real = fetch; globalThis.fetch = async (path, given) => {
      if (!globalThis.go && path.includes('flavorAsset'))
        await new Promise((go) => { globalThis.go = go; });
      return real(path, given); }; })()""")
    tab.run(f"{tile('first')}.click()")
    tab.wait("!!globalThis.go")
    tab.run(f"{tile('second')}.click()")
    tab.wait("got.length === 1")
    tab.run("go()")
    rate = f"m.rateFault({{ id: {json.dumps(first)}, name: 'first' }})"
    assert module_result(tab, "app/pickers/rate_fault.js", rate) is None, (
        "asked later than the first"
    )
    assert tab.run("got") == [second]


def test_the_host_narrows_what_can_be_picked(tab: Tab, user: Caller, tmp_path: Path) -> None:
    movie = write_movie(tmp_path / "a.mp4", 1).read_bytes()
    put(user, "1_clip0000", "Approved clip", movie)
    put(user, "1_clip0001", "Another", movie)
    approved = {
        "objectType": "KalturaESearchEntryItem",
        "fieldName": "name",
        "itemType": 2,
        "searchTerm": "approved",
    }
    settings = f"""m.door.settings.value = {{ ...m.door.settings.value,
        additionalEsearchFilters: {json.dumps(approved)} }}"""
    module_result(tab, "app/door.js", settings)
    stand(tab, "pickers/media_picker", "MediaPicker", "{ purpose: 'video', onChoose() {} }")
    tab.wait("document.querySelectorAll('.media-tile').length === 1")
    assert "Approved clip" in text_of(tab, ".media-tile")


def test_a_dropped_file_is_uploaded_and_chosen(tab: Tab, user: Caller, tmp_path: Path) -> None:
    stand(
        tab,
        "pickers/media_picker",
        "MediaPicker",
        "{ purpose: 'video', onChoose: (it) => got.push(it) }",
    )
    tab.wait("!!document.querySelector('.uploads')")
    drop_files(tab, ".uploads", write_movie(tmp_path / "my clip.mp4", 2))
    chosen = tab.wait("got[0]")
    assert (chosen["name"], chosen["kind"], chosen["seconds"]) == ("my clip.mp4", "video", 2)
    tab.wait("document.querySelectorAll('.media-tile').length === 1")
    steps = ("uploadToken/add", "uploadToken/upload", "media/add", "media/addContent")
    assert sent(user, *steps) == list(steps)


def test_what_is_wrong_with_a_file_is_told_at_once(tab: Tab, user: Caller, tmp_path: Path) -> None:
    stand(
        tab,
        "pickers/media_picker",
        "MediaPicker",
        "{ purpose: 'video', onChoose: (it) => got.push(it) }",
        width="17rem",
    )
    tab.wait("!!document.querySelector('.uploads')")
    phone = write_movie(tmp_path / "phone.mov", 3, Fraction(30000, 1001))
    notes, broken = tmp_path / "notes.txt", tmp_path / "broken.mp4"
    notes.write_text("hello")
    broken.write_bytes(b"nothing that moves" * 100)
    choose_files(tab, ".uploads input[type=file]", phone, notes, broken)
    tab.wait("document.querySelectorAll('.uploads-list > li[data-state=failed]').length === 3")
    told = tab.run("[...document.querySelectorAll('.uploads-list > li')].map((it) => it.innerText)")
    assert "29.97 frames a second" in told[0]
    assert "ffmpeg -i phone.mov -r 30 converted.mp4" in told[0]
    assert "not a video" in told[1]
    assert "ffmpeg -i broken.mp4" in told[2]
    hidden = "(it) => it.scrollWidth > it.clientWidth || it.scrollHeight > it.clientHeight"
    assert (
        tab.run(f"[...document.querySelectorAll('.uploads-list pre')].filter({hidden}).length") == 0
    )
    assert tab.run("got") == []
    assert sent(user, "uploadToken/add") == ["uploadToken/add"] * 2
    tokens = user.service("uploadToken.list", ks=user.ks, **{"filter:statusIn": "0,1,2"})
    assert tokens["totalCount"] == 0
    assert [
        it["name"]
        for it in user.service("baseEntry.list", ks=user.ks, **{"filter:statusIn": "2,7"})[
            "objects"
        ]
    ] == ["phone.mov"]


def test_an_upload_is_canceled_and_leaves_nothing(tab: Tab, user: Caller, tmp_path: Path) -> None:
    large = tmp_path / "large.mp4"
    large.write_bytes(write_movie(tmp_path / "a.mp4", 2).read_bytes() + bytes(3 << 20))
    stand(
        tab,
        "pickers/media_picker",
        "MediaPicker",
        "{ purpose: 'video', onChoose: (it) => got.push(it) }",
    )
    # The second part is held back until the person is tired of waiting.
    tab.run("""(() => { const real = fetch; let parts = 0; globalThis.fetch = (path, given) =>
        String(path).endsWith('/action/upload') && ++parts > 1
            ? new Promise((_, reject) => given.signal.addEventListener('abort', () =>
                reject(given.signal.reason)))
            : real(path, given); })()""")
    choose_files(tab, ".uploads input[type=file]", large)
    tab.wait("document.querySelector('.uploads progress')?.value > 0")
    tab.click(".uploads-list button")
    tab.wait("!document.querySelector('.uploads-list > li')")
    tab.wait("true")
    assert tab.run("got") == []
    wanted = {"filter:statusIn": "0,1,2"}
    tab.wait(answered("uploadToken/action/delete"))
    assert user.service("uploadToken.list", ks=user.ks, **wanted)["totalCount"] == 0
    assert (
        user.service("baseEntry.list", ks=user.ks, **{"filter:statusIn": "2,7"})["totalCount"] == 0
    )


def test_an_upload_goes_on_while_its_picker_is_away(tab: Tab, user: Caller, tmp_path: Path) -> None:
    tab.run("""(() => { const real = fetch; globalThis.fetch = async (path, given) => {
        const isPart = String(path).endsWith('/action/upload');
        if (isPart) await new Promise((go) => (globalThis.go = go));
        return real(path, given); }; })()""")
    picker = "{ purpose: 'video', onChoose: (it) => (globalThis.chosen = it) }"
    stand(tab, "pickers/media_picker", "MediaPicker", picker)
    choose_files(tab, ".uploads input[type=file]", write_movie(tmp_path / "slow.mp4", 1))
    tab.wait("typeof go === 'function'")
    stand(tab, "pickers/generate_button", "GenerateButton", PROPS["GenerateButton"])
    tab.wait("!!document.querySelector('.failed')")
    stand(tab, "pickers/media_picker", "MediaPicker", picker)
    tab.wait("document.querySelector('.upload-name')?.textContent === 'slow.mp4'")
    tab.run("go()")
    assert tab.wait("globalThis.chosen")["name"] == "slow.mp4"
    tab.wait("document.querySelector('.uploads-list > li')?.dataset.state === 'done'")


CLIP = "{ id: '1_clip0000', name: 'A clip', seconds: 10 }"


def in_point(tab: Tab, **given: Any) -> None:
    props = {"start": 3, "length": 4, "isMeasured": True, "rule": "fail"} | given
    told = json.dumps(props)[1:-1]
    stand(tab, "pickers/in_point", "InPoint", f"""(() => {{
        const props = {{ clip: {CLIP}, {told} }};
        props.onChange = (start) => {{ got.push(start); redraw({{ ...props, start }}); }};
        return props; }})()""")  # fmt: skip
    tab.wait("!!document.querySelector('.strip-range')")


def test_an_in_point_is_moved_by_keys_mouse_and_text(
    tab: Tab, user: Caller, tmp_path: Path
) -> None:
    put(user, "1_clip0000", "A clip", write_movie(tmp_path / "a.mp4", 10).read_bytes())
    in_point(tab)
    clip = "document.querySelector('.stretch video')"
    loaded = tab.run(f"{clip}.src")
    tab.run("document.querySelector('.strip-range').focus()")
    for key, shift in (
        ("ArrowRight", False),
        ("ArrowRight", True),
        ("ArrowLeft", False),
        ("End", False),
        ("Home", False),
    ):
        tab.press(key, shift=shift)
    assert tab.run("got") == [3.1, 4.1, 4, 6, 0]
    slider = "document.querySelector('.strip-range')"
    assert tab.run(
        f"[{slider}.getAttribute('aria-valuetext'), {slider}.getAttribute('aria-valuemax')]"
    ) == ["0:00.0 to 0:04.0", "6"]
    with tab.dragging(".strip-range", ".strip-stills img:nth-child(8)"):
        tab.wait("got.length === 10")
    assert tab.run("got.at(-1)") == pytest.approx(5.5, abs=0.11)
    tab.click(".strip-stills img:first-child")
    assert tab.run("got.at(-1)") == 0
    write(tab, ".in-point input", "0:02.5")
    tab.press("Enter")
    assert tab.run("got.at(-1)") == 2.5
    tab.wait(f"{clip}.currentTime === 2.5")
    assert tab.run(f"{clip}.src") == loaded, "no step loads the clip anew"
    write(tab, ".in-point input", "soon")
    tab.wait("document.querySelector('.in-point .error')?.textContent.includes('0:07.5')")
    assert tab.run("got.at(-1)") == 2.5


@pytest.mark.parametrize(
    ("rule", "words"),
    [("fail", "would fail"), ("hold-last-frame", "last picture"), ("loop", "begins again")],
)
def test_a_clip_that_is_over_is_told_as_the_studio_takes_it(
    tab: Tab, user: Caller, rule: str, words: str
) -> None:
    tab.do("Network.setBlockedURLs", urls=["*/thumbnail/*", "*/playManifest/*"])
    in_point(tab, start=8, length=4.1, rule=rule)
    told = text_of(tab, ".in-point-told")
    assert "2.1 s too short" in told
    assert words in told
    assert tab.run("document.querySelector('.strip-range').dataset.over") == "true"
    tab.do("Network.setBlockedURLs", urls=[])
    tab.troubles.clear()


def test_an_in_point_of_a_locked_video_cannot_be_moved(tab: Tab, user: Caller) -> None:
    in_point(tab, isLocked=True)
    tab.run("document.querySelector('.strip-range').focus()")
    tab.press("End")
    tab.click(".strip-stills img:last-child")
    assert tab.run("got") == []
    tab.wait("true")
    tab.troubles.clear()  # there is no such clip


def test_a_scene_is_saved_spoken_once_and_told_if_it_cannot_be_played(
    tab: Tab, user: Caller
) -> None:
    sound = f"""{{ videoId: {json.dumps(user.video(HELLO))}, index: 0, text: 'Welcome',
        avatarId: 'a', beforePlay: async () => got.push('saved') }}"""
    props = f"{{ sound: part.sceneSound({sound}), index: 0, text: 'Welcome' }}"
    stand(tab, "pickers/listen_button", "ListenButton", props)
    for _ in range(2):
        tab.click(".button[aria-label='Listen to scene 1']")
        tab.wait("document.querySelector('.error')?.textContent.includes('cannot be played')")
    assert tab.run("got") == ["saved"]
    assert sent(user, "video/previewAudio") == ["video/previewAudio"]
    stand(tab, "pickers/listen_button", "ListenButton", props.replace("'Welcome'", "' '"))
    tab.wait("document.querySelector('.reason')?.textContent.includes('no narration')")
    tab.click(".button")
    assert sent(user, "video/previewAudio") == ["video/previewAudio"]


def shown(video: dict[str, Any], **more: str) -> str:
    """Return the props of the button of a video, which is drawn anew as the studio answers it."""
    extra = "".join(f"props.{name} = {value}; " for name, value in more.items())
    return f"""(() => {{
        const props = {{ video: {json.dumps(video)} }}; {extra}
        props.onVideo = (video) => {{ got.push(video.status); props.video = video;
            redraw({{ ...props }}); }};
        return props; }})()"""


def test_a_film_is_made_watched_for_and_shown_with_captions(tab: Tab, user: Caller) -> None:
    video = user("video/get", id=user.video(HELLO, name="Overview"))
    tab.run(f"(() => {{ {HASTE} }})()")
    stand(
        tab,
        "pickers/generate_button",
        "GenerateButton",
        shown(
            video,
            lengths="[{ seconds: 4.5, isMeasured: true }]",
            save="async () => got.push('saved')",
        ),
    )
    tab.wait(f"{GENERATE}?.getAttribute('aria-disabled') === null")
    tab.run(f"{GENERATE}.focus()")
    tab.press("Enter")
    tab.wait("!!document.querySelector('dialog[open]')")
    assert "1 scene" in text_of(tab, "dialog")
    assert "0:05 long" in text_of(tab, "dialog")
    assert tab.run("document.activeElement.textContent") == "Cancel"
    tab.activate("dialog button", -1)
    tab.wait("got.includes('generating')")
    tab.wait("document.title.startsWith('Generating')")
    tab.wait("got.includes('ready')")
    tab.wait("document.querySelector('dialog video track[kind=captions]')?.default === true")
    offered = "[...document.querySelectorAll('dialog footer .button')].map((it) => it.textContent)"
    assert tab.run(offered) == ["Share", "Download", "Captions"]
    assert tab.run("got[0]") == "saved"
    assert sent(user, "video/generate") == ["video/generate"]
    asked = len(sent(user, "video/get")) - 1
    told = [what for what in tab.run("got") if what != "saved"]
    assert asked == len(told) - 1  # the first was the answer to what was sent
    assert asked <= tab.run("waits")
    tab.press("Escape")
    tab.wait("!document.querySelector('dialog')")


def test_what_keeps_a_film_from_being_made_is_said_and_leads_there(tab: Tab, user: Caller) -> None:
    video = user("video/get", id=user.video(HELLO, {"layoutType": "full-screen"}))
    stand(
        tab,
        "pickers/generate_button",
        "GenerateButton",
        shown(video, onScene="(index) => got.push(index)"),
    )
    tab.wait("!!document.querySelector('.reasons li')")
    assert text_of(tab, ".reasons li") == "Scene 2 has no narration."
    tab.run(f"{GENERATE}.click()")
    tab.click(".reasons .link")
    assert tab.run("got") == [1]
    assert tab.run("!!document.querySelector('dialog')") is False
    assert sent(user, "video/generate") == []


def test_a_failed_film_has_its_causes_and_is_reset(tab: Tab, user: Caller) -> None:
    video_id = user.video(HELLO)
    user.control("POST", "hold")
    user("video/generate", id=video_id)
    user.control("POST", f"videos/{video_id}/status", json={"status": "generate-error"})
    user.control("DELETE", "hold")
    stand(tab, "pickers/generate_button", "GenerateButton", shown(user("video/get", id=video_id)))
    tab.wait("!!document.querySelector('.failed')")
    assert "25 or 30 frames" in text_of(tab, ".failed")
    tab.click(".failed .button")
    tab.wait("got[0] === 'draft'")


def test_highlights_are_composed_by_one_video_and_one_call(
    tab: Tab, user: Caller, tmp_path: Path
) -> None:
    movie = write_movie(tmp_path / "a.mp4", 6).read_bytes()
    attach(
        user.studio.workspace,
        put(user, "1_talk0000", "A talk", movie),
        language="English",
        content=TALK,
    )
    put(user, "1_mute0000", "A mute clip", movie)
    props = """{ format: 'session-highlights', onDone: (it) => got.push(it), onClose: () =>
        got.push('closed') }"""
    stand(tab, "compose/wizard", "ComposeWizard", props)
    tab.wait("document.querySelectorAll('.media-tile').length === 2")
    assert tab.run(f"{tile('A mute clip')}.querySelector('input').disabled") is True
    assert "no captions" in tab.run(f"{tile('A mute clip')}.innerText")
    tab.run(f"{tile('A talk')}.querySelector('input').focus()")
    tab.press(" ")
    tab.wait("document.querySelectorAll('.chosen li').length === 1")
    follow = "[...document.querySelectorAll('.dialog-foot button')].at(-1)"
    tab.run(f"{follow}.click()")
    tab.wait("!!document.querySelector('.wizard textarea')")
    assert tab.run("document.activeElement.tagName") == "H3"
    write(tab, ".wizard textarea", "The numbers")
    tab.run(f"{follow}.click()")
    tab.wait("document.querySelectorAll('.wizard input[type=radio]').length === 4")
    tab.activate(".dialog-foot button")
    tab.wait("document.querySelector('.wizard textarea')?.value === 'The numbers'")
    tab.run(f"{follow}.click()")
    tab.wait("!!document.querySelector('.wizard input[value=custom]')")
    tab.click(".wizard input[value=custom]")
    tab.wait("!!document.querySelector('.wizard input[type=text]')")
    write(tab, ".wizard input[type=text]", "99:00")
    tab.run(f"{follow}.click()")
    tab.wait("document.querySelector('.wizard .error')?.textContent.includes('within the limit')")
    write(tab, ".wizard input[type=text]", "0:45")
    tab.run(f"({follow}.click(), {follow}.click())")
    done = tab.wait("got[0]")
    assert (done["status"], done["composeParams"]["duration"]) == ("composing", 45)
    assert done["composeParams"]["entryIds"] == ["1_talk0000"]
    assert done["composeParams"]["userBrief"] == "The numbers"
    assert sent(user, "video/add", "video/compose") == ["video/add", "video/compose"]
    user.wait(done["id"], "composed")


def test_highlights_are_made_of_a_recording_and_captions_that_are_uploaded(
    tab: Tab, user: Caller, tmp_path: Path
) -> None:
    """Also of a phone's: no film shows its pictures, but its words are as good as any."""
    wrong, right = tmp_path / "notes.srt", tmp_path / "talk.srt"
    wrong.write_text("no captions at all")
    right.write_text(
        "1\n00:00:00,000 --> 00:00:06,000\nÜber 300 people came to the fair in spring.\n"
    )
    props = "{ format: 'session-highlights', onDone: (it) => got.push(it), onClose: () => {} }"
    stand(tab, "compose/wizard", "ComposeWizard", props)
    tab.wait("!!document.querySelector('.wizard input[type=file]')")
    talk = write_movie(tmp_path / "A talk.mp4", 8, Fraction(30_000, 1001))
    choose_files(tab, ".wizard input[type=file]", talk)
    tab.wait("document.querySelectorAll('.media-tile[data-off]').length === 1")
    tab.wait("document.querySelectorAll('.uploads-list > li[data-state=done]').length === 1")
    choose_files(tab, ".media-list input[type=file]", wrong)
    tab.wait("document.querySelector('.media-list .error')?.textContent.includes('-->')")
    right.write_bytes(right.read_bytes()[:-1] + b"\xff")
    choose_files(tab, ".media-list input[type=file]", right)
    tab.wait("document.querySelector('.media-list .error')?.textContent.includes('UTF-8')")
    right.write_bytes(right.read_bytes()[:-1])
    choose_files(tab, ".media-list input[type=file]", right)
    tab.wait("document.querySelectorAll('.chosen li').length === 1")
    tab.wait("document.querySelectorAll('.media-tile input:checked').length === 1")
    told = tab.wait("document.querySelector('.unseen')?.innerText")
    assert "29.97 frames a second" in told
    assert "ffmpeg -i 'A talk.mp4' -r 30 converted.mp4" in told
    for _ in range(3):  # the steps
        tab.activate(".dialog-foot button", -1)
    done = user.wait(tab.wait("got[0]")["id"], "composed")
    [entry] = done["composeParams"]["entryIds"]
    assets = user.service("caption_captionAsset.list", ks=user.ks, **{"filter:entryIdEqual": entry})
    assert [(each["label"], each["status"]) for each in assets["objects"]] == [("talk.srt", 2)]
    assert "Über 300 people" in done["scenes"][0]["narration"]["text"]
    assert {scene["layoutType"] for scene in done["scenes"]} == {"full-screen"}


def test_an_explainer_is_made_of_documents_that_are_uploaded(
    tab: Tab, user: Caller, tmp_path: Path
) -> None:
    notes = tmp_path / "Notes.md"
    notes.write_text("The numbers went up this quarter. All teams can be proud of it.\n", "utf-8")
    other = tmp_path / "More.txt"
    other.write_text("Next year the numbers will go up again, as all of us expect.\n", "utf-8")
    props = "{ format: 'video-explainer', onDone: (it) => got.push(it), onClose() {} }"
    stand(tab, "compose/wizard", "ComposeWizard", props)
    tab.wait("!!document.querySelector('.wizard input[type=file]')")
    choose_files(tab, ".wizard input[type=file]", notes, other)
    tab.wait("document.querySelectorAll('.chosen li').length === 2")
    tab.wait("document.querySelectorAll('.media-tile input:checked').length === 2")
    choose_files(tab, ".wizard input[type=file]", write_movie(tmp_path / "a.mp4", 1))
    tab.wait("document.querySelector('.wizard .error')?.textContent.includes('not a document')")
    for _ in range(3):  # the steps
        tab.activate(".dialog-foot button", -1)
    done = tab.wait("got[0]")
    assert len(done["composeParams"]["entryIds"]) == 2
    user.wait(done["id"], "composed")


def test_scenes_are_replaced_only_after_a_yes(tab: Tab, user: Caller, tmp_path: Path) -> None:
    movie = write_movie(tmp_path / "a.mp4", 6).read_bytes()
    attach(
        user.studio.workspace,
        put(user, "1_talk0000", "A talk", movie),
        language="English",
        content=TALK,
    )
    video = user("video/get", id=user.video(HELLO, HELLO))
    props = f"""{{ format: 'session-highlights', video: {json.dumps(video)}, onDone: (it) =>
        got.push(it.status), onClose() {{}} }}"""
    stand(tab, "compose/wizard", "ComposeWizard", props)
    tab.wait("!!document.querySelector('.media-tile input')")
    tab.click(".media-tile input")
    for _ in range(3):
        tab.activate(".dialog-foot button", -1)
    tab.wait("document.querySelectorAll('dialog[open]').length === 2")
    assert "2 scenes" in tab.run(
        "[...document.querySelectorAll('dialog')].map((it) => it.innerText).join()"
    )
    tab.press("Enter")
    tab.wait("document.querySelectorAll('dialog').length === 1")
    assert sent(user, "video/compose", "video/update") == []
    tab.activate(".dialog-foot button", -1)
    tab.wait("document.querySelectorAll('dialog[open]').length === 2")
    tab.activate("dialog .button[data-kind=danger]", -1)
    tab.wait("got[0] === 'composing'")
    user.wait(video["id"], "composed")
    assert len(sent(user, "video/add")) == 1


def test_a_wizard_stays_in_sight_while_it_is_at_work_however_often_escape_is_pressed(
    tab: Tab, user: Caller, tmp_path: Path
) -> None:
    """Browsers let a page keep a dialog open once, and close it at the next press."""
    movie = write_movie(tmp_path / "a.mp4", 6).read_bytes()
    talk = put(user, "1_talk0000", "A talk", movie)
    attach(user.studio.workspace, talk, language="English", content=TALK)
    stand(
        tab,
        "compose/wizard",
        "ComposeWizard",
        "{ format: 'session-highlights', onDone: () => got.push(1), onClose() {} }",
    )
    tab.wait("!!document.querySelector('.media-tile input')")
    tab.click(".media-tile input")
    tab.run("""void (() => { const real = fetch; globalThis.fetch = async (path, given) => {
      if (path.endsWith('video/compose')) await new Promise((go) => { globalThis.go = go; });
      return real(path, given); }; })()""")
    for _ in range(3):
        tab.activate(".dialog-foot button", -1)
    tab.wait("!!globalThis.go")
    for _ in range(4):
        tab.press("Escape")
        tab.wait("document.querySelectorAll('dialog:modal').length === 1")
    assert tab.run("document.activeElement.closest('dialog') !== null")
    tab.run("go()")
    tab.wait("got.length === 1")
    [video] = user("video/list")["objects"]
    user.wait(video["id"], "composed")


def test_a_composition_that_is_refused_leaves_no_draft(
    tab: Tab, user: Caller, tmp_path: Path
) -> None:
    movie = write_movie(tmp_path / "a.mp4", 6).read_bytes()
    attach(
        user.studio.workspace,
        put(user, "1_talk0000", "A talk", movie),
        language="English",
        content=TALK,
    )
    props = "{ format: 'session-highlights', onDone() {}, onClose: () => got.push('closed') }"
    stand(tab, "compose/wizard", "ComposeWizard", props)
    tab.wait("!!document.querySelector('.media-tile input')")
    tab.click(".media-tile input")
    user.control(
        "POST",
        "faults",
        json={"kind": "code", "action": "video/compose", "code": "CAPTIONS_NOT_FOUND", "times": 2},
    )
    for _ in range(4):
        tab.activate(".dialog-foot button", -1)
        tab.wait("document.querySelector('.wizard').ariaBusy !== 'true'")
    tab.wait("document.querySelector('.wizard .error')?.textContent.includes('no captions')")
    tab.press("Escape")
    tab.wait("got[0] === 'closed'")
    user.control("DELETE", "faults")
    tab.wait(answered("video/delete"))
    assert sent(user, "video/add") == ["video/add"]
    assert user("video/list")["totalCount"] == 0
    stand(tab, "compose/wizard", "ComposeWizard", props)
    tab.wait("!!document.querySelector('.chosen li')")


SMALL = """[...document.querySelectorAll('#main button, #main input, dialog button, dialog input')]
    .filter((it) => it.checkVisibility() && !it.closest('label')
        && Math.min(it.offsetWidth, it.offsetHeight) < 24).map((it) => it.outerHTML)"""
UNNAMED = f"""[...document.querySelectorAll('button, input, textarea')]
    .filter((it) => !it.hidden && !({NAMED})(it)).map((it) => it.outerHTML)"""
PROPS = {
    "AvatarPicker": "{ avatarId: null, onChoose() {}, onCancel() {} }",
    "MediaPicker": "{ purpose: 'video', onChoose() {} }",
    "ComposeWizard": "{ format: 'video-explainer', onDone() {}, onClose() {} }",
    "InPoint": f"{{ clip: {CLIP}, start: 8, length: 4, rule: 'fail', onChange() {{}} }}",
    "GenerateButton": """{ video: { id: 'v', name: 'A', status: 'generate-error', scenes: [] },
        onVideo() {} }""",
}


@pytest.mark.parametrize(
    ("module", "name", "sign"),
    [
        ("pickers/avatar_picker", "AvatarPicker", ".contrast"),
        ("pickers/media_picker", "MediaPicker", ".media-tile"),
        ("pickers/in_point", "InPoint", ".strip-range"),
        ("pickers/generate_button", "GenerateButton", ".failed"),
        ("compose/wizard", "ComposeWizard", ".media-tile"),
    ],
)
def test_each_part_can_be_read_on_a_phone_in_the_dark_and_from_the_right(
    tab: Tab, user: Caller, tmp_path: Path, module: str, name: str, sign: str
) -> None:
    put(user, "1_clip0000", HOSTILE, write_movie(tmp_path / "a.mp4", 10).read_bytes())
    put(user, "1_long0000", "x" * 180, write_movie(tmp_path / "a.mp4", 2).read_bytes())
    for width, dark, language in ((320, True, "he-IL"), (320, False, "en"), (1280, True, "en")):
        module_result(tab, "app/door.js", f"(m.door.language.value = {language!r})")
        tab.screen(width, dark=dark)
        stand(tab, module, name, PROPS[name], "100%")
        tab.wait(f"!!document.querySelector({sign!r})")
        assert tab.run("document.documentElement.dir") == ("rtl" if language == "he-IL" else "ltr")
        assert tab.run("document.documentElement.scrollWidth") <= width
        box = "document.querySelector('dialog') ?? document.documentElement"
        assert tab.run(f"(({box}).scrollWidth - ({box}).clientWidth)") <= 0
        assert tab.run(CONTRAST) == []
        assert tab.run(SMALL) == []
        assert tab.run(UNNAMED) == []
    tab.screen(1280)


def test_a_brief_is_counted_as_the_studio_counts_it(tab: Tab, user: Caller) -> None:
    """A picture letter is one character there, and two in a browser."""
    entries = "app/compose/entries.js"
    lacks = """['\\u{1f600}'.repeat(3), '\\u{1f600}'.repeat(3) + '.'].map((brief) =>
      m.missing({ ...m.EMPTY, brief }, 'brief', { brief: 3 }))"""
    assert module_result(tab, entries, lacks) == [None, "compose.briefLong"]
    props = """{ entries: { brief: '' }, limits: { brief: 3 }, error: null,
      onChange: (act) => got.push(act({}).brief) }"""
    stand(tab, "compose/steps", "Brief", props)
    write(tab, "textarea", "\U0001f600" * 3)
    assert tab.run("got.at(-1)") == "\U0001f600" * 3


def test_a_portrait_is_drawn_though_it_was_out_of_sight_a_moment_before(
    tab: Tab, user: Caller
) -> None:
    """A browser that is busy tells of several changes at once, oldest first."""
    tab.run("""void (globalThis.IntersectionObserver = class {
      constructor(told) { this.told = told; }
      observe() { this.told([{ isIntersecting: false }, { isIntersecting: true }]); }
      disconnect() {} })""")
    props = f"{{ avatarId: {json.dumps(user.avatar('adam'))}, onGone() {{}} }}"
    stand(tab, "library/portrait", "Portrait", props)
    tab.wait("document.querySelector('.portrait')?.src.startsWith('blob:')")
