"""The reader of YAML: a document or a finding, and a place for every value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from storyboard.source.reader import read_document
from storyboard.source.span import Pointer
from storyboard.source.text import shown_text
from tests.fuzz.parts import check_findings, inside
from tests.fuzz.surface import Broken, Surface, without_folder, words


def _law(text: bytes) -> None:
    document, findings = read_document("a.yaml", text)
    if document is None and not findings:
        raise Broken("neither a document nor a finding")
    check_findings(findings, {"a.yaml": shown_text(text)})
    if document is None:
        return
    for pointer in _pointers(document.data):
        for span in (document.span(pointer), document.key_span(pointer)):
            if not inside(span, document.text):
                raise Broken("a value outside its file")


def _pointers(value: Any, pointer: Pointer = ()) -> Iterator[Pointer]:
    yield pointer
    if not isinstance(value, dict | list):
        return
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _pointers(inner, (*pointer, key))


SURFACE = Surface(
    "yaml_reader",
    without_folder(_law),
    (
        *words("""id: name: - -- --- ... ? : | > |- >+ |2 & * ! !! << {{ }} {% %} {# [ ] { } , '
        " \\n \\u0041 \\ud800 \\x41 # %YAML %TAG 010 1:30 1e3 .inf 0x1F true null ~ no yes =
        2024-01-01 &a *a !!str !t <<<<<<< ======= >>>>>>>"""),
        b"\n  ", b"\n    - ", b": ", b"\n---\n", b"\n- ", b" # ", b"{{ x }}", b"\n\t",
    ),
)  # fmt: skip
