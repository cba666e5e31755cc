"""Brings what people edited in the studio into the author's files: a merge of three sides.

pull = asyncio.run(pull_edits(request, compile_request(request)))
put_rewrites(request.root, pull.rewrites)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from storyboard.commands.compiled_project import environment_of, require_compiled, select
from storyboard.commands.project import Comparison, open_project
from storyboard.commands.pull_composed import composed_rewrites
from storyboard.commands.pulled_files import PulledBoard, pull_board
from storyboard.commands.request import Request
from storyboard.commands.rewriting import Rewrite
from storyboard.compiler import Compilation
from storyboard.errors import StoryboardError
from storyboard.plan.action import Action
from storyboard.plan.change import Change
from storyboard.plan.merged import FieldMerge, Merged, MergeOutcome, Prefer, unmerged
from storyboard.plan.merging import merge_video
from storyboard.plan.plan import PlanOptions
from storyboard.plan.shown import remote_shown
from storyboard.source.span import Span
from storyboard.video import Address, Video

_TABLES: Final[Mapping[str, str]] = {"say": "say", "title": "titles"}
"""Which table of a file, or of the project, says what a scene in the studio has."""


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
    """The files as they should be, what became of each value, and why others have none.

    `held` are videos that people edited, and whose files do not tell yet what they should say.
    """

    rewrites: tuple[Rewrite, ...] = ()
    fields: tuple[PulledField, ...] = ()
    refusals: tuple[StoryboardError, ...] = ()
    held: tuple[Address, ...] = ()

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
        # No film is made here: a source that only a film would show keeps no scenes back.
        options = PlanOptions(allow_missing=True, generate=False)
        compared = await project.compare(compilation, options)
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
    asked = {video.address for video in wanted} & changes.keys()
    for videos in _boards(wanted, compilation):
        merged = [
            _merged(video, changes[video.address], compared, prefer)
            if video.address in asked
            else unmerged(video)
            for video in videos
        ]
        if not any(each.fields for each in merged):
            continue
        try:
            board = pull_board(request, compilation, merged)
        except StoryboardError as refusal:
            refusals.append(refusal)
            continue
        rewrites += board.rewrites
        fields += _fields(merged, board)
    for video in wanted:
        if video.address in asked and _is_whole(changes[video.address]):
            fields += _of_tables(changes[video.address])
    held = (change.address for change in changes.values() if _is_held_edit(change, compared))
    return Pull(tuple(rewrites), tuple(fields), tuple(refusals), tuple(held))


def _boards(wanted: Sequence[Video], compilation: Compilation) -> Iterator[list[Video]]:
    """Yield all videos of each storyboard of which one is wanted, in source order."""
    boards: dict[str, list[Video]] = {}
    for video in compilation.videos:
        boards.setdefault(video.address.storyboard, []).append(video)
    for name in dict.fromkeys(v.address.storyboard for v in wanted if v.compose is None):
        yield boards[name]


def _merged(video: Video, change: Change, compared: Comparison, prefer: Prefer | None) -> Merged:
    if not _is_whole(change):
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
    )


def _is_held_edit(change: Change, compared: Comparison) -> bool:
    """Whether a held video is another in the studio than it was left there."""
    sides = change.sides
    if change.action is not Action.HOLD or sides.applied is None or sides.current is None:
        return False
    shown = remote_shown(sides.current, compared.plan.avatars)
    return sides.applied.written.observed not in ("", shown.fingerprint)


def _is_whole(change: Change) -> bool:
    """Whether all three sides are there; of a held video the files do not tell what it says."""
    sides = change.sides
    known = sides.applied is not None and sides.current is not None and not sides.adopted
    return known and change.desired is not None and not change.desired.holds


def _of_tables(change: Change) -> Iterator[PulledField]:
    """Yield what people changed of what no scene has: a table says it, of any number of scenes."""
    for each in change.changes:
        table = _TABLES.get(each.path.rpartition(".")[2])
        if each.drift and table is not None:
            sides, scene = (each.after, each.before), each.scene_id
            item = FieldMerge(each.path, each.kind, *sides, span=each.span, scene_id=scene)
            reason = f"`{table}` says it, and may say it of other scenes"
            yield PulledField(change.address, item, PullEnd.LEFT, each.span, reason)


def _fields(merged: Sequence[Merged], board: PulledBoard) -> Iterator[PulledField]:
    for each in merged:
        address = each.video.address
        for item in each.fields:
            if item.verdict is MergeOutcome.CONFLICT:
                yield PulledField(address, item, PullEnd.CONFLICT, item.span)
                continue
            left = board.left.get((address, item.path))
            if left is None:
                yield PulledField(address, item, PullEnd.TAKEN, item.span)
            else:
                yield PulledField(address, item, PullEnd.LEFT, left.span or item.span, left.reason)
