"""The avatar API as OpenAPI 3.1, written from the tables that its requests are checked with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from storyboard.studio.api.fields import LARGEST, Field, Kind
from storyboard.studio.api.replies import ERROR, FILES, NOTHING, reply_fields
from storyboard.studio.api.requests import request_fields
from storyboard.studio.behavior.conditions import actions_of, catalog_of, codes_of
from storyboard.studio.behavior.contract import Contract
from storyboard.studio.behavior.rights import API, CATALOG
from storyboard.wire import Action

_TYPES: Final = {
    Kind.TEXT: "string",
    Kind.NUMBER: "number",
    Kind.INTEGER: "integer",
    Kind.BOOLEAN: "boolean",
    Kind.OBJECT: "object",
    Kind.LIST: "array",
}
_BOUNDS: Final = {
    Kind.TEXT: ("minLength", "maxLength"),
    Kind.LIST: ("minItems", "maxItems"),
    Kind.NUMBER: ("minimum", "maximum"),
    Kind.INTEGER: ("minimum", "maximum"),
}
_LARGEST: Final = int(LARGEST)
_STORABLE: Final = r"^[^\u0000]*$"
_JSON: Final = "application/json"


def describe(contract: Contract, public_url: str) -> dict[str, Any]:
    """Return the document, as the contract's switches have the API."""
    strict = contract["unknown_fields"] == "refuse"
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "storyboard local studio",
            "version": "1",
            "x-profile": contract.profile,
        },
        "servers": [{"url": f"{public_url}{API.rstrip('/')}"}],
        "security": [{"session": []}],
        "components": {
            "securitySchemes": {"session": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Error": _error()},
        },
        "paths": {
            f"/{action.value}": {"post": _operation(action, contract, strict=strict)}
            for action in actions_of(contract)
        }
        | {
            f"/{action.value}": {
                "servers": [{"url": f"{public_url}{CATALOG.rstrip('/')}"}],
                "post": _operation(action, contract, strict=strict),
            }
            for action in catalog_of(contract)
        },
    }


def schema(field: Field, *, strict: bool) -> dict[str, Any]:
    """Return the JSON Schema of a field."""
    kind = _TYPES[field.kind]
    written: dict[str, Any] = {"type": [kind, "null"] if field.nullable else kind}
    written |= _bounds(field)
    if field.choices:
        written["enum"] = [*field.choices, *([None] if field.nullable else [])]
    elif field.pattern is not None:
        written["pattern"] = f"^(?:{field.pattern.pattern})$"
    elif field.kind is Kind.TEXT:
        written["pattern"] = _STORABLE
    if field.items is not None:
        written["items"] = schema(field.items, strict=strict)
    if field.fields is not None and (field.by_type is not None or field.shapes):
        variants = [*_variants(field, strict=strict)]
        return {"anyOf": [*variants, *([{"type": "null"}] if field.nullable else [])]}
    if field.fields is not None:
        written |= object_schema(field.fields, strict=strict)
    return written


def _bounds(field: Field) -> dict[str, Any]:
    lower, upper = _BOUNDS.get(field.kind, ("", ""))
    written: dict[str, Any] = {}
    if field.kind in (Kind.NUMBER, Kind.INTEGER):
        written = {"exclusiveMinimum": -_LARGEST, "exclusiveMaximum": _LARGEST}
    if field.minimum is not None:
        written.pop("exclusiveMinimum", None)
        written[lower] = int(field.minimum)
    if field.maximum is not None:
        written.pop("exclusiveMaximum", None)
        written[upper] = int(field.maximum)
    return written


def object_schema(fields: Mapping[str, Field], *, strict: bool) -> dict[str, Any]:
    """Return what an object's fields say of it."""
    written: dict[str, Any] = {
        "properties": {name: schema(field, strict=strict) for name, field in fields.items()},
        "required": [name for name, field in fields.items() if field.required],
    }
    return written | ({"additionalProperties": False} if strict else {})


def _variants(field: Field, *, strict: bool) -> Iterator[dict[str, Any]]:
    """Yield one schema a type, or a shape, with the fields that it needs and without the others."""
    fields = field.fields or {}
    ways = field.by_type or {str(number): shape for number, shape in enumerate(field.shapes)}
    somewhere = {name for names in ways.values() for name in names} | {"type"}
    anywhere = [name for name in fields if name not in somewhere]
    for kind, names in ways.items():
        properties: dict[str, Any] = {
            name: schema(fields[name], strict=strict) for name in (*names, *anywhere)
        }
        required = [*names]
        if field.by_type is not None:
            properties["type"] = {"const": kind}
            required += [] if kind == field.usual_type else ["type"]
        absent = {name: False for name in fields if name not in properties}
        yield {
            "type": "object",
            "properties": properties if strict else properties | absent,
            "required": required,
            **({"additionalProperties": False} if strict else {}),
        }


def _operation(action: Action, contract: Contract, *, strict: bool) -> dict[str, Any]:
    body = {"type": "object", **object_schema(request_fields(action, contract), strict=strict)}
    return {
        "operationId": action.value.replace("/", "_"),
        "x-error-codes": [code.value for code in codes_of(action, contract)],
        "requestBody": {"required": True, "content": {_JSON: {"schema": body}}},
        "responses": {
            "200": {
                "description": "the answer, or an error with its code",
                "content": _contents(action, contract),
            },
            **{
                status: {"description": meaning, "content": {"text/plain": {"schema": _PLAIN}}}
                for status, meaning in _OUTSIDE.items()
            },
            **{
                status: {"description": meaning, "content": {_JSON: {"schema": _REFERENCE}}}
                for status, meaning in _NO_CALL.items()
            },
            "503": {
                "description": _AWAY,
                "headers": {"retry-after": {"schema": _PLAIN, "description": "seconds"}},
                "content": {_JSON: {"schema": _REFERENCE}, "text/plain": {"schema": _PLAIN}},
            },
            **{
                contract[switch]: _FAILED
                for switch in ("validation_status", "authentication_status")
                if contract[switch] != "200"
            },
        },
    }


_PLAIN: Final = {"type": "string"}
_OUTSIDE: Final = {
    "403": "a page of another origin asks",
    "421": "the studio does not serve this host",
}
_NO_CALL: Final = {
    "413": "the body is too large",
    "415": "the body is declared as something else than JSON",
    "429": "too many calls at once, or too many wrong sessions before this one",
    "500": "the studio cannot keep its data now",
}
_AWAY: Final = "the studio ends, its database or its files are away, or it has no connection left"
_REFERENCE: Final = {"$ref": "#/components/schemas/Error"}
_FAILED: Final = {"description": "an error", "content": {_JSON: {"schema": _REFERENCE}}}


def _contents(action: Action, contract: Contract) -> dict[str, Any]:
    if action in FILES:
        return {FILES[action]: {"schema": {}}, _JSON: {"schema": _REFERENCE}}
    if action in NOTHING:
        empty = {"type": "null"} if contract["deleted_answer"] == "null" else {}
        return {_JSON: {"schema": {"anyOf": [empty, _REFERENCE]} if empty else _REFERENCE}}
    fields = reply_fields(action, contract)
    if fields is not None:
        reply = {"type": "object", **object_schema(fields, strict=True)}
        return {_JSON: {"schema": {"anyOf": [reply, _REFERENCE]}}}
    return {_JSON: {"schema": _REFERENCE}}


def _error() -> dict[str, Any]:
    fields = object_schema(ERROR, strict=False)
    fields["properties"]["args"] = {"type": ["object", "array"]}
    return {"type": "object", **fields}
