"""One thing that the project's file may not say of an environment. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EnvironmentFault:
    """A setting that is refused; `key` is None where it is the environment as a whole.

    `below` are the keys that lead on from there to what is wrong.
    """

    environment: str
    key: str | None
    code: str
    message: str
    hint: str | None
    below: tuple[str, ...] = ()
