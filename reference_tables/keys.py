"""The tables of keys, read from the descriptions in the JSON Schemas.

One table an object: the top level first, then every object that a key leads to, each once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from reference_tables.markdown import anchor, code, sentence, table

SCHEMAS: Final = Path(__file__).parents[1] / "schemas"
_MANY: Final = 12
_TYPES: Final = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "array": "list",
    "object": "mapping",
    "null": "null",
}

Schema = Mapping[str, Any]


def keys_of(name: str, *, all_required: bool = False) -> str:
    """Describe every key of `NAME.schema.json`.

    What we print has all its keys always (`all_required`): then saying so at each tells nothing.
    """
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    parts = []
    for heading, found in _objects(schema):
        title = f"### {heading}\n" if heading else ""
        parts.append(
            title + "\n" + table(("key", "value", "meaning"), _rows(found, schema, all_required))
        )
    return "\n".join(parts)


def keys(name: str) -> tuple[str, ...]:
    """Return the dotted path of every key of a schema, as far as objects nest."""
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return tuple(
        f"{heading}.{key}".lstrip(".")
        for heading, found in _objects(schema)
        for key in _shown(found)
    )


def _objects(root: Schema) -> Iterator[tuple[str, Schema]]:
    """Yield each object with keys of its own, once, under the name that readers look for."""
    seen: set[str] = set()
    waiting: list[tuple[str, Schema]] = [("", root)]
    while waiting:
        heading, schema = waiting.pop(0)
        schema = _resolved(schema, root)
        if schema.get("properties"):
            if heading in seen:
                continue
            seen.add(heading)
            yield heading, schema
            children = list(_shown(schema).items())
        else:
            children = []
        for name, child in children:
            waiting.extend(_below(name, child, root))
        for name, child in _items(heading, schema):
            waiting.extend(_below(name, child, root))


def _below(name: str, child: Schema, root: Schema) -> Iterator[tuple[str, Schema]]:
    """Yield what stands under a key: the object itself, or the objects of a list or mapping."""
    name = child["$ref"].rpartition("/")[2] if "$ref" in child else name
    found = _resolved(child, root)
    if found.get("properties"):
        yield name, found
    for inner, item in _items(name, found):
        yield from _below(inner, item, root)


def _items(name: str, schema: Schema) -> Iterator[tuple[str, Schema]]:
    """Yield what a list or a mapping of any names holds."""
    more = schema.get("additionalProperties")
    if isinstance(more, dict):
        yield name, more
    if isinstance(schema.get("items"), dict):
        yield name, schema["items"]


def _rows(schema: Schema, root: Schema, silent: bool) -> Iterator[tuple[str, str, str]]:
    required = set(schema.get("required", ()))
    for key, value in _shown(schema).items():
        found = _resolved(value, root)
        need = " Required." if key in required and not silent else ""
        meaning = value.get("description") or found.get("description", "")
        yield code(key), _value(key, value, root), f"{sentence(meaning)}{need}".strip()


def _value(key: str, value: Schema, root: Schema) -> str:
    """Say what may stand there: types, words, bounds, and where the object is described."""
    found = _resolved(value, root)
    types = found.get("type", ())
    types = (types,) if isinstance(types, str) else tuple(types)
    words = found.get("enum") or found.get("else", {}).get("enum") or ()
    if "const" in found:
        words = (found["const"],)
    if words and len(words) <= _MANY:
        said = ", ".join(code(_scalar(word)) for word in words)
    elif words:
        said = f"one of {len(words)} names"
    else:
        said = " or ".join(_TYPES.get(each, each) for each in types)
    return " ".join(part for part in (said, _bounds(found), _link(key, value, root)) if part)


def _bounds(found: Schema) -> str:
    low, high = found.get("minimum"), found.get("maximum")
    above = found.get("exclusiveMinimum")
    if low is not None and high is not None:
        return f"from {low:g} to {high:g}"
    if above is not None:
        return f"above {above:g}" + (f", at most {high:g}" if high is not None else "")
    if low is not None:
        return f"{low:g} or more"
    if "maxItems" in found:
        return f"of at most {found['maxItems']}"
    return ""


def _link(key: str, value: Schema, root: Schema) -> str:
    name, found = key, value
    for _ in range(5):
        if "$ref" in found:
            name = found["$ref"].rpartition("/")[2]
            found = _resolved(found, root)
        if found.get("properties"):
            return f"([{name}](#{anchor(name)}))"
        inner = [item for _, item in _items("", found)]
        if not inner:
            return ""
        found = inner[0]
    return ""


def _shown(schema: Schema) -> Mapping[str, Schema]:
    """Return an object's keys without those that are there only to be refused."""
    return {
        key: value for key, value in schema.get("properties", {}).items() if value.get("not") != {}
    }


def _resolved(schema: Schema, root: Schema) -> Schema:
    while "$ref" in schema:
        found: Any = root
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        schema = found
    return schema


def _scalar(word: object) -> str:
    return word if isinstance(word, str) else json.dumps(word)
