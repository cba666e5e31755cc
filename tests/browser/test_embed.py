"""The studio embedded in a page of another origin, as the guide's section 11 has it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storyboard.studio.local import Studio
from storyboard.studio.web.widget import MODULES
from tests.browser.application import FILES, module_result
from tests.browser.chromium import Tab
from tests.browser.embedding import (
    VIEW,
    Opens,
    api,
    chrome,
    door,
    embedded,
    opens,
    studio,
    tab,
    user,
    wait_at_door,
)
from tests.browser.host_page import host_page, portal
from tests.contract.studio_rig import Caller, caller
from tests.support.passing_time import eventually

pytestmark = pytest.mark.browser
__all__ = ["chrome", "embedded", "opens", "studio", "tab", "user"]

NAMES = '"unisphere.widget.vod-avatars", "studio"'
HOST_EVENT = "unisphere.event.module.vod-avatars.message-host-app"


def only_the_studio(tab: Tab, studio: Studio, page: str) -> None:
    """Assert that no request went elsewhere, and that none has a session in its address."""
    known = (studio.public_url, page, "blob:", "data:", "about:")
    assert [url for url in tab.requests if not url.startswith(known)] == []
    assert [url for url in tab.requests if "djJ8" in url] == []


def test_the_guides_page_shows_the_studio_from_a_file(
    studio: Studio, user: Caller, tab: Tab, embedded: Opens
) -> None:
    user.video(name="Reached from the frame")
    frame = embedded()
    names = api(frame, "m.call('video/list').then((told) => told.objects.map((v) => v.name))")
    assert "Reached from the frame" in names
    assert tab.run("[workspace.getStatus(), workspace.getEnvName()]") == ["active", "local"]
    told = tab.run("[studio.widgetName, studio.runtimeName, studio.status]")
    assert told == ["unisphere.widget.vod-avatars", "studio", "loaded"]
    assert tab.run(f"workspace.getRuntime({NAMES}) === studio")
    only_the_studio(tab, studio, "file:")


def test_the_guides_page_shows_the_studio_from_another_port(
    studio: Studio, user: Caller, tab: Tab, tmp_path: Path
) -> None:
    page = host_page(f"{studio.public_url}/v1", user.ks, studio.partner_id)
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    with portal(tmp_path) as address:
        tab.open(f"{address}/page.html")
        tab.wait("window.isDone")
        frame = tab.frame()
        frame.wait(VIEW)
        assert api(frame, "m.call('video/list').then((told) => told.totalCount >= 0)")
        only_the_studio(tab, studio, address)
        tab.open("about:blank")
    icon = "favicon.ico"
    assert all(icon in trouble for trouble in tab.troubles)
    tab.troubles.clear()


def test_another_name_of_the_machine_leads_to_the_studios_own(
    studio: Studio, embedded: Opens
) -> None:
    frame = embedded(f"{studio.public_url.replace('127.0.0.1', 'localhost')}/v1")
    assert frame.run("location.origin") == studio.public_url
    assert api(frame, "m.call('video/list').then((told) => told.totalCount >= 0)")


@pytest.mark.parametrize("partner", ["12345", None, 1.5, True], ids=str)
def test_a_partner_id_that_is_no_number_is_refused_in_words(
    tab: Tab, opens: Callable[..., None], partner: Any
) -> None:
    opens(partner_id=partner)
    assert tab.run("studio") is None
    assert tab.run(f"workspace.getRuntime({NAMES})") is None
    shown = tab.run("document.getElementById('avatar-studio').innerText")
    told = [said for said in tab.said if said.startswith("warning:")]
    for words in (shown, *told):
        assert "Validation" in words
        assert "partnerId" in words
    assert len(told) == 1
    if partner == "12345":
        assert "Expected number, received string (write 12345 without quotation marks)" in shown
    assert tab.frames() == []


def test_functions_stay_in_the_page_and_answer_the_frame(tab: Tab, embedded: Opens) -> None:
    functions = """{
      entryLink: (id) => id === "bad" ? "javascript:alert(1)" : `https://portal.example/${id}`,
      handleShare: (id) => { if (id === "bad") throw new Error("no"); window.shared = id; },
    }"""
    frame = embedded(functions=functions)
    assert door(frame, "m.door.entryLink('1_abc')") == "https://portal.example/1_abc"
    assert door(frame, "m.door.entryLink('bad')") is None
    assert door(frame, "m.door.share('1_abc')") is True
    assert tab.run("shared") == "1_abc"
    assert door(frame, "m.door.share('bad')") is False
    assert len(tab.complaints("a function of the page failed")) == 1
    settings = door(frame, "m.door.settings.value")
    assert (settings["hasEntryLink"], settings["canShare"]) == (True, True)
    assert not {"ks", "entryLink", "handleShare"} & {*settings}


def test_settings_reach_the_frame_at_once_and_later(
    studio: Studio, tab: Tab, embedded: Opens
) -> None:
    frame = embedded(
        allowedProjectTypes=["fromScratch", "no-such"],
        entrylink="/media",
        initialView="projectBuilder",
        additionalEsearchFilters={"objectType": "KalturaESearchEntryItem"},
    )
    assert door(frame, "m.door.settings.value") == {
        "partnerId": studio.partner_id,
        "allowedProjectTypes": ["fromScratch"],
        "initialView": "projectBuilder",
        "additionalEsearchFilters": {"objectType": "KalturaESearchEntryItem"},
        "loadThumbnailWithKS": False,
        "hasEntryLink": False,
        "canShare": False,
        "canClose": False,
    }
    assert [said for said in tab.said if "unknown allowedProjectTypes" in said]
    assert [said for said in tab.said if "unknown settings: entrylink" in said]
    tab.run("studio.updateSettings({initialView: 'videoLibrary', handleShare() {}})")
    tab.run("studio.updateSettings({partnerId: '1'})")
    wait_at_door(frame, "m.door.settings.value.canShare")
    later = door(frame, "m.door.settings.value")
    assert (later["initialView"], later["partnerId"]) == ("videoLibrary", studio.partner_id)
    assert [said for said in tab.said if "the old ones stay" in said]


def test_a_filter_reaches_the_frame_as_data_whatever_the_page_keeps_it_in(
    tab: Tab, embedded: Opens
) -> None:
    """Frameworks wrap settings in proxies, which no message between windows carries."""
    wrapped = "new Proxy({ objectType: 'KalturaESearchEntryItem', act() {} }, {})"
    frame = embedded(functions=f"{{ additionalEsearchFilters: {wrapped} }}")
    item = {"objectType": "KalturaESearchEntryItem"}
    assert door(frame, "m.door.settings.value.additionalEsearchFilters") == item
    tab.run(
        "((round) => studio.updateSettings({ additionalEsearchFilters: round.round = round }))({})"
    )
    assert [said for said in tab.said if "additionalEsearchFilters: Expected JSON" in said]
    tab.run('studio.updateSettings(JSON.parse(\'{"__proto__": {"a": 1}, "toString": 1}\'))')
    tab.run("studio.updateSettings({ loadThumbnailWithKS: true })")
    wait_at_door(frame, "m.door.settings.value.loadThumbnailWithKS")
    assert door(frame, "Object.keys(m.door.settings.value).length") == 8
    assert tab.run("workspace.getService('toString')") is None


@pytest.mark.parametrize("how", ["(was) => ({...was, ks: fresh})", "{ks: fresh, partnerId: 1}"])
def test_an_ended_session_is_waited_for_and_told_once(
    studio: Studio, tab: Tab, embedded: Opens, how: str
) -> None:
    ending = caller(studio)
    frame = embedded(ks=ending.ks)
    assert api(frame, "m.call('video/list').then((told) => told.totalCount >= 0)")  # accepted once
    ending.service("session.end", ks=ending.ks)
    twice = "[1, 2].map(() => m.call('video/list'))"
    api(frame, f"void (window.calls = Promise.all({twice}))")
    frame.wait("document.querySelector('.banner')?.dataset.state === 'ended'")
    assert len([said for said in tab.said if "the session has ended" in said]) == 1
    tab.run(f"((fresh) => workspace.session.setData({how}))({json.dumps(caller(studio).ks)})")
    assert frame.run("calls.then((all) => all.length)") == 2
    frame.wait("!document.querySelector('.banner')")


def test_a_session_that_never_was_one_is_not_said_to_have_ended(
    studio: Studio, tab: Tab, embedded: Opens
) -> None:
    """Such as the word that stands for it in the page that `storyboard embed` prints."""
    frame = embedded(ks="KALTURA_KS")
    frame.wait("document.querySelector('.banner')?.dataset.state === 'refused'")
    assert "does not accept the session" in frame.run("document.querySelector('.banner').innerText")
    eventually(lambda: tab.run("true") and any("(INVALID_KS)" in said for said in tab.said))
    assert not [said for said in tab.said if "has ended" in said]
    fresh = json.dumps(caller(studio).ks)
    tab.run(f"workspace.session.setData((was) => ({{...was, ks: {fresh}}}))")
    frame.wait("!document.querySelector('.banner')")


def test_a_late_answer_of_an_ended_session_does_not_open_it_again(
    studio: Studio, tab: Tab, embedded: Opens
) -> None:
    ending = caller(studio)
    frame = embedded(ks=ending.ks)
    hold = """(() => { const real = window.fetch; window.fetch = async (path, given) => {
        const reply = await real(path, given);
        if (String(path).endsWith('video/list')) await new Promise((go) => { window.go = go; });
        return reply; }; })()"""
    frame.wait("!!document.querySelector('.empty, .tile')")
    frame.run(hold)
    api(frame, "void (window.late = m.call('video/list').then(() => 1))")
    frame.wait("!!window.go")
    ending.service("session.end", ks=ending.ks)
    api(frame, "void (window.next = m.call('avatarTemplate/list').then(() => 1))")
    frame.wait("document.querySelector('.banner')?.dataset.state === 'ended'")
    frame.run("(window.go(), late)")
    assert frame.run("document.querySelector('.banner')?.dataset.state") == "ended"
    tab.run(f"workspace.session.setData({{ ks: {json.dumps(caller(studio).ks)} }})")
    assert frame.run("next") == 1
    frame.wait("!document.querySelector('.banner')")


def test_an_ended_session_is_not_forgotten_while_the_studio_is_gone(
    studio: Studio, tab: Tab, embedded: Opens
) -> None:
    """As after a computer slept: the network is back later than the person."""
    ending = caller(studio)
    frame = embedded(ks=ending.ks)
    assert api(frame, "m.call('video/list').then((told) => told.totalCount >= 0)")
    ending.service("session.end", ks=ending.ks)
    api(frame, "void (window.next = m.call('avatarTemplate/list').then(() => 1))")
    frame.wait("document.querySelector('.banner')?.dataset.state === 'ended'")
    api(frame, "m.isBack()")
    assert frame.run("document.querySelector('.banner')?.dataset.state") == "ended"
    tab.run(f"workspace.session.setData({{ ks: {json.dumps(caller(studio).ks)} }})")
    assert frame.run("next") == 1
    frame.wait("!document.querySelector('.banner')")


def test_the_newest_session_wins(studio: Studio, tab: Tab, embedded: Opens) -> None:
    frame = embedded()
    tab.run("workspace.session.setData((was) => ({...was, seen: true}))")
    for number in range(3):
        ks = json.dumps(caller(studio).ks)
        if number % 2:
            tab.run(f"studio.updateSettings({{ks: {ks}}})")
        else:
            tab.run(f"workspace.session.setData((was) => ({{...was, ks: {ks}}}))")
        wait_at_door(frame, f"m.door.ks.value === {ks}")


def test_theme_and_language_reach_the_frame_at_once_and_later(tab: Tab, embedded: Opens) -> None:
    frame = embedded(more='{ui: {theme: {mode: "dark"}, language: "he-IL"}}')
    page = "document.documentElement"
    assert frame.run(f"[{page}.dir, {page}.lang, {page}.dataset.theme]") == ["rtl", "he-IL", "dark"]
    tab.run("workspace.getService('unisphere.service.theme').setTheme('light')")
    tab.run("workspace.getService('unisphere.service.user-settings').setLanguage('en-US')")
    frame.wait(f"{page}.dir === 'ltr' && {page}.dataset.theme === 'light'")


def test_any_language_of_a_page_is_shown_in_words(tab: Tab, embedded: Opens) -> None:
    """Kaltura's own locales have an underscore; what is no tag breaks no plural and no date."""
    frame = embedded(more='{ui: {language: "he_IL"}}')
    page = "document.documentElement"
    assert frame.run(f"[{page}.lang, {page}.dir]") == ["he-IL", "rtl"]
    for given, shown in {
        "en_US": "en-US",
        "iw": "he",
        "constructor": "en",
        "en-!!!": "en",
        "x-klingon": "en",
        "-": "en",
        5: "en",
    }.items():
        tell = "workspace.getService('unisphere.service.user-settings').setLanguage"
        tab.run(f"{tell}('fr')")
        frame.wait(f"{page}.lang === 'en'")
        tab.run(f"{tell}({json.dumps(given)})")
        wait_at_door(frame, f"m.door.language.value === {json.dumps(given)}")
        assert frame.run(f"{page}.lang") == shown
        assert frame.run(VIEW)


def test_the_studio_can_be_closed_where_the_page_heeds_it(tab: Tab, embedded: Opens) -> None:
    frame = embedded()
    close = "document.querySelector('.top [data-icon=close]')"
    assert frame.run(f"{close} === null")
    tab.run(f"""void workspace.getService("unisphere.service.pub-sub").subscribe("{HOST_EVENT}",
        (told) => {{ window.heard = [told.action, told.payload.action, told.version]; }})""")
    frame.wait(f"{close} !== null")
    frame.run(f"{close}.closest('button').click()")
    assert tab.wait("window.heard") == ["closeVodStudio", "closeVodStudio", "1.0.0"]


@pytest.mark.parametrize("moves", [True, False], ids=["moved", "taken-away"])
def test_kill_saves_what_was_typed_and_leaves_nothing(
    user: Caller, tab: Tab, embedded: Opens, moves: bool
) -> None:
    video_id = user.video(name="Before")
    frame = embedded()
    body = json.dumps({"id": video_id, "name": "Typed last"})
    save = f"import({FILES} + 'app/door.js').then((d) => void d.door.onKill(() => save()))"
    api(frame, f"(window.save = () => m.call('video/update', {body}), {save})")
    waiting = "window.late = workspace.getRuntimeAsync('unisphere.widget.vod-avatars', 'other')"
    tab.run(f"void ({waiting})")
    if not moves:  # as browsers do that cannot move a frame without loading it anew
        tab.run("void (Element.prototype.moveBefore = undefined)")
    told = tab.run(f"""(() => {{ window.killed = workspace.kill(); workspace.kill(); return [
        document.getElementById("avatar-studio").innerText, workspace.getStatus(),
        workspace.getRuntime({NAMES}), JSON.stringify(workspace.session.getData()),
        document.querySelector("iframe").checkVisibility()]; }})()""")
    assert told == ["", "deactivated", None, "{}", False]
    assert tab.run("late") is None
    tab.run("workspace.kill().then(() => killed)")
    assert user("video/get", id=video_id)["name"] == "Typed last"
    assert tab.run("document.querySelectorAll('iframe, #avatar-studio > *').length") == 0


@pytest.mark.parametrize("moves", [True, False], ids=["moved", "in-its-place"])
def test_however_much_was_just_typed_is_saved_by_kill(
    user: Caller, tab: Tab, embedded: Opens, moves: bool
) -> None:
    """A browser lets no more than 64 kB of requests outlive their page."""
    scene = {"narration": {"text": "Before all of this."}}
    much = [{"narration": {"text": "\u05e9" * 5000}}] * 8
    video_id = user.video(scene, *much, name="Typed into")
    frame = embedded()
    if not moves:
        tab.run("void (Element.prototype.moveBefore = undefined)")
    module_result(frame, "app/router.js", f"m.go({{view: 'builder', id: {json.dumps(video_id)}}})")
    field = "document.querySelector('textarea.scene-text')"
    frame.wait(f"{field}?.value === 'Before all of this.'")
    frame.run(f"{field}.focus()")
    frame.run(f"{field}.select()")
    frame.run("document.execCommand('insertText', false, 'After all of this, and a moment ago.')")
    tab.run("workspace.kill()")
    assert tab.run("document.querySelector('iframe') === null")
    saved = user("video/get", id=video_id)["scenes"][0]["narration"]["text"]
    assert saved == "After all of this, and a moment ago."


def test_kill_goes_on_until_a_studio_that_does_not_answer_has_it(
    user: Caller, tab: Tab, embedded: Opens
) -> None:
    video_id = user.video(name="Before")
    frame = embedded()
    module_result(frame, "app/router.js", f"m.go({{view: 'builder', id: {json.dumps(video_id)}}})")
    frame.wait("!!document.querySelector('.builder-name input')")
    user.control(
        "POST", "faults", json={"kind": "drop-before", "action": "video/update", "times": 4}
    )
    frame.run("document.querySelector('.builder-name input').select()")
    frame.run("document.execCommand('insertText', false, 'Typed last')")
    tab.run("workspace.kill()")
    assert user("video/get", id=video_id)["name"] == "Typed last"
    user.control("DELETE", "faults")
    tab.troubles.clear()


def test_an_embedded_page_asks_before_it_drops_what_no_last_request_can_hold(
    user: Caller, tab: Tab, embedded: Opens
) -> None:
    video_id = user.video(*[{"narration": {"text": "\u05e9" * 5000}}] * 8)
    frame = embedded()
    module_result(frame, "app/router.js", f"m.go({{view: 'builder', id: {json.dumps(video_id)}}})")
    frame.wait("!!document.querySelector('textarea.scene-text')")
    frame.run("document.querySelector('textarea.scene-text').focus()")
    for text, asks in (("", False), ("Typed last. ", True)):
        asked = frame.run(f"""(document.execCommand('insertText', false, {text!r}),
            !dispatchEvent(new Event('beforeunload', {{ cancelable: true }})))""")
        assert asked == asks
    tab.run("workspace.kill()")


def test_a_frame_that_is_torn_out_of_its_page_sends_what_was_typed(
    user: Caller, tab: Tab, embedded: Opens
) -> None:
    video_id = user.video(*[{"narration": {"text": "x" * 4900}}] * 9, name="Torn out")
    frame = embedded()
    module_result(frame, "app/router.js", f"m.go({{view: 'builder', id: {json.dumps(video_id)}}})")
    frame.wait("!!document.querySelector('textarea.scene-text')")
    frame.run("document.querySelector('textarea.scene-text').focus()")
    frame.run("document.execCommand('insertText', false, 'Typed last. ')")
    tab.run("document.getElementById('avatar-studio').remove()")
    eventually(
        lambda: user("video/get", id=video_id)["scenes"][0]["narration"]["text"].count("Typed last")
    )


def test_kill_takes_away_its_own_frame_alone(
    user: Caller, studio: Studio, tab: Tab, opens: Callable[..., None]
) -> None:
    """A page may mount its next studio before it kills the last, or show something else there."""
    opens()
    runtime = {
        "widgetName": "unisphere.widget.vod-avatars",
        "runtimeName": "studio",
        "settings": {"ks": user.ks, "partnerId": 1, "kalturaServerURI": studio.public_url},
        "visuals": [{"type": "page", "target": "avatar-studio", "settings": {}}],
    }
    base = f"{studio.public_url}/v1"
    options = json.dumps({"serverUrl": base, "appId": "a", "runtimes": [runtime]})
    tab.run(f"""import({json.dumps(base)} + "/loader/index.esm.js").then((m) => m.loader({options}))
        .then((made) => void (window.next = made))""")
    shown = "Array.from(document.getElementById('avatar-studio').childNodes, (n) => n.nodeName)"
    tab.run("void workspace.kill()")
    assert tab.run(shown) == ["IFRAME"]
    tab.run("""(document.getElementById("avatar-studio").innerHTML = "<p>Goodbye</p>",
        void next.kill())""")
    assert tab.run(shown) == ["P"]


def test_a_function_of_the_page_that_fails_later_shared_nothing(tab: Tab, embedded: Opens) -> None:
    functions = """{ handleShare: async (id) => { if (id === "bad") throw new Error("no") } }"""
    frame = embedded(functions=functions)
    assert door(frame, "m.door.share('1_abc')") is True
    assert door(frame, "m.door.share('bad')") is False
    assert len(tab.complaints("a function of the page failed")) == 1
    said = module_result(frame, "app/library/share.js", "m.share('bad')")
    assert said == {"text": "The page could not share the film.", "isBad": True}
    assert module_result(frame, "app/library/share.js", "m.share('1_abc')") is None
    assert len(tab.complaints("a function of the page failed")) == 1


def test_an_answer_is_for_the_document_that_asked(tab: Tab, embedded: Opens) -> None:
    """The frame may have been loaded anew since, and its questions are counted anew."""
    functions = """{ handleShare: (id) => new Promise((shared, failed) => {
      window[id] = { shared, failed }; }) }"""
    frame = embedded(functions=functions)
    door(frame, "void m.door.share('before')")
    tab.wait("!!window.before")
    frame.run("(window.isOld = true, location.reload())")
    frame.wait(f"!window.isOld && {VIEW}")
    door(frame, "void (window.answer = m.door.share('after'))")
    tab.wait("!!window.after")
    tab.run("void before.failed(new Error('no'))")
    tab.run("void after.shared()")
    assert frame.run("answer") is True
    assert len(tab.complaints("a function of the page failed")) == 1


def test_messages_from_elsewhere_do_nothing(tab: Tab, embedded: Opens) -> None:
    frame = embedded()
    ours = door(frame, "m.door.ks.value")
    forged = "{studio: 'open', settings: {partnerId: 1}, ks: 'x', theme: 'dark', language: 'he'}"
    post = "document.querySelector('iframe').contentWindow.postMessage"
    tab.run(f"{post}({forged}, '*', [new MessageChannel().port2])")  # a second time
    tab.run(f"{post}({{studio: 'ks', ks: 'x'}}, '*')")
    sibling = f"""<script>
      let heard = 0;
      addEventListener("message", () => heard += 1);
      parent.frames[0].postMessage({forged}, "*", [new MessageChannel().port2]);
      parent.postMessage({{studio: "hello"}}, "*");
      parent.postMessage({{ask: 1}}, "*");
      addEventListener("message", ({{ data }}) => parent.postMessage({{heard}}, "*"));
    </script>"""
    tab.run(f"""new Promise((resolve) => {{
        addEventListener("message", ({{ data, source }}) => {{
          if (data.ask) source.postMessage("asked", "*");
          if ("heard" in data) resolve(window.siblingHeard = data.heard); }});
        const other = document.createElement("iframe");
        other.srcdoc = {json.dumps(sibling)};
        document.body.append(other); }})""")
    assert tab.run("siblingHeard") == 1  # the question, which came after any answer to hello
    assert door(frame, "m.door.ks.value") == ours
    assert frame.run("document.documentElement.dir") == "ltr"
    assert api(frame, "m.call('video/list').then((told) => told.totalCount >= 0)")


def test_the_session_is_nowhere_but_in_memory(
    studio: Studio, user: Caller, tab: Tab, embedded: Opens
) -> None:
    frame = embedded()
    api(frame, "m.call('video/list').then(() => m.service('media', 'list'))")
    kept = """(() => { try { return JSON.stringify([{...sessionStorage}, {...localStorage}]) }
        catch (refused) { return refused.name } })()"""
    page = "document.cookie + document.documentElement.outerHTML"
    shown = "document.querySelector('iframe').outerHTML"
    for text in (frame.run(kept), tab.run(kept), frame.run(page), tab.run(shown)):
        assert "djJ8" not in text
    journal = str(user.control("GET", "journal"))
    assert "media/list" in journal
    assert user.ks not in journal
    only_the_studio(tab, studio, "file:")


SETTINGS: dict[str, list[Any]] = {
    "partnerId": [-1, "x", [], {}],
    "ks": [7, None, ""],
    "kalturaServerURI": [7, None, "", "kaltura.com", "javascript:alert(1)"],
    "entryLink": ["https://portal.example", {}],
    "handleShare": [True],
    "allowedProjectTypes": ["fromScratch", {"0": "fromScratch"}],
    "initialView": [1],
    "additionalEsearchFilters": ["x", []],
    "loadThumbnailWithKS": ["true", 1],
}


def test_every_setting_has_its_type_and_every_wrong_one_is_named(
    studio: Studio, tab: Tab, opens: Callable[..., None]
) -> None:
    opens()
    (runtime,) = (path for path in MODULES if path.endswith("/settings.js"))
    faults = f"import({json.dumps(studio.public_url + runtime)}).then((m) => m.faults({{}}))"
    good = {"ks": "x", "partnerId": 1, "kalturaServerURI": "https://www.kaltura.com"}
    given = [good | {"more": "ignored"}, good | dict.fromkeys(SETTINGS, None) | good]
    given += [good | {name: wrong} for name, values in SETTINGS.items() for wrong in values]
    calls = f"{json.dumps(given)}.map((each) => m.faults(each))"
    fine, absent, *found = tab.run(faults.replace("m.faults({})", calls))
    assert (fine, absent) == ([], [])
    names = [name for name, values in SETTINGS.items() for _ in values]
    assert [[fault.split(":")[0] for fault in each] for each in found] == [[name] for name in names]
    assert len(tab.run(faults)) == 3


def test_the_loader_rejects_for_three_reasons_and_no_runtime_is_one(
    studio: Studio, tab: Tab, opens: Callable[..., None]
) -> None:
    opens(until="workspace", more="{runtimes: []}")
    base = f"{studio.public_url}/v1"
    loader = f"import({json.dumps(base)} + '/loader/index.esm.js').then((m) => m.loader"
    for options, words in (
        ({"appId": "a"}, "'serverUrl' is required"),
        ({"serverUrl": base}, "'appId' is required"),
        ({"serverUrl": f"{base}/nowhere", "appId": "a"}, "is not reachable"),
        ({"serverUrl": "http://127.0.0.1:9/v1", "appId": "a"}, "is not reachable"),
    ):
        told = tab.run(f"{loader}({json.dumps(options)})).catch((trouble) => trouble.message)")
        assert words in told
    assert tab.complaints("blocked by CORS", "net::ERR_FAILED", "net::ERR_UNSAFE_PORT")
    known = {"widgetName": "unisphere.widget.vod-avatars", "runtimeName": "studio"}
    unknown = {"widgetName": "unisphere.widget.genie", "runtimeName": "chat", "settings": {}}
    options = {"serverUrl": base, "appId": "a", "runtimes": [unknown, known], "more": 1}
    options |= {"ui": None, "session": None}
    status = "(made) => (window.other = made).getStatus()"
    assert tab.run(f"{loader}({json.dumps(options)})).then({status})") == "active"
    for names in ('"unisphere.widget.genie", "chat"', NAMES):
        assert tab.run(f"other.getRuntimeAsync({names})") is None
        assert tab.run(f"other.getRuntime({names})") is None


def test_a_workspace_loads_runtimes_later_and_tells_who_listens(
    studio: Studio, user: Caller, tab: Tab, opens: Callable[..., None]
) -> None:
    opens(until="workspace", more="{runtimes: []}")
    tab.run(f"""(window.heard = [], window.early = null,
        workspace.getRuntimeAsync({NAMES}).then((r) => window.early = r),
        window.off = workspace.onRuntimeLoaded({NAMES}, () => heard.push("early")), 1)""")
    settings = {"ks": user.ks, "partnerId": 1, "kalturaServerURI": studio.public_url}
    tab.run(f"""workspace.loadRuntime({NAMES}, {json.dumps(settings)})
        .then(({{ runtime }}) => window.later = runtime).then(() => 1)""")
    assert tab.run(f"later !== null && later === workspace.getRuntime({NAMES})")
    assert tab.wait("early === later")
    tab.run(f"""void (off(), workspace.onRuntimeLoaded({NAMES}, () => heard.push("late")))""")
    assert tab.run("heard") == ["early", "late"]
    assert tab.run("document.querySelector('iframe')") is None
    again = f"workspace.loadRuntime({NAMES}, {{ initialView: 'projectBuilder' }})"
    assert tab.run(f"{again}.then(({{ runtime }}) => runtime === later)")
    assert not [said for said in tab.said if "nothing is sent to" in said]


def test_visuals_are_mounted_where_the_target_says(tab: Tab, opens: Callable[..., None]) -> None:
    opens()
    tab.run("""(document.body.insertAdjacentHTML("beforeend",
        "<div id='by-id'>Loading</div><p class='by-selector' style='height: 300px'></p>"), 1)""")
    mount = "studio.mountVisual({{ type: 'page', target: {target}, settings: {{}} }})"
    style = "(({ style, parentNode: at }) => [at.id || at.className, style.minHeight])"
    targets = {
        "{ target: 'element', elementId: 'by-id' }": ["by-id", "480px"],
        "'.by-selector'": ["by-selector", ""],
    }
    for target, expected in targets.items():
        made = mount.format(target=target)
        frame = f"{style}([...document.querySelectorAll('iframe')].at(-1))"
        assert tab.run(f"{made}.then((id) => typeof id === 'string' && {frame})") == expected
    assert "Loading" not in tab.run("document.body.innerText")
    body = mount.format(target="{ target: 'body' }")
    tab.run(f"{body}.then((id) => void (window.overlay = id))")
    where = "document.body.lastElementChild"
    assert tab.run(f"[{where}.style.position, {where}.style.zIndex]") == ["fixed", "1000"]
    tab.run("studio.unmountVisual(overlay)")
    assert tab.run(f"{where}.className") != "overlay"
    assert tab.wait("document.querySelectorAll('iframe').length === 3")
    assert tab.run(mount.format(target="'no-such'")) is None
    assert tab.run(mount.format(target="'['")) is None
    told = tab.complaints("is not in the page")
    assert all("is not in the page" in trouble for trouble in told)
    assert tab.run("studio.mountVisual({ type: 'banner', target: 'by-id', settings: {} })") is None
    assert [said for said in tab.said if "'banner' are not emulated" in said]


def test_services_are_for_real_or_null_with_one_warning(
    tab: Tab, opens: Callable[..., None]
) -> None:
    opens(until="workspace", more="{runtimes: []}")
    told = tab.run("""(() => {
      const get = (name) => workspace.getService(`unisphere.service.${name}`);
      const heard = [];
      const bus = get("pub-sub");
      const off = bus.subscribe("e", (event) => heard.push(event.n + event.payload.n));
      bus.emit({ id: "e", version: "1", payload: { n: 1 } });
      off();
      bus.emit({ id: "e", version: "1", payload: { n: 2 } });
      bus.subscribe("e", (event) => heard.push(event.n), { replayLastValue: true });
      bus.subscribe("x", () => { throw new Error("the page's own") });
      bus.emit({ id: "x", version: "1" });
      const kept = get("storage");
      kept.update("space", "name", 7);
      kept.subscribe((value) => heard.push(value),
        { namespace: "space", property: "name", emitLastValue: true });
      workspace.session.subscribe(({ ks }) => heard.push(ks), { replayLastValue: true });
      workspace.session.setData((was) => ({ ...was, ks: "b" }));
      const styles = get("theme").injectStyles("w", "r", [".x { color: red }"]);
      const sheets = [document.adoptedStyleSheets.length, (styles.remove(), 0)];
      get("logger").getOrCreateLogger("app", "part").warn("a word");
      return [heard.slice(0, 3), heard.slice(4), kept.get("space", "name"), sheets[0],
        document.adoptedStyleSheets.length, get("iframes"), get("iframes"), get("utils")];
    })()""")
    assert told == [[2, 2, 7], ["b"], 7, 1, 0, None, None, None]
    assert len(tab.complaints("a listener failed")) == 1
    assert "warning: [app/part] a word" in tab.said
    assert len([said for said in tab.said if "no service 'unisphere.service.iframes'" in said]) == 1


def test_the_library_offers_what_its_page_allows(tab: Tab, user: Caller, embedded: Opens) -> None:
    frame = embedded(initialView="projectBuilder", allowedProjectTypes=["video-explainer"])
    frame.wait("!!document.querySelector('dialog .wizard')")
    frame = embedded(initialView="projectBuilder")
    frame.wait("document.querySelectorAll('dialog .kind').length === 3")
    video_id = user.video(name="Of the portal")
    user("video/generate", id=video_id)
    entry = user.wait(video_id, "ready")["entryId"]
    share = "{ handleShare: (entryId) => { window.shared = entryId } }"
    frame = embedded(functions=share)
    frame.wait("!!document.querySelector('.tile-name')")
    frame.activate(".tile-name")
    frame.wait("document.querySelectorAll('dialog footer button').length === 3")
    frame.activate("dialog footer button")
    tab.wait(f"window.shared === '{entry}'")
