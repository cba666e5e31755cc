"""The second table: which actions there are, and what each may still refuse. Data only.

Guide §5 to §9 and §12; the first table, of statuses, is in `transitions` and is always asked first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from storyboard.studio.behavior.contract import Contract
from storyboard.studio.behavior.transitions import Operation, Refused, rules
from storyboard.wire import (
    CATALOG_ACTIONS,
    GUIDE_ACTIONS,
    NEXT,
    NEXT_ACTIONS,
    NEXT_CODES,
    Action,
    ErrorCode,
)

OWN_CODES: Final = frozenset(ErrorCode) - {
    ErrorCode.INVALID_KS,
    ErrorCode.EXPIRED_KS,
    ErrorCode.MISSING_KS,
    ErrorCode.SERVICE_FORBIDDEN,
}
"""The codes that an action answers with; a session's are not among them."""

GUIDE_CODES: Final = OWN_CODES - set(NEXT_CODES)
"""The 14 of guide §12."""

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


_SLIDES: Final = (ErrorCode.ENTRY_NOT_FOUND, ErrorCode.SLIDE_NOT_FOUND)
_GROUND: Final = (ErrorCode.AVATAR_INVALID_BACKGROUND_ID, ErrorCode.BACKGROUND_NOT_FOUND)

NEXT_CONDITIONS: Final[Mapping[Action, tuple[ErrorCode, ...]]] = {
    Action.AVATAR_CREATE: (
        ErrorCode.AVATAR_TEMPLATE_NOT_FOUND,
        ErrorCode.AVATAR_MISSING_VISUAL_RESOLUTION,
        *_GROUND,
    ),
    Action.AVATAR_GET: (ErrorCode.AVATAR_NOT_FOUND,),
    Action.AVATAR_UPDATE: (ErrorCode.AVATAR_NOT_FOUND, *_GROUND),
    Action.AVATAR_CLONE: (ErrorCode.AVATAR_NOT_FOUND,),
    Action.AVATAR_DELETE: (ErrorCode.AVATAR_NOT_FOUND,),
    Action.VIDEO_ADD: (ErrorCode.AVATAR_NOT_FOUND, *_SLIDES),
    Action.VIDEO_UPDATE: (ErrorCode.AVATAR_NOT_FOUND, *_SLIDES),
    Action.VIDEO_COMPOSE: (
        ErrorCode.URLS_NOT_SUPPORTED,
        ErrorCode.TOO_MANY_URLS,
        ErrorCode.TOO_MANY_SOURCES,
        ErrorCode.USER_BRIEF_REQUIRED,
        ErrorCode.PRESENTATION_REQUIRED,
        ErrorCode.VIDEO_REQUIRED,
        *_SLIDES,
        ErrorCode.CAPTIONS_NOT_FOUND,
        ErrorCode.URL_NOT_ACCESSIBLE,
    ),
    Action.VIDEO_GENERATE: (
        *CONDITIONS[Action.VIDEO_GENERATE],
        ErrorCode.VIDEO_GENERATION_ALREADY_IN_PROGRESS,
    ),
    Action.VIDEO_PREVIEW_AUDIO: _SCENE,
    Action.VIDEO_PREVIEW_AUDIO_STREAM: _SCENE,
    Action.VIDEO_PREVIEW_URL: (ErrorCode.URL_PREVIEW_FAILED,),
}
"""The same of the newest generation; which of several sources is at fault is told in this order."""


def is_next(contract: Contract) -> bool:
    """Return whether a studio has the actions of the newest generation."""
    return contract["actions"] == NEXT


def actions_of(contract: Contract) -> tuple[Action, ...]:
    """Return the actions of the API itself, in the documents' order."""
    return NEXT_ACTIONS if is_next(contract) else GUIDE_ACTIONS


def catalog_of(contract: Contract) -> tuple[Action, ...]:
    """Return the actions of the avatar catalog, which only the newest generation has."""
    return CATALOG_ACTIONS if is_next(contract) else ()


def codes_of(action: Action, contract: Contract) -> tuple[ErrorCode, ...]:
    """Return every code that an action can answer, those of statuses first."""
    table = rules(contract)
    cells = (cell for row in OPERATIONS.get(action, ()) for cell in table[row].values())
    of_statuses = (cell.code for cell in cells if isinstance(cell, Refused))
    conditions = NEXT_CONDITIONS if is_next(contract) else CONDITIONS
    return tuple(dict.fromkeys((*of_statuses, *conditions.get(action, ()))))
