"""What the schemas repeat of the code's tables: `UPDATE_CASES=1` writes it into them."""

from __future__ import annotations

from typing import Any

from storyboard.checks.severities import SETTINGS
from storyboard.codes import CODES
from storyboard.source.schema import read_schema
from storyboard.studio.stage.rooms.rooms import LIBRARY_IDS
from storyboard.wire import (
    MAX_BRIEF,
    MAX_COMPOSE_SECONDS,
    MAX_NAME,
    MAX_NARRATION,
    MAX_SCENES,
    MAX_SOURCES,
    MAX_START_SECONDS,
    REGIONS,
    TEMPLATE_IDS,
)
from tests.support.timecode_patterns import too_late, too_many_seconds


def with_facts(name: str) -> dict[str, Any]:
    """Return a schema as it should be: its own structure, and the facts of the tables."""
    own = read_schema(name)
    schema = {"$schema": own["$schema"], "$id": f"urn:storyboard-as-code:schema:{name}", **own}
    schema["$id"] = f"urn:storyboard-as-code:schema:{name}"
    shared = read_schema("storyboard")["definitions"]
    definitions = schema.get("definitions", {})
    if name in ("project", "scenes"):
        definitions = {key: shared.get(key, part) for key, part in definitions.items()}
    filled = {key: _filled(key, part) for key, part in definitions.items()}
    if name == "storyboard":
        counted = filled["countedScenes"]
        filled["countedScenes"] = {**counted, "else": {**counted["else"], "maxItems": MAX_SCENES}}
    if name == "video":
        scenes = schema["properties"]["scenes"] | {"maxItems": MAX_SCENES}
        schema["properties"] = schema["properties"] | {"scenes": scenes}
    if name == "project":
        schema["properties"] = schema["properties"] | {"checks": _checks(own)}
    if name in ("storyboard", "video"):
        named = schema["properties"]["name"] | {"maxLength": MAX_NAME}
        schema["properties"] = schema["properties"] | {"name": named}
    return {**schema, "definitions": filled} if filled else schema


def _filled(key: str, part: dict[str, Any]) -> dict[str, Any]:
    fill = _FILL.get(key)
    return fill(part) if fill else part


def _template(part: dict[str, Any]) -> dict[str, Any]:
    return part | {"else": {"enum": list(TEMPLATE_IDS)}, "examples": list(TEMPLATE_IDS)}


def _avatar(part: dict[str, Any]) -> dict[str, Any]:
    if "examples" in part:
        return part | {"examples": list(TEMPLATE_IDS)}
    template = part["properties"]["templateId"] | {"enum": list(TEMPLATE_IDS)}
    return part | {"properties": part["properties"] | {"templateId": template}}


def _background(part: dict[str, Any]) -> dict[str, Any]:
    library = part["properties"]["id"] | {"examples": list(LIBRARY_IDS)}
    return part | {"properties": part["properties"] | {"id": library}}


def _start_time(part: dict[str, Any]) -> dict[str, Any]:
    late = _refusing(part["allOf"][0], f"^({too_late(MAX_START_SECONDS)})$")
    return part | {"maximum": MAX_START_SECONDS, "allOf": [late]}


def _broll(part: dict[str, Any]) -> dict[str, Any]:
    if "allOf" not in part:
        start = part["properties"]["startTime"] | {"maximum": MAX_START_SECONDS}
        return part | {"properties": part["properties"] | {"startTime": start}}
    times = f"{too_late(MAX_START_SECONDS)}|{too_many_seconds(MAX_START_SECONDS)}"
    return part | {"allOf": [_refusing(part["allOf"][0], f"^[^@]*@({times})$")]}


def _compose(part: dict[str, Any]) -> dict[str, Any]:
    properties = part["properties"]
    duration = properties["duration"] | {"maximum": MAX_COMPOSE_SECONDS}
    if "allOf" in duration:
        long, *others = duration["allOf"]
        refused = _refusing(long, f"^({too_late(MAX_COMPOSE_SECONDS)})$")
        duration["allOf"] = [refused, *others]
    entries = properties["entryIds"] | {"maxItems": MAX_SOURCES}
    brief = properties["userBrief"] | {"maxLength": MAX_BRIEF}
    told = {"duration": duration, "entryIds": entries, "userBrief": brief}
    return part | {"properties": properties | told}


def _narration(part: dict[str, Any]) -> dict[str, Any]:
    text = part["properties"]["text"] | {"maxLength": MAX_NARRATION}
    properties = part["properties"] | {"text": text}
    return part | {"maxLength": MAX_NARRATION, "properties": properties}


def _scene(part: dict[str, Any]) -> dict[str, Any]:
    """Give a scene its longest narration: as a string is one, or in the schema `video`."""
    if part.get("type") == "object":
        spoken = part["properties"]["narration"] | {"maxLength": MAX_NARRATION}
        return part | {"properties": part["properties"] | {"narration": spoken}}
    return part | {"maxLength": MAX_NARRATION}


def _refusing(part: dict[str, Any], pattern: str) -> dict[str, Any]:
    return part | {"not": {"type": "string", "pattern": pattern}}


def _environment(part: dict[str, Any]) -> dict[str, Any]:
    region = part["properties"]["region"] | {"enum": list(REGIONS)}
    return part | {"properties": part["properties"] | {"region": region}}


def _checks(schema: dict[str, Any]) -> dict[str, Any]:
    own: dict[str, Any] = schema["properties"]["checks"]
    settings = {
        name: {
            "description": f"{CODES[name].summary}.".capitalize(),
            "type": "string",
            "enum": list(SETTINGS),
            "default": CODES[name].severity.value,
        }
        for name in sorted(CODES)
        if CODES[name].can_change
    }
    return own | {"properties": settings}


_FILL = {
    "templateId": _template,
    "avatar": _avatar,
    "background": _background,
    "startTime": _start_time,
    "broll": _broll,
    "brollOverride": _broll,
    "narration": _narration,
    "scene": _scene,
    "compose": _compose,
    "composed": _compose,
    "environment": _environment,
}
