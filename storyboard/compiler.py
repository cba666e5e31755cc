"""Text in, videos and findings out. Pure: no network, no clock, no environment.

    read project → find → a unit for each storyboard → merge → surveys → report

A unit is one storyboard, read, expanded in its locales and looked at by its own rules. It depends
on no other, so units come in any order, from any process, or from an earlier run. A pass returns
its value and its findings. None raises for what an author wrote: the next one works on what is
left.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storyboard.checks import run_surveys
from storyboard.checks.outline import Otherwise, VideoOutline
from storyboard.checks.severities import in_severities
from storyboard.checks.subject import Surroundings, Survey, Unset, is_clear
from storyboard.expand.catalog_files import CatalogFiles
from storyboard.expand.expansion import Setting
from storyboard.expand.texts import Leniency
from storyboard.expand.variable_use import names_in
from storyboard.language.clip import Look, see_nothing
from storyboard.language.project import EnvironmentOverlay, Project
from storyboard.language.reading import find_storyboards, load_project
from storyboard.language.sources import Sources
from storyboard.source.diagnostic import Diagnostic, Report, Severity, has_errors, one_a_place
from storyboard.source.files import Files
from storyboard.units.compiling import UnitCompiler
from storyboard.units.holding import with_holds
from storyboard.units.merging import (
    Part,
    findings_of,
    split_by_scope,
    without_twins,
)
from storyboard.units.unit import Unit
from storyboard.video import Address, Video
from storyboard.wire import GUIDE

Units = Callable[[UnitCompiler, Sequence[str]], Iterable[Unit]]
"""Yields the unit of each path, in their order: compiled, or as an earlier run compiled it."""


@dataclass(frozen=True, slots=True)
class OpenedProject:
    """The project file, read; `sources` has it, so that compiling does not read it again."""

    project: Project
    findings: tuple[Diagnostic, ...]
    sources: Sources

    @property
    def report(self) -> Report:
        """Return what is wrong with the project file alone."""
        return Report.of(self.findings, self.sources.texts_of(self.findings))


@dataclass(frozen=True, slots=True)
class Compilation:
    """Every video that could be made, in the order of files and locales, and the findings.

    The report has what the addresses need that were asked for, `elsewhere` is the rest. `unmade`
    are the addresses that have no video because of errors. `is_complete` where no storyboard was
    left out, and none has errors: what the videos do not have is then gone.
    `variables_read` are those that storyboards read, where variables were given and no error is in
    the way: of all storyboards, unless those that were asked for read all that were given.
    `outlines` are the videos without their scenes: of a compilation that keeps no videos, they are
    all that is left.
    """

    videos: tuple[Video, ...]
    report: Report
    project: Project
    elsewhere: tuple[Diagnostic, ...] = ()
    unmade: tuple[Address, ...] = ()
    is_complete: bool = True
    variables_read: frozenset[str] | None = None
    outlines: tuple[VideoOutline, ...] = ()
    files: frozenset[str] = frozenset()
    """The files that the videos are written in."""

    @property
    def errors_elsewhere(self) -> int:
        """Return how many errors there are that no address needs that was asked for."""
        return sum(finding.severity is Severity.ERROR for finding in self.elsewhere)


def in_turn(compiler: UnitCompiler, paths: Sequence[str]) -> Iterable[Unit]:
    """Compile one storyboard after the other, in this process."""
    return map(compiler.compile, paths)


def compile_project(
    files: Files,
    *,
    project: OpenedProject | None = None,
    paths: Sequence[str] | None = None,
    scope: Sequence[str] = (),
    environment: EnvironmentOverlay | str = "local",
    variables: Mapping[str, Any] | None = None,
    allow_stale: bool = False,
    fallback: bool = False,
    media: Look = see_nothing,
    films_here: bool = False,
    profile: str = GUIDE,
    voices: Callable[[str], bool] | None = None,
    unclear: Callable[[str], bool] = is_clear,
    otherwise: Otherwise | None = None,
    library: Callable[[], Collection[str]] | None = None,
    entries: Callable[[], Collection[str] | None] | None = None,
    unset: Callable[[str], Unset | None] | None = None,
    keeps_videos: bool = True,
    units: Units = in_turn,
) -> Compilation:
    """Compile the project's storyboards, or only the files in `paths`.

    `project` is its file where that was read already, from the same `files`. `scope` are addresses
    or globs; faults that none of them needs are not in the report. `environment` is what an
    environment changes, or its name in the project file. `variables` come from `--var-file` and
    `--var`, and win over all others. `allow_stale` lifts the holds on stale translations,
    `fallback` those on missing ones. `media` looks at a stand-in; a video that needs one
    that cannot serve is held. `films_here` tells that the local studio makes the films, which has
    one file an entry. `profile` is the generation of the API that the studio speaks. `voices` tells
    whether the studio speaks a locale, None where it cannot be known; `unclear` whether it speaks
    it badly, and `otherwise` in which other language it will speak narrations of a locale.
    `library` lists the studio's backgrounds, and `entries` the entries that it has, None where they
    cannot be known; a video that shows another one, for which no file stands in, is held. `unset`
    tells why a text cannot be set in pictures, if it cannot.
    `keeps_videos` is False for who needs no scenes, as of thousands of storyboards; `units` yields
    the storyboards.
    """
    read = project or read_project(files)
    overlay = read.project.overlay(environment) if isinstance(environment, str) else environment
    compiler = UnitCompiler(
        read.sources.files,
        Setting(read.project, overlay, variables or {}, films_here),
        Leniency(allow_stale, fallback),
        tuple(scope),
        voices,
        otherwise,
        keeps_videos,
    )
    asked, searched = _asked_paths(read, paths)
    found = tuple(without_twins(units(compiler, asked)))
    around = Surroundings(*(media, voices, unclear, library, None), overlay.by_name, profile, unset)
    found, around = with_holds(found, around, entries, films_here=films_here)
    return _Whole(read, compiler, found, around, searched, paths is None).reported()


def read_project(files: Files) -> OpenedProject:
    """Read the project file alone: for those who need its environments before they compile."""
    sources = Sources(files)
    read = load_project(sources)
    return OpenedProject(read.project, read.findings, sources)


def _asked_paths(
    read: OpenedProject, paths: Sequence[str] | None
) -> tuple[Sequence[str], tuple[Diagnostic, ...]]:
    if paths is not None:
        return tuple(dict.fromkeys(paths)), ()
    return find_storyboards(read.project, read.sources)


@dataclass(frozen=True, slots=True)
class _Whole:
    """All units of a compilation, on their way to its result; `is_all` where no file is left."""

    read: OpenedProject
    compiler: UnitCompiler
    units: tuple[Unit, ...]
    around: Surroundings
    searched: tuple[Diagnostic, ...]
    is_all: bool

    def reported(self) -> Compilation:
        """Find what is wrong, and part it by what the scope needs."""
        needed, rest = split_by_scope(self.units, self.compiler.scope)
        shared = (*self.read.findings, *self.searched)
        findings = self._findings(shared, needed, rest)
        others = self._findings((), rest, needed)
        is_sound = not has_errors((*findings, *others))
        given = self.compiler.setting.variables
        pieces = [piece for unit in self.units for piece in unit.pieces]
        videos = tuple(video for unit in self.units for video in unit.videos)
        outlines = tuple(video for piece in pieces for video in piece.outline.videos)
        return Compilation(
            videos=videos,
            report=Report.of(findings, self._texts_of(findings)),
            project=self.read.project,
            elsewhere=one_a_place(findings, others)[len(findings) :],
            unmade=tuple(address for unit in self.units for address in unit.unmade),
            is_complete=self.is_all and is_sound,
            variables_read=self._variables_read(given) if given and is_sound else None,
            outlines=outlines,
            files=frozenset(u.path for u in self.units if any(p.outline.videos for p in u.pieces)),
        )

    def _findings(
        self, shared: Sequence[Diagnostic], part: Part, others: Part
    ) -> tuple[Diagnostic, ...]:
        """Return what was found in some storyboards, and what the rules find in their videos."""
        unread = [finding for unit in part.unread for finding in unit.findings]
        written = one_a_place((*shared, *unread), findings_of(part.pieces))
        severities = self.read.project.checks
        if not part.pieces and not shared:
            return tuple(in_severities(written, severities))
        said = {(finding.span, finding.code) for finding in written}
        ruled = (
            *(finding for piece in part.pieces for finding in piece.ruled),
            *run_surveys(self._survey(part, others, has_errors=has_errors(written))),
        )
        new = (found for found in ruled if (found.span, found.code) not in said)
        return tuple(in_severities((*written, *new), severities))

    def _survey(self, part: Part, others: Part, *, has_errors: bool) -> Survey:
        catalogs = {
            heading.path: heading
            for unit in self.units
            for piece in unit.pieces
            for heading in piece.outline.catalogs
        }
        return Survey(
            self.read.project,
            tuple(piece.outline for piece in part.pieces),
            self.around,
            complete=self.is_all and not self.compiler.scope and not has_errors,
            catalogs=tuple(catalogs.values()),
            catalog_paths=lambda: CatalogFiles(self.read.sources).paths,
            others=tuple(piece.outline for piece in others.pieces),
        )

    def _texts_of(self, findings: Iterable[Diagnostic]) -> dict[str, str]:
        """Return the texts that findings point into, of the files that were read."""
        known = {*self.read.sources.contents}.union(*(unit.texts for unit in self.units))
        return self.read.sources.texts_of(findings, known)

    def _variables_read(self, given: Mapping[str, Any]) -> frozenset[str] | None:
        """Return what storyboards read, None if unknown.

        Those that were not asked for are looked at only if one of the given is read nowhere else.
        """
        if not all(unit.is_sound for unit in self.units):
            return None
        document = self.read.project.document
        own = {*names_in(given), *names_in(None if document is None else document.data)}
        found = own.union(*(unit.reads for unit in self.units))
        if self.is_all or found.issuperset(given):
            return frozenset(found)
        known = {unit.path for unit in self.units}
        paths = find_storyboards(self.read.project, self.read.sources)[0]
        others = [self.compiler.variables_of(path) for path in paths if path not in known]
        there = [names for names in others if names is not None]
        return frozenset(found.union(*there)) if len(there) == len(others) else None
