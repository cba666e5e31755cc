"""The schemas themselves, and how their faults are said."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from storyboard.source.acceptor import compile_acceptor
from storyboard.source.fault import CODE_OF_KEYWORD
from storyboard.source.reader import read_document
from storyboard.source.remark import read_remark
from storyboard.source.schema import (
    accepts,
    check_schema,
    explain,
    read_schema,
    schema_names,
    schema_text,
)
from tests.support.schema_facts import with_facts

OWN = ("diagnostics", "project", "scenes", "storyboard")
ROOT = Path(__file__).parents[2]
STRUCTURE = {"$ref", "properties", "items", "allOf", "anyOf", "if", "contains", "dependencies"}
"""Keywords that only lead to others; `anyOf` and `contains` stand in conditions alone."""

CONDITIONS = ("/if", "/not", "/contains", "/properties")


def subschemas(schema: Any, pointer: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(schema, dict):
        yield pointer, schema
        for key, part in schema.items():
            yield from subschemas(part, f"{pointer}/{key}")
    elif isinstance(schema, list):
        for index, part in enumerate(schema):
            yield from subschemas(part, f"{pointer}/{index}")


@pytest.mark.parametrize("name", schema_names())
@pytest.mark.parametrize("dialect", [Draft7Validator, Draft202012Validator])
def test_is_a_schema_in_both_dialects(name: str, dialect: Any) -> None:
    schema = {**read_schema(name), "$schema": dialect.META_SCHEMA["$schema"]}
    dialect.check_schema(schema)
    compile_acceptor(schema)


@pytest.mark.parametrize("name", schema_names())
def test_avoids_what_explains_badly(name: str) -> None:
    for pointer, schema in subschemas(read_schema(name)):
        assert "oneOf" not in schema, pointer
        if "$ref" in schema and "properties" not in pointer.rpartition("/")[2]:
            assert set(schema) == {"$ref"}, (
                f"{pointer}: a keyword beside $ref is ignored in draft-07"
            )


@pytest.mark.parametrize("name", ["storyboard", "project", "scenes"])
def test_every_key_is_described_for_editors(name: str) -> None:
    root = read_schema(name)
    for pointer, schema in subschemas(root):
        if not pointer.endswith("/properties") or re.search(r"/if/|/allOf/|ThatKeeps", pointer):
            continue
        for key, part in schema.items():
            resolved = part
            while "$ref" in resolved:
                resolved = root["definitions"][resolved["$ref"].rpartition("/")[2]]
            if "not" not in resolved and set(resolved) != {"const"}:
                assert resolved.get("description"), f"{pointer}/{key}"


@pytest.mark.parametrize("name", OWN)
def test_every_pattern_is_worded(name: str) -> None:
    if name == "diagnostics":
        return
    for pointer, schema in subschemas(read_schema(name)):
        if isinstance(schema.get("pattern"), str) and not pointer.endswith(CONDITIONS):
            assert (read_remark(schema).message or "").startswith(("is not a", "is not the")), (
                pointer
            )


@pytest.mark.parametrize("name", schema_names())
def test_every_keyword_that_can_fail_has_a_code(name: str) -> None:
    keywords = {key for _, schema in subschemas(read_schema(name)) for key in schema}
    told = keywords & (set(Draft7Validator.VALIDATORS) - STRUCTURE)
    assert told <= CODE_OF_KEYWORD.keys()


@pytest.mark.parametrize("name", schema_names())
def test_the_schemas_get_their_facts_from_the_tables(name: str) -> None:
    """`UPDATE_CASES=1` writes the facts of wire.py, the codes and the library into the schemas."""
    filled = json.dumps(with_facts(name), indent=2, ensure_ascii=False) + "\n"
    if "UPDATE_CASES" in os.environ:
        (ROOT / "schemas" / f"{name}.schema.json").write_text(filled, encoding="utf-8")
    assert schema_text(name) == filled


def test_an_unknown_name() -> None:
    with pytest.raises(KeyError):
        schema_text("nothing")


def told(text: str, name: str = "storyboard") -> list[tuple[str, int, int, str, str | None]]:
    document, findings = read_document("a.yaml", text)
    assert findings == ()
    assert document is not None
    told = []
    for finding in check_schema(document, name):
        assert finding.span is not None
        span = finding.span
        told.append((finding.code, span.line, span.column, finding.message, finding.hint))
    return told


def test_an_unknown_key_is_shown_with_a_guess() -> None:
    ((code, line, column, message, hint),) = told("nmae: y\nname: x\nscenes: [{narratoin: z}]\n")[
        :1
    ]
    assert (code, line, column) == ("unknown-key", 1, 1)
    assert message == "'nmae' is not a key that fits here"
    assert hint is not None
    assert hint.startswith("keys that fit: id, name, ")
    second = told("name: x\nscenes: [{narratoin: z}]\n")[0]
    assert second[:3] == ("unknown-key", 2, 11)
    assert (second[4] or "").startswith("did you mean 'narration'? keys that fit: ")


def test_a_missing_key_is_shown_at_its_parent() -> None:
    ((code, line, column, message, hint),) = told(
        "name: x\nscenes: [a]\navatars:\n  host:\n    background: '#000000'\n"
    )
    assert (code, line, column) == ("missing-key", 4, 3)
    assert message == "'templateId' is missing in 'host'"
    assert hint == "add 'templateId: …'"


def test_a_color_is_explained() -> None:
    ((code, line, column, message, hint),) = told(
        'name: x\nscenes: [a]\navatar: {templateId: jane, background: "#CEEED"}\n'
    )
    assert (code, line, column) == ("bad-format", 3, 40)
    assert message == "'#CEEED' is not a color"
    assert (hint or "").startswith('write six hex digits, like "#CEEEDB", or a picture')


def test_all_faults_come_at_once_in_source_order() -> None:
    findings = told("scenes:\n  - 5\n  - {narration: '', broll: {startTime: -1}}\nid: 'A B'\n")
    assert [(code, line) for code, line, *_ in findings] == [
        ("missing-key", 1),
        ("wrong-type", 2),
        ("wrong-length", 3),
        ("missing-key", 3),
        ("out-of-range", 3),
        ("bad-format", 4),
    ]


def test_a_secret_is_refused_and_not_repeated() -> None:
    ((code, line, _, message, hint),) = told(
        "environments:\n  prod:\n    adminSecret: hunter2\n", "project"
    )
    assert (code, line) == ("secret-in-file", 3)
    assert "hunter2" not in message + (hint or "")
    assert "adminSecretEnv" in (hint or "")


def test_a_secret_in_the_place_of_a_name_is_not_repeated() -> None:
    ((code, _, _, message, hint),) = told(
        "environments:\n  prod:\n    adminSecretEnv: hunter-2!\n", "project"
    )
    assert code == "secret-in-file"
    assert message == "'adminSecretEnv' is not the name of an environment variable"
    assert "hunter" not in (hint or "")


def test_damaged_values_are_not_reported_twice() -> None:
    document, findings = read_document("a.yaml", "name: *x\nscenes: [a]\n")
    assert document is not None
    assert len(findings) == 1
    assert check_schema(document, "storyboard") == ()


def test_scenes_and_compose_exclude_each_other() -> None:
    findings = told(
        "name: x\nscenes: [a]\ncompose: {formatType: video-explainer, duration: 5, entryIds: [a]}\n"
    )
    assert [(code, line, column) for code, line, column, *_ in findings] == [("not-together", 2, 1)]


@pytest.mark.parametrize(
    "time", [0, 1.5, "0:30", "90:00", "1:02:03.500", "{{ start }}", "{{ a }}:{{ b }}"]
)
def test_times(time: object) -> None:
    scene = {"narration": "x", "broll": {"entry": "m", "startTime": time}}
    assert accepts("scenes", [scene])


@pytest.mark.parametrize(
    "time", [-1, "30", "1:60", "1:2", "x", "", True, None, "1:00:60", "1:30\n"]
)
def test_no_times(time: object) -> None:
    scene = {"narration": "x", "broll": {"entry": "m", "startTime": time}}
    faults = explain("scenes", [scene])
    assert [fault.pointer for fault in faults] == [(0, "broll", "startTime")]


def test_a_good_file_needs_no_jsonschema() -> None:
    script = (
        "import sys; from storyboard.source.reader import read_document;"
        "from storyboard.source.schema import check_schema;"
        "d, _ = read_document('a.yaml', 'name: x\\nscenes: [a]');"
        "assert check_schema(d, 'storyboard') == (); print('jsonschema' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert json.loads(done.stdout.lower()) is False
