"""Puts the scenes of included files where the `include` stands. Renders nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Final

from storyboard.disk.inside import FileRefused
from storyboard.language.names import nearest
from storyboard.language.place import Place, Written
from storyboard.language.sources import Sources
from storyboard.language.storyboard import SceneItem, Storyboard, bind_scenes
from storyboard.nearest import meant
from storyboard.source.diagnostic import Diagnostic, Note, diagnose
from storyboard.source.file_names import PROJECT_FILE
from storyboard.wire import MAX_SCENES

MAX_DEPTH: Final = 8
MAX_FILES: Final = 200
MAX_ITEMS: Final = 500
"""Scenes written in a storyboard and all that it includes, as in one file of scenes."""


_ROOTED: Final = "paths start at the project's root and stay below it"


@dataclass(frozen=True, slots=True)
class Spliced:
    """A storyboard with no `include` left; `files` are the paths of those that were read.

    `is_whole` where all could be had and have the right shape.
    """

    storyboard: Storyboard
    findings: tuple[Diagnostic, ...] = ()
    files: tuple[str, ...] = ()
    is_whole: bool = True


@dataclass(slots=True)
class _Splice:
    """The work on one storyboard: how many files it took, and whether all could be had."""

    sources: Sources
    count: int = 0
    is_whole: bool = True
    findings: list[Diagnostic] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    def refuse(self, finding: Diagnostic) -> None:
        """Record why something is not included."""
        self.findings.append(finding)
        self.is_whole = False


def splice_includes(storyboard: Storyboard, sources: Sources) -> Spliced:
    """Put the scenes of included files where the `include` stands.

    Paths start at the project's root. A file may include others, `MAX_DEPTH` deep and `MAX_FILES`
    in all; its `when` holds for every scene that it brings.
    """
    if all(item.include is None for item in storyboard.scenes):
        return Spliced(storyboard)
    work = _Splice(sources)
    flat = _flatten(storyboard.scenes, (storyboard.path,), (), work)
    scenes = tuple(islice(flat, MAX_ITEMS + 1))
    if len(scenes) > MAX_ITEMS:
        message = f"more than {MAX_ITEMS} scenes are written here and in the files included"
        span = storyboard.place.at("scenes").key_span
        work.refuse(diagnose("include-too-many", message, span, "split the storyboard"))
    whole = replace(storyboard, scenes=scenes[:MAX_ITEMS])
    files = tuple(dict.fromkeys(work.files))
    return Spliced(whole, tuple(dict.fromkeys(work.findings)), files, work.is_whole)


def _flatten(
    items: tuple[SceneItem, ...],
    chain: tuple[str, ...],
    conditions: tuple[Written, ...],
    work: _Splice,
) -> Iterator[SceneItem]:
    for item in items:
        if item.include is None:
            yield replace(item, conditions=conditions) if conditions else item
            continue
        included = _open(item.include, chain, work)
        if included is None:
            continue
        path, scenes = included
        inner = conditions if item.when is None else (*conditions, item.when)
        yield from _flatten(scenes, (*chain, path), inner, work)


def _open(
    include: Written, chain: tuple[str, ...], work: _Splice
) -> tuple[str, tuple[SceneItem, ...]] | None:
    path = include.value
    if not isinstance(path, str):
        return None
    work.count += 1
    refusal = _refusal(include, chain, work.count)
    if refusal is not None:
        work.refuse(refusal)
        return None
    file = work.sources.open(path, "scenes")
    if file.refusal is not None:
        hint = _beside(path, chain[-1], work.sources) or file.refusal.hint
        if hint is None and file.refusal.missing:
            hint = _meant(path, chain, work.sources)
        hint = hint or _ROOTED
        work.refuse(diagnose("include-refused", file.refusal.reason, include.place.span, hint))
        return None
    work.files.append(path)
    work.findings += (*file.syntax, *file.shape)
    work.is_whole &= file.is_sound
    if file.document is None:
        return None
    return path, bind_scenes(Written(file.document.data, Place(file.document)))


def _refusal(include: Written, chain: tuple[str, ...], files: int) -> Diagnostic | None:
    path, span = include.value, include.place.span
    if path in chain:
        way = " → ".join((*chain[chain.index(path) :], path))
        cycle = diagnose("include-cycle", f"'{path}' includes itself", span, "take one of them out")
        return replace(cycle, notes=(Note(f"the cycle: {way}"),))
    if len(chain) > MAX_DEPTH:
        return diagnose(
            "include-too-deep",
            f"includes go deeper than {MAX_DEPTH} files",
            span,
            "include the innermost file directly",
        )
    if files > MAX_FILES:
        return diagnose(
            "include-too-many",
            f"more than {MAX_FILES} files included in one storyboard",
            span,
            f"join the files; a video has at most {MAX_SCENES} scenes",
        )
    return None


def _meant(path: str, chain: tuple[str, ...], sources: Sources) -> str | None:
    """Return a hint where another file of the project has nearly the name; folders do not count."""
    try:
        found = [other for end in ("yaml", "yml") for other in sources.files.glob(f"**/*.{end}")]
    except FileRefused:
        return None
    by_name = {PurePosixPath(o).stem: o for o in found if o not in (PROJECT_FILE, *chain)}
    near = nearest(PurePosixPath(path).stem, by_name)
    return meant(path, by_name[near]) if near else None


def _beside(path: str, includer: str, sources: Sources) -> str | None:
    """Return a hint where a path was meant from the file that includes it."""
    beside = normpath(PurePosixPath(includer).parent / path)
    if beside == path or not sources.can_read(beside):
        return None
    return f"paths start at the project's root: write '{beside}'"
