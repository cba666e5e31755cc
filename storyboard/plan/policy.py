"""What of the project's `policy` changed since the last apply, which the state remembers.

A pull request that raises a limit uses it at once: whoever reviews it has to see that. The limits
of the branch that it goes into are in no file here; what was applied last is the nearest to them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from storyboard.plan.limits import Limit, Protection, Rule, SetLimit, Setter, parse_limit
from storyboard.video import Address

Policy = Mapping[str, tuple[str, ...]]
"""Each key of `policy` as it is written, in one form: limits as one text, patterns as they are."""

_PROTECT: Final = "protect"
_RULES: Final = {rule.key: rule for rule in Rule}


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """A key that says something else than at the last apply; empty for one that is not set.

    `source` is where it stands now, empty where it does no more.
    """

    key: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    source: str = ""

    @property
    def is_looser(self) -> bool:
        """Whether it allows something that it did not allow before."""
        if self.key == _PROTECT:
            # Also where a wider one took its place: which addresses there will be, none can tell.
            return bool(set(self.before) - set(self.after))
        before, after = self._limit(self.before), self._limit(self.after)
        return before is not None and (after is None or not after.is_within(before))

    def _limit(self, written: tuple[str, ...]) -> Limit | None:
        rule = _RULES.get(self.key)
        return parse_limit(written[0], rule) if written and rule is not None else None


def policy_of(limits: tuple[SetLimit, ...], protected: tuple[Protection, ...]) -> Policy:
    """Return what the project's file says, out of all that holds."""
    said = {each.rule.key: (str(each.limit),) for each in limits if each.by is Setter.PROJECT}
    patterns = tuple(each.pattern for each in protected if each.by is Setter.PROJECT)
    return {**said, _PROTECT: patterns} if patterns else said


def policy_changes(
    before: Policy, limits: tuple[SetLimit, ...], protected: tuple[Protection, ...]
) -> Iterator[PolicyChange]:
    """Yield each key that is not as it was, in the order of the page.

    What a newer program remembered under other keys is not ours to judge.
    """
    after = policy_of(limits, protected)
    places = {each.rule.key: each.source for each in limits if each.by is Setter.PROJECT}
    places[_PROTECT] = next((each.source for each in protected if each.by is Setter.PROJECT), "")
    for key in (*_RULES, _PROTECT):
        was, now = before.get(key, ()), after.get(key, ())
        if was != now:
            yield PolicyChange(key, was, now, places.get(key, ""))


def idle_patterns(
    protected: Sequence[Protection], addresses: Collection[Address]
) -> Iterator[Protection]:
    """Yield the project's patterns that name none of these addresses: perhaps a slip.

    An operator's patterns may be for other projects.
    """
    for each in protected:
        if each.by is Setter.PROJECT and not any(a.matches((each.pattern,)) for a in addresses):
            yield each
