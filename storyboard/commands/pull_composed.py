"""Brings scenes that the studio composed into the author's files: the guide's hybrid way (§10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from storyboard.commands.composed_scenes import fit_scenes
from storyboard.commands.request import Request
from storyboard.commands.rewriting import Rewrite
from storyboard.compiler import Compilation, compile_edited
from storyboard.counting import counted
from storyboard.errors import ConflictError, FailureCode, StoryboardError, UsageError
from storyboard.expand.scene_ids import scene_slugs
from storyboard.language.rewriting import write_scenes
from storyboard.language.scene_form import scene_form
from storyboard.plan.change import Change
from storyboard.shell import word
from storyboard.source.diagnostic import Diagnostic, Severity
from storyboard.source.document import Document
from storyboard.source.files import OverlaidFiles, ProjectFiles
from storyboard.source.reader import read_document
from storyboard.source.schema import check_schema
from storyboard.source.text import with_mark_of
from storyboard.video import Address, Video


def composed_rewrites(
    request: Request,
    compilation: Compilation,
    wanted: Sequence[Video],
    changes: Mapping[Address, Change],
) -> tuple[list[Rewrite], list[StoryboardError]]:
    """Return the files with the scenes that were composed for videos, and why others have none.

    A composition has not ended there, or is not of the block as it stands, or has what no file may.
    Raises `UsageError` for a translation.
    """
    files = ProjectFiles(request.root)
    rewrites: list[Rewrite] = []
    refusals: list[StoryboardError] = []
    for video in [*_sources(wanted, compilation, named=bool(request.scope))]:
        try:
            rewrite = _rewrite(files, video, changes[video.address])
            _require_checked(files, rewrite, video, request, compilation)
            rewrites.append(rewrite)
        except StoryboardError as refusal:
            refusals.append(refusal)
    return rewrites, refusals


def _sources(wanted: Sequence[Video], compilation: Compilation, *, named: bool) -> Iterator[Video]:
    """Yield the videos in their storyboards' own languages; the others are translated from them."""
    for video in wanted:
        name = video.address.storyboard
        first = next(v for v in compilation.videos if v.address.storyboard == name)
        if first.address == video.address:
            yield video
        elif named and first not in wanted:
            raise UsageError(
                f"'{video.address}' is a translation; the file holds the scenes of one language",
                hint=f"storyboard pull {word(first.address)}",
            )


def _rewrite(files: ProjectFiles, video: Video, change: Change) -> Rewrite:
    composed = _composed(change)
    assert video.compose is not None
    path = video.span.file
    before = files.read(path)
    document, _ = read_document(path, before)
    if document is None or "compose" not in (document.data or {}):
        raise ConflictError(
            f"'{path}' was changed meanwhile",
            hint="run the command again",
            code=FailureCode.FILE_CHANGED,
        )
    names = _entry_names(document, video.compose.entry_ids)
    fitted = fit_scenes(composed.scenes, video.address.locale)
    slugs = scene_slugs([scene.narration or "" for scene in fitted.scenes])
    scenes = [
        scene_form(scene, id_, names) for scene, id_ in zip(fitted.scenes, slugs, strict=True)
    ]
    name = composed.name if composed.name != video.name else None
    text = write_scenes(document, scenes, name)
    new, findings = read_document(path, text)
    if new is not None:
        findings = (*findings, *check_schema(new, "storyboard"))
    faults = [finding for finding in findings if finding.severity is Severity.ERROR]
    if new is not None and faults:
        raise _not_written(video, faults[0])
    if new is None or findings or not _is_extended(new, document, len(scenes)):
        raise StoryboardError(
            f"the scenes cannot be written into '{path}'",
            hint="write the storyboard as an indented block, a key a line",
        )
    count = counted(len(scenes), "scene")
    news = (f"{count} of '{video.address}'", *fitted.news)
    return Rewrite(path, before, with_mark_of(before, text), news)


def _require_checked(
    files: ProjectFiles, rewrite: Rewrite, video: Video, request: Request, before: Compilation
) -> None:
    """Raise `StoryboardError` where `check` would have errors that it did not have before."""
    assert rewrite.after is not None
    edited = OverlaidFiles(files, {rewrite.path: rewrite.after})
    after = compile_edited(before, edited, rewrite.path)
    for finding in after.report.diagnostics:
        if finding.severity is Severity.ERROR:
            raise _not_written(video, finding)


def _not_written(video: Video, fault: Diagnostic) -> StoryboardError:
    return StoryboardError(
        f"the scenes of '{video.address}' cannot be written into '{video.span.file}': "
        f"{fault.message}",
        hint="correct the video in the studio, or compose it again",
    )


def _composed(change: Change) -> Video:
    """Return the video with its scenes, where they are those that the block asks for."""
    if change.compose is not None or change.desired is None or not change.desired.scenes:
        reason = "" if change.compose is None else f": {change.compose.reason}"
        raise ConflictError(
            f"'{change.address}' has no scenes to pull yet{reason}",
            hint="storyboard apply has them composed; --no-generate leaves the film for later",
        )
    return change.desired


def _entry_names(document: Document, entry_ids: tuple[str, ...]) -> dict[str, str]:
    """Return entry id → the name that the author has for it, of those that the block names."""
    written = document.value(("compose", "entryIds"))
    pairs = zip(entry_ids, written if isinstance(written, list) else [], strict=False)
    return {id_: name for id_, name in pairs if name != id_ and "{" not in str(name)}


def _is_extended(document: Document, before: Document, scenes: int) -> bool:
    """Return whether the new document is the old one with scenes, and nothing else."""
    if not isinstance(document.data, dict):
        return False
    kept = {k: v for k, v in document.data.items() if k not in ("scenes", "name", "composed")}
    old = {k: v for k, v in before.data.items() if k not in ("compose", "name")}
    same = document.data.get("composed") == before.data["compose"]
    return kept == old and same and len(document.data.get("scenes") or ()) == scenes
