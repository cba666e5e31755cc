"""The parameters of a v3 service call: a form, a query or JSON, as one nested mapping."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from storyboard.strict_json import NotJson, is_storable, parse_json
from storyboard.studio.api.bodies import MOST_VALUES
from storyboard.studio.api.multipart import Form, Upload
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.whole_numbers import whole_number

_MAX_FIELDS = 1000
_MAX_LEVELS = 10
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
"""No bracket inside of brackets: a body of opening ones alone took the square of its length."""


class Parameters:
    """What a call was given; texts where a form sent them, and its file where it had one."""

    def __init__(self, values: dict[str, Any], upload: Upload | None = None) -> None:
        self._values = values
        self.upload = upload

    @property
    def values(self) -> dict[str, Any]:
        """Return all of them but the file, nested."""
        return self._values

    @classmethod
    def of_form(cls, query: str, form: Form) -> Parameters:
        """Take query and multipart form; its field `json` may be an object of all the others."""
        values: dict[str, Any] = {}
        _spread(values, _pairs_of(query))
        for name, text in form.pairs:
            if name == "json":
                values |= _object_of(text.encode(), "json: must be a JSON object")
        _spread(values, [pair for pair in form.pairs if pair[0] != "json"])
        if form.upload is not None:
            check_storable("the file", form.upload.name)
        return cls(values, form.upload)

    @classmethod
    def parse(cls, query: str, body: bytes, content_type: str) -> Parameters:
        """Read query and body; raises `Refusal` where it is not the form or JSON that it is called.

        A body that is called anything else says nothing.
        """
        values: dict[str, Any] = {}
        _spread(values, _pairs_of(query))
        if content_type == "application/json":
            return cls(values | _object_of(body or b"{}", "the body is no JSON object"))
        if content_type != "application/x-www-form-urlencoded":
            return cls(values)
        try:
            text = body.decode()
        except UnicodeDecodeError as cause:
            raise Refusal(StudioCode.VALIDATION_ERROR, "the body is no form") from cause
        _spread(values, _pairs_of(text))
        return cls(values)

    def text(self, *path: str, default: str | None = None) -> str:
        """Return a text, such as `text("filter", "idIn")`; required without a default."""
        value: Any = self._values
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        if value is None or isinstance(value, dict | list):
            if default is None:
                raise Refusal(
                    StudioCode.MISSING_MANDATORY_PARAMETER,
                    f"Missing parameter '{':'.join(path)}'",
                    {"NAME": ":".join(path)},
                )
            return default
        return _text_of(value, ":".join(path))

    def filter(self, *names: str) -> dict[str, str]:
        """Return the fields of `filter`; raises `Refusal` where one is not of these.

        To leave out a field that is not known would answer another question.
        """
        value = self._values.get("filter", {})
        if not isinstance(value, dict) or any(isinstance(v, dict | list) for v in value.values()):
            raise Refusal(StudioCode.VALIDATION_ERROR, "filter: must be an object of texts")
        for name in value:
            if name not in ("objectType", *names):
                raise Refusal(
                    StudioCode.NOT_EMULATED, f"This studio does not filter by '{name[:60]}'"
                )
        return {
            name: _text_of(text, f"filter:{name}")
            for name, text in value.items()
            if text is not None and name != "objectType"
        }

    def number(self, *path: str, default: int) -> int:
        """Return a whole number; raises `Refusal` where it is none."""
        text = self.text(*path, default=str(default))
        number = whole_number(text, signed=True)
        if number is None:
            name = ":".join(path)
            raise Refusal(StudioCode.VALIDATION_ERROR, f"{name}: must be a whole number")
        return number


def check_storable(name: str, text: str) -> str:
    """Return a text that clients can read again once it is kept; raises `Refusal` for another."""
    if not is_storable(text):
        raise Refusal(
            StudioCode.VALIDATION_ERROR,
            f"{name}: must be a text of whole characters, without U+0000",
        )
    return text


def _text_of(value: Any, name: str) -> str:
    """Return a JSON value as a form would have it; raises `Refusal` where it cannot be kept."""
    return check_storable(name, str(int(value)) if isinstance(value, bool) else str(value))


def _object_of(text: bytes, fault: str) -> dict[str, Any]:
    try:
        given = parse_json(text, most=MOST_VALUES)
    except NotJson as cause:
        raise Refusal(StudioCode.VALIDATION_ERROR, f"{fault}: {cause}") from cause
    if not isinstance(given, dict):
        raise Refusal(StudioCode.VALIDATION_ERROR, fault)
    return given


def _pairs_of(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, max_num_fields=_MAX_FIELDS)
    except ValueError as cause:
        raise Refusal(StudioCode.VALIDATION_ERROR, "too many parameters") from cause


def _spread(values: dict[str, Any], pairs: Iterable[tuple[str, str]]) -> None:
    """Nest `filter:idIn` and `filter[idIn]`, the two ways that clients write it."""
    for name, value in pairs:
        check_storable("a parameter's name", name)
        check_storable(name[:60], value)
        head = name.partition("[")[0]
        keys = (head, *_BRACKETS.findall(name[len(head) :])) if "[" in name else name.split(":")
        if len(keys) > _MAX_LEVELS:
            raise Refusal(
                StudioCode.VALIDATION_ERROR, f"a parameter has more than {_MAX_LEVELS} levels"
            )
        place = values
        for key in keys[:-1]:
            inner = place.setdefault(key, {})
            if not isinstance(inner, dict):
                break
            place = inner
        else:
            place[keys[-1]] = value
