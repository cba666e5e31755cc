"""What `is …` may ask of a value. Whether a name is there at all is the evaluator's to know.

A test gets the value and its arguments; it raises `ValueRefused` where they do not suit it. Its
docstring says what it asks, with examples that the tests run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from storyboard.templates.elsewhere import TESTS_ELSEWHERE, hint_for
from storyboard.templates.exactness import to_exact
from storyboard.templates.faults import FaultKind, ValueRefused
from storyboard.templates.filter import signature_of
from storyboard.templates.operators import compare
from storyboard.templates.syntax import Comparison
from storyboard.templates.values import Value, to_number, to_string

TestFunction: TypeAlias = Callable[..., bool]


def defined(value: Value) -> bool:
    """Ask whether the variable or field is there.

    {{ nickname is defined }} → false
    """
    return True


def undefined(value: Value) -> bool:
    """Ask whether the variable or field is not there.

    {{ nickname is undefined }} → true
    """
    return False


def none(value: Value) -> bool:
    """Ask whether the value is null.

    {{ none is none }} → true
    """
    return value is None


def true(value: Value) -> bool:
    """Ask whether the value is true, and not only something that counts as true.

    {{ true is true }} → true
    {{ 1 is true }} → false
    """
    return value is True


def false(value: Value) -> bool:
    """Ask whether the value is false, and not only something that counts as false.

    {{ false is false }} → true
    """
    return value is False


def boolean(value: Value) -> bool:
    """Ask whether the value is true or false.

    {{ true is boolean }} → true
    """
    return isinstance(value, bool)


def number(value: Value) -> bool:
    """Ask whether the value is a number.

    {{ seats is number }} → true
    {{ '3' is number }} → false
    """
    return isinstance(value, int | float) and not isinstance(value, bool)


def integer(value: Value) -> bool:
    """Ask whether the value is a number without decimals.

    {{ seats is integer }} → true
    """
    return isinstance(value, int) and not isinstance(value, bool)


def float_(value: Value) -> bool:
    """Ask whether the value is a number with decimals.

    {{ price is float }} → true
    """
    return isinstance(value, float)


def string(value: Value) -> bool:
    """Ask whether the value is a text.

    {{ product is string }} → true
    """
    return isinstance(value, str)


def sequence(value: Value) -> bool:
    """Ask whether the value is a list.

    {{ team is sequence }} → true
    """
    return isinstance(value, list)


def mapping(value: Value) -> bool:
    """Ask whether the value is a mapping.

    {{ plans[0] is mapping }} → true
    """
    return isinstance(value, dict)


def even(value: Value) -> bool:
    """Ask whether the number is even.

    {{ 4 is even }} → true
    """
    return to_number(value, "'is even'") % 2 == 0


def odd(value: Value) -> bool:
    """Ask whether the number is odd.

    {{ seats is odd }} → true
    """
    return to_number(value, "'is odd'") % 2 == 1


def divisibleby(value: Value, by: Value) -> bool:
    """Ask whether the number can be divided by another without a remainder.

    {{ 9 is divisibleby 3 }} → true
    """
    what = "'is divisibleby'"
    divisor = to_exact(by, what)
    if not divisor:
        raise ValueRefused(f"{what} divides by zero")
    return to_exact(value, what) % divisor == 0


def lower(value: Value) -> bool:
    """Ask whether the text is in lower case.

    {{ 'acme' is lower }} → true
    """
    return to_string(value, "'is lower'").islower()


def upper(value: Value) -> bool:
    """Ask whether the text is in upper case.

    {{ 'ACME' is upper }} → true
    """
    return to_string(value, "'is upper'").isupper()


def eq(value: Value, other: Value) -> bool:
    """Ask whether two values are equal: `==` under a name that `select` can take.

    {{ [1, 2, 1]|select('eq', 1) }} → [1, 1]
    """
    return compare(Comparison.EQUAL, value, other)


def ne(value: Value, other: Value) -> bool:
    """Ask whether two values are not equal: `!=`.

    {{ [1, 2, 1]|select('ne', 1) }} → [2]
    """
    return compare(Comparison.UNEQUAL, value, other)


def lt(value: Value, other: Value) -> bool:
    """Ask whether the value is less: `<`.

    {{ [1, 2, 3]|select('lt', 2) }} → [1]
    """
    return compare(Comparison.LESS, value, other)


def le(value: Value, other: Value) -> bool:
    """Ask whether the value is less or equal: `<=`.

    {{ [1, 2, 3]|select('le', 2) }} → [1, 2]
    """
    return compare(Comparison.LESS_EQUAL, value, other)


def gt(value: Value, other: Value) -> bool:
    """Ask whether the value is greater: `>`.

    {{ [1, 2, 3]|select('gt', 2) }} → [3]
    """
    return compare(Comparison.GREATER, value, other)


def ge(value: Value, other: Value) -> bool:
    """Ask whether the value is greater or equal: `>=`.

    {{ [1, 2, 3]|select('ge', 2) }} → [2, 3]
    """
    return compare(Comparison.GREATER_EQUAL, value, other)


def in_(value: Value, whole: Value) -> bool:
    """Ask whether the value is in a list, a text or the keys of a mapping.

    {{ team|select('in', ['Bo', 'Cy']) }} → ["Bo", "Cy"]
    """
    return compare(Comparison.IN, value, whole)


_EVERY: Final = (
    *(defined, undefined, none, true, false, boolean, number, integer, float_, string),
    *(sequence, mapping, even, odd, divisibleby, lower, upper, eq, ne, lt, le, gt, ge, in_),
)
DEFINED: Final = "defined"
UNDEFINED: Final = "undefined"
ALIASES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "equalto": "eq",
        "lessthan": "lt",
        "greaterthan": "gt",
        "==": "eq",
        "!=": "ne",
        "<": "lt",
        "<=": "le",
        ">": "gt",
        ">=": "ge",
    }
)
"""Other names of tests, as Jinja has them; signs can stand in `select('>', 3)` only."""
TESTS: Final[Mapping[str, TestFunction]] = MappingProxyType(
    {each.__name__.removesuffix("_"): each for each in _EVERY}
)
"""Each test's name and question."""


def test_named(name: str) -> TestFunction:
    """Return a test; raises `ValueRefused` where there is none of that name."""
    found = TESTS.get(ALIASES.get(name, name))
    if found is None:
        hint = hint_for(name, TESTS_ELSEWHERE, TESTS, "tests")
        raise ValueRefused(f"there is no test 'is {name[:40]}'", hint, FaultKind.REFUSED)
    return found


def check_count(name: str, count: int) -> None:
    """Refuse so many arguments if the test takes others; raises `ValueRefused`."""
    taken = len(signature_of(test_named(name), 1).parameters)
    if count == taken:
        return
    if not taken:
        raise ValueRefused(f"'is {name}' takes no arguments", None, FaultKind.REFUSED)
    message = f"'is {name}' takes one argument, and this has {count or 'none'}"
    raise ValueRefused(message, f"write: is {name} x", FaultKind.REFUSED)
