"""Text in, videos and findings out. Pure: no network, no clock, no environment.

    read project → find → read storyboards → assemble → expand, once a locale → rules → report

A pass returns its value and its findings. None raises for what an author wrote: the next one works
on what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from storyboard.checks import run_rules
from storyboard.checks.absent_entries import shown_alone, with_absent
from storyboard.checks.severities import in_severities
from storyboard.checks.subject import Subject, is_clear
from storyboard.checks.unusable_media import hold_unusable, tell_apart
from storyboard.expand.assembly import Assembled, assemble
from storyboard.expand.catalog_files import CatalogFiles
from storyboard.expand.compiled import Compiled, findings_of
from storyboard.expand.expansion import Expansion, Setting, expand
from storyboard.expand.scope import Part, split_by_scope
from storyboard.expand.texts import Leniency, open_texts
from storyboard.expand.variable_use import variables_read
from storyboard.language.clip import Look, see_nothing
from storyboard.language.project import EnvironmentOverlay, Project
from storyboard.language.reading import ReadStoryboards, load_project, load_storyboards
from storyboard.language.sources import Sources
from storyboard.source.diagnostic import Diagnostic, Report, Severity, has_errors, one_a_place
from storyboard.source.files import Files
from storyboard.video import Address, Video
from storyboard.wire import GUIDE


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
    `variables_read` are those that any storyboard of the project reads, where variables were given
    and no error is in the way.
    """

    videos: tuple[Video, ...]
    report: Report
    project: Project
    elsewhere: tuple[Diagnostic, ...] = ()
    unmade: tuple[Address, ...] = ()
    is_complete: bool = True
    variables_read: frozenset[str] | None = None

    @property
    def errors_elsewhere(self) -> int:
        """Return how many errors there are that no address needs that was asked for."""
        return sum(finding.severity is Severity.ERROR for finding in self.elsewhere)


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
    library: Callable[[], Collection[str]] | None = None,
    entries: Callable[[], Collection[str] | None] | None = None,
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
    it badly. `library` lists the studio's backgrounds, and `entries` the entries that it has, None
    where they cannot be known; a video that shows another one, for which no file stands in, is
    held.
    """
    read = project or read_project(files)
    overlay = read.project.overlay(environment) if isinstance(environment, str) else environment
    setting = Setting(read.project, overlay, variables or {})
    boards = load_storyboards(read.project, paths, read.sources)
    catalogs = CatalogFiles(read.sources)
    compiled = _compile_all(read, boards, setting, Leniency(allow_stale, fallback), catalogs)
    if films_here:
        media = tell_apart(media, [video for each in compiled for video in each.videos])
    compiled = [_with_videos(each, lambda video: hold_unusable(video, media)) for each in compiled]
    compiled, there = _with_entries(compiled, entries)
    whole = Subject(
        *(read.project, tuple(compiled), media, paths is None and not scope, catalogs),
        *(voices, unclear),
        library=library,
        entries=there,
        by_name=overlay.by_name,
        profile=profile,
    )
    return _reported(read, boards, whole, scope, variables, is_all=paths is None)


def read_project(files: Files) -> OpenedProject:
    """Read the project file alone: for those who need its environments before they compile."""
    sources = Sources(files)
    read = load_project(sources)
    return OpenedProject(read.project, read.findings, sources)


def _reported(
    read: OpenedProject,
    boards: ReadStoryboards,
    whole: Subject,
    scope: Sequence[str],
    variables: Mapping[str, Any] | None,
    *,
    is_all: bool,
) -> Compilation:
    """Find what is wrong, and part it by what the scope needs; `is_all` where no file is left."""
    needed, rest = split_by_scope(whole.storyboards, boards.files, scope)
    findings = _findings((*read.findings, *boards.findings), needed, rest, whole)
    others = _findings((), rest, needed, whole)
    is_sound = not has_errors((*findings, *others))
    known = variables if is_sound else None
    return Compilation(
        videos=tuple(video for each in whole.storyboards for video in each.videos),
        report=Report.of(findings, read.sources.texts_of(findings)),
        project=read.project,
        elsewhere=one_a_place(findings, others)[len(findings) :],
        unmade=tuple(address for each in whole.storyboards for address in each.unmade),
        is_complete=is_all and is_sound,
        variables_read=_variables_read(read, boards, known) if known else None,
    )


def _findings(
    shared: Sequence[Diagnostic], part: Part, others: Part, whole: Subject
) -> tuple[Diagnostic, ...]:
    """Return what was found in a part of the storyboards, and what the rules find in its videos."""
    unread = [finding for file in part.unread for finding in file.findings]
    written = one_a_place((*shared, *unread), findings_of(part.compiled))
    if not part.compiled and not shared:
        return tuple(in_severities(written, whole.project.checks))
    subject = replace(
        whole,
        storyboards=part.compiled,
        complete=whole.complete and not has_errors(written),
        others=others.compiled,
    )
    said = {(finding.span, finding.code) for finding in written}
    ruled = (found for found in run_rules(subject) if (found.span, found.code) not in said)
    return tuple(in_severities((*written, *ruled), whole.project.checks))


def _variables_read(
    read: OpenedProject, asked: ReadStoryboards, given: Mapping[str, Any]
) -> frozenset[str] | None:
    """Return what all storyboards read, also those that were not asked for; None if unknown."""
    files = (*asked.files, *load_storyboards(read.project, None, read.sources).files)
    boards = [assemble(file, read.project, read.sources) for file in files]
    known = [board for board in boards if board is not None and board.is_sound]
    return variables_read(read.project, known, given) if len(known) == len(boards) else None


def _compile_all(
    read: OpenedProject,
    boards: ReadStoryboards,
    setting: Setting,
    leniency: Leniency,
    catalogs: CatalogFiles,
) -> list[Compiled]:
    assembled = (assemble(file, read.project, read.sources) for file in boards.files)
    return [_compile(each, setting, leniency, catalogs) for each in assembled if each]


def _compile(
    assembled: Assembled, setting: Setting, leniency: Leniency, catalogs: CatalogFiles
) -> Compiled:
    """Take one storyboard through all its locales."""
    expansions = []
    for locale in assembled.locales:
        texts = open_texts(assembled, locale, leniency, catalogs)
        expansions.append(expand(assembled, locale, setting, texts))
    return Compiled(assembled, tuple(expansions))


def _with_entries(
    compiled: list[Compiled], entries: Callable[[], Collection[str] | None] | None
) -> tuple[list[Compiled], Collection[str] | None]:
    """Hold the videos that show an entry which is not there; nobody is asked where none could."""
    if entries is None or not any(shown_alone(video) for each in compiled for video in each.videos):
        return compiled, None
    there = entries()
    if there is None:
        return compiled, None
    return [_with_videos(each, lambda video: with_absent(video, there)) for each in compiled], there


def _with_videos(compiled: Compiled, change: Callable[[Video], Video]) -> Compiled:
    """Return the storyboard with each of its videos changed: held, where one has to wait."""

    def changed(expansion: Expansion) -> Expansion:
        if expansion.video is None:
            return expansion
        return replace(expansion, video=change(expansion.video))

    return replace(compiled, expansions=tuple(map(changed, compiled.expansions)))
