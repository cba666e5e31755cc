"""The findings of jsonschema, said for a person. Imported only once something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from itertools import chain, islice
from typing import Any, Final

from jsonschema import Draft7Validator, ValidationError
from jsonschema.validators import extend

from storyboard.source.acceptor import SubschemaAcceptors, compile_pattern
from storyboard.source.fault import SchemaFault
from storyboard.source.numerals import spell
from storyboard.source.scalars import shortened
from storyboard.source.span import Pointer

Problem = Any
"""A `ValidationError`, whose own types have a sentinel in every attribute."""

_MAX_FAULTS: Final = 200
_MANY_CHOICES: Final = 20
_SHORT: Final = 40
_KINDS: Final = {
    "object": "a mapping",
    "array": "a list",
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "nothing",
}
_BOUNDS: Final = {
    "minimum": "at least",
    "maximum": "at most",
    "exclusiveMinimum": "more than",
    "exclusiveMaximum": "less than",
}
_AMOUNTS: Final = {
    "minLength": ("characters", "at least"),
    "maxLength": ("characters", "at most"),
    "minItems": ("items", "at least"),
    "maxItems": ("items", "at most"),
    "minProperties": ("keys", "at least"),
    "maxProperties": ("keys", "at most"),
}


def build_explainer(schema: Any) -> Callable[[Any], tuple[SchemaFault, ...]]:
    """Return a function that gives every fault of a value once, in its order; at most 200."""
    validator = _build_validator(schema)

    def explain_value(value: Any) -> tuple[SchemaFault, ...]:
        found = chain.from_iterable(map(_faults, validator.iter_errors(value)))
        faults: dict[tuple[object, ...], SchemaFault] = {}
        for fault in islice(found, _MAX_FAULTS):
            unknown = fault.keyword in ("additionalProperties", "propertyNames")
            faults[(fault.pointer, unknown or fault.message)] = fault
        order = {fault.pointer: _place(value, fault.pointer) for fault in faults.values()}
        return tuple(sorted(faults.values(), key=lambda fault: order[fault.pointer]))

    return explain_value


def _faults(problem: Problem) -> Iterator[SchemaFault]:
    keyword, instance = str(problem.validator), problem.instance
    pointer: Pointer = tuple(problem.absolute_path)
    if "propertyNames" in list(problem.relative_schema_path)[-4:-1] and isinstance(instance, str):
        yield _refused_key(problem, pointer)
    elif keyword == "additionalProperties":
        yield from _unknown_keys(problem, pointer)
    elif keyword == "required":
        yield _missing_key(problem, pointer)
    elif keyword == "uniqueItems":
        yield _repeated_item(problem, pointer)
    else:
        message, hint = _words(keyword, problem, _named(pointer))
        secret = isinstance(problem.schema, dict) and bool(problem.schema.get("writeOnly"))
        yield SchemaFault(pointer, message, hint, "writeOnly" if secret else keyword)


def _unknown_keys(problem: Problem, pointer: Pointer) -> Iterator[SchemaFault]:
    known = problem.schema.get("properties", {})
    fitting = [
        key
        for key, schema in known.items()
        if not (isinstance(schema, dict) and schema.get("doNotSuggest"))
    ]
    for key in problem.instance:
        if key not in known:
            free = [other for other in fitting if other not in problem.instance]
            message = f"'{shortened(key)}' is not a key that fits here"
            hint = _suggestion(key, free, fitting, "keys")
            yield SchemaFault((*pointer, key), message, hint, "additionalProperties")


def _refused_key(problem: Problem, pointer: Pointer) -> SchemaFault:
    key = problem.instance
    where = (*pointer, key)
    if problem.validator == "enum":
        choices = list(problem.validator_value)
        message = f"'{shortened(key)}' is not a key that fits here"
        suggestion = _suggestion(key, choices, choices, "keys")
        return SchemaFault(where, message, suggestion, "propertyNames")
    message, hint = _words(str(problem.validator), problem, "the key")
    return SchemaFault(where, message, hint, "propertyNames")


def _missing_key(problem: Problem, pointer: Pointer) -> SchemaFault:
    # jsonschema makes one error a key, and names it only in its message
    missing = next(
        key
        for key in problem.validator_value
        if key not in problem.instance and problem.message.startswith(repr(key))
    )
    described = problem.schema.get("properties", {}).get(missing, {})
    about = described.get("description", "").partition(". ")[0].rstrip(".")
    hint = f"add '{missing}: …'" + (f" ({about[:1].lower() + about[1:]})" if about else "")
    where = f" in {_named(pointer)}" if pointer else ""
    return SchemaFault(pointer, f"'{missing}' is missing{where}", hint, "required")


def _repeated_item(problem: Problem, pointer: Pointer) -> SchemaFault:
    items = problem.instance
    index = next(i for i, item in enumerate(items) if item in items[:i])
    message = f"'{shortened(str(items[index]))}' stands twice in {_named(pointer)}"
    return SchemaFault((*pointer, index), message, "delete one of them", "uniqueItems")


def _words(keyword: str, problem: Problem, name: str) -> tuple[str, str | None]:
    """Return message and hint for a keyword that says what a single value should be."""
    value, argument = problem.instance, problem.validator_value
    if keyword == "type":
        return _type_words(value, argument, name)
    if keyword in ("enum", "const"):
        choices = [str(choice) for choice in (argument if keyword == "enum" else [argument])]
        hint = _suggestion(str(value), choices, choices, "choices")
        return f"'{shortened(str(value))}' is not a choice for {name}", hint
    if keyword == "pattern":
        said = problem.schema.get("patternErrorMessage", f"does not match {argument}")
        message, _, hint = said.partition("; ")
        shown = name if problem.schema.get("writeOnly") else f"'{shortened(value)}'"
        return f"{shown} {message}", hint or None
    if keyword in _BOUNDS:
        return f"{name} is {value}, and it has to be {_BOUNDS[keyword]} {argument}", None
    if keyword in _AMOUNTS:
        return _amount_words(keyword, len(value), argument, name)
    said = problem.schema.get("errorMessage", "") if isinstance(problem.schema, dict) else ""
    message, _, hint = said.partition("; ")
    return message or f"{name} does not have the right shape", hint or None


def _type_words(value: Any, argument: str | Sequence[str], name: str) -> tuple[str, str | None]:
    names = [argument] if isinstance(argument, str) else list(argument)
    wanted = " or ".join(_KINDS[kind] for kind in names)
    if value is None:
        return f"{name} has no value", f"write {wanted}, or delete the key"
    hint = None
    if "string" in names and isinstance(value, int | float):
        shown = str(value).lower() if isinstance(value, bool) else spell(value)
        hint = f'quote it if it is a text: "{shown}"'
    if "array" in names and isinstance(value, str):
        hint = f"write a list: [{value}]" if len(value) <= _SHORT else "write a list"
    return f"{name} takes {wanted}, not {_kind(value)}", hint


def _amount_words(keyword: str, count: int, limit: int, name: str) -> tuple[str, str | None]:
    thing, bound = _AMOUNTS[keyword]
    if count == 0:
        return f"{name} is empty", None
    return f"{name} has {count:,} {thing}, and {bound} {limit:,} are allowed", None


def _suggestion(word: str, candidates: Sequence[str], choices: Sequence[str], thing: str) -> str:
    folded = {candidate.lower(): candidate for candidate in candidates}
    close = get_close_matches(word.lower()[:100], folded, n=1, cutoff=0.6)
    guess = f"did you mean '{folded[close[0]]}'?" if close else ""
    if guess and len(choices) > _MANY_CHOICES:
        return guess
    listed = ", ".join(choices)
    fits = f"keys that fit: {listed}" if thing == "keys" else f"choose one of: {listed}"
    return f"{guess} {fits}".lstrip()


def _named(pointer: Pointer) -> str:
    match pointer:
        case ():
            return "the file"
        case (*_, str(key)):
            return f"'{shortened(key)}'"
        case (*_, str(key), int(index)):
            return f"item {index + 1} of '{shortened(key)}'"
        case _:
            return f"item {int(pointer[-1]) + 1}"


def _kind(value: Any) -> str:
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
        case _:
            return "a mapping"


def _place(value: Any, pointer: Pointer) -> tuple[int, ...]:
    """Return where a pointer stands in a value: the index of each step among its siblings."""
    place = []
    for step in pointer:
        if isinstance(value, dict):
            place.append(list(value).index(step) if step in value else len(value))
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int):
            place.append(step)
            value = value[step]
    return tuple(place)


def _build_validator(root: Any) -> Any:
    """Return jsonschema's validator, which passes by all parts that the acceptor finds good."""
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

    keywords = {
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
