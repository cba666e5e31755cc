"""The strict reader: what files say, where, and what is refused."""

from __future__ import annotations

import pytest
from yaml.error import Mark
from yaml.events import SequenceStartEvent
from yaml.scanner import ScannerError

from storyboard.source.diagnostic import Diagnostic
from storyboard.source.document import Document
from storyboard.source.events import (
    HAS_LIBYAML,
    OpenEvents,
    open_events_in_c,
    open_events_in_python,
)
from storyboard.source.numerals import plain
from storyboard.source.reader import read_document

PARSERS = [open_events_in_python, *([open_events_in_c] if HAS_LIBYAML else [])]


@pytest.fixture(params=PARSERS, ids=lambda parser: parser.__name__.rpartition("_")[2])
def events(request: pytest.FixtureRequest) -> OpenEvents:
    return request.param  # type: ignore[no-any-return]


def read(text: str | bytes, events: OpenEvents) -> Document:
    document, findings = read_document("a.yaml", text, events=events)
    assert findings == ()
    assert document is not None
    return document


def refusals(text: str | bytes, events: OpenEvents) -> list[tuple[str, int, int]]:
    _, findings = read_document("a.yaml", text, events=events)
    return [place(finding) for finding in findings]


def place(finding: Diagnostic) -> tuple[str, int, int]:
    assert finding.span is not None
    return finding.code, finding.span.line, finding.span.column


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"), ("Yes", "Yes"), ("on", "on"), ("y", "y"), ("1:30", "1:30"),
        ("12:30:45", "12:30:45"), ("2024-01-01", "2024-01-01"), ("2024-13-45", "2024-13-45"),
        ("1_000", "1_000"), ("1_xyz789", "1_xyz789"), ("0", 0), ("-7", -7), ("+5", 5),
        ("0o17", 15), ("0x1F", 31), ("1e3", 1000.0), ("-.5", -0.5), ("1.", 1.0), (".", "."),
        ("true", True), ("FALSE", False), ("tRUE", "tRUE"), ("~", None), ("Null", None),
        ("", None), ("nullify", "nullify"), ("'1'", "1"), ('"true"', "true"), ("a-b", "a-b"),
        ("1000000000000000", 10**15), ("1.5.2", "1.5.2"), ("-", [None]), ("<<", "<<"),
    ],
)  # fmt: skip
def test_scalars_mean_what_yaml_1_2_says(text: str, value: object, events: OpenEvents) -> None:
    got = read(f"a: {text}" if text != "-" else "a:\n  -", events).data["a"]
    assert got == value
    assert type(without_digits(got)) is type(value)


def without_digits(value: object) -> object:
    """Return a number as what it is to whoever reckons."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return plain(value) if is_number else value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 010", [("yaml-number", 1, 4)]),
        ("a: [1, 08, 00]", [("yaml-number", 1, 8), ("yaml-number", 1, 12)]),
        ("a: 1000000000000001", [("yaml-number", 1, 4)]),
        ("a: " + "9" * 5000, [("yaml-number", 1, 4)]),
        ("a: 0x" + "f" * 5000, [("yaml-number", 1, 4)]),
        ("a: 1e400", [("yaml-number", 1, 4)]),
        ("a: " + "9" * 5000 + ".5", [("yaml-number", 1, 4)]),
        ("a: .inf\nb: -.INF\nc: .nan", [("yaml-number", n, 4) for n in (1, 2, 3)]),
        ("a: 1\nb: 2\na: 3", [("yaml-duplicate-key", 3, 1)]),
        ("a: {b: 1, 'b': 2}", [("yaml-duplicate-key", 1, 11)]),
        ("a: &x 1\nb: *x", [("yaml-alias", 1, 4), ("yaml-alias", 2, 4)]),
        ("a: &x [*x]", [("yaml-alias", 1, 4), ("yaml-alias", 1, 8)]),
        ("*x : 1", [("yaml-alias", 1, 1)]),
        ("a:\n  <<: {b: 1}", [("yaml-merge", 2, 3)]),
        ("a: !!str x", [("yaml-tag", 1, 4)]),
        ("a: !!python/object:os.system [x]", [("yaml-tag", 1, 4)]),
        ("- ! x", [("yaml-tag", 1, 3)]),
        ("!x a: 1", [("yaml-tag", 1, 1)]),
        ("%YAML 1.2\n---\na: 1", [("yaml-directive", 1, 1)]),
        ("a: 1\n---\nb: 2\n---\nc: 3", [("yaml-documents", 2, 1)]),
        ("1: a\ntrue: b\n~: c", [("yaml-key", n, 1) for n in (1, 2, 3)]),
        ("a: {1: x}\nb: {1: y}\nc: {'1': z}", [("yaml-key", 1, 5), ("yaml-key", 2, 5)]),
        (": x", [("yaml-syntax", 1, 1)]),
        ("{: x}", [("yaml-syntax", 1, 2)]),
        ("[a, b]: c", [("yaml-key", 1, 1)]),
        ("? {a: 1}\n: c", [("yaml-key", 1, 3)]),
        ("a: " + "x" * 65537, [("yaml-scalar-size", 1, 4)]),
        ("", [("yaml-empty", 1, 1)]),
        ("# only a comment\n", [("yaml-empty", 1, 1)]),
        ("a: {{ x }}", [("yaml-unquoted-expression", 1, 4)]),
        ("a: {{ x }} minutes\nb: 010", [("yaml-unquoted-expression", 1, 4), ("yaml-number", 2, 4)]),
        ("- {{ x[0] }}\n- {{ y }}\n- 010", [
            ("yaml-unquoted-expression", 1, 3), ("yaml-unquoted-expression", 2, 3),
            ("yaml-number", 3, 3)]),
        ("a: {{ x | join(', ') }}", [("yaml-unquoted-expression", 1, 4)]),
        ("a: {% if x %}\nb: 010", [("yaml-statement", 1, 4), ("yaml-number", 2, 4)]),
        ("a: Hi {{ x # y }}", [("yaml-comment-in-expression", 1, 12)]),
        ("a: Hi {{ x }} # fine", []),
        ("a: 'Hi {{ x # y }}'", []),
        ("a: x\tb\nc: \x07", [("text-control", 2, 4)]),
        ("a: \x85\nb: \u2028\nc: \ufeff", [("text-control", n, 4) for n in (1, 2, 3)]),
        ("\ufeffa: 010", [("yaml-number", 1, 4)]),
        ("a: \ud800", [("text-control", 1, 4)]),
        (b"a: 1\nb: caf\xe9", [("text-encoding", 2, 7)]),
        (b"\xff\xfea\x00:\x00", [("text-encoding", 1, 1)]),
        (b"a: \xed\xa0\x80", [("text-encoding", 1, 4)]),
        ('a: "\\ud800"', [("text-control", 1, 5)]),
        ('a: "x\\ud83d\\ude00"', [("text-control", 1, 6)]),
        ('a: "\\\\ud800"', []),
        ('a: "\\0"', [("text-control", 1, 5)]),
        ('a: "\\UFFFFFFFF"', [("yaml-syntax", 1, 5)]),
        ("a: b: c", [("yaml-syntax", 1, 5)]),
        ('a: 1\nb: "x\nc: 2', [("yaml-syntax", 2, 4)]),
        ("a:\n\t- x", [("yaml-syntax", 2, 1)]),
        ("a: [1, 2\nb: 1", [("yaml-syntax", 2, 2)]),
        ("a: @x", [("yaml-syntax", 1, 4)]),
        ("- a\nb: c", [("yaml-syntax", 2, 1)]),
        ("a: 010\nb: c: d", [("yaml-number", 1, 4), ("yaml-syntax", 2, 5)]),
    ],
)  # fmt: skip
def test_refused_with_its_place(
    text: str | bytes, expected: list[tuple[str, int, int]], events: OpenEvents
) -> None:
    assert refusals(text, events) == expected


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('a: "x "y" z"', (1, 8), "the text goes on after its closing quote"),
        ("a: 'it's'", (1, 8), "the text goes on after its closing quote"),
        ("a:x\nb: y", (1, 2), "a space is missing after ':'"),
        ("a: x\n b: y", (2, 2), "'b' is indented by 1 space, and 'a' above is not indented"),
        ("a: b: c", (1, 5), "a ':' is not allowed here"),
        ("a: *b*", (1, 4), "'*' cannot start a text"),
        ("a: {b: #CEEEDB\n }", (1, 8), "'#CEEEDB' is a comment here, and no value is left"),
        ("a: #CEEEDB", (1, 4), "'#CEEEDB' is a comment here, and no value is left"),
        ("a: !important", (1, 4), "'!important' is a tag, and tags are not part of the language"),
        ("a: > x", (1, 6), "the text of a block starts on the next line"),
        ("a: [1,", (1, 6), "a value is missing here"),
    ],
)
def test_common_mistakes_are_named(
    text: str, place: tuple[int, int], message: str, events: OpenEvents
) -> None:
    _, (finding,) = read_document("a.yaml", text, events=events)
    assert finding.span is not None
    assert finding.message == message
    assert (finding.span.line, finding.span.column) == place


def test_a_duplicate_shows_both_places(events: OpenEvents) -> None:
    _, (finding,) = read_document("a.yaml", "x: 1\ny: 2\nx: 3\n", events=events)
    assert finding.span is not None
    (note,) = finding.notes
    assert note.span is not None
    assert (finding.span.line, note.span.line) == (3, 1)


def test_the_first_of_two_equal_keys_stays(events: OpenEvents) -> None:
    document, _ = read_document("a.yaml", "x: 1\nx: {y: 3}\nz: 4\n", events=events)
    assert document is not None
    assert document.data == {"x": 1, "z": 4}
    assert document.span(("z",)).line == 3


def test_refused_values_are_known_as_damaged(events: OpenEvents) -> None:
    document, findings = read_document("a.yaml", "a: *x\nb: {{ y }}\nc: 1\n", events=events)
    assert document is not None
    assert len(findings) == 2
    assert document.data == {"a": None, "b": None, "c": 1}
    assert [document.is_damaged((key,)) for key in "abc"] == [True, True, False]


@pytest.mark.parametrize("nesting", ["[" * 33, "- " * 33, "{a: " * 33])
def test_deep_nesting_is_refused(nesting: str, events: OpenEvents) -> None:
    assert [code for code, _, _ in refusals(nesting + "x", events)] == ["yaml-depth"]


def test_depth_up_to_the_limit_is_read(events: OpenEvents) -> None:
    assert read("[" * 32 + "x" + "]" * 32, events).data


def test_hints_show_the_value_quoted(events: OpenEvents) -> None:
    _, (finding,) = read_document("a.yaml", 'a: {{ x["k"] }} min', events=events)
    assert finding.hint == "quote the whole value: '{{ x[\"k\"] }} min'"


def test_a_flood_of_refusals_ends(events: OpenEvents) -> None:
    document, findings = read_document("a.yaml", "- 010\n" * 1000, events=events)
    assert document is None
    assert len(findings) == 200


TEXT = """\
name: Ünïcödé 😀 # comment
"quoted": 'single ''quoted'''
flow: {a: [1, "two"], b: three}
block: |
  one {{ x }}

    two {{ x }}
folded: >-
  three
  {{ y }} four
plain: five
  {{ z }} six
escaped: "tab\\t{{ w }}"
list:
  - first
  -
    k: v
"""


def shown(document: Document, line: int, column: int, end_line: int, end_column: int) -> str:
    lines = document.text.split("\n")
    if line == end_line:
        return lines[line - 1][column - 1 : end_column - 1]
    middle = lines[line : end_line - 1]
    return "\n".join(
        [lines[line - 1][column - 1 :], *middle, lines[end_line - 1][: end_column - 1]]
    )


@pytest.mark.parametrize(
    ("pointer", "value", "key"),
    [
        (("name",), "Ünïcödé 😀", "name"),
        (("quoted",), "'single ''quoted'''", '"quoted"'),
        (("flow",), '{a: [1, "two"], b: three}', "flow"),
        (("flow", "a", 1), '"two"', '"two"'),
        (("block",), "|\n  one {{ x }}\n\n    two {{ x }}", "block"),
        (("list",), "- first\n  -\n    k: v", "list"),
        (("list", 1), "k: v", "k: v"),
        (("list", 1, "k"), "v", "k"),
        (("list", 7), "- first\n  -\n    k: v", "- first\n  -\n    k: v"),
        (("name", "beyond"), "Ünïcödé 😀", "Ünïcödé 😀"),
    ],
)
def test_spans(pointer: tuple[str | int, ...], value: str, key: str, events: OpenEvents) -> None:
    document = read(TEXT, events)
    span, key_span = document.span(pointer), document.key_span(pointer)
    assert shown(document, span.line, span.column, span.end_line, span.end_column) == value
    got = shown(document, key_span.line, key_span.column, key_span.end_line, key_span.end_column)
    assert got == key


@pytest.mark.parametrize(
    ("key", "fragment", "line", "column"),
    [
        ("name", "😀", 1, 15),
        ("block", "{{ x }}", 5, 7),
        ("block", "two", 7, 5),
        ("folded", "{{ y }}", 10, 3),
        ("plain", "{{ z }}", 12, 3),
        ("escaped", "{{ w }}", 13, 16),
        ("quoted", "single", 2, 12),
    ],
)
def test_places_inside_scalars(
    key: str, fragment: str, line: int, column: int, events: OpenEvents
) -> None:
    document = read(TEXT, events)
    offset = document.data[key].index(fragment)
    span = document.scalar_span((key,), offset, len(fragment))
    assert (span.line, span.column) == (line, column)
    assert span.end_column - span.column == len(fragment)


def test_a_folded_stretch_falls_back_to_the_scalar(events: OpenEvents) -> None:
    document = read(TEXT, events)
    offset = document.data["plain"].index("five {{ z }}")
    span = document.scalar_span(("plain",), offset, len("five {{ z }}"))
    assert (span.line, span.column) == (11, 8)


def test_line_breaks_of_other_systems(events: OpenEvents) -> None:
    document = read("a: 1\r\nb: |\r\n  x\r\n  y {{ z }}\r\nc: 3\r\n", events)
    assert document.span(("c",)).line == 5
    offset = document.data["b"].index("{{")
    assert document.scalar_span(("b",), offset, 7).column == 5
    assert document.scalar_span(("b",), offset, 7).line == 4


class EarlyLimit:
    """What libyaml does since 0.2.6: a scanner that fails far ahead of the events it gave out."""

    def __init__(self, text: str) -> None:
        self._events = open_events_in_python(text)

    def get_event(self) -> object:
        event = self._events.get_event()
        if isinstance(event, SequenceStartEvent):
            mark = Mark("", 1_000, 0, 1_000, None, None)
            problem = "exceeded maximum nesting depth"
            raise ScannerError("while increasing flow level", None, problem, mark)
        return event


def test_too_many_brackets_are_told_by_every_libyaml_alike(events: OpenEvents) -> None:
    text = "a: " + "[" * 5_000
    assert refusals(text, EarlyLimit) == refusals(text, events) == [("yaml-depth", 1, 35)]
