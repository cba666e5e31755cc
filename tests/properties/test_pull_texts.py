"""Texts as people and browsers write them: `plan`, `pull` and `import` have one notion of the same.

What `pull` took and the next `plan` still told would be overwritten by the next apply.
"""

from __future__ import annotations

import unicodedata
from itertools import product
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.export.taken import Taken, take_video
from storyboard.plan.recognized import recognize
from storyboard.plan.shown import remote_shown
from storyboard.source.text import FORBIDDEN
from storyboard.texts import normal_text, spoken_text
from storyboard.video import Address
from tests.support.pulling import Desk

SAID = "Here we see the café of our office. And the metrics of the last quarter, too."
BLANKS = (" ", "  ", "\t", " \t ", "\n", " \n  ", "\r\n", "\r", "\n\n", "\n \n", "\r\n\r\n\n")
ODD = ("\u00a0", "\u202f", "\u200b", "\u2060", "\u00ad", "\u2028", "\u0085", "\u3000", "\ufeff")
ENDS = ("", " ", "\n", "\t", "\r\n", "\u00a0", "\u200b", " \u00a0\n")
FORMS = {
    "plain": "narration: {text}",
    "quoted": 'narration: "{text}"',
    "literal": "narration: |\n      {text}",
    "folded": "narration: >-\n      {text}",
    "kept": "narration: |+\n      {text}\n",
    "pair": "narration: {{text: '{text}'}}",
}


def desk_of(folder: Path, form: str, count: int) -> Desk:
    """Return an applied tour of so many scenes, whose narrations are written in a form."""
    scenes = [
        f"  - id: s{number}\n    " + FORMS[form].format(text=f"{number + 1}. {SAID}")
        for number in range(count)
    ]
    text = "name: Tour\navatar: jane\nscenes:\n" + "\n".join(scenes) + "\n"
    return Desk.of(folder, {"tour.storyboard.yaml": text})


def texts(said: str) -> list[str]:
    """Return what a browser may make of a text: other blanks and ends, and a word more."""
    made = [
        end.join(("", words.replace(". A", f".{blank}A"), ""))
        for words, blank, end in product((said, f"{said} Now."), (*BLANKS, *ODD), ENDS)
    ]
    return [*made, *(unicodedata.normalize("NFD", each) for each in made[:: len(ENDS)])]


def differing(desk: Desk) -> set[str]:
    return {item.path for change in desk.plan().changes for item in change.changes}


@pytest.mark.parametrize("form", FORMS)
def test_what_was_pulled_is_no_difference_and_what_is_left_is_told(
    tmp_path: Path, form: str
) -> None:
    count = 20
    chosen = Random(form).sample(texts(SAID), 3 * count)
    for start in range(0, len(chosen), count):
        desk = desk_of(tmp_path / str(start), form, count)
        some = [f"{n + 1}. {text}" for n, text in enumerate(chosen[start : start + count])]
        for number, text in enumerate(some):
            desk.says(number, text)
        told = {f"scenes[s{n}].narration.text" for n, text in enumerate(some) if is_other(n, text)}
        assert differing(desk) == told
        pulled = desk.pull()  # looks at what was taken, too
        assert {field.item.path for field in pulled.fields} == told
        assert differing(desk) == {field.item.path for field in pulled.open_fields}
        assert pulled.open_fields or not desk.pull().has_any
        assert differing_without_a_state(desk) == differing(desk)


def is_other(number: int, text: str) -> bool:
    return spoken_text(text) != spoken_text(f"{number + 1}. {SAID}")


def differing_without_a_state(desk: Desk) -> set[str]:
    """Return what differs once the video was imported: what an adoption records of it."""
    [video] = desk.compiled().videos
    record = recognize(video, desk.remote("tour"), desk.avatars, {})
    desk.state = desk.state.with_video(Address("tour"), record)
    return differing(desk)


@given(st.text(st.sampled_from("ab é\u0301.\n\r\t\u00a0\u200b\u2028\u0085\ufeff"), max_size=30))
def test_a_text_is_spoken_as_it_is_spoken(text: str) -> None:
    said = spoken_text(text)
    assert spoken_text(said) == said
    assert normal_text(said) == normal_text(text)
    assert spoken_text(unicodedata.normalize("NFD", text)) == said
    assert said == said.strip()


def test_an_import_says_what_the_plan_sees(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, "plain", 20)
    writable = [text for text in texts(SAID) if not FORBIDDEN.search(text)]
    for number, text in enumerate(Random(0).sample(writable, 20)):
        desk.says(number, text)
    remote = desk.remote("tour")
    taken = take_video(remote, desk.avatars)
    assert isinstance(taken, Taken)
    shown = remote_shown(remote, desk.avatars)
    assert [scene.narration for scene in taken.scenes] == [s.narration for s in shown.scenes]
