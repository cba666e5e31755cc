"""Reads what `searchEntry` was asked into a tree, and refuses what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Any, Final, TypeVar

from storyboard.studio.api.parameters import Parameters
from storyboard.studio.api.search_query import (
    CAPTION_FIELDS,
    FIELDS,
    KINDS,
    ORDERS,
    UNIFIED_KINDS,
    Item,
    Joined,
    Kind,
    Operator,
    Range,
    Scope,
    Search,
)
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.whole_numbers import whole_number

E = TypeVar("E", bound=IntEnum)

MAX_DEPTH: Final = 6
"""Of operators in operators; those of the picker have three."""

MAX_ITEMS: Final = 100
MAX_TERM: Final = 500
MAX_WORDS: Final = 100
MAX_ORDERS: Final = 5

_OPERATOR: Final = "KalturaESearchEntryOperator"
_SCOPES: Final[Mapping[str, Scope]] = {
    "KalturaESearchEntryItem": Scope.ENTRY,
    "KalturaESearchCaptionItem": Scope.CAPTIONS,
    "KalturaESearchUnifiedItem": Scope.ANYWHERE,
}
_BOUNDS: Final[Mapping[str, str]] = {
    "greaterThanOrEqual": "at_least",
    "lessThanOrEqual": "at_most",
    "greaterThan": "above",
    "lessThan": "below",
}
_PARAMS: Final = (
    "objectType", "searchOperator", "objectStatuses", "objectId", "objectIds", "orderBy",
    "ignoreSynonym",
)  # fmt: skip
_READY: Final = "2"


def parse_search(given: Parameters) -> Search:
    """Read `searchParams`; raises `Refusal`."""
    params = given.values.get("searchParams")
    operator = params.get("searchOperator") if isinstance(params, dict) else None
    if not isinstance(params, dict) or not isinstance(operator, dict):
        raise Refusal(StudioCode.NO_SEARCH_OPERATOR, "empty search operator is not allowed")
    _known(params, _PARAMS, "searchParams")
    told = Parameters(params)
    ids = f"{told.text('objectIds', default='')},{told.text('objectId', default='')}"
    for name in ("objectStatuses", "objectIds", "objectId"):
        if isinstance(params.get(name), dict | list):
            raise _wrong(f"searchParams:{name}", "must be a text")
    return Search(
        _Reader().operator(operator, 1),
        _words_of(told.text("objectStatuses", default=_READY)),
        _words_of(ids),
        tuple(_orders(params.get("orderBy"))),
    )


class _Reader:
    """Owns the count of what one question has."""

    def __init__(self) -> None:
        self._left = MAX_ITEMS

    def operator(self, given: Mapping[str, Any], depth: int) -> Operator:
        """Return an operator with all that is in it."""
        if depth > MAX_DEPTH:
            raise _wrong("searchOperator", f"at most {MAX_DEPTH} operators deep")
        _known(given, ("objectType", "operator", "searchItems"), _OPERATOR)
        told = Parameters(dict(given))
        joined = _member(Joined, told.number("operator", default=Joined.AND), "operator")
        listed = members_of(given.get("searchItems"), "searchItems")
        if not listed:
            raise Refusal(StudioCode.NO_SEARCH_ITEMS, "empty search items are not allowed")
        return Operator(joined, tuple(self._part(member, depth) for member in listed))

    def _part(self, given: Any, depth: int) -> Item | Operator:
        self._left -= 1
        if self._left < 0:
            raise _wrong("searchItems", f"at most {MAX_ITEMS} of them")
        if not isinstance(given, dict):
            raise _wrong("searchItems", "must be objects")
        name = Parameters(given).text("objectType", default="")
        if name == _OPERATOR:
            return self.operator(given, depth + 1)
        if not name:
            raise _wrong("searchItems", "each needs its objectType")
        if name not in _SCOPES:
            raise _not_emulated(f"search for a '{name[:60]}'")
        return _item(given, _SCOPES[name], name)


def _item(given: dict[str, Any], scope: Scope, name: str) -> Item:
    known = ("objectType", "itemType", "searchTerm", "range", "addHighlight")
    _known(given, known if scope is Scope.ANYWHERE else (*known, "fieldName"), name)
    told = Parameters(given)
    kind = _member(Kind, told.number("itemType", default=0), "itemType")
    field = "" if scope is Scope.ANYWHERE else told.text("fieldName")
    _check_kind(scope, field, kind)
    is_marked = told.text("addHighlight", default="0").lower() in ("1", "true")
    if kind is Kind.RANGE:
        return Item(scope, field, kind, range=_range(given.get("range")), is_marked=is_marked)
    if isinstance(given.get("searchTerm"), dict | list):
        raise _wrong("searchTerm", "must be a text")
    term = told.text("searchTerm", default="").strip()
    if len(term) > MAX_TERM or len(term.split()) > MAX_WORDS:
        raise _wrong("searchTerm", f"at most {MAX_TERM} characters and {MAX_WORDS} words")
    if not term and kind is not Kind.EXISTS:
        raise Refusal(
            StudioCode.NO_SEARCH_TERM,
            f"Empty search term is not allowed on Field [{field}] and search type [{kind}]",
            {"FIELD": field, "TYPE": str(int(kind))},
        )
    return Item(scope, field, kind, term, is_marked=is_marked)


def _check_kind(scope: Scope, field: str, kind: Kind) -> None:
    """Refuse a comparison that the field does not have."""
    if scope is Scope.ANYWHERE:
        if kind not in UNIFIED_KINDS:
            raise Refusal(
                StudioCode.SEARCH_TYPE_NOT_UNIFIED,
                f"Type of search [{int(kind)}] not allowed on unified search",
                {"TYPE": str(int(kind))},
            )
        return
    kinds = CAPTION_FIELDS.get(field) if scope is Scope.CAPTIONS else KINDS.get(field)
    if kinds is None:
        raise _not_emulated(f"search the field '{field[:60]}'")
    if kind not in kinds:
        raise Refusal(
            StudioCode.SEARCH_TYPE_NOT_ALLOWED,
            f"Type of search [{int(kind)}] not allowed on specific field [{field}]",
            {"TYPE": str(int(kind)), "FIELD": field},
        )


def _range(given: Any) -> Range:
    if isinstance(given, dict):
        _known(given, ("objectType", *_BOUNDS), "range")
    if not isinstance(given, dict) or not given.keys() & _BOUNDS:
        raise _wrong("range", f"needs one of {', '.join(_BOUNDS)}")
    bounds = {}
    for name in given.keys() & _BOUNDS:
        bound = whole_number(Parameters(given).text(name), signed=True)
        if bound is None:
            raise _wrong(f"range:{name}", "must be a whole number")
        bounds[_BOUNDS[name]] = bound
    return Range(**bounds)


def _orders(given: Any) -> Iterator[tuple[str, bool]]:
    """Yield fields, and whether each goes down, the first one first."""
    if given is None:
        return
    if not isinstance(given, dict):
        raise _wrong("orderBy", "must be an object")
    _known(given, ("objectType", "orderItems"), "orderBy")
    listed = members_of(given.get("orderItems"), "orderItems")
    if len(listed) > MAX_ORDERS:
        raise _wrong("orderItems", f"at most {MAX_ORDERS} of them")
    for member in listed:
        if not isinstance(member, dict):
            raise _wrong("orderItems", "must be objects")
        _known(member, ("objectType", "sortField", "sortOrder"), "orderItems")
        field = Parameters(member).text("sortField")
        order = Parameters(member).text("sortOrder", default="desc").lower()
        if field not in ORDERS:
            raise _not_emulated(f"order by '{field[:60]}'")
        if order not in ("asc", "desc"):
            raise _wrong("sortOrder", "must be one of asc, desc")
        yield FIELDS.get(field, field), order == "desc"


def members_of(given: Any, name: str) -> list[Any]:
    """Return a list; in a form it is an object of numbered members, `-` where it has none."""
    if given is None:
        return []
    if isinstance(given, list):
        return given
    if not isinstance(given, dict):
        raise _wrong(name, "must be an array")
    numbered = {whole_number(key): value for key, value in given.items() if key != "-"}
    if None in numbered:
        raise _wrong(name, "must be an array")
    return [value for _, value in sorted(numbered.items(), key=lambda pair: pair[0] or 0)]


def _words_of(text: str) -> frozenset[str]:
    return frozenset(filter(None, (word.strip() for word in text.split(","))))


def _member(enum: type[E], number: int, name: str) -> E:
    try:
        return enum(number)
    except ValueError:
        numbers = ", ".join(str(int(each)) for each in enum)
        raise _wrong(name, f"must be one of {numbers}") from None


def _known(given: Mapping[str, Any], names: tuple[str, ...], place: str) -> None:
    """Refuse what is not known: to leave it out would answer another question."""
    for name in given:
        if name not in names:
            raise _not_emulated(f"know '{name[:60]}' of {place}")


def _not_emulated(what: str) -> Refusal:
    return Refusal(StudioCode.NOT_EMULATED, f"This studio does not {what}")


def _wrong(name: str, fault: str) -> Refusal:
    return Refusal(StudioCode.VALIDATION_ERROR, f"{name}: {fault}")
