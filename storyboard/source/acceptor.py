"""A JSON Schema, in the subset that draft-07 and 2020-12 share, to a function: good or not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, Final

from storyboard.source.numerals import INTEGERS, NUMBERS

Accept = Callable[[Any], bool]

ANNOTATIONS: Final = frozenset(
    [
        *("$schema", "$id", "$comment", "title", "description", "default", "examples"),
        *("definitions", "writeOnly"),
    ]
)
"""Keywords that decide nothing."""

_DOLLAR: Final = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\$", re.DOTALL)


def compile_acceptor(schema: Mapping[str, Any]) -> Accept:
    """Return a function that tells whether a value is good; raises ValueError for other keywords.

    `$ref` goes by JSON pointers inside the one file.
    """
    return _Compiler(schema).accept(schema)


class SubschemaAcceptors:
    """Acceptors for parts of one schema, each compiled when it is first asked for."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self._compiler = _Compiler(root)
        self._known: dict[int, Accept] = {}

    def of(self, schema: Any) -> Accept:
        """Return the acceptor of a part; it has to be the root's own object, not a copy."""
        known = self._known.get(id(schema))
        if known is None:
            known = self._known[id(schema)] = self._compiler.accept(schema)
        return known


@cache
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a pattern with `$` as editors read it: the very end, not before a line break."""
    return re.compile(_DOLLAR.sub(lambda m: r"\Z" if m[0] == "$" else m[0], pattern))


class _Compiler:
    def __init__(self, root: Mapping[str, Any]) -> None:
        self._root = root
        self._refs: dict[str, Accept] = {}

    def accept(self, schema: Any) -> Accept:
        if schema is True:
            return _always
        if schema is False:
            return _never
        if "$ref" in schema:
            return self._ref(schema["$ref"])
        tests: list[Accept] = []
        for keyword in schema:
            if keyword not in ANNOTATIONS and keyword not in (
                "then",
                "else",
                "additionalProperties",
            ):
                tests.append(self._keyword(keyword, schema))
        if "additionalProperties" in schema and "properties" not in schema:
            tests.append(self._properties(schema))
        return _all(tests)

    def _ref(self, pointer: str) -> Accept:
        known = self._refs.get(pointer)
        if known is not None:
            return known
        self._refs[pointer] = lambda value: self._refs[pointer](value)  # while it is compiled
        target: Any = self._root
        for part in pointer.removeprefix("#").split("/")[1:]:
            target = target[part.replace("~1", "/").replace("~0", "~")]
        self._refs[pointer] = self.accept(target)
        return self._refs[pointer]

    def _keyword(self, keyword: str, schema: Mapping[str, Any]) -> Accept:
        argument = schema[keyword]
        simple = _SIMPLE.get(keyword)
        if simple is not None:
            return simple(argument)
        match keyword:
            case "properties":
                return self._properties(schema)
            case "propertyNames":
                name = self.accept(argument)
                return lambda v: type(v) is not dict or all(map(name, v))
            case "items":
                item = self.accept(argument)
                return lambda v: type(v) is not list or all(map(item, v))
            case "contains":
                item = self.accept(argument)
                return lambda v: type(v) is not list or any(map(item, v))
            case "allOf":
                return _all([self.accept(part) for part in argument])
            case "anyOf":
                parts = [self.accept(part) for part in argument]
                return lambda v: any(part(v) for part in parts)
            case "not":
                refused = self.accept(argument)
                return lambda v: not refused(v)
            case "if":
                return self._conditional(schema)
        raise ValueError(f"the keyword '{keyword}' is not in the subset")

    def _conditional(self, schema: Mapping[str, Any]) -> Accept:
        condition = self.accept(schema["if"])
        then = self.accept(schema.get("then", True))
        other = self.accept(schema.get("else", True))
        return lambda v: then(v) if condition(v) else other(v)

    def _properties(self, schema: Mapping[str, Any]) -> Accept:
        known = {key: self.accept(part) for key, part in schema.get("properties", {}).items()}
        additional = self.accept(schema.get("additionalProperties", True))
        find = known.get

        def accept(value: Any) -> bool:
            if type(value) is not dict:
                return True
            for key, item in value.items():  # noqa: SIM110 - a generator costs a third more
                if not find(key, additional)(item):
                    return False
            return True

        return accept


def _always(_: Any) -> bool:
    return True


def _never(_: Any) -> bool:
    return False


def _all(tests: list[Accept]) -> Accept:
    match tests:
        case []:
            return _always
        case [only]:
            return only
        case [first, second]:
            return lambda v: first(v) and second(v)
        case [first, second, third]:
            return lambda v: first(v) and second(v) and third(v)

    def accept(value: Any) -> bool:
        for test in tests:  # noqa: SIM110 - as above
            if not test(value):
                return False
        return True

    return accept


def _is_number(value: Any) -> bool:
    return type(value) in NUMBERS


def _is_integer(value: Any) -> bool:
    return type(value) in NUMBERS and float(value).is_integer()


_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "null": (type(None),),
    "number": NUMBERS,
    "integer": INTEGERS,
}


def _type(argument: str | list[str]) -> Accept:
    names = [argument] if isinstance(argument, str) else argument
    types = frozenset(kind for name in names for kind in _TYPES[name])
    if len(types) == 1:
        (only,) = types
        if "integer" not in names:
            return lambda v: type(v) is only
    if "integer" in names and "number" not in names:
        return lambda v: type(v) in types or _is_integer(v)
    return lambda v: type(v) in types


def _pattern(argument: str) -> Accept:
    search = compile_pattern(argument).search
    return lambda v: type(v) is not str or search(v) is not None


def _required(argument: Iterable[str]) -> Accept:
    keys = frozenset(argument)
    return lambda v: type(v) is not dict or v.keys() >= keys


def _enum(argument: list[Any]) -> Accept:
    if all(isinstance(value, str) for value in argument):
        words = frozenset(argument)
        return lambda v: type(v) is str and v in words
    return lambda v: any(_equal(v, value) for value in argument)


def _unique(argument: bool) -> Accept:
    if not argument:
        return _always

    def accept(value: Any) -> bool:
        if type(value) is not list:
            return True
        if all(type(item) is str for item in value):
            return len(set(value)) == len(value)
        return not any(_equal(a, b) for i, a in enumerate(value) for b in value[:i])

    return accept


def _equal(a: Any, b: Any) -> bool:
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(_equal, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_equal(a[key], b[key]) for key in a)
    return bool(a == b)


_SIMPLE: Final[Mapping[str, Callable[[Any], Accept]]] = {
    "type": _type,
    "pattern": _pattern,
    "required": _required,
    "enum": _enum,
    "const": lambda argument: _enum([argument]),
    "uniqueItems": _unique,
    "minLength": lambda n: lambda v: type(v) is not str or len(v) >= n,
    "maxLength": lambda n: lambda v: type(v) is not str or len(v) <= n,
    "minItems": lambda n: lambda v: type(v) is not list or len(v) >= n,
    "maxItems": lambda n: lambda v: type(v) is not list or len(v) <= n,
    "minProperties": lambda n: lambda v: type(v) is not dict or len(v) >= n,
    "maxProperties": lambda n: lambda v: type(v) is not dict or len(v) <= n,
    "minimum": lambda n: lambda v: not _is_number(v) or v >= n,
    "maximum": lambda n: lambda v: not _is_number(v) or v <= n,
    "exclusiveMinimum": lambda n: lambda v: not _is_number(v) or v > n,
    "exclusiveMaximum": lambda n: lambda v: not _is_number(v) or v < n,
    "multipleOf": lambda n: lambda v: not _is_number(v) or v % n == 0,
}
