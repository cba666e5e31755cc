"""What of a plan is one thing in many places: one edit, many films, the held videos of a locale.

A variable is named as the cause only where every place's words are known to come from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from storyboard.plan.action import Action
from storyboard.plan.change import Change
from storyboard.plan.diff import FieldChange
from storyboard.plan.plan import Plan
from storyboard.plan.words import Kept, Piece
from storyboard.scene_origin import Definition
from storyboard.video import Hold

MANY = 4
"""Places from which on an edit is told once, with an example."""

_MANY_ALIKE = 8
"""Videos from which on an action that is alike in all is told once."""


@dataclass(frozen=True, slots=True)
class SameEdit:
    """The same words changed in many texts; `definition` is the variable that they come from."""

    definition: Definition | None
    places: tuple[tuple[Change, FieldChange], ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """The videos that have these texts, each once."""
        return tuple({change.address: change for change, _ in self.places}.values())

    @property
    def example(self) -> tuple[Change, FieldChange]:
        """The first narration, or else the first text."""
        return next((place for place in self.places if place[1].seconds), self.places[0])

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The words that went and came."""
        return tuple(p for p in self.places[0][1].pieces if p.kept is not Kept.SAME)

    @property
    def files(self) -> tuple[str, ...]:
        """The files whose texts these are, each once."""
        return tuple(dict.fromkeys(item.span.file for _, item in self.places if item.span))


@dataclass(frozen=True, slots=True)
class Alike:
    """An action that many videos have for the same reason."""

    action: Action
    reasons: tuple[str, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """The held videos of one locale; None for videos without one."""

    locale: str | None
    changes: tuple[Change, ...]

    @property
    def texts(self) -> tuple[Hold, ...]:
        """What keeps them from being made and lies in catalogs; what several share, once."""
        distinct: dict[object, Hold] = {}
        for change in self.changes:
            for number, hold in enumerate(change.desired.holds if change.desired else ()):
                if hold.catalog is not None:
                    place = hold.span or (change.address, number)
                    key = (hold.reason, place, hold.catalog)
                    distinct.setdefault(key, hold)
        return tuple(distinct.values())

    @property
    def others(self) -> tuple[str, ...]:
        """The other reasons, each once: a clip that is not there, say."""
        return tuple(dict.fromkeys(hold.reason for hold in self._holds if hold.catalog is None))

    @property
    def _holds(self) -> Iterator[Hold]:
        for change in self.changes:
            yield from () if change.desired is None else change.desired.holds


@dataclass(frozen=True, slots=True)
class Grouping:
    """A plan, told by what is the same; `rest` has what is left to tell of each video."""

    edits: tuple[SameEdit, ...]
    alike: tuple[Alike, ...]
    waiting: tuple[Waiting, ...]
    rest: tuple[tuple[Change, Action, tuple[FieldChange, ...]], ...]


def group_plan(plan: Plan) -> Grouping:
    """Sort a plan's actions into groups, and into what stands alone."""
    edits = tuple(_same_edits(plan.changes))
    told = {(change.address, item.path) for edit in edits for change, item in edit.places}
    rest, alone = [], []
    for change, action in plan.actions:
        left = tuple(
            item for item in change.changes_of(action) if (change.address, item.path) not in told
        )
        covered = action in _EDITS and change.changes and not left
        if action is not Action.HOLD and not covered:
            rest.append((change, action, left))
    alike = tuple(_alike([(c, a) for c, a, left in rest if not left and a not in _SINGLE]))
    grouped = {(change.address, group.action) for group in alike for change in group.changes}
    alone = [item for item in rest if (item[0].address, item[1]) not in grouped]
    return Grouping(edits, alike, tuple(_waiting(plan.held)), tuple(alone))


_EDITS = (Action.UPDATE, Action.RENAME)
_SINGLE = (Action.DELETE, Action.REPLACE, Action.ADOPT)
"""Actions that are never told in bulk: each object is named."""


def _same_edits(changes: Sequence[Change]) -> Iterator[SameEdit]:
    """Yield edits with many places, the one with most first."""
    found: dict[tuple[Piece, ...], list[tuple[Change, FieldChange]]] = {}
    for change in changes:
        for item in change.changes if change.action in _EDITS else ():
            # What somebody edited in the studio is told one by one: each may be work that gets
            # lost.
            if item.pieces and not item.drift:
                key = tuple(piece for piece in item.pieces if piece.kept is not Kept.SAME)
                found.setdefault(key, []).append((change, item))
    many = [places for places in found.values() if len(places) >= MANY]
    edits = [edit for places in many for edit in _by_definition(places)]
    yield from sorted(edits, key=lambda edit: -len(edit.places))


def _by_definition(places: Sequence[tuple[Change, FieldChange]]) -> Iterator[SameEdit]:
    """Part texts by the variable that their new words come from; few of one go to none."""
    parts: dict[Definition | None, list[tuple[Change, FieldChange]]] = {}
    for change, item in places:
        parts.setdefault(definition_of(item), []).append((change, item))
    for definition, own in parts.items():
        if len(own) >= MANY:
            yield SameEdit(definition, tuple(own))


def definition_of(item: FieldChange) -> Definition | None:
    """Return the variable that all the new words come from, if that is certain."""
    new = {piece.text.strip() for piece in item.pieces if piece.kept is Kept.NEW}
    if item.source is None or not new or "" in new:
        return None
    found = {item.source.definition_of(words) for words in new}
    return found.pop() if len(found) == 1 else None


def _alike(actions: Sequence[tuple[Change, Action]]) -> Iterator[Alike]:
    found: dict[tuple[Action, tuple[str, ...]], list[Change]] = {}
    for change, action in actions:
        reasons = () if action is Action.MOVE else change.reasons(action)
        found.setdefault((action, reasons), []).append(change)
    for (action, reasons), changes in found.items():
        if len(changes) >= _MANY_ALIKE:
            yield Alike(action, reasons, tuple(changes))


def _waiting(held: Sequence[Change]) -> Iterator[Waiting]:
    found: dict[str | None, list[Change]] = {}
    for change in held:
        found.setdefault(change.address.locale, []).append(change)
    for locale, changes in found.items():
        yield Waiting(locale, tuple(changes))
