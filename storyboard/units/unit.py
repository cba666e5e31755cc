"""What became of one storyboard, whatever becomes of the others."""

from __future__ import annotations

from dataclasses import dataclass, field

from storyboard.checks.outline import Outline
from storyboard.source.diagnostic import Diagnostic
from storyboard.source.span import Span
from storyboard.units.asked_files import Question
from storyboard.video import Address, Video


@dataclass(frozen=True, slots=True)
class Piece:
    """A storyboard in the locales that some addresses need, or in all others.

    `written` is wrong whatever the locale, `catalogs` in its translations; `expanded` are the
    locales, each with what is wrong in it; `ruled` is what the rules find.
    """

    outline: Outline
    written: tuple[Diagnostic, ...]
    catalogs: tuple[Diagnostic, ...]
    expanded: tuple[tuple[Address, tuple[Diagnostic, ...]], ...]
    ruled: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """One file, and the storyboard in it; without an `id_span` there is none that can be read.

    `inside` is what the addresses need that were asked for, `outside` the rest of it, `unmade` the
    addresses that errors are in the way of. `reads` are the variables that its templates read,
    known if `is_sound`. `texts` are the files that were read, `asked` all questions that were asked
    of the project's files.
    """

    path: str
    id: str
    id_span: Span | None
    findings: tuple[Diagnostic, ...]
    is_sound: bool = False
    reads: frozenset[str] = frozenset()
    unmade: tuple[Address, ...] = ()
    inside: Piece | None = None
    outside: Piece | None = None
    texts: tuple[str, ...] = ()
    asked: tuple[Question, ...] = ()
    videos: tuple[Video, ...] = field(default=(), compare=False)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return both parts of it, as far as there are any."""
        return tuple(piece for piece in (self.inside, self.outside) if piece is not None)
