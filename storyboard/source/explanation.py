"""The findings of jsonschema, said for a person. Imported only once something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, Final

from storyboard.codes import CODES
from storyboard.nearest import nearest
from storyboard.source.corrections import drop_consequences
from storyboard.source.fault import UNKNOWN, SchemaFault
from storyboard.source.numerals import spell
from storyboard.source.remark import read_remark
from storyboard.source.scalars import shortened
from storyboard.source.span import Pointer
from storyboard.source.validator import build_validator

Problem = Any
"""A `ValidationError`, whose own types have a sentinel in every attribute."""

_NO_KEY: Final = "is not a key that fits here"
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
_BOOLEANS: Final = {"yes": "true", "on": "true", "no": "false", "off": "false"}
"""What other versions of YAML read as true and false."""
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
    validator = build_validator(schema)

    def find(value: Any) -> tuple[SchemaFault, ...]:
        found = chain.from_iterable(map(_faults, validator.iter_errors(value)))
        faults: dict[tuple[object, ...], SchemaFault] = {}
        for fault in islice(found, _MAX_FAULTS):
            faults[(fault.pointer, fault.keyword in UNKNOWN or fault.message)] = fault
        return tuple(faults.values())

    def explain_value(value: Any) -> tuple[SchemaFault, ...]:
        faults = drop_consequences(value, find(value), find)
        order = {fault.pointer: _place(value, fault.pointer) for fault in faults}
        return tuple(sorted(faults, key=lambda fault: order[fault.pointer]))

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
        yield _wrong_value(keyword, problem, pointer)


def _wrong_value(keyword: str, problem: Problem, pointer: Pointer) -> SchemaFault:
    message, hint = _words(keyword, problem, _named(pointer))
    schema = problem.schema if isinstance(problem.schema, dict) else {}
    if keyword == "maxItems":
        pointer = (*pointer, problem.validator_value)  # the first one too many
    shown = "writeOnly" if schema.get("writeOnly") else keyword
    code = read_remark(schema).code
    at_value = keyword == "not" and problem.validator_value != {}
    return SchemaFault(pointer, message, hint, shown, own_code=code, at_value=at_value)


def _unknown_keys(problem: Problem, pointer: Pointer) -> Iterator[SchemaFault]:
    known = problem.schema.get("properties", {})
    remark = read_remark(problem.schema).if_coded()
    fitting = [key for key, schema in known.items() if not _is_refused(schema)]
    for key in problem.instance:
        if key not in known:
            message = f"'{shortened(key)}' {remark.message or _NO_KEY}"
            guess = nearest(key, fitting)
            guess = None if guess in problem.instance else guess
            hint = _hint_of_check(key) if remark.code == "unknown-check" else None
            hint = hint or remark.hint_beside(guess) or _suggestion(guess, fitting, "keys")
            where = (*pointer, key)
            yield SchemaFault(where, message, hint, "additionalProperties", guess, remark.code)


def _hint_of_check(key: str) -> str | None:
    """Return why the severity of a code is fixed, where the key is one or nearly one."""
    near = key if key in CODES else nearest(key, tuple(CODES))
    if near is None or CODES[near].can_change:
        return None
    return f"a finding of '{near}' is always an error: no video can be made"


def _refused_key(problem: Problem, pointer: Pointer) -> SchemaFault:
    key = problem.instance
    where = (*pointer, key)
    if problem.validator == "enum":
        choices = list(problem.validator_value)
        message, guess = f"'{shortened(key)}' {_NO_KEY}", nearest(key, choices)
        return SchemaFault(
            where, message, _suggestion(guess, choices, "keys"), "propertyNames", guess
        )
    message, hint = _words(str(problem.validator), problem, "the key")
    return SchemaFault(where, message, hint, "propertyNames")


def _missing_key(problem: Problem, pointer: Pointer) -> SchemaFault:
    # jsonschema makes one error a key, and names it only in its message
    missing = next(
        key
        for key in problem.validator_value
        if key not in problem.instance and problem.message.startswith(repr(key))
    )
    remark = read_remark(problem.schema).if_coded()
    described = problem.schema.get("properties", {}).get(missing, {})
    about = described.get("description", "").partition(". ")[0].rstrip(".")
    hint = f"add '{missing}: …'" + (f" ({about[:1].lower() + about[1:]})" if about else "")
    where = f" in {_named(pointer)}" if pointer else ""
    message = remark.message or f"'{missing}' is missing{where}"
    place = pointer if remark.at is None else (*pointer, remark.at)
    return SchemaFault(
        place,
        message,
        remark.hint or hint,
        "required",
        missing,
        remark.code,
        at_value=remark.at is not None,
    )


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
        hint = _suggestion(nearest(str(value), choices), choices, "choices")
        return f"'{shortened(str(value))}' is not a choice for {name}", hint
    if keyword in _BOUNDS:
        return f"{name} is {value}, and it has to be {_BOUNDS[keyword]} {argument}", None
    remark = read_remark(problem.schema)
    if keyword in _AMOUNTS:
        coded = remark.if_coded()
        empty = None if value else "fill it, or delete it"
        return coded.message or _amount_words(keyword, len(value), argument, name), (
            coded.hint or empty
        )
    if keyword == "pattern" or (keyword == "not" and argument != {}):
        shown = name if problem.schema.get("writeOnly") else f"'{shortened(value)}'"
        return f"{shown} {remark.message or f'does not match {argument}'}", remark.hint
    return remark.message or f"{name} does not have the right shape", remark.hint


def _type_words(value: Any, argument: str | Sequence[str], name: str) -> tuple[str, str | None]:
    names = [argument] if isinstance(argument, str) else list(argument)
    wanted = " or ".join(_KINDS[kind] for kind in names)
    if value is None:
        return f"{name} has no value", f"write {wanted}, or delete the key"
    return f"{name} takes {wanted}, not {_kind(value)}", _type_hint(value, names)


def _type_hint(value: Any, names: Sequence[str]) -> str | None:
    match value:
        case bool() | int() | float() if "string" in names:
            shown = str(value).lower() if isinstance(value, bool) else spell(value)
            return f'quote it if it is a text: "{shown}"'
        case str() if "array" in names:
            return f"write a list: [{value}]" if len(value) <= _SHORT else "write a list"
        case str() if "boolean" in names:
            meant = _BOOLEANS.get(value.lower())
            return f"write {meant}" if meant else "write true or false, without quotes"
        case str() if {"number", "integer"} & set(names):
            return "write a number, without quotes and units"
        case list() if "string" in names:
            return "write one text, without '[ ]' and '- '"
        case list() if "object" in names:
            return "write 'key: value' lines, without '- '"
        case dict() if "array" in names:
            return "start each item of the list with '- '"
        case _:
            return None


def _amount_words(keyword: str, count: int, limit: int, name: str) -> str:
    thing, bound = _AMOUNTS[keyword]
    if count == 0:
        return f"{name} is empty"
    return f"{name} has {count:,} {thing}, and {bound} {limit:,} are allowed"


def _is_refused(schema: Any) -> bool:
    """Whether a key is listed only to say that it may not be there."""
    return isinstance(schema, dict) and schema.get("not") == {}


def _suggestion(guessed: str | None, choices: Sequence[str], thing: str) -> str:
    guess = f"did you mean '{guessed}'?" if guessed else ""
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
