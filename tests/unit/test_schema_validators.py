"""The published schemas mean the same to other validators, and refuse what `check` refuses.

Every YAML file of the cases, the samples and the codes is held against its schema by jsonschema
under both dialects, by jsonschema-rs and by fastjsonschema; by ajv where node finds it (slow).
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import fastjsonschema
import jsonschema
import jsonschema_rs
import pytest

from storyboard.compiler import compile_project
from storyboard.source.diagnostic import Severity
from storyboard.source.fault import CODE_OF_KEYWORD
from storyboard.source.files import MemoryFiles
from storyboard.source.reader import read_document
from storyboard.source.schema import DECIDED_LATER, accepts, read_schema

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "tests" / "cases", ROOT / "samples")
SAYING = "Welcome to the tour of our new search engine."
SCENE: Mapping[str, Any] = {"narration": SAYING}
LIFTS: Mapping[str, Mapping[str, Any]] = {
    "when": {"narration": SAYING, "when": "{{ x }}"},
    "for_each": {"narration": SAYING, "for_each": [1, 2]},
    "include": {"include": "shared/outro.yaml"},
}


def board(*scenes: Any, **more: Any) -> dict[str, Any]:
    return {"name": "Tour", "scenes": list(scenes), **more}


def start(time: Any) -> dict[str, Any]:
    return board({**SCENE, "broll": {"entryId": "1_a", "startTime": time}})


def compose(duration: Any) -> dict[str, Any]:
    block = {"formatType": "video-explainer", "duration": duration, "entryIds": ["1_a"]}
    return {"name": "Tour", "compose": block}


CLIP = {"locales": ["en"], "localize": {"en": {"scenes": {"a": {"broll": {"entryId": "1_a"}}}}}}
GONE = {"locales": ["en"], "localize": {"en": {"scenes": {"a": {"when": False}}}}}
REFUSED: Mapping[str, Any] = {
    "21 scenes": board(*[SCENE] * 20, SAYING),
    "21 scenes, and other overrides": board(*[SCENE] * 21, **CLIP),
    "the layout broll without a clip": board({**SCENE, "layoutType": "broll"}),
    "a scene without narration": board({"broll": "metrics@0:30"}),
    "a scene with nothing": board({}),
    "a loop without narration": board({"for_each": [1], "broll": "metrics"}),
    "a start before the clip": start(-1),
    "a start after a day": start(86_401),
    "a start after a day, in minutes": start("1440:01"),
    "a start after a day, in hours": start("25:00:00"),
    "a start after a day by a thousandth": start("24:00:00.001"),
    "a short form after a day, in seconds": board({**SCENE, "broll": "metrics@86400.5"}),
    "a short form after a day, in minutes": board({**SCENE, "broll": "metrics@1441:00"}),
    "too long a composition": compose(1201),
    "too long a composition, in minutes": compose("20:01"),
    "too short a composition": compose("0:00"),
}
ACCEPTED: Mapping[str, Any] = {
    "20 scenes": board(*[SCENE] * 20),
    "the clip in a locale": board({**SCENE, "id": "a", "layoutType": "broll"}, **CLIP),
    "a scene gone in a locale": board({**SCENE, "id": "a"}, *[SCENE] * 20, **GONE),
    "a layout by an expression": board({**SCENE, "layoutType": "{{ layout }}"}),
    "a start after a day to the dot": start("24:00:00.000"),
    "a start after minutes to the dot": start("1440:00"),
    "a start in the last second": start("23:59:59.999"),
    "a short form to the dot": board({**SCENE, "broll": "metrics@86400"}),
    "a composition to the dot": compose("20:00"),
    "a composition of hours to the dot": compose("0:20:00"),
    **{f"21 scenes and {key}": board(*[SCENE] * 21, lift) for key, lift in LIFTS.items()},
}


@cache
def validators(name: str) -> Mapping[str, Callable[[Any], bool]]:
    schema = read_schema(name)
    newer = {**schema, "$schema": "https://json-schema.org/draft/2020-12/schema"}
    compiled = fastjsonschema.compile(schema)

    def fast(value: Any) -> bool:
        try:
            compiled(value)
        except fastjsonschema.JsonSchemaValueException:
            return False
        return True

    return {
        "jsonschema": jsonschema.Draft7Validator(schema).is_valid,
        "jsonschema 2020-12": jsonschema.Draft202012Validator(newer).is_valid,
        "jsonschema-rs": jsonschema_rs.validator_for(schema).is_valid,
        "fastjsonschema": fast,
    }


@pytest.mark.parametrize("case", REFUSED)
def test_refused_by_all(case: str) -> None:
    value = REFUSED[case]
    assert not any(valid(value) for valid in validators("storyboard").values())
    assert not accepts("storyboard", value)


@pytest.mark.parametrize("case", ACCEPTED)
def test_accepted_by_all(case: str) -> None:
    value = ACCEPTED[case]
    assert all(valid(value) for valid in validators("storyboard").values())
    assert accepts("storyboard", value)


def cases() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted(folder.rglob("*.yaml"))


def schema_of(path: Path, data: Any) -> str:
    named = path.parent / "schema"
    if named.exists():
        return named.read_text().strip()
    if isinstance(data, list):
        return "scenes"
    return "project" if path.name == "storyboard.yaml" else "storyboard"


def documents() -> Iterator[tuple[Path, str, Any]]:
    """Yield what a parser gives of each file that YAML's readers agree on."""
    for path in cases():
        document, findings = read_document(path.name, path.read_bytes())
        if document is not None and not findings:
            yield path, schema_of(path, document.data), document.data


def test_all_cases_are_judged_alike() -> None:
    count = refused = 0
    for path, name, data in documents():
        accepted = accepts(name, data)
        told = {tool: valid(data) for tool, valid in validators(name).items()}
        assert set(told.values()) == {accepted}, f"{path}: {told}, and we say {accepted}"
        count += 1
        refused += not accepted
    assert count > 150
    assert refused > 25


@pytest.mark.slow
def test_what_the_schema_refuses_check_refuses_and_the_other_way_round() -> None:
    """`check` may find more; a mistake of shape, or one that the schema knows, it finds too."""
    known = DECIDED_LATER | set(CODE_OF_KEYWORD.values()) | {"unknown-check"}
    seen: set[str] = set()
    for case, value in REFUSED.items():
        found = compile_project(MemoryFiles({"a.storyboard.yaml": json.dumps(value)})).report
        seen |= {finding.code for finding in found.diagnostics}
        assert {f.code for f in found.diagnostics if f.severity is Severity.ERROR} & known, case
    for path, name, data in documents():
        if name == "scenes" or not isinstance(data, dict):
            continue
        text = path.read_text("utf-8")
        files = {"storyboard.yaml" if name == "project" else "a.storyboard.yaml": text}
        told = compile_project(MemoryFiles(files)).report.diagnostics
        errors = {f.code for f in told if f.severity is Severity.ERROR}
        assert accepts(name, data) or errors, path
        if not any(word in text for word in ("{{", "include:", "localize:")):
            seen |= errors & known
            assert not accepts(name, data) or not errors & known, path
    assert seen >= DECIDED_LATER


AJV = """
const { readFileSync } = require('fs');
const { schemas, cases } = JSON.parse(readFileSync(0));
const Ajv = require('ajv').default, Ajv2020 = require('ajv/dist/2020').default;
const logger = { log() {}, warn() {}, error() {} };
const newer = 'https://json-schema.org/draft/2020-12/schema';
const told = [Ajv, Ajv2020].map((Kind, at) => {
  const judge = {};
  for (const [name, schema] of Object.entries(schemas)) {
    judge[name] = new Kind({ logger }).compile(at ? { ...schema, $schema: newer } : schema);
  }
  return cases.map(([name, data]) => judge[name](data));
});
console.log(JSON.stringify(told));
"""


@pytest.mark.slow
def test_ajv_in_its_strict_mode_judges_alike() -> None:
    """`npm install ajv` in a folder above, or NODE_PATH, lets node find it."""
    node = shutil.which("node")
    if (
        node is None
        or subprocess.run([node, "-e", "require.resolve('ajv')"], capture_output=True).returncode
    ):
        pytest.skip(
            "ajv has judged nothing: node does not find it; npm install ajv in a folder above"
        )
    judged = [("storyboard", data) for data in (*REFUSED.values(), *ACCEPTED.values())]
    judged += [(name, data) for _, name, data in documents()]
    names = {name for name, _ in judged}
    given = {"schemas": {name: read_schema(name) for name in names}, "cases": judged}
    done = subprocess.run(
        [node, "-e", AJV], input=json.dumps(given), capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    ours = [accepts(name, data) for name, data in judged]
    assert json.loads(done.stdout) == [ours, ours]
