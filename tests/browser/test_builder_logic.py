"""What the builder decides without a page: order, undo, when it saves, what it never overwrites."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from storyboard.scripts import is_written_right_to_left
from tests.browser.application import module_result, open_studio_page
from tests.browser.chromium import Tab, browser
from tests.browser.rig import served_studio

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    folder = tmp_path_factory.mktemp("logic")
    with served_studio(folder) as studio, browser(folder / "profile") as opened:
        opened.screen(1280)
        open_studio_page(opened, studio)
        yield opened
        assert opened.troubles == []


def builder(tab: Tab, module: str, script: str) -> Any:
    """Return what a function's body returns that has a module of the builder as `m`."""
    return module_result(tab, f"app/builder/{module}.js", f"(async () => {{ {script} }})()")


SCENES = [
    {
        "layoutType": "full-screen",
        "narration": {"text": "One.", "avatarId": "a", "say": [{"word": "One", "said": "won"}]},
    },
    {"layoutType": "broll", "broll": {"entryId": "1_x", "startTime": 2.5}},
    {"layoutType": "full-screen", "narration": {"text": " שלום <b> \n\n"}, "later": {"a": [1]}},
]

LIST = """let key = 0; const list = m.fromWire(scenes, () => ++key);
    const texts = (l) => l.map(({ key }) => key).join("");"""


def scenes(tab: Tab, script: str, given: Any = SCENES) -> Any:
    return builder(tab, "scenes", f"const scenes = {json.dumps(given)}; {LIST} {script}")


def test_scenes_come_back_as_they_came(tab: Tab) -> None:
    assert scenes(tab, "return m.toWire(list)") == SCENES
    usual = [{}, {"narration": None, "broll": None}, {"narration": {"text": "  "}}]
    told = scenes(tab, "return m.toWire(list)", usual)
    assert told == [{"layoutType": "full-screen"}] * 3
    assert scenes(tab, "return m.isSame(scenes, m.toWire(list))", usual)
    assert not scenes(tab, "return m.isSame(scenes, scenes.slice(1))")


def test_a_long_clip_leaves_room_to_tell_narrations_apart(tab: Tab) -> None:
    def scale(lengths: list[Any], budgets: list[Any]) -> Any:
        return builder(
            tab, "length_bar", f"return m.scaleOf({json.dumps([lengths, budgets])[1:-1]})"
        )

    said = [{"seconds": 4.6}, {"seconds": 9.3}, None]
    assert scale(said, [None, None, None]) == 15
    assert scale(said, [None, 20, None]) == 20
    assert scale(said, [None, 190, 3600]) == 15
    assert scale([{"seconds": 60}], [90]) == 90


@pytest.mark.parametrize(
    ("script", "order"),
    [
        ("m.moved(list, 1, 2)", "231"),
        ("m.moved(list, 3, -5)", "312"),
        ("m.moved(list, 2, 9)", "132"),
        ("m.moved(list, 9, 0)", "123"),
        ("m.removed(list, 2)", "13"),
        ("m.inserted(list, 1, m.emptyScene(4), 20)", "1423"),
        ("m.inserted(list, 1, m.emptyScene(4), 3)", "123"),
    ],
)
def test_the_order_changes(tab: Tab, script: str, order: str) -> None:
    assert scenes(tab, f"return texts({script})") == order
    assert scenes(tab, f"{script}; return texts(list)") == "123", "what was there is not changed"


def test_a_dragged_scene_falls_between_the_others(tab: Tab) -> None:
    boxes = "const boxes = [{top: 0, height: 100}, {top: 110, height: 40}];"
    told = scenes(
        tab, f"{boxes} return [-9, 49, 51, 129, 131, 999].map((y) => m.dropIndex(boxes, y))"
    )
    assert told == [0, 0, 1, 1, 2, 2]


def test_who_follows_a_scene_that_is_deleted(tab: Tab) -> None:
    assert scenes(tab, "return [1, 2, 3].map((key) => m.neighbor(list, key))") == [2, 3, 2]
    assert scenes(tab, "return m.neighbor(list.slice(0, 1), 1)") is None


def test_typing_is_one_step_and_each_act_another(tab: Tab) -> None:
    script = """let h = m.begun("");
      for (const [text, group, at] of [["a", "t1", 0], ["ab", "t1", 900], ["abc", "t1", 1800],
        ["abcd", "t1", 2900], ["abcde", "t1", -9000], ["X", "t2", 3000],
        ["moved", "", 3001], ["moved again", "", 3002]])
        h = m.noted(h, text, group, at);
      const back = [];
      while (m.canUndo(h)) { h = m.undone(h); back.push(h.present); }
      const forth = [];
      while (m.canRedo(h)) { h = m.redone(h); forth.push(h.present); }
      h = m.noted(m.undone(h), "other", "", 4000);
      return { back, forth, last: [m.canRedo(h), m.undone(h).present] };"""
    assert builder(tab, "history", script) == {
        "back": ["moved", "X", "abcde", "abcd", "abc", ""],  # the clock was set back in between
        "forth": ["abc", "abcd", "abcde", "X", "moved", "moved again"],
        "last": [False, "moved"],
    }


def test_what_is_typed_after_an_undo_is_a_step_and_old_steps_are_forgotten(tab: Tab) -> None:
    script = """let h = m.noted(m.begun(""), "a", "t", 0); h = m.noted(h, "ab", "t", 10);
      h = m.noted(m.noted(h, "ab!", "", 20), "ab!c", "t", 30); h = m.undone(h);
      h = m.noted(h, "ab!d", "t", 40); const back = [m.undone(h).present];
      for (let n = 0; n < 300; n += 1) h = m.noted(h, n, "", 50);
      return [...back, h.past.length, h.past[0]];"""
    assert builder(tab, "history", script) == ["ab!", 200, 99]


CLOCK = """let time = 0; const timers = []; const log = []; let dirty = false,
    long = false; const answers = [];
  const clock = { now: () => time,
    later: (run, ms) => { const timer = { run, at: time + ms }; timers.push(timer); return timer; },
    cancel: (timer) => { const at = timers.indexOf(timer); if (at >= 0) timers.splice(at, 1); } };
  const settle = async () => { for (let i = 0; i < 20; i++) await null; };
  const pass = async (ms) => {
    for (const end = time + ms; ; ) {
      const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) { time = end; break; }
      time = next.at; clock.cancel(next); next.run(); await settle();
    }
  };
  const save = m.createAutosave({ isDirty: () => dirty, isLong: () => long, clock, show: ({ kind,
        failure }) => log.push(failure ? failure.trouble : kind),
    sendLast: () => log.push(`last ${time}`),
    send: () => { log.push(`send ${time}`); dirty = false;
      return new Promise((resolve, reject) => answers.push({ resolve,
        fail: (trouble) => { dirty = true; reject(new m.NotSaved(trouble, "why")); } })); } });
  const edit = () => { dirty = true; save.edited(); };
  const answer = async (trouble) => { const next = answers.shift();
        trouble ? next.fail(trouble) : next.resolve(); await settle(); };
  """


def autosave(tab: Tab, script: str) -> Any:
    return builder(tab, "autosave", f"{CLOCK} {script}")


def test_an_edit_is_saved_five_seconds_after_the_last_one(tab: Tab) -> None:
    script = """edit(); await pass(9000); const early = [...log];
      save.loaded(); edit(); await pass(4000); edit(); await pass(4900); const waiting = [...log];
      await pass(200); await answer(); await pass(60000);
      return { early, waiting: waiting.length, log: log.slice(1), at: save.state.at };"""
    told = autosave(tab, script)
    assert told == {
        "early": [],
        "waiting": 3,
        "log": ["editing", "editing", "saving", "send 18000", "saved"],
        "at": 18100,
    }


def test_what_is_too_long_to_be_sent_last_is_saved_soon_and_is_at_risk_till_then(tab: Tab) -> None:
    script = """save.loaded(); const risks = [save.isAtRisk()];
      const note = () => risks.push(save.isAtRisk());
      edit(); note(); long = true; edit(); note(); await pass(600); const sent = answers.length;
      note(); await answer("gone"); long = false; note(); await pass(1000);
      const again = answers.length; dirty = true; note(); save.leave(); note();
      return { risks, sent, again };"""
    risks = [False, False, True, False, True, True, False]
    assert autosave(tab, script) == {"risks": risks, "sent": 1, "again": 1}


def test_one_save_at_a_time_and_the_newest_state_after_it(tab: Tab) -> None:
    script = """save.loaded(); edit(); const first = save.flush(); await settle();
      edit(); const others = [save.flush(), save.flush()]; await pass(30000);
      const during = answers.length; await answer(); const after = answers.length;
      await answer();
      return { during, after, done: await Promise.all([first, ...others]),
        sent: log.filter((line) => line.startsWith("send")), kind: save.state.kind };"""
    told = autosave(tab, script)
    assert told["during"] == told["after"] == 1
    assert told["done"] == [True, True, True]
    assert (len(told["sent"]), told["kind"]) == (2, "saved")


def test_a_studio_that_is_gone_is_asked_again_less_and_less(tab: Tab) -> None:
    script = """save.loaded(); edit(); await pass(5000); const at = [];
      for (let i = 0; i < 7; i++) { await answer("gone"); edit(); const from = time;
        while (!answers.length) await pass(100); at.push(time - from); } return at;"""
    told = autosave(tab, script)
    assert told == [1000, 2000, 4000, 8000, 10000, 10000, 10000], "an edit puts no try off"


def test_a_save_that_succeeds_ends_a_trouble(tab: Tab) -> None:
    script = """save.loaded(); edit(); await pass(5000); await answer("gone"); await pass(1000);
      await answer("gone"); await pass(2000); await answer(); const risk = [save.isFailing()];
      edit(); risk.push(save.isAtRisk()); await pass(5000); edit(); const kind = save.state.kind;
      await answer("gone"); const from = time; while (!answers.length) await pass(100);
      return [...risk, kind, time - from];"""
    assert autosave(tab, script) == [False, False, "saving", 1000]


def test_nothing_counts_as_saved_while_something_has_to_be_decided(tab: Tab) -> None:
    script = """save.loaded(); save.hold("changed"); const held = await save.flush();
      save.resume(); const resumed = await save.flush(); return [held, resumed];"""
    assert autosave(tab, script) == [False, True]


@pytest.mark.parametrize("trouble", ["session", "locked", "changed"])
def test_what_has_to_be_decided_first_is_not_sent_again(tab: Tab, trouble: str) -> None:
    script = f"""save.loaded(); edit(); const done = save.flush(); await settle();
          await answer("{trouble}");
      edit(); await pass(600000); const held = [await done, await save.flush(), answers.length];
      const resumed = save.resume(); await settle(); await answer();
      return {{ held, resumed: await resumed, log: log.slice(1) }};"""
    assert autosave(tab, script) == {
        "held": [False, False, 0],
        "resumed": True,
        "log": [
            "editing",
            "saving",
            "send 0",
            trouble,
            "editing",
            "saving",
            "send 600000",
            "saved",
        ],
    }


def test_what_was_refused_is_sent_again_with_the_next_edit(tab: Tab) -> None:
    script = """save.loaded(); edit(); await pass(5000); await answer("refused"); await pass(60000);
      const quiet = answers.length; edit(); await pass(5000); await answer();
      return [quiet, save.state.kind];"""
    assert autosave(tab, script) == [0, "saved"]


def test_what_was_taken_back_needs_no_save(tab: Tab) -> None:
    script = """save.loaded(); edit(); await pass(5000); await answer("gone"); save.loaded();
      const failing = save.isFailing(); edit(); dirty = false;
      return [failing, await save.flush(), save.state.kind, answers.length];"""
    assert autosave(tab, script) == [False, True, "saved", 0]


def test_a_fault_of_ours_is_no_quiet_failure_of_a_save(tab: Tab) -> None:
    script = """const states = []; const save = m.createAutosave({ isDirty: () => true,
        isLong: () => false, clock: { ...m.pageClock, later: () => null },
        show: ({ kind }) => states.push(kind), sendLast() {},
        send: async () => { throw new TypeError("a fault"); } });
      save.loaded(); const thrown = await save.flush().catch((fault) => fault.message);
      return [thrown, states];"""
    assert builder(tab, "autosave", script) == ["a fault", ["saved", "saving", "failed"]]


def test_whoever_leaves_sends_what_there_is_and_no_more(tab: Tab) -> None:
    leave = """save.leave(); save.leave(); edit(); await pass(60000);
      if (await save.flush()) log.push("flushed"); return log.slice(1);"""
    assert autosave(tab, f"save.loaded(); edit(); {leave}") == ["editing", "last 0"]
    assert autosave(tab, f"save.loaded(); {leave}") == []
    assert autosave(tab, f"{leave}") == []
    held = 'save.loaded(); edit(); save.hold("changed");'
    assert "last 0" not in autosave(tab, f"{held} {leave}")


def test_lengths_are_asked_once_a_text_a_moment_after_the_last_stroke(tab: Tab) -> None:
    script = """const asked = [], timers = []; let fails = 1;
      const clock = { now: () => 0, later: (run, ms) => timers.push({ run, ms }) && timers.at(-1),
        cancel: (timer) => {
          const at = timers.indexOf(timer); if (at >= 0) timers.splice(at, 1); } };
      const ask = async (texts) => {
        asked.push(texts); if (fails-- > 0) throw new Error("gone");
        return texts.map((text) => text.length); };
      const lengths = m.createLengths({ ask, longest: 9, clock });
      const fire = async () => {
        const now = timers.splice(0); for (const { run } of now) await run();
        return now.map(({ ms }) => ms); };
      const scene = (text) => ({ key: 1, text, avatarId: null });
      lengths.want(["", " One. ", "One.", "far too long"]);
      const waits = [await fire(), await fire()];
      lengths.want(["One.", "One. M"]); lengths.want(["One.", "One. More"]);
      const before = lengths.of(scene("One."), "a");
      const typed = lengths.of(scene("One. More"), "a");
      waits.push(await fire());
      lengths.hear("One.", "a", 1.5);
      return { asked, waits, before, typed, after: lengths.of(scene("One. More"), "a"),
        heard: lengths.of(scene("One. "), "a"), other: lengths.of(scene("One."), "b"),
        none: lengths.of(scene("  "), "a") };"""
    guess = {"seconds": 4, "isMeasured": False}
    assert builder(tab, "lengths", script) == {
        "asked": [["One."], ["One."], ["One. More"]],
        "waits": [[0], [4000], [400]],
        "before": guess,
        "typed": guess,
        "after": {"seconds": 9, "isMeasured": False},
        "heard": {"seconds": 1.5, "isMeasured": True},
        "other": guess,
        "none": None,
    }


@pytest.mark.parametrize(
    ("texts", "direction"),
    [
        (["Maria Rossi هي زميلتكم.", "مرحبًا بكم في Northwind."], "rtl"),
        (["Northwind GmbH", "שלום לכולם."], "rtl"),
        (["Welcome to the tour of our new שלום engine."], "ltr"),
        (["葛飾区のツアーへようこそ"], "ltr"),
        (["", " 12!"], "auto"),
    ],
)
def test_all_scenes_run_as_the_language_of_the_video_does(
    tab: Tab, texts: list[str], direction: str
) -> None:
    """By the first letter, an Arabic scene that begins with a Latin name ran from left to right."""
    script = f"m.directionOf({json.dumps(texts)})"
    assert module_result(tab, "app/text_direction.js", script) == direction
    if direction != "auto":
        assert is_written_right_to_left(texts) == (direction == "rtl")
