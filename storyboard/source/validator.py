"""jsonschema's validator, made quick: it passes by all parts that the acceptor finds good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from jsonschema import Draft7Validator, ValidationError
from jsonschema.validators import extend

from storyboard.source.acceptor import SubschemaAcceptors, compile_pattern
from storyboard.source.scalars import shortened


def build_validator(root: Any) -> Any:
    """Return the validator of a schema, which gives every error of a value."""
    acceptors = SubschemaAcceptors(root)

    def items(validator: Any, schema: Any, value: Any, _: Any) -> Iterator[ValidationError]:
        if isinstance(value, list):
            accept = acceptors.of(schema)
            for index, item in enumerate(value):
                if not accept(item):
                    yield from validator.descend(item, schema, path=index)

    def names(validator: Any, schema: Any, value: Any, _: Any) -> Iterator[ValidationError]:
        if isinstance(value, dict):
            accept = acceptors.of(schema)
            for name in value:
                if not accept(name):
                    yield from validator.descend(name, schema)

    def additional(validator: Any, schema: Any, value: Any, parent: Any) -> Any:
        if not isinstance(schema, dict) or not isinstance(value, dict):
            return _additional(validator, schema, value, parent)
        accept, known = acceptors.of(schema), parent.get("properties", {})
        return (
            problem
            for key, item in value.items()
            if key not in known and not accept(item)
            for problem in validator.descend(item, schema, path=key)
        )

    def condition(validator: Any, schema: Any, value: Any, parent: Any) -> Any:
        branch = "then" if acceptors.of(schema)(value) else "else"
        if branch in parent:
            yield from validator.descend(value, parent[branch], schema_path=branch)

    keywords = {
        "if": condition,
        "pattern": _search_to_the_end,
        "items": items,
        "propertyNames": names,
        "additionalProperties": additional,
    }
    return extend(Draft7Validator, keywords)(root)  # type: ignore[no-untyped-call]


def _search_to_the_end(
    validator: Any, pattern: str, instance: Any, _: Any
) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not compile_pattern(pattern).search(instance):
        yield ValidationError(f"{shortened(instance)!r} does not match {pattern!r}")


_additional: Final = Draft7Validator.VALIDATORS["additionalProperties"]
