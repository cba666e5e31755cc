"""The strict reader: what files say, where, and what is refused."""

from __future__ import annotations

import pytest

from storyboard.source.diagnostic import Diagnostic
from storyboard.source.document import Document
from storyboard.source.events import (
    HAS_LIBYAML,
    OpenEvents,
    open_events_in_c,
    open_events_in_python,
)
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
    assert type(got) is type(value)
