"""Why a template could not be read or rendered, as a place in its scalar. Knows no files."""

from __future__ import annotations

from enum import Enum


class FaultKind(Enum):
    """What a template's fault is of; `code` is the diagnostic's."""

    SYNTAX = "template-syntax"
    """It cannot be read."""
    REFUSED = "template-refused"
    """It reads well, and asks for something that templates do not do."""
    LIMIT = "template-limit"
    """It is too large, or does too much."""
    LIMIT_OF_A_VIDEO = "template-limit of a video"
    """It and the other texts of its video do too much together: each meets it, and one tells it."""
    UNDEFINED = "undefined-name"
    """It names a variable, field or item that is not there."""
    VALUE = "template-value"
    """A value does not suit the operator or filter that got it."""

    @property
    def is_limit(self) -> bool:
        """Whether nothing more is tried behind such a fault."""
        return self in (FaultKind.LIMIT, FaultKind.LIMIT_OF_A_VIDEO)

    @property
    def code(self) -> str:
        """Return the stable code of the diagnostic."""
        return FaultKind.LIMIT.value if self.is_limit else self.value


class TemplateFault(Exception):
    """What is wrong with a template, and where.

    `offset` counts code points from the start of the scalar's value; `expression` is the text
    between the braces that the fault is in, or None where it is in none.
    """

    def __init__(
        self,
        message: str,
        hint: str | None = None,
        offset: int = 0,
        expression: str | None = None,
        kind: FaultKind = FaultKind.SYNTAX,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.offset = offset
        self.expression = expression
        self.kind = kind

    def within(self, start: int, expression: str) -> TemplateFault:
        """Return the fault moved by `start` code points, as found in `expression`."""
        return TemplateFault(self.message, self.hint, self.offset + start, expression, self.kind)


class ValueRefused(Exception):
    """A value does not suit what is asked of it; whoever asked knows the place."""

    def __init__(
        self, message: str, hint: str | None = None, kind: FaultKind = FaultKind.VALUE
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.kind = kind

    def at(self, offset: int) -> TemplateFault:
        """Return it as a fault at a place."""
        return TemplateFault(self.message, self.hint, offset, None, self.kind)
