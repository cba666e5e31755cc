"""Finds a project's files and reads them into a project and its storyboards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from storyboard.disk.inside import FileRefused
from storyboard.language.lost import (
    EVERYTHING_LOST,
    NOTHING_LOST,
    LostDefinitions,
    lost_definitions,
)
from storyboard.language.place import Place
from storyboard.language.project import Project, bind_project
from storyboard.language.sources import SourceFile, Sources
from storyboard.language.storyboard import Storyboard, bind_storyboard, default_id
from storyboard.language.tags import check_tags, usable_tags
from storyboard.source.diagnostic import Diagnostic, Note, diagnose, one_a_place
from storyboard.source.document import Document
from storyboard.source.file_names import PROJECT_FILE
from storyboard.source.search import Unread
from storyboard.source.span import Span


@dataclass(frozen=True, slots=True)
class ReadProject:
    """The project, all defaults where it has no file or one that cannot be read."""

    project: Project
    findings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadStoryboard:
    """A storyboard's file; `storyboard` is None where it cannot be read, or another has its id.

    `id` is then what it would have been, by its name where nothing else is known.
    """

    path: str
    id: str
    storyboard: Storyboard | None
    findings: tuple[Diagnostic, ...]
    is_sound: bool
    lost: LostDefinitions = NOTHING_LOST


@dataclass(frozen=True, slots=True)
class ReadStoryboards:
    """The files that were asked for, in their order; `findings` are those of the search."""

    files: tuple[ReadStoryboard, ...]
    findings: tuple[Diagnostic, ...] = ()


def load_project(sources: Sources) -> ReadProject:
    """Read the project's file."""
    file = sources.open(PROJECT_FILE, "project")
    if file.refusal is not None and file.refusal.missing:
        return ReadProject(Project())
    if file.is_empty:
        return ReadProject(Project(), (_no_settings(file),))
    if file.document is None:
        return ReadProject(Project(lost=EVERYTHING_LOST), _unread(file))
    project = bind_project(file.document)
    tags = tuple(check_tags(project.locales, Place(file.document)))
    lost = lost_definitions(file.document, (*file.syntax, *tags, *file.shape))
    project = replace(project, locales=usable_tags(project.locales), lost=lost)
    misnamed = _not_a_storyboard(file.document)
    return ReadProject(project, one_a_place(file.syntax, misnamed, tags, file.shape))


def load_storyboards(
    project: Project, paths: Sequence[str] | None, sources: Sources
) -> ReadStoryboards:
    """Read the storyboards of some files, or of all that the project's globs find.

    Of two with one id the first is taken: both would be the same videos.
    """
    findings: tuple[Diagnostic, ...] = ()
    if paths is None:
        paths, findings = find_storyboards(project, sources)
    taken: dict[str, Span] = {}
    read = (load_storyboard(path, sources) for path in dict.fromkeys(paths))
    return ReadStoryboards(tuple(_unless_taken(file, taken) for file in read), findings)


def _unless_taken(read: ReadStoryboard, taken: dict[str, Span]) -> ReadStoryboard:
    """Return a file without its storyboard if another has its id; `taken` gets the id."""
    if read.storyboard is None:
        return read
    twin = find_twin(read.id, read.storyboard.id_span, taken)
    if twin is None:
        return read
    return ReadStoryboard(read.path, read.id, None, (*read.findings, twin), is_sound=False)


def load_storyboard(path: str, sources: Sources) -> ReadStoryboard:
    """Read one file, whatever the ids of others are."""
    file = sources.open(path, "storyboard")
    if file.document is None:
        return ReadStoryboard(path, default_id(path), None, _unread(file), is_sound=False)
    storyboard = bind_storyboard(file.document)
    tags = tuple(check_tags(storyboard.locales, storyboard.place))
    storyboard = replace(storyboard, locales=usable_tags(storyboard.locales))
    findings = one_a_place(file.syntax, tags, file.shape)
    lost = lost_definitions(file.document, (*file.syntax, *tags, *file.shape))
    return ReadStoryboard(path, storyboard.id, storyboard, findings, file.is_sound, lost)


def find_twin(id_: str, span: Span, taken: dict[str, Span]) -> Diagnostic | None:
    """Return what is said of a storyboard whose id another one has; `taken` gets a new id.

    Both would be the same videos.
    """
    first = taken.setdefault(id_, span)
    if first is span:
        return None
    found = diagnose(
        "duplicate-storyboard",
        f"two storyboards have the id '{id_}'",
        span,
        "give each its own `id`; it names the video in the state",
    )
    return replace(found, notes=(Note("the first one", first),))


def find_storyboards(
    project: Project, sources: Sources
) -> tuple[list[str], tuple[Diagnostic, ...]]:
    """Return the files that the project's globs find, and what is wrong with the search."""
    found: dict[str, None] = {}
    findings = []
    unread: dict[str, Unread] = {}
    for pattern in project.storyboards:
        try:
            looked_in = sources.files.search(pattern)
            found |= dict.fromkeys(looked_in.paths)
            unread |= {folder.path: folder for folder in looked_in.unread}
        except FileRefused as refused:
            findings.append(
                diagnose("storyboards-refused", refused.reason, project.span, refused.hint)
            )
    findings += map(_not_looked_into, unread.values())
    found.pop(PROJECT_FILE, None)
    if not found:
        looked = ", ".join(project.storyboards)
        none = diagnose(
            "no-storyboards",
            "the project has no storyboards",
            project.span,
            f"add one that matches {looked}",
        )
        if not project.lost.explain(none):
            findings.append(none)
    return sorted(found), tuple(findings)


def _not_looked_into(folder: Unread) -> Diagnostic:
    """Say that storyboards may be missing: what is not read is not gone, nor to be deleted."""
    span = Span(folder.path, 1, 1, 1, 1)
    return diagnose("storyboards-refused", folder.refusal.reason, span, folder.refusal.hint)


def _unread(file: SourceFile) -> tuple[Diagnostic, ...]:
    """Return why a file has no document."""
    if file.refusal is None:
        return file.syntax
    span = Span(file.path, 1, 1, 1, 1)
    return (diagnose("file-refused", file.refusal.reason, span, file.refusal.hint),)


def _no_settings(file: SourceFile) -> Diagnostic:
    """Say that the project's file is empty: no mistake, since a project needs no settings."""
    (empty,) = file.syntax
    return diagnose("project-empty", "the project file has no settings", empty.span, empty.hint)


def _not_a_storyboard(document: Document) -> Iterator[Diagnostic]:
    if isinstance(document.data, dict) and "scenes" in document.data:
        yield diagnose(
            "project-file",
            f"'{PROJECT_FILE}' is the project's file, and has no scenes of its own",
            document.key_span(("scenes",)),
            "name the storyboard otherwise: tour.storyboard.yaml, or storyboards/tour.yaml",
        )
