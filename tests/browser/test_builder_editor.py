"""Edits until the studio has them: what is sent, what is never overwritten,
what a reload finds again."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.chromium import Tab
from tests.browser.test_builder_logic import builder, tab

pytestmark = pytest.mark.browser
__all__ = ["tab"]

EDITOR = """
  const say = (text) => ({ layoutType: "full-screen", narration: { text } });
  let there = { id: "v", name: "Video", avatarId: "a", status: "draft", updatedAt: "1",
        entryId: null,
    scenes: [say("One."), say("Two.")] };
  let version = 1, trouble = null, loses = false; const sent = [], told = [], kept = {};
  const { NotSaved } = await import(new URL("autosave.js", base));
  const { createDrafts } = await import(new URL("drafts.js", base));
  const remote = {
    get: async () => { if (trouble) throw new NotSaved(trouble); return structuredClone(there); },
    update: async (body) => {
      if (trouble) throw new NotSaved(trouble);
      sent.push(structuredClone(body));
      there = { ...there, ...body, updatedAt: String(++version) };
      if (loses) { loses = false; throw new NotSaved("gone"); }
      return structuredClone(there);
    },
    updateLast: (body) => sent.push({ last: body }),
    outlives: (body) => JSON.stringify(body).length < 1000,
  };
  const storage = { getItem: (k) => kept[k] ?? null, setItem: (k, v) => { kept[k] = v;
        }, removeItem: (k) => { delete kept[k]; } };
  const timers = new Set();
  const idle = { now: () => 0, cancel: (timer) => timers.delete(timer),
    later(run) { const timer = { run }; timers.add(timer); return timer; } };
  const pass = async () => { for (const timer of [...timers]) {
    timers.delete(timer); await timer.run(); }
    for (let turn = 0; turn < 20; turn += 1) await null; };
  const facts = { limits: { scenes: 20 }, behavior: { ready_videos_editable: "true" } };
  const opened = async (behavior = "true", failed = "true") => {
    const editor = m.createEditor({ id: "v", remote, drafts: createDrafts(storage), clock: idle,
      facts: { ...facts, behavior: { ready_videos_editable: behavior,
        failed_videos_editable: failed } },
      announce: (key) => told.push(key) });
    await editor.load();
    return editor;
  };
  const elsewhere = (fields) => { there = { ...there, ...fields, updatedAt: String(++version) }; };
  const texts = (editor) => editor.said.value.scenes.map(({ text }) => text);
  const key = (editor, index) => editor.said.value.scenes[index].key;
  const write = (editor, index, text) => editor.change(key(editor, index), { text }, "t");
"""


def editor(tab: Tab, script: str) -> Any:
    where = """const base = performance.getEntriesByType("resource").map(({ name }) => name)
      .find((name) => name.endsWith("/editor.js"));"""
    return builder(tab, "editor", f"{where} {EDITOR} {script}")


def test_only_what_differs_is_sent_and_scenes_whole(tab: Tab) -> None:
    script = """const e = await opened(); await e.flush(); write(e, 0, "Uno."); await e.flush();
      e.rename("Other"); await e.flush(); e.rename("  "); await e.flush(); e.present("b");
      await e.flush();
      write(e, 0, "x"); write(e, 0, "Uno."); await e.flush(); return sent;"""
    assert editor(tab, script) == [
        {
            "id": "v",
            "scenes": [
                {"layoutType": "full-screen", "narration": {"text": "Uno."}},
                {"layoutType": "full-screen", "narration": {"text": "Two."}},
            ],
        },
        {"id": "v", "name": "Other"},
        {"id": "v", "avatarId": "b"},
    ]


def test_nothing_is_sent_of_a_video_that_could_not_be_loaded(tab: Tab) -> None:
    script = """trouble = "gone"; let failed = false;
      const e = m.createEditor({ id: "v", remote, drafts: createDrafts(null), facts, clock: idle,
      announce() {} });
      try { await e.load(); } catch { failed = true; }
      trouble = null; e.add(); e.leave(); return [failed, await e.flush(), sent];"""
    assert editor(tab, script) == [True, False, []]


def test_an_empty_list_is_sent_if_the_person_made_it(tab: Tab) -> None:
    script = """const e = await opened(); e.remove(key(e, 0)); e.remove(key(e, 0)); await e.flush();
      e.undo(); e.undo(); await e.flush(); return sent.map(({ scenes }) => scenes.length);"""
    assert editor(tab, script) == [0, 2]


def test_twenty_scenes_and_no_more(tab: Tab) -> None:
    script = """const e = await opened(); for (let i = 0; i < 30;
          i++) i % 2 ? e.add() : e.duplicate(key(e, 0));
      await e.flush(); return [texts(e).length, sent[0].scenes.length];"""
    assert editor(tab, script) == [20, 20]


def test_an_answer_from_before_a_save_is_no_foreign_change(tab: Tab) -> None:
    script = """const e = await opened(); const real = remote.get; let answer; let saved;
      remote.get = async () => { const told = await real();
        await new Promise((go) => { answer = go; }); return told; };
      const looked = e.look(); await null; await null; remote.get = real;
      write(e, 0, "Uno."); saved = await e.flush();
      answer(); await looked; const asked = [saved, e.elsewhere.value, e.saving.value.kind];
      elsewhere({ scenes: [say("Theirs.")] }); await e.look();
      return [...asked, e.elsewhere.value.scenes.length];"""
    assert editor(tab, script) == [True, None, "saved", 1]


def test_what_is_typed_while_it_is_saved_stays_and_is_saved_too(tab: Tab) -> None:
    script = """const e = await opened(); write(e, 0, "One, typed."); const done = e.flush();
      write(e, 0, "One, typed on."); await done;
      return [texts(e)[0], there.scenes[0].narration.text, e.elsewhere.value];"""
    assert editor(tab, script) == ["One, typed on.", "One, typed on.", None]


def test_an_answer_that_was_lost_is_no_foreign_change(tab: Tab) -> None:
    script = """const e = await opened(); write(e, 0, "Uno."); loses = true;
          const first = await e.flush();
      write(e, 1, "Due."); const second = await e.flush();
      return [first, second, e.elsewhere.value, there.scenes.map((s) => s.narration.text)];"""
    assert editor(tab, script) == [False, True, None, ["Uno.", "Due."]]


@pytest.mark.parametrize("end", ["await e.flush()", "void e.leave()"])
def test_what_is_undone_after_its_answer_was_lost_is_undone_in_the_studio_too(
    tab: Tab, end: str
) -> None:
    script = f"""const e = await opened(); write(e, 0, "Uno."); loses = true; await e.flush();
      e.undo(); const risk = e.saving.value.kind; {end}; const {{ scenes }} = sent.at(-1).last
        ?? sent.at(-1);
      return [risk, texts(e)[0], scenes[0].narration.text, e.elsewhere.value];"""
    assert editor(tab, script) == ["failed", "One.", "One.", None]


def test_what_is_undone_after_it_was_refused_needs_no_save(tab: Tab) -> None:
    script = """const e = await opened(); const real = remote.update;
      remote.update = async () => { throw new NotSaved("refused", "no"); };
      write(e, 0, "Uno."); await e.flush(); remote.update = real; e.undo();
      trouble = "gone"; return [await e.flush(), sent, Object.keys(kept)];"""
    assert editor(tab, script) == [True, [], []]


def test_a_foreign_change_is_neither_overwritten_nor_shown_unasked(tab: Tab) -> None:
    script = """const e = await opened(); write(e, 0, "Mine.");
          elsewhere({ scenes: [say("Theirs.")] });
      const saved = await e.flush(); write(e, 0, "Mine, more."); const again = await e.flush();
      return { saved, again, sent, mine: texts(e), kept: Object.keys(kept).length,
      bar: e.elsewhere.value.scenes.length };"""
    assert editor(tab, script) == {
        "saved": False,
        "again": False,
        "sent": [],
        "mine": ["Mine, more.", "Two."],
        "kept": 1,
        "bar": 1,
    }


def test_a_conflict_ends_as_the_person_decides_and_undo_has_the_other(tab: Tab) -> None:
    begin = """const e = await opened(); write(e, 0, "Mine.");
          elsewhere({ scenes: [say("Theirs.")] });
      await e.look();"""
    keep = "await e.keepMine(); return [texts(e), there.scenes.length, e.elsewhere.value];"
    assert editor(tab, begin + keep) == [["Mine.", "Two."], 2, None]
    reload = """e.reload(); const theirs = texts(e); await e.flush(); const sentNow = sent.length;
      e.undo(); await e.flush();
      return [theirs, sentNow, there.scenes.map((s) => s.narration.text)];"""
    assert editor(tab, begin + reload) == [["Theirs."], 0, ["Mine.", "Two."]]


def test_a_change_of_status_alone_is_no_foreign_change(tab: Tab) -> None:
    script = """const e = await opened(); elsewhere({ status: "generating" }); await e.look();
      const lock = e.lock.value; write(e, 0, "x"); e.add(); e.undo();
      return [lock, texts(e), e.elsewhere.value];"""
    assert editor(tab, script) == ["making", ["One.", "Two."], None]


def test_edits_wait_for_a_film_that_is_made_elsewhere(tab: Tab) -> None:
    begin = """const e = await opened(); write(e, 0, "Mine."); elsewhere({ status: "generating" });
      const saved = await e.flush();
      const during = [saved, e.lock.value, e.saving.value.failure.trouble, texts(e)[0]];"""
    failed = """elsewhere({ status: "generate-error" }); e.answered(structuredClone(there));
      await e.flush(); return [during, there.scenes[0].narration.text];"""
    during = [False, "making", "locked", "Mine."]
    assert editor(tab, begin + failed) == [during, "Mine."]
    ready = """elsewhere({ status: "ready", entryId: "1_f" });
          e.answered(structuredClone(there)); await e.flush();
      const asked = [sent.length, e.elsewhere.value !== null]; await e.keepMine();
      return [during, asked, there.scenes[0].narration.text];"""
    assert editor(tab, begin + ready) == [during, [0, True], "Mine."]


def test_a_finished_film_is_edited_once_the_person_says_so(tab: Tab) -> None:
    script = """elsewhere({ status: "ready", entryId: "1_f" }); const e = await opened(%s);
      write(e, 0, "x"); const before = [e.lock.value, texts(e)[0]];
      e.unlock(); write(e, 0, "Uno."); await e.flush(); return [before, sent.length];"""
    assert editor(tab, script % "") == [["finished", "One."], 1]
    assert editor(tab, script % '"false"') == [["closed", "One."], 0]


def test_a_failed_film_is_edited_at_once_or_after_a_reset(tab: Tab) -> None:
    script = """elsewhere({ status: "generate-error" }); const e = await opened("true", "%s");
      write(e, 0, "x"); const before = [e.lock.value, texts(e)[0]];
      elsewhere({ status: "draft" }); e.answered(structuredClone(there));
      write(e, 0, "Uno."); await e.flush(); return [before, sent.length];"""
    assert editor(tab, script % "true") == [[None, "x"], 1]
    assert editor(tab, script % "false") == [["failed", "One."], 1]


def test_scenes_that_were_composed_are_shown(tab: Tab) -> None:
    script = """elsewhere({ status: "composing" }); const e = await opened();
      elsewhere({ status: "composed", scenes: [say("Made.")] }); e.answered(structuredClone(there));
      return [texts(e), e.lock.value, e.elsewhere.value, await e.flush(), sent];"""
    assert editor(tab, script) == [["Made."], None, None, True, []]


@pytest.mark.parametrize("status", ["generating", "composing", "ready", "generate-error"])
def test_a_name_is_saved_in_every_status_and_scenes_are_not(tab: Tab, status: str) -> None:
    script = f"""elsewhere({{ status: "{status}", entryId: "1_f" }});
      const e = await opened("false", "false"); const lock = e.lock.value;
      e.rename("Other"); write(e, 0, "x"); const saved = await e.flush();
      return [lock !== null, saved, sent, there.status, e.lock.value === lock];"""
    assert editor(tab, script) == [True, True, [{"id": "v", "name": "Other"}], status, True]


@pytest.mark.parametrize("when", ["before", "with"])
def test_a_name_that_is_written_while_scenes_are_composed_loses_neither(
    tab: Tab, when: str
) -> None:
    script = f"""elsewhere({{ status: "composing" }}); const e = await opened(); e.rename("Mine");
      const done = () => elsewhere({{ status: "composed", name: "Found", scenes: [say("Made.")] }});
      if ("{when}" === "before") done();
      const real = remote.update;
      if ("{when}" === "with") remote.update = (body) => {{ done(); return real(body); }};
      const saved = await e.flush();
      return [saved, texts(e), e.elsewhere.value, there.name, there.scenes.length, sent.length];"""
    assert editor(tab, script) == [True, ["Made."], None, "Mine", 1, 1]


def test_edits_are_at_risk_only_where_no_reload_finds_them(tab: Tab) -> None:
    script = """const long = "x".repeat(2000), risks = [];
      for (const drafts of [createDrafts(storage), createDrafts(null)]) {
        const e = m.createEditor({ id: "v", remote, drafts, facts, clock: idle, announce() {} });
        await e.load(); write(e, 0, "Short."); risks.push(e.isAtRisk());
        write(e, 0, long); risks.push(e.isAtRisk()); e.undo(); await e.flush();
      } return risks;"""
    assert editor(tab, script) == [False, False, False, True]


def test_a_reload_finds_what_was_not_saved(tab: Tab) -> None:
    begin = """const first = await opened(); write(first, 0, "Typed."); first.add();"""
    script = """const e = await opened(); const back = texts(e);
          const state = [e.isRestored.value, e.elsewhere.value];
      await e.flush(); const saved = there.scenes.length; e.undo();
      return [back, state, saved, texts(e), Object.keys(kept).length];"""
    assert editor(tab, begin + script) == [
        ["Typed.", "Two.", ""],
        [True, None],
        3,
        ["One.", "Two."],
        1,
    ]
    changed = """elsewhere({ scenes: [say("Theirs.")] }); const e = await opened();
      return [texts(e), e.elsewhere.value.scenes.length, await e.flush(), sent];"""
    assert editor(tab, begin + changed) == [["Typed.", "Two.", ""], 1, False, []]
    nothing = """await first.flush(); const e = await opened();
          return [e.isRestored.value, Object.keys(kept)];"""
    assert editor(tab, begin + nothing) == [False, []]


def test_a_reload_goes_on_with_a_finished_video_that_was_being_edited(tab: Tab) -> None:
    script = """elsewhere({ status: "ready", entryId: "1_f" }); const first = await opened();
      first.unlock(); write(first, 0, "Uno."); const e = await opened();
      const back = [texts(e)[0], e.lock.value, e.isRestored.value]; await e.flush();
      const saved = [sent.length, e.isRestored.value];
      for (const status of ["draft", "ready"]) {
        elsewhere({ status }); e.answered(structuredClone(there)); }
      return [back, saved, e.lock.value];"""
    assert editor(tab, script) == [["Uno.", None, True], [1, False], "finished"]


def test_a_reload_has_nothing_to_say_of_edits_that_arrived(tab: Tab) -> None:
    script = """const first = await opened(); write(first, 0, "Uno."); loses = true;
      await first.flush(); const before = Object.keys(kept).length; const e = await opened();
      return [before, texts(e)[0], e.isRestored.value, e.elsewhere.value, Object.keys(kept)];"""
    assert editor(tab, script) == [1, "Uno.", False, None, []]


def test_storage_that_is_full_or_forbidden_is_done_without(tab: Tab) -> None:
    script = """const no = () => { throw new DOMException("no", "SecurityError"); };
      const e = m.createEditor({ id: "v", remote, facts, clock: idle, announce() {},
        drafts: createDrafts({ getItem: no, setItem: no, removeItem: no }) });
      await e.load(); write(e, 0, "Uno."); await e.flush();
      return there.scenes[0].narration.text;"""
    assert editor(tab, script) == "Uno."


def test_whoever_leaves_sends_the_last_edits(tab: Tab) -> None:
    script = """const e = await opened(); write(e, 0, "Last."); e.leave(); e.leave();
      return sent.map(({ last }) => [last.id, last.scenes[0].narration.text]);"""
    assert editor(tab, script) == [["v", "Last."]]


def test_what_is_done_is_told(tab: Tab) -> None:
    script = """const e = await opened(); e.move(key(e, 0), 1); e.move(key(e, 1), 9); e.add();
          e.duplicate(key(e, 0));
      e.remove(key(e, 0)); e.undo(); e.redo(); e.redo(); return told;"""
    assert editor(tab, script) == [
        f"builder.{word}"
        for word in ("moved", "added", "duplicated", "removed", "undone", "redone")
    ]


def test_whoever_was_left_takes_no_edit(tab: Tab) -> None:
    """Such as the end of an upload: it would be kept by nobody, or by a reload alone."""
    script = """const e = await opened(); write(e, 0, "Uno."); const first = key(e, 0);
      const taken = [e.change(first, { text: "Due." })]; await e.flush(); await e.leave();
      taken.push(e.change(first, { text: "Tre." }), e.change(99, { text: "None." }));
      e.add(); e.rename("Other"); e.present("b"); const { name, avatarId } = e.said.value;
      return [taken, texts(e), name, avatarId, Object.keys(kept), sent.length];"""
    want = [[True, False, False], ["Due.", "Two."], "Video", "a", [], 1]
    assert editor(tab, script) == want


def test_a_scene_that_is_gone_takes_no_edit(tab: Tab) -> None:
    script = """const e = await opened(); const first = key(e, 0); e.remove(first);
      return [e.change(first, { text: "Late." }), texts(e), e.undo(), texts(e)];"""
    assert editor(tab, script) == [False, ["Two."], None, ["One.", "Two."]]


@pytest.mark.parametrize("last", ["ours", "theirs"])
def test_a_foreign_change_that_is_told_of_while_a_save_is_under_way(tab: Tab, last: str) -> None:
    """Whose came last is asked: theirs holds saves back, and ours leaves nothing to decide."""
    theirs = 'elsewhere({ scenes: [say("Theirs.")] });'
    script = f"""const e = await opened(); write(e, 0, "Mine."); const real = remote.update;
      let go, asked; remote.update = async (body) => {{
        if ("{last}" === "ours") {{ {theirs} asked = structuredClone(there); }}
        const told = await real(body);
        if ("{last}" === "theirs") {{ {theirs} asked = structuredClone(there); }}
        await new Promise((act) => {{ go = act; }}); return told; }};
      const saved = e.flush(); while (!asked || !go) await new Promise((act) => setTimeout(act));
      e.answered(asked); const during = e.elsewhere.value !== null; remote.update = real; go();
      const isSaved = await saved; const after = e.elsewhere.value?.scenes.length ?? null;
      write(e, 1, "More."); const again = await e.flush();
      return [during, isSaved, after, again, sent.length, there.scenes.length];"""
    want = {"ours": [True, True, None, True, 2, 2], "theirs": [True, False, 1, False, 1, 1]}
    assert editor(tab, script) == want[last]


def test_edits_are_saved_by_themselves_also_those_that_a_reload_found(tab: Tab) -> None:
    script = """const first = await opened(); write(first, 0, "Typed."); const begun = timers.size;
      timers.clear(); await opened(); const waiting = timers.size; await pass();
      return [begun, waiting, sent.length, there.scenes[0].narration.text];"""
    assert editor(tab, script) == [1, 1, 1, "Typed."]


def test_each_reload_finds_what_was_not_saved(tab: Tab) -> None:
    script = """const first = await opened(); write(first, 0, "Typed."); await opened();
      const e = await opened(); const found = [texts(e)[0], e.isRestored.value];
      write(e, 0, "One."); return [...found, Object.keys(kept)];"""
    assert editor(tab, script) == ["Typed.", True, []]


def test_a_reload_of_a_film_in_the_making_asks_before_it_saves_what_it_found(tab: Tab) -> None:
    script = """const first = await opened(); write(first, 0, "Typed.");
      there = { ...there, status: "generating" }; const e = await opened(); await pass();
      return [texts(e)[0], e.elsewhere.value !== null, sent.length];"""
    assert editor(tab, script) == ["Typed.", True, 0]


def test_a_name_that_a_reload_found_leaves_a_finished_video_locked(tab: Tab) -> None:
    script = """elsewhere({ status: "ready", entryId: "1_f" }); const first = await opened();
      first.rename("Mine"); const e = await opened();
      return [e.said.value.name, e.isRestored.value, e.lock.value];"""
    assert editor(tab, script) == ["Mine", True, "finished"]


def test_what_is_locked_is_not_undone_and_what_is_gone_is_not_selected(tab: Tab) -> None:
    script = """const e = await opened(); e.add(); const at = () => e.said.value.scenes
        .findIndex(({ key }) => key === e.selected.value);
      const back = [at()]; e.undo(); back.push(at()); e.redo(); e.remove(key(e, 1));
      back.push(at()); e.undo(); e.undo();
      write(e, 0, "Uno."); await e.flush(); elsewhere({ status: "generating" }); await e.look();
      e.undo(); return [...back, texts(e)[0], e.canUndo.value];"""
    assert editor(tab, script) == [2, 0, 1, "Uno.", False]


def test_a_save_that_failed_is_at_risk_though_a_reload_would_find_it(tab: Tab) -> None:
    script = """const e = await opened(); write(e, 0, "Uno."); const before = e.isAtRisk();
      trouble = "gone"; await e.flush(); return [before, e.isAtRisk(), Object.keys(kept).length];"""
    assert editor(tab, script) == [False, True, 1]


def test_who_saved_the_same_elsewhere_changed_nothing(tab: Tab) -> None:
    script = """const e = await opened(); write(e, 0, "Same.");
      elsewhere({ scenes: [say("Same."), say("Two.")] }); await e.look();
      const asked = e.elsewhere.value; e.reload(); e.reload();
      return [asked, await e.flush(), sent.length, texts(e)];"""
    assert editor(tab, script) == [None, True, 0, ["Same.", "Two."]]


def test_one_look_at_a_time_and_none_while_others_ask(tab: Tab) -> None:
    script = """const e = await opened(); const real = remote.get; let asked = 0;
      remote.get = () => { asked += 1; return real(); };
      await Promise.all([e.look(), e.look()]); const once = asked;
      elsewhere({ status: "generating" }); await e.look(); await e.look();
      return [once, asked];"""
    assert editor(tab, script) == [1, 2]


def test_what_is_typed_while_it_is_asked_which_change_came_last_is_saved_too(tab: Tab) -> None:
    script = """const e = await opened(); write(e, 0, "Mine."); const real = remote.update; let go;
      remote.update = async (body) => { elsewhere({ scenes: [say("Theirs.")] });
        e.answered(structuredClone(there)); const told = await real(body);
        await new Promise((act) => { go = act; }); return told; };
      const done = e.flush(); while (!go) await new Promise((act) => setTimeout(act));
      write(e, 1, "More."); remote.update = real; go(); await done;
      return there.scenes.map(({ narration }) => narration.text);"""
    assert editor(tab, script) == ["Mine.", "More."]


def test_what_is_undone_before_it_is_refused_needs_no_save(tab: Tab) -> None:
    script = """const e = await opened(); const real = remote.update; write(e, 0, "Uno.");
      remote.update = async () => { e.undo(); throw new NotSaved("refused", "no"); };
      await e.flush(); remote.update = real; trouble = "gone"; return [await e.flush(), sent];"""
    assert editor(tab, script) == [True, []]


def test_an_answer_from_before_a_save_is_not_taken_for_its_own(tab: Tab) -> None:
    """Else what is undone after its answer was lost stays in the studio."""
    script = """const e = await opened(); const [get, update] = [remote.get, remote.update];
      let answer; remote.get = async () => { const told = await get();
        await new Promise((go) => { answer = go; }); return told; };
      const looked = e.look(); while (!answer) await null; remote.get = get;
      write(e, 0, "Uno."); loses = true; remote.update = async (body) => {
        const told = update(body).catch((lost) => lost);
        answer(); await looked; throw await told; };
      await e.flush(); remote.update = update; e.undo(); await e.flush();
      return there.scenes[0].narration.text;"""
    assert editor(tab, script) == "One."


def test_nothing_counts_as_saved_while_another_change_is_asked_about(tab: Tab) -> None:
    """So that no film is made of it, though nothing was edited here."""
    script = """const e = await opened(); elsewhere({ scenes: [say("Theirs.")] }); await e.look();
      const asked = await e.flush(); e.reload(); return [asked, await e.flush()];"""
    assert editor(tab, script) == [False, True]
