"""Where a run stands, heard while it goes on, for whoever interrupts it. Says nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from storyboard.apply.observer import FilmProgress, Observer
from storyboard.apply.outcome import ActionOutcome, Ending
from storyboard.plan.action import Action
from storyboard.plan.plan import Plan
from storyboard.video import Address

Step = tuple[Address, Action]


class Standing:
    """Knows what was planned, what was done, and what is under way.

    `has_begun` once the approved plan is carried out.
    """

    def __init__(self) -> None:
        self.has_begun = False
        self._planned: tuple[Step, ...] = ()
        self._begun: dict[Step, None] = {}
        self._ended: dict[Step, Ending] = {}

    def approving(self, approve: Callable[[Plan], bool]) -> Callable[[Plan], bool]:
        """Return what asks, and remembers what it asked about."""

        def asked(plan: Plan) -> bool:
            self._planned = tuple((change.address, action) for change, action in plan.actions)
            return approve(plan)

        return asked

    def observing(
        self, observing: Callable[[], AbstractContextManager[Observer]]
    ) -> Callable[[], AbstractContextManager[Observer]]:
        """Return what opens an observer that tells this one, too."""

        @contextmanager
        def both() -> Iterator[Observer]:
            self.has_begun = True
            with observing() as observer:
                yield _Heard(self, observer)

        return both

    def started(self, address: Address, action: Action) -> None:
        """Remember what begins."""
        self._begun[(address, action)] = None

    def ended(self, outcome: ActionOutcome) -> None:
        """Remember how it ended."""
        self._ended[(outcome.address, outcome.action)] = outcome.ending

    @property
    def done(self) -> tuple[Step, ...]:
        """What came to a good end."""
        return tuple(step for step, ending in self._ended.items() if ending is Ending.DONE)

    @property
    def failed(self) -> tuple[Step, ...]:
        """What failed."""
        return tuple(step for step, ending in self._ended.items() if ending is Ending.FAILED)

    @property
    def under_way(self) -> tuple[Step, ...]:
        """What began and has not ended, or goes on in the studio without this run."""
        return tuple(
            step
            for step in self._begun
            if self._ended.get(step, Ending.DETACHED) is Ending.DETACHED
        )

    @property
    def not_begun(self) -> tuple[Step, ...]:
        """What was planned and was not begun; a held video never is."""
        # Some end without a beginning: skipped, held, or failed before their turn.
        known = self._begun.keys() | self._ended.keys()
        left = (step for step in self._planned if step not in known)
        return tuple(step for step in left if step[1] is not Action.HOLD)


class _Heard:
    """Tells a standing and an observer."""

    def __init__(self, standing: Standing, observer: Observer) -> None:
        self._standing = standing
        self._observer = observer

    def started(self, address: Address, action: Action) -> None:
        self._standing.started(address, action)
        self._observer.started(address, action)

    def taken(self, address: Address, action: Action) -> None:
        self._observer.taken(address, action)

    def ended(self, outcome: ActionOutcome) -> None:
        self._standing.ended(outcome)
        self._observer.ended(outcome)

    def progressed(self, progress: FilmProgress) -> None:
        self._observer.progressed(progress)

    def noticed(self, message: str) -> None:
        self._observer.noticed(message)
