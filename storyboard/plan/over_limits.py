"""What of a plan is more than its limits allow: deletions, replacements, films and their minutes.

A limit counts what one apply does. A film that a run began is attached to and no more counted, and
one that fails and is tried once more counts once.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence

from storyboard.counting import counted
from storyboard.plan.action import Action
from storyboard.plan.change import Change
from storyboard.plan.limits import OPERATORS, Bounds, Rule, SetLimit
from storyboard.plan.refusal import Refusal, keeps, name_addresses
from storyboard.video import Address


def refuse_over_limits(
    changes: Sequence[Change], bounds: Bounds, *, lifted: Collection[Rule] = ()
) -> Iterator[Refusal]:
    """Yield a refusal for each rule whose limits are not kept, but for `lifted` ones."""
    finders = {
        Rule.DELETE: _deleted,
        Rule.REPLACE: _replaced,
        Rule.GENERATE: _filmed,
        Rule.MINUTES: _spoken,
    }
    for rule, find in finders.items():
        if rule not in lifted:
            yield from find(changes, bounds)


def refuse_test_films(
    films: int, seconds: float, address: Address, bounds: Bounds
) -> Iterator[Refusal]:
    """Yield a refusal for each limit that the search of a video's scenes may not keep."""
    minutes = minutes_of({address: seconds})
    what = f"up to {counted(films, 'test film')} would be made"
    yield from _refused(Rule.GENERATE, films, what, [address], bounds)
    what = _of_minutes("test films", minutes)
    yield from _refused(Rule.MINUTES, minutes, what, [address], bounds)


def limits_told(limits: Sequence[SetLimit]) -> str:
    """Say which limits hold, and from where."""
    return f"the limit is {', and '.join(str(each) for each in limits)}"


def begun_films(changes: Sequence[Change]) -> dict[Address, float]:
    """Map the videos whose films would be begun to the seconds of their speech."""
    films = ((change.address, change.film) for change in changes)
    return {a: film.speech_seconds for a, film in films if film is not None and not film.attach}


def minutes_of(films: Mapping[Address, float]) -> float:
    """Return the minutes of films, whose seconds are estimates with tenths: floats keep no sum."""
    return round(sum(films.values()), 1) / 60


def _deleted(changes: Sequence[Change], bounds: Bounds) -> Iterator[Refusal]:
    """Count what a run began for the operator's limits, and for no other.

    It is the state that says so, and a state may come with the files that a pull request changes.
    """
    deleted = [c.address for c in changes if c.action is Action.DELETE]
    fresh = [c.address for c in changes if c.action is Action.DELETE and not c.begun]
    own = [each for each in bounds.broken(Rule.DELETE, len(deleted)) if each.by in OPERATORS]
    others = [each for each in bounds.broken(Rule.DELETE, len(fresh)) if each.by not in OPERATORS]
    # The number has to be the one that the broken limit counts: the hint repeats it.
    told = deleted if own else fresh
    what = f"{len(told)} of {counted(bounds.videos, 'video')} would be deleted"
    if len(told) > len(fresh):
        what += f", {len(told) - len(fresh)} of them begun by an earlier run"
    yield from _refusal(Rule.DELETE, len(told), what, told, (*own, *others))


def _replaced(changes: Sequence[Change], bounds: Bounds) -> Iterator[Refusal]:
    found = [change for change in changes if change.may_replace]
    replaced = [change.address for change in found]
    is_sure = all(change.action is Action.REPLACE for change in found)
    of = f"{len(found)} of {counted(bounds.videos, 'video')}"
    what = f"{of} {'would' if is_sure else 'may'} be replaced"
    instead = keeps(changes, replaced)
    yield from _refused(Rule.REPLACE, len(found), what, replaced, bounds, instead)


def _filmed(changes: Sequence[Change], bounds: Bounds) -> Iterator[Refusal]:
    films = begun_films(changes)
    what = f"{counted(len(films), 'film')} would be made"
    yield from _refused(Rule.GENERATE, len(films), what, [*films], bounds)


def _spoken(changes: Sequence[Change], bounds: Bounds) -> Iterator[Refusal]:
    films = begun_films(changes)
    minutes = minutes_of(films)
    yield from _refused(Rule.MINUTES, minutes, _of_minutes("films", minutes), [*films], bounds)


def _of_minutes(films: str, minutes: float) -> str:
    return f"{films} of {math.ceil(minutes * 100) / 100:g} min would be made"


def _refused(
    rule: Rule,
    number: float,
    what: str,
    addresses: Sequence[Address],
    bounds: Bounds,
    instead: str = "",
) -> Iterator[Refusal]:
    yield from _refusal(rule, number, what, addresses, bounds.broken(rule, number), instead)


def _refusal(
    rule: Rule,
    number: float,
    what: str,
    addresses: Sequence[Address],
    broken: tuple[SetLimit, ...],
    instead: str = "",
) -> Iterator[Refusal]:
    if addresses and broken:
        yield Refusal(
            rule.value,
            f"{what}, {limits_told(broken)}: {name_addresses(addresses)}",
            tuple(addresses),
            f"{rule.flag} {math.ceil(number)}",
            instead,
            round(number, 3),
            broken,
        )
