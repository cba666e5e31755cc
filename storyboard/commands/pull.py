"""Brings what people edited in the studio into the author's files: a merge of three sides.

pull = asyncio.run(pull_edits(request, compile_request(request)))
put_rewrites(request.root, pull.rewrites)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from storyboard.commands.project import (
    Comparison,
    environment_of,
    open_project,
    require_compiled,
    select,
)
from storyboard.commands.pull_composed import composed_rewrites
from storyboard.commands.pulled_files import PulledBoard, pull_board
from storyboard.commands.request import Request
from storyboard.commands.rewriting import Rewrite
<<<<<<< HEAD
from storyboard.compiler import Compilation, compile_project
from storyboard.counting import counted
from storyboard.errors import ConflictError, FailureCode, StoryboardError, UsageError
from storyboard.expand.scene_ids import scene_slugs
from storyboard.language.rewriting import write_scenes
from storyboard.language.scene_form import scene_form
=======
from storyboard.compiler import Compilation
from storyboard.errors import StoryboardError
>>>>>>> 24b4883a (pull: merge what people edited in the studio into the files)
from storyboard.plan.change import Change
from storyboard.plan.merged import FieldMerge, Merged, Prefer, Verdict, unmerged
from storyboard.plan.merging import merge_video
from storyboard.plan.plan import PlanOptions
from storyboard.source.span import Span
from storyboard.video import Address, Video


class PullEnd(Enum):
    """What became of a value that people changed in the studio."""

    TAKEN = "taken"
    CONFLICT = "conflict"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class PulledField:
    """One value that people changed in the studio; `reason` says why it is left to the author."""

    address: Address
    item: FieldMerge
    end: PullEnd
    span: Span | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Pull:
    """The files as they should be, what became of each value, and why others have none."""

    rewrites: tuple[Rewrite, ...] = ()
    fields: tuple[PulledField, ...] = ()
    refusals: tuple[StoryboardError, ...] = ()

    @property
    def open_fields(self) -> tuple[PulledField, ...]:
        """The values that the author has to decide on."""
        return tuple(each for each in self.fields if each.end is not PullEnd.TAKEN)

    @property
    def has_any(self) -> bool:
        """Whether there is something to pull, whoever has to write it."""
        return bool(self.fields) or any(rewrite.changes for rewrite in self.rewrites)


async def pull_edits(
    request: Request, compilation: Compilation, prefer: Prefer | None = None
) -> Pull:
    """Return what comes back of the videos that are asked for.

    Where both sides changed a value, `prefer` says whose is right. Raises `ProjectError` where the
    files have errors, and `UsageError` for the translation of a storyboard that is composed.
    """
    require_compiled(compilation)
    if not select(request, compilation):
        return Pull()
    environment = environment_of(request, compilation.project)
    async with open_project(request, environment) as project:
        compared = await project.compare(compilation, PlanOptions(allow_missing=True))
    return pull_compared(request, compilation, compared, prefer)


def pull_compared(
    request: Request,
    compilation: Compilation,
    compared: Comparison,
    prefer: Prefer | None = None,
) -> Pull:
    """Return the same of what the studio was found to hold; asks no studio and writes nothing."""
    wanted = select(request, compilation)
    changes = {change.address: change for change in compared.plan.changes}
    composing = [video for video in wanted if video.compose is not None]
    rewrites, refusals = composed_rewrites(request, compilation, composing, changes)
    fields: list[PulledField] = []
    for videos in _boards(wanted, compilation):
        merged = [_merged(video, wanted, changes, compared, prefer) for video in videos]
        if not any(each.fields for each in merged):
            continue
        try:
            board = pull_board(request, compilation, merged)
        except StoryboardError as refusal:
            refusals.append(refusal)
            continue
        rewrites += board.rewrites
        fields += _fields(merged, board)
    return Pull(tuple(rewrites), tuple(fields), tuple(refusals))


def _boards(wanted: Sequence[Video], compilation: Compilation) -> Iterator[list[Video]]:
    """Yield all videos of each storyboard of which one is wanted, in source order."""
    names = dict.fromkeys(v.address.storyboard for v in wanted if v.compose is None)
    for name in names:
        yield [video for video in compilation.videos if video.address.storyboard == name]


<<<<<<< HEAD
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
    after = compile_project(
        OverlaidFiles(files, {rewrite.path: rewrite.after}),
        paths=[rewrite.path],
        environment=before.project.overlay(request.environment),
        variables=request.variables,
    )
    for finding in after.report.diagnostics:
        if finding.severity is Severity.ERROR:
            raise _not_written(video, finding)


def _not_written(video: Video, fault: Diagnostic) -> StoryboardError:
    return StoryboardError(
        f"the scenes of '{video.address}' cannot be written into '{video.span.file}': "
        f"{fault.message}",
        hint="correct the video in the studio, or compose it again",
=======
def _merged(
    video: Video,
    wanted: Sequence[Video],
    changes: Mapping[Address, Change],
    compared: Comparison,
    prefer: Prefer | None,
) -> Merged:
    change = changes.get(video.address)
    if change is None or video not in wanted or not _is_whole(change):
        return unmerged(video)
    assert change.current is not None
    assert change.applied is not None
    return merge_video(
        video,
        change.current,
        change.applied.written,
        avatars=compared.plan.avatars,
        upserted={id_: fingerprint for fingerprint, id_ in compared.state.avatars.items()},
        prefer=prefer,
>>>>>>> 24b4883a (pull: merge what people edited in the studio into the files)
    )


def _is_whole(change: Change) -> bool:
    """Whether all three sides are there; of a held video the files do not tell what it says."""
    sides = change.sides
    known = sides.applied is not None and sides.current is not None and not sides.adopted
    return known and change.desired is not None and not change.desired.holds


def _fields(merged: Sequence[Merged], board: PulledBoard) -> Iterator[PulledField]:
    for each in merged:
        address = each.video.address
        for item in each.fields:
            if item.verdict is Verdict.CONFLICT:
                yield PulledField(address, item, PullEnd.CONFLICT, item.span)
                continue
            left = board.left.get((address, item.path))
            if left is None:
                yield PulledField(address, item, PullEnd.TAKEN, item.span)
            else:
                yield PulledField(address, item, PullEnd.LEFT, left.span or item.span, left.reason)
