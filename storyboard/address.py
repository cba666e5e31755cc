"""What a video is called across runs, and which patterns name it. Knows no video."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storyboard.globs import matches, may_begin


@dataclass(frozen=True, slots=True)
class Address:
    """Names a video across runs: the storyboard's id, and the locale where it has locales."""

    storyboard: str
    locale: str | None = None

    def __lt__(self, other: Address) -> bool:
        """Sort by storyboard, then by locale, the one without a locale first."""
        one, two = (self.storyboard, self.locale or ""), (other.storyboard, other.locale or "")
        return one < two

    def __str__(self) -> str:
        return self.storyboard if self.locale is None else f"{self.storyboard}@{self.locale}"

    def matches(self, patterns: Sequence[str]) -> bool:
        """Whether a pattern names this address or its storyboard; no pattern names all.

        A pattern is an address or a glob, such as `onboarding*@de`.
        """
        names = (str(self), self.storyboard)
        return not patterns or any(matches(n, p) for p in patterns for n in names)

    def may_match(self, patterns: Sequence[str]) -> bool:
        """Whether a pattern could name a video of this storyboard, whatever locales it has.

        May say so of a pattern that no locale fits, and never misses one that some locale does.
        """
        start = f"{self.storyboard}@"
        return not patterns or any(
            matches(self.storyboard, p) or may_begin(start, p, without="@") for p in patterns
        )

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read `id` or `id@locale`."""
        storyboard, at, locale = text.partition("@")
        return cls(storyboard, locale if at else None)
