"""The filters of templates, by name. Each takes plain values, is total, and says what it costs.

A filter gets a `Call` (locale, and a purse of steps to spend) and the value before the bar; it
raises `ValueRefused` for what does not suit it, and makes nothing larger than `limits` allows.
To add one, write its function with examples in its docstring, and a line in that module's tuple.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from storyboard.templates.choosing_filters import CHOOSING_FILTERS
from storyboard.templates.date_formats import DATE_FORMATS
from storyboard.templates.elsewhere import FILTERS_ELSEWHERE, hint_for
from storyboard.templates.faults import FaultKind, ValueRefused
from storyboard.templates.filter import Filter
from storyboard.templates.formats import FORMATS
from storyboard.templates.list_filters import LIST_FILTERS
from storyboard.templates.marks import MARKS
from storyboard.templates.text_filters import TEXT_FILTERS
from storyboard.templates.value_filters import VALUE_FILTERS

_EVERY: Final = (
    *(*VALUE_FILTERS, *TEXT_FILTERS, *LIST_FILTERS, *CHOOSING_FILTERS),
    *(*FORMATS, *DATE_FORMATS, *MARKS),
)
FILTERS: Final[Mapping[str, Filter]] = MappingProxyType({each.name: each for each in _EVERY})
"""Every filter that a template may name."""


def filter_named(name: str) -> Filter:
    """Return a filter; raises `ValueRefused` where there is none of that name."""
    if name not in FILTERS:
        hint = hint_for(name, FILTERS_ELSEWHERE, FILTERS, "filters")
        raise ValueRefused(f"there is no filter '{name[:40]}'", hint, FaultKind.REFUSED)
    return FILTERS[name]


def check_arguments(
    each: Filter, arguments: Iterable[Any], keywords: Iterable[tuple[str, Any]]
) -> None:
    """Refuse arguments that a filter does not take; raises `ValueRefused`."""
    named = list(keywords)
    try:
        if len(dict(named)) < len(named):
            raise TypeError("an argument is given twice")
        each.signature.bind(*arguments, **dict(named))
    except TypeError as failure:
        taken = each.usage
        hint = f"write {taken}" if "(" in taken else f"write {taken}, without arguments"
        message = f"'{each.name}' does not take these arguments: {failure}"
        raise ValueRefused(message, hint, FaultKind.SYNTAX) from None
