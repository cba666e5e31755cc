"""Failures of the world: the exit code each one ends the command with, and its stable name.

An author's mistake is never one of these: it is a `Diagnostic`, collected with the others.

    StoryboardError                 1   anything below, or unclassified
    ├── ProjectError                3   the files cannot be compiled
    ├── CredentialsError            4   no valid session, or the wrong principal
    ├── GuardError                  5   refused by a guard, a policy or a budget
    ├── ConflictError               6   stale plan, or the studio changed under us
    ├── LockedError                 7   somebody else holds the state
    ├── StateError                 11   state could not be read or written
    │   └── StateAccessError        4   no valid credentials for the place of a shared state
    ├── UsageError                 64   the command line asks for something impossible
    ├── MissingExtraError           1   an optional package is not installed
    └── StudioError                 1   the studio refused or cannot be reached
        ├── ApiError                1   it answered with an error code
        ├── UnreachableError        1   it never got the request
        └── UnknownOutcomeError     1   it may or may not have done what was asked
            └── LostLockError       7   and somebody else may hold the state by now
"""

from __future__ import annotations

from storyboard.failure_codes import ExitCode as ExitCode
from storyboard.failure_codes import FailureCode as FailureCode


class StoryboardError(Exception):
    """A failure that is nobody's bug: message in lower case, a hint with the fix, a stable code.

    Each class has a code; `code` says it more exactly.
    """

    failure_code: FailureCode = FailureCode.FAILED

    def __init__(
        self, message: str, *, hint: str | None = None, code: FailureCode | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if code is not None:
            self.failure_code = code

    @property
    def exit_code(self) -> ExitCode:
        """What the command ends with."""
        return self.failure_code.exit


class ProjectError(StoryboardError):
    """The project's files cannot be compiled; the report was or will be shown."""

    failure_code = FailureCode.FILES_HAVE_ERRORS


class CredentialsError(StoryboardError):
    """No valid session could be had, or it belongs to another user than the state."""

    failure_code = FailureCode.CREDENTIALS


class GuardError(StoryboardError):
    """A guard, a policy or a budget refused the plan; the message lists the objects.

    `rules` are the names of the guards, where a plan was refused.
    """

    failure_code = FailureCode.REFUSED

    def __init__(
        self, message: str, *, hint: str | None = None, rules: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message, hint=hint)
        self.rules = rules


class ConflictError(StoryboardError):
    """The plan is stale, or the studio's object changed since it was read."""

    failure_code = FailureCode.CONFLICT


class LockedError(StoryboardError):
    """Another run holds the state."""

    failure_code = FailureCode.LOCKED


class StateError(StoryboardError):
    """The state could not be read or written; where a copy was kept, the hint names it."""

    failure_code = FailureCode.STATE


class StateAccessError(StateError):
    """The place of a shared state has no credentials of ours, or they lack a right."""

    failure_code = FailureCode.STATE_ACCESS


class UsageError(StoryboardError):
    """The command line asks for something that cannot be."""

    failure_code = FailureCode.USAGE


class MissingExtraError(StoryboardError):
    """An optional dependency is needed and not installed; the hint has the command."""

    failure_code = FailureCode.EXTRA_MISSING


class StudioError(StoryboardError):
    """The studio refused, failed, or cannot be reached."""

    failure_code = FailureCode.STUDIO_FAILED


class ApiError(StudioError):
    """The studio answered with an error code, in whatever HTTP status it came."""

    failure_code = FailureCode.STUDIO_REFUSED

    def __init__(
        self, code: str, message: str, *, status: int = 200, hint: str | None = None
    ) -> None:
        StudioError.__init__(self, f"{code}: {message}", hint=hint)
        self.code = code
        self.said = message
        self.status = status


class UnreachableError(StudioError):
    """No connection, or every retry failed before the studio took the request."""

    failure_code = FailureCode.UNREACHABLE


class UnknownOutcomeError(StudioError):
    """The request was sent, no usable answer came: look the effect up, never repeat blindly.

    `is_answered` if there was an answer, with a code that tells nothing of the effect.
    """

    failure_code = FailureCode.OUTCOME_UNKNOWN

    def __init__(self, message: str, *, hint: str | None = None, is_answered: bool = False) -> None:
        super().__init__(message, hint=hint)
        self.is_answered = is_answered


class LostLockError(UnknownOutcomeError):
    """The lock of the state ended while a request was open: whoever has it now looks its effect up.

    A run that meets it ends as one whose state somebody else holds.
    """

    failure_code = FailureCode.LOCKED
