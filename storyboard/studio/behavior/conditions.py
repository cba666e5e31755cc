"""The second table: what each action may still refuse where the status allows it. Data only.

Guide §5 to §9 and §12; the first table, of statuses, is in `transitions` and is always asked first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from storyboard.studio.behavior.transitions import Cell, Operation, Refused
from storyboard.wire import Action, ErrorCode, VideoStatus

GUIDE_CODES: Final = frozenset(ErrorCode) - {
    ErrorCode.INVALID_KS,
    ErrorCode.EXPIRED_KS,
    ErrorCode.MISSING_KS,
    ErrorCode.SERVICE_FORBIDDEN,
}
"""The 14 codes of guide §12; a session's are not among them."""

OPERATIONS: Final[Mapping[Action, tuple[Operation, ...]]] = {
    Action.VIDEO_GET: (Operation.GET,),
    Action.VIDEO_UPDATE: (Operation.RENAME, Operation.EDIT),
    Action.VIDEO_DELETE: (Operation.DELETE,),
    Action.VIDEO_COMPOSE: (Operation.COMPOSE,),
    Action.VIDEO_GENERATE: (Operation.GENERATE,),
    Action.VIDEO_RESET_STATUS: (Operation.RESET,),
    Action.VIDEO_PREVIEW_AUDIO: (Operation.PREVIEW,),
    Action.VIDEO_PREVIEW_AUDIO_STREAM: (Operation.PREVIEW,),
}
"""Which rows of the table of statuses an action asks; an action that is not here asks none."""

_SCENE: Final = (
    ErrorCode.SCENE_NOT_FOUND,
    ErrorCode.SCENE_EMPTY_NARRATION,
    ErrorCode.VIDEO_AVATAR_NOT_CONFIGURED,
)

CONDITIONS: Final[Mapping[Action, tuple[ErrorCode, ...]]] = {
    Action.AVATAR_UPSERT: (ErrorCode.AVATAR_TEMPLATE_NOT_FOUND, ErrorCode.BACKGROUND_NOT_FOUND),
    Action.AVATAR_GET: (ErrorCode.AVATAR_NOT_FOUND,),
    Action.AVATAR_PREVIEW: (ErrorCode.AVATAR_NOT_FOUND, ErrorCode.BACKGROUND_NOT_FOUND),
    Action.VIDEO_ADD: (ErrorCode.AVATAR_NOT_FOUND,),
    Action.VIDEO_UPDATE: (ErrorCode.AVATAR_NOT_FOUND,),
    Action.VIDEO_COMPOSE: (ErrorCode.TOO_MANY_SOURCES, ErrorCode.CAPTIONS_NOT_FOUND),
    Action.VIDEO_GENERATE: (ErrorCode.VIDEO_AVATAR_NOT_CONFIGURED, ErrorCode.TOO_MANY_SOURCES),
    Action.VIDEO_PREVIEW_AUDIO: _SCENE,
    Action.VIDEO_PREVIEW_AUDIO_STREAM: _SCENE,
}
"""In the order in which they are looked at. `TOO_MANY_SOURCES` of generate is a switch's."""


def codes_of(
    action: Action, table: Mapping[Operation, Mapping[VideoStatus, Cell]]
) -> tuple[ErrorCode, ...]:
    """Return every code of the guide that an action can answer, those of statuses first."""
    cells = (cell for row in OPERATIONS.get(action, ()) for cell in table[row].values())
    of_statuses = (cell.code for cell in cells if isinstance(cell, Refused))
    return tuple(dict.fromkeys((*of_statuses, *CONDITIONS.get(action, ()))))
