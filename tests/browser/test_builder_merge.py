"""Two people at one video: what both made of it is kept, wherever they did not write the same."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.browser.chromium import Tab
from tests.browser.test_builder_editor import editor
from tests.browser.test_builder_logic import builder, tab

pytestmark = pytest.mark.browser
__all__ = ["tab"]

SAYS = """const video = (name, ...texts) => ({ name, avatarId: "a",
    scenes: texts.map((text) => ({ layoutType: "full-screen", narration: { text } })) });
  const texts = (both) => both && [both.name, ...both.scenes.map((s) => s.narration.text)];"""


def merged(tab: Tab, *videos: tuple[str, ...]) -> Any:
    given = ", ".join(f"video(...{json.dumps(list(video))})" for video in videos)
    return builder(tab, "merge", f"{SAYS} return texts(m.merged({given}))")


def test_what_each_of_two_changed_is_taken(tab: Tab) -> None:
    base = ("Tour", "One.", "Two.", "Three.")
    for mine, theirs, both in (
        (("Tour", "Mine.", *base[2:]), ("Tour", "One.", "T.", "Three."), "Tour Mine. T. Three."),
        (("Tour", "Mine.", *base[2:]), ("Theirs", *base[1:]), "Theirs Mine. Two. Three."),
        (("Mine", *base[1:]), ("Tour", "One.", "Three."), "Mine One. Three."),
    ):
        assert merged(tab, base, mine, theirs) == both.split()
    same = ("Tour", "One.", "The same.", "Three.")
    assert merged(tab, base, same, same) == list(same)
    assert merged(tab, base, ("Tour", "Mine.", *base[2:]), ("Tour", "Theirs.", *base[2:])) is None
    assert merged(tab, base, ("Tour", "Mine.", *base[2:]), ("Tour", "One.", "Three.")) is None
    assert merged(tab, base, ("Mine", *base[1:]), ("Theirs", *base[1:])) is None


def test_no_scene_of_either_is_lost(tab: Tab) -> None:
    """For each two edits of one and each two of the other."""
    lost, kept = builder(
        tab,
        "merge",
        """const base = ["A", "B", "C"];
        const edits = (list, mark) => [list,
          ...list.flatMap((_, at) => [list.with(at, mark + at), list.toSpliced(at, 1),
            list.toSpliced(at, 0, mark + at)]),
          ...list.slice(1).map((one, at) => list.with(at, one).with(at + 1, list[at]))];
        const twice = (mark) => edits(base, mark).flatMap((once) => edits(once, mark + "2"));
        const scenes = (list) => list.map((text) => ({ layoutType: "full-screen",
          narration: { text } }));
        const video = (list) => ({ name: "", avatarId: null, scenes: scenes(list) });
        let kept = 0; const lost = [];
        for (const mine of twice("m")) for (const theirs of twice("t")) {
          const both = m.merged(video(base), video(mine), video(theirs));
          if (!both) continue;
          kept += 1;
          const has = new Set(both.scenes.map((scene) => scene.narration.text));
          const wanted = [...mine.filter((text) => theirs.includes(text) || !base.includes(text)),
            ...theirs.filter((text) => !base.includes(text))];
          if (!wanted.every((text) => has.has(text))) lost.push([mine, theirs, [...has]]);
        }
        return [lost.slice(0, 3), kept];""",
    )
    assert lost == []
    assert kept > 1000


def test_both_are_kept_while_one_writes_on(tab: Tab) -> None:
    told = editor(
        tab,
        """const one = await opened();
        const keys = one.said.value.scenes.map(({ key }) => key);
        write(one, 0, "Mine.");
        elsewhere({ scenes: [say("One."), say("Theirs.")] });
        await one.look();
        const offered = [one.both.value !== null, one.theirs.value];
        await one.keepBoth();
        const both = [texts(one), there.scenes.map(({ narration }) => narration.text)];
        const same = one.said.value.scenes.every(({ key }, at) => key === keys[at]);
        one.undo();
        const undone = texts(one);
        elsewhere({ scenes: [say("Mine."), say("Other.")] });
        await one.look();
        return [offered, both, same, undone, one.both.value, one.elsewhere.value !== null];""",
    )
    assert told == [
        [True, [2]],
        [["Mine.", "Theirs."], ["Mine.", "Theirs."]],
        True,
        ["Mine.", "Two."],
        None,
        True,
    ]


def test_a_reload_still_knows_what_was_changed_elsewhere(tab: Tab) -> None:
    """Also if the person wrote on after the first reload: nothing of the other is overwritten."""
    told = editor(
        tab,
        """const one = await opened();
        write(one, 0, "Mine.");
        elsewhere({ scenes: [say("One."), say("Theirs.")] });
        const again = await opened();
        const first = [again.theirs.value, again.both.value !== null, texts(again)];
        write(again, 0, "Mine, and more.");
        await again.flush();
        const third = await opened();
        const then = [third.theirs.value, texts(third), there.scenes[1].narration.text];
        await third.keepBoth();
        const fourth = await opened();
        return [first, then, texts(third), texts(fourth), fourth.isRestored.value];""",
    )
    assert told == [
        [[2], True, ["Mine.", "Two."]],
        [[2], ["Mine, and more.", "Two."], "Theirs."],
        ["Mine, and more.", "Theirs."],
        ["Mine, and more.", "Theirs."],
        False,
    ]
