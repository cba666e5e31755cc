"""A number in a text keeps its author's digits, and is a number to everything else."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.compiler import compile_project
from storyboard.source.acceptor import compile_acceptor
from storyboard.source.files import MemoryFiles
from storyboard.source.numerals import NUMBERS, exact, plain, read_float, read_integer, spell
from storyboard.source.reader import read_document
from storyboard.video import Video, digest

UNUSUAL = ("1.10", "9.90", "+49", "1e5", "0x1F", "0o17", "-0", ".5", "1.", "1.0e-3", "-7.0", "+.50")
USUAL = ("0", "7", "-3", "1.5", "-0.25", "1000000000000000", "100.0", "0.0000001")


def compiled(files: dict[str, str], **variables: Any) -> tuple[Video, ...]:
    compilation = compile_project(MemoryFiles(files), variables=variables)
    findings = compilation.report.diagnostics
    assert {finding.code for finding in findings} <= {"narration-short", "narration-too-short"}
    return compilation.videos


STORYBOARD = """\
name: "Release {{ number }}"
avatar: {templateId: jane, background: "#CEEEDB"}
vars:
  number: NUMBER
  again: "{{ number }}"
  release: {notes: [{version: NUMBER}]}
  table: [NUMBER, {deep: NUMBER}]
scenes:
  - {id: whole, narration: "{{ number }}"}
  - {id: text, narration: "Version {{ number }} is out today."}
  - {id: chain, narration: "Version {{ again }} is out today."}
  - {id: field, narration: "Version {{ release.notes[0].version }} is out today."}
  - for_each: "{{ table }}"
    when: "{{ item is number }}"
    id: "item-{{ index }}"
    narration: "Version {{ item }} is out today."
  - for_each: [NUMBER]
    id: "literal-{{ index }}"
    narration: "Version {{ item }} is out today."
  - {id: joined, narration: "Versions {{ [number, number]|join(' and ') }} are out today."}
  - {id: chosen, narration: "Version {{ 'x' if number is string else number }} is out today."}
  - {id: default, narration: "Version {{ missing|default(number) }} is out today."}
  - {id: tilde, narration: "{{ 'Version ' ~ number ~ ' is out today.' }}"}
"""


@pytest.mark.parametrize("written", [*UNUSUAL, *USUAL])
def test_a_number_is_said_as_it_is_written(written: str) -> None:
    (video,) = compiled({"release.storyboard.yaml": STORYBOARD.replace("NUMBER", written)})
    assert video.name == f"Release {written}"
    said = {scene.id: scene.narration for scene in video.scenes}
    assert said.pop("whole") == written
    assert said.pop("joined") == f"Versions {written} and {written} are out today."
    assert set(said.values()) == {f"Version {written} is out today."}
    assert len(said) == 8


def test_every_layer_of_variables_keeps_digits() -> None:
    storyboard = (
        "name: Release\navatar: {templateId: jane, background: '#CEEEDB'}\nlocales: [en, fr]\n"
        "vars: {a: 1.10}\nlocalize: {fr: {vars: {a: 2.20}}}\n"
        "scenes:\n  - {id: one, narration: '{{ a }} {{ b }} {{ c }}'}\n"
    )
    project = "vars: {b: 3.30}\n"
    given = read_document("vars.yaml", b"c: 4.40\n")[0]
    assert given is not None
    videos = compiled(
        {"storyboard.yaml": project, "release.storyboard.yaml": storyboard}, **given.data
    )
    assert [video.scenes[0].narration for video in videos] == ["1.10 3.30 4.40", "2.20 3.30 4.40"]


def test_a_translation_says_the_digits_too() -> None:
    storyboard = (
        "name: Release\navatar: {templateId: jane, background: '#CEEEDB'}\nlocales: [en, fr]\n"
        "vars: {number: 1.10}\nscenes:\n"
        "  - {id: one, narration: 'Version {{ number }} is out, and it is good.'}\n"
    )
    catalog = (
        'msgctxt "one.narration"\nmsgid "Version {number} is out, and it is good."\n'
        'msgstr "La version {number} est sortie, et elle est bonne."\n'
    )
    files = {"release.storyboard.yaml": storyboard, "locales/fr/release.po": catalog}
    _, french = (video.scenes[0].narration for video in compiled(files))
    assert french == "La version 1.10 est sortie, et elle est bonne."


def test_fields_that_want_a_number_get_one() -> None:
    storyboard = (
        "name: 'Clip {{ at }}'\nvars: {at: 1.50}\n"
        "avatar: {templateId: jane, background: '#CEEEDB'}\n"
        "scenes:\n  - {id: one, narration: Here are the numbers of this year.,"
        " broll: {entryId: 1_x, startTime: 'AT'}}\n"
    )
    written, given, usual = (
        compiled({"clip.storyboard.yaml": storyboard.replace("'AT'", at)})[0]
        for at in ("1.50", "'{{ at }}'", "1.5")
    )
    assert written.fingerprint == given.fingerprint == usual.fingerprint
    assert written.scenes[0].broll is not None
    assert type(written.scenes[0].broll.start_time) is float


@pytest.mark.parametrize("written", UNUSUAL)
def test_a_written_number_is_a_number(written: str) -> None:
    read = read_float if written not in ("+49", "0x1F", "0o17", "-0") else read_integer
    number, value = read(written), plain(read(written))
    assert type(number) in NUMBERS
    assert type(value) in (int, float)
    assert (number, hash(number), json.dumps(number)) == (value, hash(value), json.dumps(value))
    assert digest({"a": number}) == digest({"a": value})
    assert exact(number) == exact(value)
    assert type(number + 0) in (int, float)
    for twin in (copy.copy(number), copy.deepcopy([number])[0], pickle.loads(pickle.dumps(number))):
        assert (twin, spell(twin)) == (value, written)


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"type": "number"}, ["1.10", "+49", "0x1F"], []),
        ({"type": "integer"}, ["+49", "1.", "1e5"], ["1.10"]),
        ({"type": ["integer", "string"]}, ["+49", "7.00"], [".5"]),
        ({"type": ["string", "null"]}, [], ["1.10", "+49"]),
        ({"minimum": 1.2}, ["+49"], ["1.10"]),
        ({"const": 49}, ["+49", "49.0"], ["1.10"]),
        ({"enum": [1.1, "x"]}, ["1.10"], ["+49"]),
    ],
)
def test_a_schema_sees_the_number(schema: dict[str, Any], good: list[str], bad: list[str]) -> None:
    accept = compile_acceptor(schema)
    document, _ = read_document("a.yaml", ("- " + "\n- ".join([*good, *bad])).encode())
    assert document is not None
    assert [accept(value) for value in document.data] == [True] * len(good) + [False] * len(bad)


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_a_number_that_nobody_wrote_is_spelled_so_that_it_reads_back(number: int | float) -> None:
    text = spell(number)
    assert "e" not in text
    assert type(number)(text) == number
