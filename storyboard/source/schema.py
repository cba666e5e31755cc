"""Values and documents against a named schema: a fast yes, and an explanation of each no."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from storyboard.source.acceptor import Accept, SubschemaAcceptors, compile_acceptor
from storyboard.source.diagnostic import Diagnostic, Severity, diagnose
from storyboard.source.document import Document
from storyboard.source.fault import SchemaFault
from storyboard.source.span import Pointer, Span

_PACKAGE: Final = Path(__file__).parents[1]
_FOLDERS: Final = (_PACKAGE / "schemas", _PACKAGE.parent / "schemas")


DECIDED_LATER: Final = frozenset(["narration-missing", "broll-needed", "too-many-scenes"])
"""Codes that the schema gives to what a later pass refuses too: all else of the file is worked on.

The published schema refuses these as well, so that editors and other validators show them.
"""


def schema_text(name: str) -> str:
    """Return a schema's text, from the wheel or from the checkout; raises KeyError."""
    for folder in _FOLDERS:
        path = folder / f"{name}.schema.json"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise KeyError(name)


def schema_names() -> tuple[str, ...]:
    """Return the names of all schemas that are there."""
    found = {path.name for folder in _FOLDERS for path in folder.glob("*.schema.json")}
    return tuple(sorted(name.removesuffix(".schema.json") for name in found))


@cache
def read_schema(name: str) -> Any:
    """Return a schema as a value that nobody changes; raises KeyError."""
    return json.loads(schema_text(name))


def accepts(name: str, value: Any) -> bool:
    """Return whether a plain value is good, fast."""
    return _acceptor(name)(value)


def explain(name: str, value: Any) -> tuple[SchemaFault, ...]:
    """Return all that is wrong with a plain value; empty exactly where `accepts` says yes."""
    if accepts(name, value):
        return ()
    return _explainer(name)(value)


def accepts_property(name: str, owner: str, key: str, value: Any) -> bool:
    """Return whether a value is good as a property of one of the schema's objects.

    `owner` is the object's definition, or empty for what the whole schema describes.
    """
    return _property_acceptor(name, owner, key)(value)


def explain_property(name: str, owner: str, key: str, value: Any) -> tuple[SchemaFault, ...]:
    """Return what is wrong with a property's value; the faults' pointers start with its key."""
    return _property_explainer(name, owner, key)({key: value})


def check_schema(
    document: Document,
    name: str,
    apart_from: Collection[Pointer] = (),
    reword: Callable[[SchemaFault, Any], SchemaFault] | None = None,
) -> tuple[Diagnostic, ...]:
    """Return a finding for each fault of a document, on the author's line.

    Nothing is said of the values at `apart_from`, nor of what is below them. `reword` may say a
    fault of a value in words that a schema does not know.
    """
    faults = explain(name, document.data)
    if reword is not None:
        faults = tuple(reword(fault, document.value(fault.pointer)) for fault in faults)
    if apart_from:
        faults = tuple(fault for fault in faults if not _is_below(fault.pointer, apart_from))
    return tuple(_findings(document, faults))


def _is_below(pointer: Pointer, places: Collection[Pointer]) -> bool:
    return any(pointer[:length] in places for length in range(len(pointer) + 1))


def breaks_shape(findings: Iterable[Diagnostic]) -> bool:
    """Whether findings keep later passes from working on a file."""
    return any(f.severity is Severity.ERROR and f.code not in DECIDED_LATER for f in findings)


def place_fault(document: Document, fault: SchemaFault) -> Span:
    """Return where a fault is shown: a key for what is wrong with keys, else the value."""
    if fault.at_key:
        return document.key_span(fault.pointer)
    return document.span(fault.pointer)


def _findings(document: Document, faults: tuple[SchemaFault, ...]) -> Iterator[Diagnostic]:
    for fault in faults:
        if not document.is_damaged(fault.pointer):
            yield diagnose(fault.code, fault.message, place_fault(document, fault), fault.hint)


@cache
def _acceptor(name: str) -> Accept:
    return compile_acceptor(read_schema(name))


@cache
def _explainer(name: str) -> Callable[[Any], tuple[SchemaFault, ...]]:
    from storyboard.source.explanation import build_explainer  # jsonschema takes 100 ms to import

    return build_explainer(read_schema(name))


@cache
def _acceptors(name: str) -> SubschemaAcceptors:
    return SubschemaAcceptors(read_schema(name))


@cache
def _property_acceptor(name: str, owner: str, key: str) -> Accept:
    return _acceptors(name).of(_property(name, owner, key))


@cache
def _property_explainer(
    name: str, owner: str, key: str
) -> Callable[[Any], tuple[SchemaFault, ...]]:
    from storyboard.source.explanation import build_explainer

    definitions = read_schema(name).get("definitions", {})
    properties = {key: _property(name, owner, key)}
    return build_explainer({"properties": properties, "definitions": definitions})


def _property(name: str, owner: str, key: str) -> Any:
    root = read_schema(name)
    described = root["definitions"][owner] if owner else root
    return described["properties"][key]
