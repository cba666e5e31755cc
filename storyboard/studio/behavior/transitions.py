"""The table: what each operation does to a video in each status. Data only, nothing happens here.

Guide §3, §6, §7, §9 and §12; where they are silent, the contract's switches speak.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from storyboard.studio.behavior.contract import Contract
from storyboard.wire import FAILED, PROCESSING, ErrorCode, VideoStatus


class Operation(Enum):
    """What can be asked of a video; `video/update` is two, since only scenes are ever locked."""

    GET = "video/get"
    RENAME = "video/update name"
    EDIT = "video/update scenes"
    DELETE = "video/delete"
    COMPOSE = "video/compose"
    GENERATE = "video/generate"
    RESET = "video/resetStatus"
    PREVIEW = "video/previewAudio"


class Effect(Enum):
    """What an allowed operation does to the status."""

    STAYS = "stays"
    COMPOSES = "composing"
    GENERATES = "generating"
    TO_DRAFT = "draft"
    TO_EDITABLE = "composed or draft"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Refused:
    """The operation is refused with a code."""

    code: ErrorCode


Cell = Effect | Refused


def _row(*cells: Cell) -> dict[VideoStatus, Cell]:
    order = (
        VideoStatus.DRAFT,
        VideoStatus.COMPOSING,
        VideoStatus.COMPOSED,
        VideoStatus.COMPOSE_ERROR,
        VideoStatus.GENERATING,
        VideoStatus.READY,
        VideoStatus.GENERATE_ERROR,
    )
    return dict(zip(order, cells, strict=True))


_stay, _gone = Effect.STAYS, Effect.GONE
_comp, _gen = Effect.COMPOSES, Effect.GENERATES
_draft, _edit = Effect.TO_DRAFT, Effect.TO_EDITABLE
_lock = Refused(ErrorCode.VIDEO_IS_PROCESSING)
_noco = Refused(ErrorCode.VIDEO_CANNOT_COMPOSE)
_noge = Refused(ErrorCode.VIDEO_CANNOT_GENERATE)
_runs = Refused(ErrorCode.VIDEO_IS_BEING_GENERATED)
_nore = Refused(ErrorCode.CANNOT_RESET_STATUS)

# fmt: off
TABLE: Final[Mapping[Operation, Mapping[VideoStatus, Cell]]] = {
    #                        draft  compos composd comp-err gener  ready  gen-err
    Operation.GET:      _row(_stay, _stay, _stay,  _stay,   _stay, _stay, _stay),
    Operation.PREVIEW:  _row(_stay, _stay, _stay,  _stay,   _stay, _stay, _stay),
    Operation.RENAME:   _row(_stay, _stay, _stay,  _stay,   _stay, _stay, _stay),
    Operation.EDIT:     _row(_stay, _lock, _stay,  _stay,   _lock, _stay, _stay),
    Operation.DELETE:   _row(_gone, _gone, _gone,  _gone,   _gone, _gone, _gone),
    Operation.COMPOSE:  _row(_comp, _noco, _comp,  _noco,   _noco, _noco, _noco),
    Operation.GENERATE: _row(_gen,  _noge, _gen,   _noge,   _runs, _noge, _noge),
    Operation.RESET:    _row(_nore, _nore, _nore,  _draft,  _nore, _nore, _edit),
}
# fmt: on
"""The guide's table, before the contract's switches."""


def rules(contract: Contract) -> Mapping[Operation, Mapping[VideoStatus, Cell]]:
    """Return the table as the contract's switches have it."""
    table = {operation: dict(row) for operation, row in TABLE.items()}
    locked = Refused(ErrorCode(contract["ready_edit_refusal"]))
    if not contract.holds("failed_videos_editable"):
        for status in FAILED:
            table[Operation.EDIT][status] = locked
    if not contract.holds("ready_videos_editable"):
        table[Operation.EDIT][VideoStatus.READY] = locked
    elif contract["ready_edit_status"] == "editable":
        table[Operation.EDIT][VideoStatus.READY] = Effect.TO_EDITABLE
    if contract.holds("generate_from_ready"):
        table[Operation.GENERATE][VideoStatus.READY] = Effect.GENERATES
    if not contract.holds("delete_while_processing"):
        for status in PROCESSING:
            table[Operation.DELETE][status] = _lock
    return table


STEPS: Final[Mapping[VideoStatus, frozenset[VideoStatus]]] = {
    VideoStatus.COMPOSING: frozenset({VideoStatus.COMPOSED, VideoStatus.COMPOSE_ERROR}),
    VideoStatus.GENERATING: frozenset({VideoStatus.GENERATE_ERROR}),
}
"""Where the control plane may lead a video by hand (guide §3); only a film leads to `ready`."""


def next_status(effect: Effect, current: VideoStatus, *, was_composed: bool) -> VideoStatus:
    """Return the status after an allowed operation that leaves the video there."""
    match effect:
        case Effect.COMPOSES:
            return VideoStatus.COMPOSING
        case Effect.GENERATES:
            return VideoStatus.GENERATING
        case Effect.TO_DRAFT:
            return VideoStatus.DRAFT
        case Effect.TO_EDITABLE:
            return VideoStatus.COMPOSED if was_composed else VideoStatus.DRAFT
        case Effect.STAYS | Effect.GONE:
            return current
