"""Where the author wrote a scene's or a video's fields, and which variables their words are of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from storyboard.source.span import Span


@dataclass(frozen=True, slots=True)
class Definition:
    """A variable that words come from, as `vars.product`; no span where it is in no file."""

    name: str
    span: Span | None


class TextSource(Protocol):
    """A text that was rendered with variables."""

    def definition_of(self, words: str) -> Definition | None:
        """Return the one variable that words of the text come from, if that is certain."""
        ...


@dataclass(frozen=True, slots=True)
class SceneOrigin:
    """The author's places of a scene or a video: itself, and each field with one of its own.

    `fields` maps `narration`, `layoutType`, `broll`, `broll.entryId`, `broll.startTime`, `avatar` …
    """

    span: Span
    fields: Mapping[str, Span]

    def of(self, field: str) -> Span:
        """Return the field's place, or the nearest one around it."""
        while field:
            if field in self.fields:
                return self.fields[field]
            field = field.rpartition(".")[0]
        return self.span
