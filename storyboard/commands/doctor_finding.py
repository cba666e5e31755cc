"""What an examination found out about one thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from storyboard.errors import ExitCode, StoryboardError


class Level(Enum):
    """How bad a finding is; only a problem keeps from working."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: about what, how bad, what is so, and what to do."""

    topic: str
    level: Level
    message: str
    hint: str | None = None
    is_credentials: bool = False

    @classmethod
    def of_failure(cls, topic: str, failure: StoryboardError) -> Finding:
        """Make a problem of a failure; its hint does not lead back to this examination."""
        about_login = failure.exit_code is ExitCode.CREDENTIALS
        hint = None if failure.hint is None else _elsewhere(failure.hint)
        return cls(topic, Level.PROBLEM, failure.message, hint, about_login)


def _elsewhere(hint: str) -> str | None:
    """Return the steps of a hint that are no other run of `storyboard doctor`."""
    steps = [step for step in hint.split("; ") if "storyboard doctor" not in step]
    return "; ".join(steps).removeprefix("or ") or None
