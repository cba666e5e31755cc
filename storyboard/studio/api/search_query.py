"""What `searchEntry` was asked, read into a tree; what is not known is refused. Looks at no entry.

Fields and kinds of comparison are Kaltura's, as far as entries of this studio have them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final, TypeVar

from storyboard.studio.api.parameters import Parameters
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.whole_numbers import whole_number

E = TypeVar("E", bound=IntEnum)

MAX_DEPTH: Final = 6
"""Of operators in operators; those of the picker have three."""

MAX_ITEMS: Final = 100
MAX_TERM: Final = 500
MAX_WORDS: Final = 50
MAX_ORDERS: Final = 5


class Kind(IntEnum):
    """How an item compares, numbered as Kaltura does (`KalturaESearchItemType`)."""

    EXACT = 1
    PARTIAL = 2
    STARTS = 3
    EXISTS = 4
    RANGE = 5


class Joined(IntEnum):
    """What an operator asks of its items (`KalturaESearchOperatorType`)."""

    AND = 1
    OR = 2
    NOT = 3


class Scope(IntEnum):
    """Where an item looks."""

    ENTRY = 1
    CAPTIONS = 2
    ANYWHERE = 3


@dataclass(frozen=True, slots=True)
class Range:
    """The bounds of a number, as far as there are any."""

    at_least: int | None = None
    at_most: int | None = None
    above: int | None = None
    below: int | None = None

    def holds(self, number: float) -> bool:
        """Return whether a number is within all of them."""
        return (
            (self.at_least is None or number >= self.at_least)
            and (self.at_most is None or number <= self.at_most)
            and (self.above is None or number > self.above)
            and (self.below is None or number < self.below)
        )


@dataclass(frozen=True, slots=True)
class Item:
    """One comparison; an item of scope `ANYWHERE` has no field."""

    scope: Scope
    field: str
    kind: Kind
    term: str = ""
    range: Range = Range()
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Operator:
    """Items and operators, joined."""

    joined: Joined
    parts: tuple[Item | Operator, ...]

    def items(self) -> Iterator[Item]:
        """Yield all items of the tree below that are asked for, and not ruled out."""
        if self.joined is Joined.NOT:
            return
        for part in self.parts:
            yield from (part,) if isinstance(part, Item) else part.items()


@dataclass(frozen=True, slots=True)
class Search:
    """A whole question; `orders` are fields, each with whether it goes down."""

    operator: Operator
    statuses: frozenset[str]
    ids: frozenset[str]
    orders: tuple[tuple[str, bool], ...]


_Kinds = frozenset[Kind]
_EQUAL: Final = frozenset({Kind.EXACT})
_NAME: Final = frozenset({Kind.EXACT, Kind.STARTS})
_TEXT: Final = _NAME | {Kind.PARTIAL}
_OPTIONAL_TEXT: Final = _TEXT | {Kind.EXISTS}
_NUMBER: Final = frozenset({Kind.RANGE})

KINDS: Final[Mapping[str, _Kinds]] = {
    "id": _EQUAL,
    "name": _TEXT,
    "description": _OPTIONAL_TEXT,
    "tags": _OPTIONAL_TEXT,
    "user_id": _NAME,
    "kuser_id": _NAME,
    "creator_id": _NAME,
    "creator_kuser_id": _NAME,
    "media_type": _EQUAL,
    "entry_type": _EQUAL,
    "status": _EQUAL,
    "duration": _NUMBER,
    "length_in_msecs": _NUMBER,
    "created_at": _NUMBER,
    "updated_at": _NUMBER,
}
"""The fields of entries, and the kinds of comparison that each takes."""

FIELDS: Final[Mapping[str, str]] = {
    "user_id": "userId",
    "kuser_id": "userId",
    "creator_id": "creatorId",
    "creator_kuser_id": "creatorId",
    "media_type": "mediaType",
    "entry_type": "type",
    "length_in_msecs": "msDuration",
    "created_at": "createdAt",
    "updated_at": "updatedAt",
}
"""What fields are called in an entry, where they have another name there."""

TEXTS: Final = frozenset({"name", "description", "tags"})
"""Fields that are looked through by words; the others are compared as they are."""

CAPTION_FIELDS: Final[Mapping[str, _Kinds]] = {
    "content": _OPTIONAL_TEXT,
    "start_time": _NUMBER,
    "end_time": _NUMBER,
    "language": _EQUAL,
    "label": _EQUAL,
    "caption_asset_id": _EQUAL,
}

ORDERS: Final = ("created_at", "updated_at", "name")

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
        if kind not in _TEXT:
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
