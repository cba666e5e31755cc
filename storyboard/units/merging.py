"""What units say together: each thing once, and the locales that it is not true of left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from storyboard.language.reading import find_twin
from storyboard.source.diagnostic import Diagnostic, one_a_place
from storyboard.source.span import Span
from storyboard.units.unit import Piece, Unit
from storyboard.video import Address


@dataclass(frozen=True, slots=True)
class Part:
    """Some storyboards in some locales, and the files of which none came."""

    pieces: tuple[Piece, ...]
    unread: tuple[Unit, ...]


def without_twins(units: Iterable[Unit]) -> Iterator[Unit]:
    """Yield the units; of two storyboards with one id the second counts as not read."""
    taken: dict[str, Span] = {}
    for unit in units:
        span = unit.id_span
        twin = None if span is None else find_twin(unit.id, span, taken)
        if twin is None:
            yield unit
            continue
        findings = (*unit.findings, twin)
        yield Unit(unit.path, unit.id, None, findings, texts=unit.texts, asked=unit.asked)


def within_scope(unit: Unit, scope: Sequence[str]) -> Unit | None:
    """Return a unit that was compiled for no address as it is for these.

    None where they name some of its locales: then it has to be compiled for them.
    """
    if unit.inside is None:
        return unit
    named = {address.matches(scope) for address, _ in unit.inside.expanded}
    if len(named) > 1:
        return None
    return unit if named == {True} else replace(unit, inside=None, outside=unit.inside)


def split_by_scope(units: Sequence[Unit], scope: Sequence[str]) -> tuple[Part, Part]:
    """Return what the addresses need, and the rest; no address needs all.

    A file that cannot be read counts where its name could be that of the storyboard, and where an
    address names nothing that was read: then any such file may be the one.
    """
    inside = tuple(unit.inside for unit in units if unit.inside is not None)
    outside = tuple(unit.outside for unit in units if unit.outside is not None)
    unread = [unit for unit in units if unit.id_span is None]
    found = [address for piece in inside for address, _ in piece.expanded]
    is_known = all(any(address.matches((pattern,)) for address in found) for pattern in scope)
    near = [unit for unit in unread if not is_known or Address(unit.id).may_match(scope)]
    return (
        Part(inside, tuple(near)),
        Part(outside, tuple(unit for unit in unread if unit not in near)),
    )


def findings_of(pieces: Iterable[Piece]) -> tuple[Diagnostic, ...]:
    """Return what was found in storyboards and their locales.

    Where a file has not the shape that its schema asks for, the schema speaks first.
    """
    everything = list(pieces)
    written = [finding for piece in everything for finding in piece.written]
    catalogs = [finding for piece in everything for finding in piece.catalogs]
    return one_a_place((*written, *catalogs), _by_locale(everything))


def with_pieces(unit: Unit, change: Callable[[Piece], Piece]) -> Unit:
    """Return a unit with each of its pieces changed."""
    inside = unit.inside and change(unit.inside)
    outside = unit.outside and change(unit.outside)
    return replace(unit, inside=inside, outside=outside)


def _by_locale(pieces: Iterable[Piece]) -> Iterator[Diagnostic]:
    """Name the locales of what is wrong only in some.

    What is wrong in the project's file is found by many storyboards, and said once.
    """
    found: dict[Diagnostic, set[str]] = {}
    elsewhere: dict[Diagnostic, set[str]] = {}
    for piece in pieces:
        tags = {address.locale or "" for address, _ in piece.expanded}
        for address, findings in piece.expanded:
            for finding in findings:
                found.setdefault(finding, set()).add(address.locale or "")
                elsewhere.setdefault(finding, set()).update(tags)
    for finding, tags in found.items():
        if tags != elsewhere[finding]:
            finding = replace(finding, message=f"{finding.message} (in {', '.join(sorted(tags))})")
        yield finding
