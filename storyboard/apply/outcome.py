"""What came of a plan: an outcome for every planned action, a row for every video."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

from storyboard.errors import ExitCode, FailureCode, StoryboardError
from storyboard.plan.action import Action
from storyboard.source.span import Span
from storyboard.state.model import State
from storyboard.video import Address


class Ending(Enum):
    """How an action ended."""

    DONE = "done"
    FAILED = "failed"
    HELD = "held"
    DETACHED = "detached"
    SKIPPED = "skipped"


UNDONE: Final[Mapping[Ending, str]] = MappingProxyType(
    {
        Ending.FAILED: "failed",
        Ending.DETACHED: "in the making",
        Ending.HELD: "held",
        Ending.SKIPPED: "not done",
    }
)
"""What is said of what did not come to its end, the worst first."""


FILM_KEPT: Final = "film kept"
"""What is said of a video that the studio shows without the film that is published."""


@dataclass(frozen=True, slots=True)
class ActionOutcome:
    """How one planned action ended; `seconds` is the time it took, `hints` may name the cause.

    `failure` says what kind of failure it was, `code` what that makes of the whole run.
    """

    address: Address
    action: Action
    ending: Ending
    message: str | None = None
    hints: tuple[str, ...] = ()
    seconds: float = 0.0
    code: ExitCode = ExitCode.OK
    failure: FailureCode | None = None

    @property
    def is_untaken(self) -> bool:
        """Whether no film was begun, or no composition, since the studio took no request."""
        makes = self.action in (Action.GENERATE, Action.COMPOSE)
        failed = self.ending is Ending.FAILED and self.code is ExitCode.PARTIAL
        return makes and failed and self.failure in _UNTAKEN


_UNTAKEN: Final = (
    FailureCode.UNREACHABLE,
    FailureCode.OUTCOME_UNKNOWN,
    FailureCode.STUDIO_REFUSED,
    FailureCode.STUDIO_BUSY,
)
NOT_MADE: Final = "not made"


@dataclass(frozen=True, slots=True)
class Row:
    """A video after the run, as the table shows it.

    `status` is a word for people. `length_seconds` is the film's, `took_seconds` what making it
    took in this run; `source` the author's place. `captions` are the files beside `file`.
    `written_id` is the video that is being filmed: another one while a published one is replaced.
    """

    address: Address
    status: str
    video_id: str | None
    entry_id: str | None
    file: str | None
    length_seconds: float | None
    took_seconds: float | None
    source: Span | None = None
    captions: tuple[str, ...] = ()
    written_id: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """All of a run; `fatal` is what ended it early, `interrupted` that somebody did.

    `swept` are the ids of videos that were deleted as left by interrupted adds.
    """

    actions: tuple[ActionOutcome, ...]
    rows: tuple[Row, ...]
    state: State
    fatal: StoryboardError | None = None
    interrupted: bool = False
    swept: tuple[str, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """The worst that happened: a run with a failure never ends as a success."""
        codes = {outcome.code for outcome in self.actions}
        if self.fatal is not None:
            codes.add(self.fatal.exit_code)
        for code in WORST_FIRST:
            if code in codes:
                return code
        if self.fatal is not None:
            return self.fatal.exit_code
        return ExitCode.INTERRUPTED if self.interrupted else ExitCode.OK

    @property
    def under_way(self) -> Mapping[Address, str]:
        """The videos that are still being filmed or composed, with their ids."""
        left = {item.address for item in self.actions if item.ending is Ending.DETACHED}
        return {row.address: row.written_id or "" for row in self.rows if row.address in left}

    @property
    def is_retryable(self) -> bool:
        """Whether something failed, and all that did may succeed when the same is run again."""
        failed = [item.failure for item in self.actions if item.ending is Ending.FAILED]
        kinds = failed if self.fatal is None else [*failed, self.fatal.failure_code]
        return bool(kinds) and all(kind is not None and kind.retryable for kind in kinds)

    def count(self, ending: Ending) -> int:
        """How many actions ended so."""
        return sum(1 for outcome in self.actions if outcome.ending is ending)


WORST_FIRST = (
    ExitCode.STATE_NOT_WRITTEN,
    ExitCode.CREDENTIALS,
    ExitCode.REFUSED,
    ExitCode.LOCKED,
    ExitCode.CONFLICT,
    ExitCode.PARTIAL,
    ExitCode.GENERATION_FAILED,
    ExitCode.FAILURE,
    ExitCode.DETACHED,
)
"""Which code a run with several failures ends with: the first of these that came up."""
