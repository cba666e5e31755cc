"""What of a plan is more than its limits allow: deletions, replacements, films and their minutes.

A limit counts what one apply does. A film that a run began is attached to and no more counted, and
one that fails and is tried once more counts once.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence

from storyboard.counting import counted
from storyboard.plan.change import Action, Change
from storyboard.plan.limits import Bounds, Rule, SetLimit
from storyboard.plan.refusal import Refusal, keeps, name_addresses
from storyboard.video import Address


def refuse_over_limits(
    changes: Sequence[Change], bounds: Bounds, *, lifted: Collection[Rule] = ()
) -> Iterator[Refusal]:
    """Yield a refusal for each rule whose limits are not kept, but for `lifted` ones.

    A deletion that a run began was allowed then: it counts no second time.
    """
    finders = {
        Rule.DELETE: _deleted,
        Rule.REPLACE: _replaced,
        Rule.GENERATE: _filmed,
        Rule.MINUTES: _spoken,
    }
    for rule, find in finders.items():
        if rule not in lifted:
            yield from find(changes, bounds)


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
    deleted = [c.address for c in changes if c.action is Action.DELETE and not c.begun]
    what = f"{len(deleted)} of {counted(bounds.videos, 'video')} would be deleted"
    yield from _refused(Rule.DELETE, len(deleted), what, deleted, bounds)


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
    what = f"films of {math.ceil(minutes * 100) / 100:g} min would be made"
    yield from _refused(Rule.MINUTES, minutes, what, [*films], bounds)


def _refused(
    rule: Rule,
    number: float,
    what: str,
    addresses: Sequence[Address],
    bounds: Bounds,
    instead: str = "",
) -> Iterator[Refusal]:
    broken = bounds.broken(rule, number)
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
