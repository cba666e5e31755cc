"""What the page does where the browser has no room, a key is another, or a text is odd."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storyboard.studio.local import Studio
from tests.browser.application import module_result
from tests.browser.building import (
    build,
    leave_tab,
    press_button,
    saved,
    say,
    wait_state,
    write,
    written,
)
from tests.browser.chromium import Tab
from tests.browser.rig import end_session, person, texts
from tests.browser.stand import drop_files, stand
from tests.browser.test_trouble import DIALOGS, forgive, network
from tests.contract.studio_rig import Caller, write_movie, write_picture

pytestmark = pytest.mark.browser

NO_STORAGE = """Object.defineProperty(window, "sessionStorage", { get() {
  throw new DOMException("forbidden", "SecurityError"); } });"""


def test_storage_that_is_forbidden_is_done_without(studio: Studio, user: Caller, tab: Tab) -> None:
    tab.do("Page.addScriptToEvaluateOnNewDocument", source=NO_STORAGE)
    tab.open("about:blank")
    tab.open(studio.studio_url)
    tab.wait("!!document.querySelector('#main h1')")
    video_id = build(tab, user)
    write(tab, 0, " Kept.")
    leave_tab(tab)
    wait_state(tab, "Saved")
    assert saved(user, video_id)[0] == "The first. Kept."


def test_storage_that_is_full_is_done_without(studio: Studio, user: Caller, tab: Tab) -> None:
    fill = """(() => { for (let size = 1 << 22; size; size >>= 1) for (let n = 0; ; n++) {
        try { sessionStorage.setItem(`${size} ${n}`, "x".repeat(size)); } catch { break; } } })()"""
    tab.run(f"void (sessionStorage.clear(), {fill})")
    tab.do("Page.reload")
    tab.wait("document.querySelector('.apart')?.textContent.includes('needs a key')")
    tab.run(f"void (location.hash = {json.dumps(studio.studio_url)}.split('#')[1])")
    tab.wait("!!document.querySelector('#main h1')")
    video_id = build(tab, user)
    write(tab, 0, " Kept.")
    leave_tab(tab)
    wait_state(tab, "Saved")
    assert saved(user, video_id)[0] == "The first. Kept."


def test_another_key_in_the_address_goes_on_where_the_page_was(
    studio: Studio, user: Caller, tab: Tab
) -> None:
    video_id = build(tab, user)
    key = end_session(tab, user)
    write(tab, 0, " Kept.")
    leave_tab(tab)
    wait_state(tab, "session has ended")
    tab.run(f"void (location.hash = {json.dumps(f'#key={key}')})")
    wait_state(tab, "Saved")
    assert tab.run("location.hash") == f"#video/{video_id}"
    assert tab.run(DIALOGS) == 0
    end_session(tab, person(tab, studio))
    tab.click(".builder-home")
    tab.wait("document.querySelector('.notice')?.textContent.includes('needs a key')")
    tab.run(f"void (location.hash = {json.dumps(f'#key={key}')})")
    tab.wait("!!document.querySelector('.tile') && !document.querySelector('.notice')")
    tab.troubles.clear()


def test_a_file_that_is_dropped_beside_its_place_does_nothing(
    user: Caller, tab: Tab, tmp_path: Path
) -> None:
    build(tab, user)
    drop_files(tab, ".builder-scenes", write_picture(tmp_path / "a.png"))
    assert written(tab) == ["The first.", "The second.", "The third."]
    assert not [url for url in tab.requests if url.startswith("file:")]


def test_picture_letters_count_as_the_studio_counts_them(user: Caller, tab: Tab) -> None:
    build(tab, user, say("\U0001f600" * 4_999))
    assert texts(tab, ".scene .error") == []
    write(tab, 0, "\U0001f600\U0001f600")
    tab.wait("document.querySelector('.scene .error')?.textContent.includes('5,001')")
    press_button(tab, "Undo")
    leave_tab(tab)
    wait_state(tab, "saved")


SOUNDS = """
  const scene = (key, text) => ({ key, text, avatarId: null });
  let now = { avatarId: "a", scenes: [scene(1, "One."), scene(2, "Two.")] };
  const said = { get value() { return now; }, peek: () => now };
  const desk = { editor: { id: "v", said }, lengths: { hear() {} } };
  const asked = []; const real = fetch;
  globalThis.fetch = async (path, given) => { asked.push(JSON.parse(given.body).sceneId);
    return new Response("sound", { headers: { "content-type": "audio/mpeg" } }); };
  const sound = m.soundOf(desk, 1, async () => { now = saved ?? now; });
"""


def test_a_scene_that_moved_is_the_one_that_is_heard(tab: Tab) -> None:
    script = f"""(async () => {{ let saved = null; {SOUNDS}
      const heard = async (scenes) => {{ saved = {{ avatarId: "a", scenes }};
        return sound.load().then(() => asked.at(-1), (trouble) => trouble.message); }};
      try {{ return [await heard(now.scenes), await heard([scene(2, "Two."), scene(1, "One.")]),
        await heard([scene(2, "Two, and more.")]), await heard([]), asked.length]; }}
      finally {{ globalThis.fetch = real; }} }})()"""
    changed = "The scene was changed meanwhile. Listen to it again."
    told = module_result(tab, "app/builder/sounds.js", script)
    assert told == [1, 0, changed, changed, 2]


def test_a_character_that_no_answer_can_carry_keeps_nothing_from_being_saved(
    user: Caller, tab: Tab
) -> None:
    video_id = build(tab, user)
    for field in (".scene-text", ".builder-name input"):
        tab.run(f"""(() => {{ const field = document.querySelector({json.dumps(field)});
          field.value = "Half \\ud83d, none \\u0000, end.";
          field.dispatchEvent(new Event('input', {{ bubbles: true }})); }})()""")
    leave_tab(tab)
    wait_state(tab, "Saved")
    assert saved(user, video_id)[0] == "Half \ufffd, none , end."
    assert user("video/get", id=video_id)["name"] == "Half \ufffd, none , end."


def test_pictures_that_were_missed_come_once_the_studio_is_back(user: Caller, tab: Tab) -> None:
    network(tab, is_there=False)
    tab.run("""void document.body.append(Object.assign(new Image(), { id: "late",
      src: "/v1/studio/templates/jane.png?late" }))""")
    tab.wait("document.querySelector('.banner')?.dataset.state === 'gone'")
    network(tab, is_there=True)
    tab.wait("document.getElementById('late').naturalWidth > 0")
    forgive(tab)


def test_a_sound_ends_with_its_view(user: Caller, tab: Tab) -> None:
    tab.run("""void (globalThis.Audio = class extends EventTarget {
      play() { globalThis.isHeard = true; return Promise.resolve(); }
      pause() { globalThis.isHeard = false; this.dispatchEvent(new Event("pause")); } })""")
    build(tab, user)
    press_button(tab, "Listen to all")
    tab.wait("globalThis.isHeard")
    tab.click(".builder-home")
    tab.wait("globalThis.isHeard === false")


def test_a_film_that_cannot_be_loaded_is_told_and_tried_again(
    studio: Studio, tab: Tab, tmp_path: Path
) -> None:
    props = f"{{ partnerId: {studio.partner_id}, entryId: '1_film0000', label: 'A film' }}"
    stand(tab, "ui/player", "Player", props)
    tab.wait("document.querySelector('.player [role=alert]')?.textContent.includes('be loaded')")
    studio.add_media(write_movie(tmp_path / "a.mp4", 2), "1_film0000")
    press_button(tab, "Try again")
    tab.wait("document.querySelector('.player video').readyState > 0")
    tab.wait("!document.querySelector('.player [role=alert]')")
    forgive(tab)  # what the browser says of the film and of its still comes one after the other


def test_an_upload_that_ends_after_its_builder_was_left_is_told(
    user: Caller, tab: Tab, tmp_path: Path
) -> None:
    video_id = build(tab, user)
    tab.activate("[role=tab]", 1)
    tab.wait("!!document.querySelector('.uploads')")
    tab.run("""void (() => { const real = fetch; globalThis.fetch = async (path, given) => {
      if (!globalThis.go && path.includes('/media/'))
        await new Promise((go) => { globalThis.go = go; });
      return real(path, given); }; })()""")
    drop_files(tab, ".uploads", write_movie(tmp_path / "Key numbers.mp4", 2))
    tab.wait("!!globalThis.go")
    tab.click(".builder-home")
    tab.wait("!!document.querySelector('.tile')")
    tab.run("go()")
    tab.wait("document.querySelector('.toast')?.textContent.includes('Key numbers.mp4')")
    assert tab.run("Object.keys(sessionStorage).filter((key) => key.includes('draft'))") == []
    assert not any("broll" in scene for scene in user("video/get", id=video_id)["scenes"])
