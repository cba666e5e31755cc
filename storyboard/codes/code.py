"""What is known of a diagnostic code: one entry of the table. Knows no finding."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How bad a finding is; only `ERROR` keeps a video from being applied."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Code:
    """A stable code: how bad a finding is by default, what it says, and what to do about it.

    `bad` is an example that gives the code and `good` the same without it; folders of
    `tests/cases/codes` hold both as projects that are compiled. `can_change` tells whether a
    project's `checks` may set the severity: not where nothing can be made of the file.
    `bad_where` and `good_where` say what an example does not show: other files, mostly.
    `block` is the key of the definitions that the finding misses something in.
    """

    name: str
    severity: Severity
    summary: str
    explanation: str
    bad: str
    good: str
    can_change: bool = False
    block: str | None = None
    bad_where: str = ""
    good_where: str = ""

    @property
    def examples(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Return the wrong and the right one, each behind the line that leads to it."""
        wrong, right = (f", where {where}" if where else "" for where in self._where)
        return (f"Wrong{wrong}:", self.bad), (f"Right{right}:", self.good)

    @property
    def _where(self) -> tuple[str, str]:
        return self.bad_where, self.good_where
