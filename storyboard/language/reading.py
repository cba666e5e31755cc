"""Finds a project's files and reads them into a project and its storyboards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from storyboard.language.project import PROJECT_FILE, Project, bind_project
from storyboard.language.sources import Sources
from storyboard.language.storyboard import Storyboard, bind_storyboard
from storyboard.source.diagnostic import Diagnostic, Note, error, warning
from storyboard.source.document import Document
from storyboard.source.files import FileRefused
from storyboard.source.span import Span


def load_project(sources: Sources) -> Project:
    """Return the project, all defaults where it has no file or one that cannot be read."""
    if not sources.exists(PROJECT_FILE):
        return Project()
    document = _open(PROJECT_FILE, "project", sources)
    if document is None:
        return Project()
    if isinstance(document.data, dict) and "scenes" in document.data:
        sources.refine(_not_a_storyboard(document))
    return bind_project(document)


def load_storyboards(
    project: Project, paths: Sequence[str] | None, sources: Sources
) -> tuple[Storyboard, ...]:
    """Return the storyboards of some files, or of all that the project's globs find.

    Of two with one id the first is taken: both would be the same videos.
    """
    taken: dict[str, Storyboard] = {}
    for path in _find(project, sources) if paths is None else dict.fromkeys(paths):
        document = _open(path, "storyboard", sources)
        if document is None:
            continue
        storyboard = bind_storyboard(document)
        first = taken.setdefault(storyboard.id, storyboard)
        if first is not storyboard:
            sources.findings.append(_duplicate(storyboard, first))
    return tuple(taken.values())


def _duplicate(storyboard: Storyboard, first: Storyboard) -> Diagnostic:
    found = error(
        "duplicate-storyboard",
        f"two storyboards have the id '{storyboard.id}'",
        storyboard.id_span,
        "give each its own `id`; it names the video in the state",
    )
    return replace(found, notes=(Note("the first one", first.id_span),))


def _find(project: Project, sources: Sources) -> list[str]:
    found: dict[str, None] = {}
    for pattern in project.storyboards:
        try:
            found |= dict.fromkeys(sources.files.glob(pattern))
        except FileRefused as refused:
            sources.findings.append(
                error("storyboards-refused", refused.reason, project.span, refused.hint)
            )
    found.pop(PROJECT_FILE, None)
    if not found:
        looked = ", ".join(project.storyboards)
        sources.findings.append(
            warning(
                "no-storyboards",
                "the project has no storyboards",
                project.span,
                f"looked for {looked}",
            )
        )
    return sorted(found)


def _open(path: str, schema: str, sources: Sources) -> Document | None:
    try:
        return sources.document(path, schema)
    except FileRefused as refused:
        span = Span(path, 1, 1, 1, 1)
        sources.findings.append(error("file-refused", refused.reason, span, refused.hint))
        return None


def _not_a_storyboard(document: Document) -> Diagnostic:
    return error(
        "project-file",
        f"'{PROJECT_FILE}' is the project's file, and has no scenes of its own",
        document.key_span(("scenes",)),
        "name the storyboard otherwise: tour.storyboard.yaml, or storyboards/tour.yaml",
    )
