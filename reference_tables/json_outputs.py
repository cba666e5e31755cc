"""The tables about what programs read: results with `--json`, events, codes of failures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reference_tables.keys import keys_of
from reference_tables.markdown import code, table
from storyboard.cli import storyboard
from storyboard.cli.printed import NOTHING, schema_of, working_commands
from storyboard.errors import FailureCode
from storyboard.source.schema import read_schema

BELOW = ("diagnostics", "plan", "outcome", "outputs")
"""Schemas that have a section of their own."""

_DEEP = 2
"""Levels of a shape that are shown; the schema has the others."""


def schemas(name: str) -> str:
    """Describe what a command prints, by the schema that its output is checked against."""
    return keys_of(name, all_required=True)


def shapes() -> str:
    """List what each command prints, in short: names of keys, in lists and mappings."""
    rows = []
    for words in sorted(working_commands(storyboard)):
        if words not in NOTHING:
            name = schema_of(words)
            shape = code(_shape(read_schema(name), read_schema(name)))
            said = "see below" if name in BELOW else shape
            rows.append((code(f"storyboard {words} --json"), code(name), said))
    return table(("command", "schema", "prints"), rows)


def failures() -> str:
    """List the codes of failures."""
    rows = (
        (
            code(each.value),
            code(int(each.exit)),
            "yes" if each.retryable else "no",
            each.meaning,
            each.fix,
        )
        for each in FailureCode
    )
    return table(("code", "exit", "retryable", "meaning", "what to do"), rows)


def events() -> str:
    """List the kinds of lines on stderr, with the keys that each always has."""
    rows = [(code(kind), ", ".join(map(code, keys))) for kind, keys in _required()]
    return table(("event", "keys that are always there"), rows)


def _required() -> Iterator[tuple[str, list[str]]]:
    for rule in read_schema("events")["allOf"]:
        yield rule["if"]["properties"]["event"]["const"], rule["then"]["required"]


def _shape(schema: Mapping[str, Any], root: Mapping[str, Any], depth: int = 0) -> str:
    """Return `{key, list: [{key}], mapping: {…: {key}}}` of a schema."""
    while "$ref" in schema:
        schema = root["definitions"][schema["$ref"].rpartition("/")[2]]
    if "items" in schema:
        inner = _shape(schema["items"], root, depth + 1)
        return f"[{inner}]" if inner else "[…]"
    if depth > _DEEP:
        return ""
    if "properties" in schema:
        parts = []
        for key, value in schema["properties"].items():
            inner = _shape(value, root, depth + 1)
            parts.append(f"{key}: {inner}" if inner and inner != "[…]" else key)
        return f"{{{', '.join(parts)}}}"
    more = schema.get("additionalProperties")
    if isinstance(more, Mapping):
        inner = _shape(more, root, depth + 1)
        return f"{{name: {inner or '…'}}}"
    return ""
