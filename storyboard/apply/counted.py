"""Counts what a run does beyond its plan, against the limits that the plan was held to.

A studio that lets no ready video be edited makes a replacement of an edit, and then a film too.
"""

from __future__ import annotations

import math

from storyboard.errors import GuardError
from storyboard.plan.action import Action
from storyboard.plan.limits import Rule
from storyboard.plan.needs import speech_of
from storyboard.plan.over_limits import begun_films, limits_told, minutes_of
from storyboard.plan.plan import Plan
from storyboard.video import Address, Video


class Counted:
    """What was replaced and filmed; what was planned is counted from the start, as approved."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._replaced = {c.address for c in plan.changes if c.action is Action.REPLACE}
        self._filmed = begun_films(plan.changes)
        self._attached = {c.address for c in plan.changes if c.film is not None and c.film.attach}

    def replacement(self, video: Video) -> None:
        """Count a video that is replaced, planned or not; raises `GuardError` for one too many.

        So does its film, where the run makes films and this one was not planned.
        """
        address = video.address
        replaced, filmed = self._replaced | {address}, self._filmed
        if self._plan.generate and address not in self._attached:
            filmed = {address: sum(speech_of(video).values()), **self._filmed}
        if address not in self._replaced:
            self._require(address, Rule.REPLACE, len(replaced), "would be replacement")
        if address not in self._filmed:
            self._require(address, Rule.GENERATE, len(filmed), "would need film")
            self._require(address, Rule.MINUTES, minutes_of(filmed), "would need minute")
        self._replaced, self._filmed = replaced, filmed

    def _require(self, address: Address, rule: Rule, number: float, what: str) -> None:
        broken = self._plan.bounds.broken(rule, number)
        if broken:
            raise GuardError(
                f"'{address}' can be changed by replacement only, and {what} "
                f"{math.ceil(number)} of this apply: {limits_told(broken)}",
                hint=f"pass {rule.flag} {math.ceil(number)} to allow it",
                rules=(rule.value,),
            )
