"""The builder as a person has it: writing, ordering, saving,
and every way in which saving fails."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Event

import pytest

from storyboard.compiler import compile_project
from storyboard.source.files import MemoryFiles
from storyboard.studio.local import Studio
from storyboard.wire import MAX_SCENES
from tests.browser.building import (
    THREE,
    build,
    calls,
    come_back,
    leave_tab,
    menu,
    press_button,
    saved,
    say,
    told,
    wait_state,
    write,
    written,
)
from tests.browser.chromium import Tab
from tests.browser.reading import CONTRAST, NAMED
from tests.browser.rig import end_session, person, texts
from tests.contract.studio_rig import Caller, write_movie

pytestmark = pytest.mark.browser

HOSTILE = ('"><img src=x onerror=alert(1)>', "<script>alert(2)</script> {{7*7}} \u202eesrever")


def test_what_is_written_is_saved_five_seconds_later_and_once(
    studio: Studio, user: Caller, tab: Tab
) -> None:
    video_id = build(tab, user)
    before = calls(user, "video/get", "video/update")
    write(tab, 0, " And more,")
    write(tab, 0, " and more.")
    wait_state(tab, "Editing")
    assert saved(user, video_id)[0] == "The first."
    wait_state(tab, "Saved")
    assert saved(user, video_id) == ["The first. And more, and more.", "The second.", "The third."]
    after = calls(user, "video/get", "video/update")[len(before) :]
    assert after.count("video/update") == 1
    assert tab.run("document.activeElement.value") == "The first. And more, and more."


def test_leaving_the_tab_or_the_view_saves_at_once(studio: Studio, user: Caller, tab: Tab) -> None:
    video_id = build(tab, user)
    write(tab, 1, " Hidden.")
    leave_tab(tab)
    wait_state(tab, "Saved")
    come_back(tab)
    write(tab, 1, " Left.")
    tab.click(".builder-home")
    tab.wait("!document.querySelector('.builder')")
    assert saved(user, video_id)[1] == "The second. Hidden. Left."
    tab.run(f"void (location.hash = '#video/{video_id}')")
    tab.wait("!!document.querySelector('.builder')")
    write(tab, 2, " Reloaded.")
    tab.run("void (globalThis.isOld = true)")
    tab.do("Page.reload")
    third = "document.querySelectorAll('.scene-text')[2]?.value"
    tab.wait(f"!globalThis.isOld && {third} === 'The third. Reloaded.'")
    tab.wait("!document.querySelector('.builder-bar')")
    assert saved(user, video_id)[2] == "The third. Reloaded."


def test_scenes_are_ordered_by_keys_alone_and_it_is_told(
    studio: Studio, user: Caller, tab: Tab
) -> None:
    video_id = build(tab, user)
    tab.run("document.querySelector('.scene:nth-child(3) .scene-text').focus()")
    tab.press("ArrowUp", alt=True)
    assert written(tab) == ["The first.", "The third.", "The second."]
    assert told(tab) == "Scene 3 moved to 2 of 3"
    tab.type("! ")
    tab.press("ArrowUp", alt=True)
    tab.press("ArrowUp", alt=True)
    tab.type("!! ")
    assert written(tab)[0].count("!") == 3
    tab.run("document.querySelector('.scene:nth-child(1) .scene-grip').focus()")
    tab.press("ArrowDown", alt=True)
    assert tab.run("document.activeElement.className") == "scene-grip"
    assert told(tab) == "Scene 1 moved to 2 of 3"
    tab.press("z", control=True)
    assert written(tab)[0].count("!") == 3
    tab.press("z", control=True, shift=True)
    assert written(tab)[0] == "The first."
    leave_tab(tab)
    wait_state(tab, "Saved")
    assert saved(user, video_id)[::2] == ["The first.", "The second."]


def test_tab_goes_past_other_scenes_to_the_panel_of_the_selected_one(
    studio: Studio, user: Caller, tab: Tab
) -> None:
    build(tab, user)
    tab.click(".scene:nth-child(2) .scene-text")
    passed = 0
    while not tab.run("document.activeElement.role === 'tab'"):
        tab.press("Tab")
        passed += tab.run("!!document.activeElement.closest('.scene:nth-child(3)')")
    assert passed > 2
    assert tab.run("document.querySelector('[data-selected] .scene-number').textContent") == "2"
    tab.run("document.querySelector('.scene:nth-child(3) .scene-text').focus()")
    tab.press("ArrowDown")
    tab.wait("document.querySelector('[data-selected] .scene-number').textContent === '3'")


def test_a_menu_moves_inserts_duplicates_and_deletes(
    studio: Studio, user: Caller, tab: Tab
) -> None:
    video_id = build(tab, user)
    menu(tab, 0, "Move down")
    menu(tab, 2, "Move up")
    assert written(tab) == ["The second.", "The third.", "The first."]
    menu(tab, 0, "Insert")
    tab.wait("document.activeElement.matches('.scene:nth-child(2) .scene-text')")
    tab.type("Between.")
    menu(tab, 3, "Duplicate")
    menu(tab, 0, "Delete")
    tab.wait("document.activeElement.matches('.scene:nth-child(1) .scene-text')")
    expected = ["Between.", "The third.", "The first.", "The first."]
    assert written(tab) == expected
    press_button(tab, "Undo")
    assert written(tab) == ["The second.", *expected]
    press_button(tab, "Redo")
    tab.click(".builder-home")
    tab.wait("!document.querySelector('.builder')")
    assert saved(user, video_id) == expected


@pytest.mark.parametrize("touch", [False, True], ids=["mouse", "touch"])
def test_a_scene_is_dragged_and_escape_puts_it_back(
    studio: Studio, user: Caller, tab: Tab, touch: bool
) -> None:
    video_id = build(tab, user)
    grip, below = ".scene:nth-child(1) .scene-grip", ".scene:nth-child(3) .scene-number"
    with tab.dragging(grip, below, touch=touch):
        tab.wait("!!document.querySelector('[data-dragged]')")
        tab.wait("!!document.querySelector('[data-drop]')")
        assert written(tab) == ["The first.", "The second.", "The third."]
    assert written(tab)[2] == "The first."
    assert told(tab) == "Scene 1 moved to 3 of 3"
    with tab.dragging(grip, below, touch=touch):
        tab.wait("!!document.querySelector('.scene[data-dragged]')")
        tab.press("Escape")
        tab.wait("!document.querySelector('.scene[data-dragged]')")
    assert written(tab)[2] == "The first."
    leave_tab(tab)
    wait_state(tab, "Saved")
    assert saved(user, video_id) == ["The second.", "The third.", "The first."]


@pytest.mark.parametrize("end", ["left", "locked"])
def test_a_drag_ends_with_what_is_dragged(
    studio: Studio, user: Caller, tab: Tab, gate: Event, end: str
) -> None:
    gate.clear()
    tab.run("""void (() => { const [begin, stop] = [setInterval, clearInterval];
      globalThis.ticking = new Set();
      globalThis.setInterval = (act, ms) => { const id = begin(act, ms);
        if (ms < 100) ticking.add(id); return id; };
      globalThis.clearInterval = (id) => { ticking.delete(id); stop(id); }; })()""")
    video_id = build(tab, user, say("Long enough to be spoken, this one."))
    with tab.dragging(".scene-grip", ".scene-number"):
        tab.wait("!!document.querySelector('.scene[data-dragged]') && ticking.size === 1")
        if end == "left":
            tab.run("void (location.hash = '#library')")
            tab.wait("!document.querySelector('.builder')")
        else:
            user("video/generate", id=video_id)
            tab.run("void dispatchEvent(new Event('focus'))")
            tab.wait("!document.querySelector('.scene-grip')")
        tab.wait("ticking.size === 0 && !document.querySelector('[data-dragged]')")


def test_twenty_scenes_are_enough_and_the_reason_is_there_to_read(
    studio: Studio, user: Caller, tab: Tab
) -> None:
    build(tab, user, *(say(f"Number {n}.") for n in range(MAX_SCENES - 1)))
    press_button(tab, "Add scene")
    tab.wait(f"document.querySelectorAll('.scene').length === {MAX_SCENES}")
    reason = f"A video has at most {MAX_SCENES} scenes."
    assert reason in texts(tab, ".builder-scenes .reason")
    menu(tab, 0, "Duplicate")
    assert len(written(tab)) == MAX_SCENES


def test_a_change_elsewhere_asks_and_neither_text_is_lost(
    studio: Studio, user: Caller, tab: Tab
) -> None:
    video_id = build(tab, user)
    write(tab, 0, " Mine.")
    user("video/update", id=video_id, scenes=[say("Theirs.")])
    come_back(tab)
    tab.wait("document.querySelector('.builder-bar')?.textContent.includes('changed elsewhere')")
    wait_state(tab, "Not saved")
    assert written(tab)[0] == "The first. Mine."
    press_button(tab, "Reload theirs")
    tab.wait("document.querySelectorAll('.scene').length === 1")
    press_button(tab, "Undo")
    assert written(tab)[0] == "The first. Mine."
    user("video/update", id=video_id, scenes=[say("Theirs again.")])
    leave_tab(tab)
    wait_state(tab, "Not saved")
    assert saved(user, video_id) == ["Theirs again."]
    press_button(tab, "Keep mine")
    wait_state(tab, "Saved")
    assert saved(user, video_id) == ["The first. Mine.", "The second.", "The third."]


def test_no_film_is_made_of_what_changed_elsewhere_while_it_was_asked_about(
    studio: Studio, user: Caller, tab: Tab
) -> None:
    video_id = build(tab, user, say("Long enough to be spoken, this one."))
    press_button(tab, "Generate")
    tab.wait("!!document.querySelector('dialog[open] .dialog-foot')")
    user("video/update", id=video_id, scenes=[say("What they wrote is as long as that.")])
    tab.click("dialog[open] .dialog-foot [data-kind=primary]")
    tab.wait("document.querySelector('.builder-bar')?.textContent.includes('changed elsewhere')")
    tab.wait("!!document.querySelector('.generate .error')")
    assert user("video/get", id=video_id)["status"] == "draft"


def test_a_studio_that_is_gone_is_waited_for_while_one_writes_on(
    studio: Studio, user: Caller, tab: Tab
) -> None:
    video_id = build(tab, user)
    link = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    write(tab, 0, " Before.")
    tab.do("Network.emulateNetworkConditions", offline=True, **link)
    leave_tab(tab)
    wait_state(tab, "does not answer")
    write(tab, 0, " Meanwhile.")
    press_button(tab, "Copy the script")
    tab.wait("document.querySelector('dialog textarea')?.value.includes('Before. Meanwhile.')")
    tab.press("Escape")
    tab.do("Network.emulateNetworkConditions", offline=False, **link)
    wait_state(tab, "Saved")
    assert saved(user, video_id)[0] == "The first. Before. Meanwhile."
    assert all("ERR_INTERNET_DISCONNECTED" in trouble for trouble in tab.troubles)
    tab.troubles.clear()


def test_a_session_that_ended_keeps_what_was_typed_until_there_is_another(
    studio: Studio, user: Caller, tab: Tab
) -> None:
    video_id = build(tab, user)
    key = end_session(tab, user)
    write(tab, 0, " Kept.")
    leave_tab(tab)
    wait_state(tab, "session has ended")
    write(tab, 0, " And on.")
    assert written(tab)[0] == "The first. Kept. And on."
    tab.run(f"void (sessionStorage['storyboard.key'] = {json.dumps(key)})")
    tab.run("document.querySelector('.builder-bar button')?.click()")
    wait_state(tab, "Saved")
    assert saved(person(tab, studio), video_id)[0] == "The first. Kept. And on."
    tab.troubles.clear()


def test_a_film_that_is_made_elsewhere_locks_and_loses_nothing(
    studio: Studio, user: Caller, tab: Tab, gate: Event
) -> None:
    gate.clear()
    video_id = build(tab, user, say("Long enough to be spoken, this one."))
    write(tab, 0, " Mine.")
    user("video/generate", id=video_id)
    leave_tab(tab)
    wait_state(tab, "at work at this video")
    assert tab.run("document.querySelector('.scene-text').readOnly")
    assert written(tab) == ["Long enough to be spoken, this one. Mine."]
    gate.set()
    user.wait(video_id, "ready")
    come_back(tab)
    tab.wait("!!document.querySelector('dialog[open] video')")
    tab.press("Escape")
    tab.wait("document.querySelector('.builder-bar').textContent.includes('made meanwhile')")
    assert saved(user, video_id) == ["Long enough to be spoken, this one."]
    press_button(tab, "Keep mine")
    wait_state(tab, "Saved")
    assert saved(user, video_id) == ["Long enough to be spoken, this one. Mine."]


def test_a_finished_video_is_edited_after_a_question(
    studio: Studio, user: Caller, tab: Tab
) -> None:
    video_id = user.video(say("Long enough to be spoken, this one."))
    user("video/generate", id=video_id)
    user.wait(video_id, "ready")
    tab.run(f"void (location.hash = '#video/{video_id}')")
    tab.wait("!!document.querySelector('.builder')")
    write(tab, 0, "x")
    assert written(tab) == ["Long enough to be spoken, this one."]
    assert not tab.run("document.querySelectorAll('.scene-grip').length")
    tab.wait("document.body.innerText.includes('choose “Edit the video” first')")
    assert "cannot be edited now" not in tab.run("document.body.innerText")
    press_button(tab, "Edit the video")
    tab.wait("!!document.querySelector('dialog[open]')")
    tab.press("Escape")
    assert tab.run("document.querySelector('.scene-text').readOnly")
    press_button(tab, "Edit the video")
    tab.wait("!!document.querySelector('dialog[open]')")
    tab.click("dialog [data-kind=primary]")
    tab.wait("!document.querySelector('.scene-text').readOnly")
    write(tab, 0, " More.")
    leave_tab(tab)
    wait_state(tab, "Saved")
    assert user("video/get", id=video_id)["status"] == "draft"


def test_the_picture_of_a_scene_says_what_only_the_film_has(user: Caller, tab: Tab) -> None:
    scene = say("Welcome to the tour.")
    scene["narration"]["title"] = {"name": "Jane Miller", "role": "Head of Product"}
    build(tab, user, scene)
    tab.wait("!!document.querySelector('.preview .stage')")
    (told,) = texts(tab, ".preview-notes > [data-shown=true]")
    assert told.endswith("who speaks: Jane Miller · Head of Product")


def test_a_clip_is_chosen_and_its_scene_has_a_budget(
    studio: Studio, user: Caller, tab: Tab, tmp_path: Path
) -> None:
    clip = studio.add_media(write_movie(tmp_path / "Metrics.mp4", 9))["id"]
    video_id = build(tab, user, say("Here we see the key metrics of the last quarter."))
    tab.click(".scene-layout label:nth-of-type(2)")
    tab.wait("!!document.querySelector('.media-tile')")
    assert texts(tab, "[role=tab][aria-selected=true]") == ["Media"]
    tab.click(".media-tile")
    tab.wait("document.querySelector('.length-of')?.textContent.includes('9.0 s')")
    tab.wait("document.querySelector('.scene-length').textContent.includes('about 2.9 s')")
    tab.wait("!!document.querySelector('.preview .stage-corner')")
    assert ["the left" in text for text in texts(tab, ".preview-notes > [data-shown=true]")] == [
        True
    ]
    leave_tab(tab)
    wait_state(tab, "Saved")
    [scene] = user("video/get", id=video_id)["scenes"]
    assert scene["layoutType"] == "broll"
    assert scene["broll"] == {"entryId": clip, "startTime": 0}
    tab.click(".scene-layout label:nth-of-type(1)")
    leave_tab(tab)
    tab.wait("document.querySelector('.save-state').dataset.kind === 'saved'")
    [scene] = user("video/get", id=video_id)["scenes"]
    assert (scene["layoutType"], scene["broll"]["entryId"]) == ("full-screen", clip)


def test_a_clip_that_cannot_be_filmed_is_told_before_its_film_fails(
    studio: Studio, user: Caller, tab: Tab, tmp_path: Path
) -> None:
    """It may come from the command line, or from a composition: no picker has looked at it."""
    clip = studio.add_media(write_movie(tmp_path / "a.mp4", 3, fps=24))["id"]
    shown = {"entryId": clip, "startTime": 0}
    build(tab, user, say("Said over it.", layoutType="broll", broll=shown))
    tab.wait("document.querySelector('.reasons')?.textContent.includes('24 frames a second')")


def test_another_presenter_for_one_scene_and_back(studio: Studio, user: Caller, tab: Tab) -> None:
    video_id = build(tab, user, *THREE[:2])
    tab.click(".scene:nth-child(2) .scene-presenter")
    tab.click(".choice label:nth-of-type(2)")
    tab.wait("!!document.querySelector('.presenters .card input[value=adam]')")
    tab.click(".presenters .card input[value=adam]")
    press_button(tab, "Use this avatar")
    tab.wait("document.querySelectorAll('.scene-presenter')[1].textContent.includes('Adam')")
    leave_tab(tab)
    wait_state(tab, "Saved")
    adam = user.avatar("adam")
    assert user("video/get", id=video_id)["scenes"][1]["narration"]["avatarId"] == adam
    tab.click(".choice label:nth-of-type(1)")
    leave_tab(tab)
    tab.wait("document.querySelector('.save-state').dataset.kind === 'saved'")
    assert "avatarId" not in user("video/get", id=video_id)["scenes"][1]["narration"]


def test_the_yaml_that_is_copied_compiles_to_the_same_video(
    studio: Studio, user: Caller, tab: Tab
) -> None:
    video_id = build(tab, user, *(say(f"{text} long enough") for text in HOSTILE), name=HOSTILE[0])
    write(tab, 0, ": typed # last")
    tab.click(".builder-tools [aria-haspopup=menu]")
    tab.wait("!!document.querySelector('[role=menuitem]')")
    at = texts(tab, "[role=menuitem]").index("Copy as storyboard YAML")
    tab.click(f"[role=menuitem]:nth-child({at + 1})")
    tab.wait("!!document.querySelector('dialog textarea')")
    yaml = tab.run("document.querySelector('dialog textarea').value")
    files = {"storyboard.yaml": "{}\n", "storyboards/x.yaml": yaml}
    [video] = compile_project(MemoryFiles(files), environment="local").videos
    remote = user("video/get", id=video_id)
    assert video.name == remote["name"] == HOSTILE[0]
    assert [scene.payload({}) for scene in video.scenes] == remote["scenes"]
    assert remote["scenes"][0]["narration"]["text"].endswith(": typed # last")


def test_scenes_are_composed_anew_in_the_builder_where_the_page_allows_it(
    studio: Studio, user: Caller, tab: Tab
) -> None:
    build(tab, user)
    write(tab, 0, " Typed before.")
    tab.click(".builder-tools [aria-haspopup=menu]")
    tab.wait("!!document.querySelector('[role=menuitem]')")
    items = texts(tab, "[role=menuitem]")
    assert items[:2] == ["Create session highlights", "Generate a video on any topic"]
    tab.click("[role=menuitem]:nth-child(1)")
    tab.wait("!!document.querySelector('dialog .wizard')")
    wait_state(tab, "Saved")
    tab.press("Escape")
    tab.wait("!document.querySelector('dialog')")
    assert written(tab)[0] == "The first. Typed before."


def test_hostile_words_stay_words(studio: Studio, user: Caller, tab: Tab, tmp_path: Path) -> None:
    movie = write_movie(tmp_path / "clip.mp4", 5).rename(tmp_path / f"{HOSTILE[0]}.mp4")
    clip = studio.add_media(movie)["id"]
    shown = {"layoutType": "broll", "broll": {"entryId": clip, "startTime": 0}}
    build(tab, user, say(HOSTILE[0]), say(HOSTILE[1]) | shown, name=HOSTILE[1])
    assert written(tab) == list(HOSTILE)
    assert tab.run("document.querySelector('.builder-name input').value") == HOSTILE[1]
    tab.click(".scene:nth-child(2) .scene-text")
    tab.click("[role=tab]:nth-child(2)")
    tab.wait("!!document.querySelector('.builder-side strong')")
    assert texts(tab, ".builder-side strong") == [movie.name]
    tab.click("[role=tab]:nth-child(3)")
    assert not tab.run("document.querySelectorAll('main script, main [onerror]').length")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_it_fits_and_can_be_read(
    studio: Studio, user: Caller, tab: Tab, width: int, dark: bool, tmp_path: Path
) -> None:
    clip = studio.add_media(write_movie(tmp_path / "clip.mp4", 2))["id"]
    shown = {"layoutType": "broll", "broll": {"entryId": clip, "startTime": 0}}
    tab.screen(width, dark=dark)
    build(
        tab,
        user,
        say("x" * 400),
        say("Longer than its clip is, by far.") | shown,
        {},
        name="N" * 200,
    )
    tab.wait("document.querySelectorAll('.length-of').length === 1")
    for index in (1, 2, 3):
        tab.click(f"[role=tab]:nth-child({index})")
        tab.wait(f"document.querySelectorAll('[role=tab]')[{index - 1}].ariaSelected === 'true'")
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert tab.run(overflow) <= 0, index
        assert tab.run(CONTRAST) == [], index
        names = f"""Array.from(document.querySelectorAll("main :is(input, button, textarea, a)"))
          .filter((n) => n.checkVisibility() && !({NAMED})(n)).map((n) => n.outerHTML)"""
        assert tab.run(names) == []
        targets = ".builder :is(button, a, textarea, .scene label, .choice label)"
        small = f"""Array.from(document.querySelectorAll('{targets}'))
          .filter((n) => n.checkVisibility() && n.getBoundingClientRect().height < 24)
          .map((n) => n.outerHTML.slice(0, 80))"""
        assert tab.run(small) == []
        assert tab.run("document.querySelectorAll('h1').length") == 1
