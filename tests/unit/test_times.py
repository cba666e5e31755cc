"""A time that is none: what is wrong with it, and the time that was probably meant."""

from __future__ import annotations

import pytest

from storyboard.compiler import compile_project
from storyboard.language.timecode import parse_timecode, timecode_mistake
from storyboard.source.files import MemoryFiles

SAYING = "Here we see the key metrics from last quarter."
WRONG = {
    "2:75": ("75 seconds are more than 59", "3:15"),
    "1:60:00": ("60 minutes are more than 59", "2:00:00"),
    "1:5": ("seconds have two digits behind ':'", "1:05"),
    "2s": ("it has a unit", "0:02"),
    "90 sec": ("it has a unit", "1:30"),
    "1h": ("it has a unit", "1:00:00"),
    "1:2:3:4": ("it has more than hours, minutes and seconds", None),
    "-1": ("a clip has nothing before 0", "0:00"),
    "2.5.1": ("it has more than one '.'", None),
    "2.05.01": ("it has more than one '.'", "2:05:01"),
    "0:30,5": ("write '.' before a fraction", "0:30.5"),
    "0:30.5000": ("a fraction has three digits at most", "0:30.5"),
    "9999999h": ("it has a unit", None),
    "1e3": ("", None),
    "soon": ("", None),
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_with_a_time(text: str) -> None:
    why, meant = WRONG[text]
    mistake = timecode_mistake(text)
    assert mistake.message == f"'{text}' is not a time" + (f": {why}" if why else "")
    assert mistake.meant == meant


@pytest.mark.parametrize("text", WRONG)
def test_what_is_said_of_a_time_is_taken_and_its_mistake_was_none(text: str) -> None:
    assert parse_timecode(text) is None
    meant = WRONG[text][1]
    assert meant is None or parse_timecode(meant) is not None


@pytest.mark.parametrize("text", WRONG)
@pytest.mark.parametrize(
    "field",
    [
        "broll: 'metrics@{}'",
        "broll: {{entry: metrics, startTime: '{}'}}",
        "broll: {{entry: metrics, startTime: \"{{{{ '{}' }}}}\"}}",
        "broll: \"metrics@{{{{ '{}' }}}}\"",
    ],
)
def test_every_way_to_write_a_start_tells_the_same(text: str, field: str) -> None:
    scene = f"{{narration: {SAYING}, {field.format(text)}}}"
    files = {
        "tour.storyboard.yaml": f"name: Tour\nentries: {{metrics: 1_abc}}\nscenes: [{scene}]\n"
    }
    (found,) = compile_project(MemoryFiles(files)).report.diagnostics
    assert found.message == timecode_mistake(text).message
    assert (WRONG[text][1] or "") in (found.hint or "")


def test_an_entrys_length_too() -> None:
    entries = "entries: {metrics: {entryId: 1_abc, duration: '2:75'}}"
    scene = f"{{narration: {SAYING}, broll: metrics}}"
    files = {"tour.storyboard.yaml": f"name: Tour\n{entries}\nscenes: [{scene}]\n"}
    (found,) = compile_project(MemoryFiles(files)).report.diagnostics
    assert (found.message, found.hint) == (timecode_mistake("2:75").message, 'write "3:15"')


def test_a_time_that_is_missing_behind_its_sign() -> None:
    scene = f"{{narration: {SAYING}, broll: metrics@}}"
    files = {"t.storyboard.yaml": f"name: Tour\nentries: {{metrics: 1_abc}}\nscenes: [{scene}]\n"}
    (found,) = compile_project(MemoryFiles(files)).report.diagnostics
    assert found.message == "the time is missing"
    assert found.hint == "write a time behind '@', such as metrics@0:30"
