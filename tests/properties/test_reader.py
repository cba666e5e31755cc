"""Laws of the reader: it never raises, both parsers agree, and what was written comes back."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storyboard.source.diagnostic import Diagnostic
from storyboard.source.document import Document
from storyboard.source.events import HAS_LIBYAML, open_events_in_c, open_events_in_python
from storyboard.source.limits import MAX_INTEGER
from storyboard.source.numerals import NUMBERS, plain
from storyboard.source.reader import read_document
from storyboard.source.span import Pointer
from storyboard.source.text import FORBIDDEN
from tests.fuzz.parts import inside
from tests.support.examples import examples

FRAGMENTS = st.sampled_from([
    "a", "b", "key", ": ", ":", "- ", "-", "? ", "\n", "\n  ", "\n    ", "  ", " ", "{", "}", "[",
    "]", ", ", "{{ x }}", "{{", "}}", "{%", "%}", " # c", "#", "'", '"', "\\", "\\n", "\\ud800",
    "\\x41", "|", ">", "|-", ">+", "|2", "&a", "*a", "!t", "!!str ", "<<", "---", "\n---\n", "...",
    "%YAML 1.2\n", "1", "010", "1:30", "1e3", ".inf", "0x1F", "true", "null", "~", "é", "😀", "\t",
    "\r\n", "\r", "@", "`", "\ufeff", "\x07", "\u2028", "99999999999999999999",
])  # fmt: skip
YAMLISH = st.lists(FRAGMENTS, max_size=30).map("".join)
ANY_TEXT = st.one_of(YAMLISH, st.text(max_size=200), st.binary(max_size=100))


def pointers(value: Any, pointer: Pointer = ()) -> list[Pointer]:
    found = [pointer]
    if isinstance(value, dict):
        for key, item in value.items():
            found += pointers(item, (*pointer, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            found += pointers(item, (*pointer, index))
    return found


@given(ANY_TEXT)
@settings(max_examples=examples(200), deadline=None)
def test_any_text_ends_in_a_document_or_a_finding(text: str | bytes) -> None:
    document, findings = read_document("a.yaml", text)
    assert document is not None or findings
    assert all(finding.span and finding.message for finding in findings)
    if isinstance(text, str):
        shown = text.removeprefix("\ufeff")
        assert all(inside(finding.span, shown) for finding in findings if finding.span)


@given(YAMLISH)
@settings(max_examples=examples(200), deadline=None)
def test_every_value_has_a_place_in_the_text(text: str) -> None:
    document, _ = read_document("a.yaml", text)
    if document is None:
        return
    for pointer in pointers(document.data):
        assert inside(document.span(pointer), document.text)
        assert inside(document.key_span(pointer), document.text)
        value = document.value(pointer)
        if isinstance(value, str) and value:
            assert inside(document.scalar_span(pointer, len(value) - 1, 1), document.text)


def outcome(document: Document | None, findings: tuple[Diagnostic, ...]) -> object:
    if document is None:
        return None
    places = [(p, document.span(p), document.key_span(p)) for p in pointers(document.data)]
    return findings, document.data, places, document.damaged


PARSERS_DIFFER = (*"|>!%\t\r&*\\?", "...", "---", ":}", ":]", ":,")
"""Where PyYAML and libyaml themselves disagree on what is YAML, in texts nobody writes."""


@pytest.mark.skipif(not HAS_LIBYAML, reason="there is only one parser")
@given(YAMLISH.filter(lambda text: not any(part in text for part in PARSERS_DIFFER)))
@settings(
    max_examples=examples(200), deadline=None, suppress_health_check=[HealthCheck.filter_too_much]
)
def test_both_parsers_agree(text: str) -> None:
    in_c = read_document("a.yaml", text, events=open_events_in_c)
    in_python = read_document("a.yaml", text, events=open_events_in_python)
    assert outcome(*in_c) == outcome(*in_python)


WORDS = st.text(max_size=20).filter(lambda text: not FORBIDDEN.search(text))
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-MAX_INTEGER, MAX_INTEGER),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15),
    WORDS,
    st.sampled_from(
        ["no", "on", "1:30", "010", "1_000", "2024-01-01", "", "~", "=", "<<", "{{ x }}"]
    ),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(WORDS, inner, max_size=4)),
    max_leaves=12,
)


class Quoting(yaml.SafeDumper):
    """Writes as PyYAML does, but without aliases and with every text in double quotes."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


Quoting.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)


def represent_float(dumper: yaml.SafeDumper, number: float) -> yaml.ScalarNode:
    text = repr(number)
    mantissa, e, exponent = text.partition("e")
    dotted = f"{mantissa}.0e{exponent}" if e and "." not in mantissa else text
    return dumper.represent_scalar("tag:yaml.org,2002:float", dotted)


Quoting.add_representer(float, represent_float)


@given(VALUES, st.booleans(), st.integers(40, 120))
@settings(max_examples=examples(150), deadline=None)
def test_what_was_written_comes_back(value: Any, flow: bool, width: int) -> None:
    text = yaml.dump(
        value,
        Dumper=Quoting,
        default_flow_style=flow,
        width=width,
        allow_unicode=True,
        sort_keys=False,
    )
    document, findings = read_document("a.yaml", text.removesuffix("...\n"))
    assert findings == ()
    assert document is not None
    assert same(document.data, value)


def same(a: Any, b: Any) -> bool:
    if type(a) in NUMBERS:
        a = plain(a)  # what it is, without the digits that it was written with
    if type(a) is not type(b):
        return False
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    return repr(a) == repr(b)
