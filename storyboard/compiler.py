"""Text in, videos and findings out. Pure: no network, no clock, no environment.

    read project → find → a unit for each storyboard → merge → surveys → report

A unit is one storyboard, read, expanded in its locales and looked at by its own rules. It depends
on no other, so units come in any order, from any process, or from an earlier run. A pass returns
its value and its findings. None raises for what an author wrote: the next one works on what is
left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from storyboard.checks import run_surveys
from storyboard.checks.outline import VideoOutline
from storyboard.checks.severities import in_severities
from storyboard.checks.studio_facts import UNKNOWN_STUDIO, StudioFacts
from storyboard.checks.subject import Survey
from storyboard.expand.catalog_files import CatalogFiles
from storyboard.expand.expansion import Setting
from storyboard.expand.texts import STRICT, Leniency
from storyboard.expand.variable_use import names_in
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
class Told:
    """What a compilation is told besides the files."""

    environment: EnvironmentOverlay = field(default_factory=EnvironmentOverlay)
    variables: Mapping[str, Any] = field(default_factory=dict)
    leniency: Leniency = STRICT
    studio: StudioFacts = UNKNOWN_STUDIO


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
    told: Told = field(default_factory=Told)

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
    leniency: Leniency = STRICT,
    studio: StudioFacts = UNKNOWN_STUDIO,
    keeps_videos: bool = True,
    units: Units = in_turn,
) -> Compilation:
    """Compile the project's storyboards, or only the files in `paths`.

    `project` is its file where that was read already, from the same `files`. `scope` are addresses
    or globs; faults that none of them needs are not in the report. `environment` is what an
    environment changes, or its name in the project file. `variables` come from `--var-file` and
    `--var`, and win over all others. `leniency` lifts the holds on translations. `keeps_videos` is
    False for who needs no scenes, as of thousands of storyboards; `units` yields the storyboards.
    """
    read = project or read_project(files)
    overlay = read.project.overlay(environment) if isinstance(environment, str) else environment
    told = Told(overlay, variables or {}, leniency, studio)
    return _compiled(read, told, paths, tuple(scope), units, keeps_videos=keeps_videos)


def compile_edited(before: Compilation, files: Files, path: str) -> Compilation:
    """Compile one storyboard of `files` as its project was compiled `before` somebody edited it."""
    return _compiled(read_project(files), before.told, [path], (), in_turn, keeps_videos=True)


def _compiled(
    read: OpenedProject,
    told: Told,
    paths: Sequence[str] | None,
    scope: tuple[str, ...],
    units: Units,
    *,
    keeps_videos: bool,
) -> Compilation:
    studio, overlay = told.studio, told.environment
    compiler = UnitCompiler(
        read.sources.files,
        Setting(read.project, overlay, told.variables, studio.is_local),
        told.leniency,
        scope,
        studio.voices,
        studio.otherwise,
        keeps_videos,
    )
    asked, searched = _asked_paths(read, paths)
    found = tuple(without_twins(units(compiler, asked)))
    found, seen = with_holds(found, studio, by_name=told.environment.by_name)
    return _Whole(read, compiler, told, found, seen, searched, paths is None).reported()


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
    """All units of a compilation, on their way to its result; `is_all` where no file is left.

    `studio` has what was learned of the studio besides.
    """

    read: OpenedProject
    compiler: UnitCompiler
    told: Told
    units: tuple[Unit, ...]
    studio: StudioFacts
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
            told=self.told,
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
            self.studio,
            self.told.environment.by_name,
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
