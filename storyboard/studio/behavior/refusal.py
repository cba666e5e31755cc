"""What the studio says no with: a code, a message, and the values that belong to them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from storyboard.wire import ErrorCode


class StudioCode(Enum):
    """Codes that the guide does not list but an answer needs."""

    VIDEO_NOT_FOUND = "VIDEO_NOT_FOUND"
    VALIDATION_ERROR = "VALIDATION_ERROR"
    UNKNOWN_ACTION = "UNKNOWN_ACTION"
    NOT_EMULATED = "NOT_EMULATED"
    INTERNAL_SERVER_ERROR = "INTERNAL_SERVER_ERROR"
    ENTRY_ID_NOT_FOUND = "ENTRY_ID_NOT_FOUND"
    CAPTION_ASSET_ID_NOT_FOUND = "CAPTION_ASSET_ID_NOT_FOUND"
    ENTRY_ALREADY_EXISTS = "ENTRY_ALREADY_EXISTS"
    ENTRY_ALREADY_WITH_CONTENT = "ENTRY_ALREADY_WITH_CONTENT"
    UPLOAD_TOKEN_NOT_FOUND = "UPLOAD_TOKEN_NOT_FOUND"
    UPLOAD_TOKEN_INVALID_STATUS_FOR_UPLOAD = "UPLOAD_TOKEN_INVALID_STATUS_FOR_UPLOAD"
    UPLOAD_TOKEN_INVALID_STATUS_FOR_ADD_ENTRY = "UPLOAD_TOKEN_INVALID_STATUS_FOR_ADD_ENTRY"
    UPLOAD_TOKEN_CANNOT_RESUME = "UPLOAD_TOKEN_CANNOT_RESUME"
    QUOTA_EXCEEDED = "QUOTA_EXCEEDED"
    MEDIA_NOT_SUPPORTED = "MEDIA_NOT_SUPPORTED"
    SERVICE_DOES_NOT_EXISTS = "SERVICE_DOES_NOT_EXISTS"
    MISSING_MANDATORY_PARAMETER = "MISSING_MANDATORY_PARAMETER"
    NO_SEARCH_OPERATOR = "EMPTY SEARCH OPERATOR IS NOT ALLOWED"
    NO_SEARCH_ITEMS = "EMPTY SEARCH ITEMS ARE NOT ALLOWED"
    NO_SEARCH_TERM = "EMPTY SEARCH TERM IS NOT ALLOWED"
    SEARCH_TYPE_NOT_ALLOWED = "SEARCH_TYPE_NOT_ALLOWED_ON_FIELD"
    SEARCH_TYPE_NOT_UNIFIED = "SEARCH TYPE IS NOT ALLOWED ON UNIFIED SEARCH"
    SEARCH_TOO_GENERAL = "SEARCH_TOO_GENERAL"
    CRITERIA_EXCEEDED_MAX_MATCHES_ALLOWED = "CRITERIA_EXCEEDED_MAX_MATCHES_ALLOWED"
    START_SESSION_ERROR = "START_SESSION_ERROR"
    START_WIDGET_SESSION_ERROR = "START_WIDGET_SESSION_ERROR"
    APP_TOKEN_ID_NOT_FOUND = "APP_TOKEN_ID_NOT_FOUND"
    APP_TOKEN_NOT_ACTIVE = "APP_TOKEN_NOT_ACTIVE"
    APP_TOKEN_EXPIRED = "APP_TOKEN_EXPIRED"
    INVALID_APP_TOKEN_HASH = "INVALID_APP_TOKEN_HASH"
    SNAPSHOT_NOT_FOUND = "SNAPSHOT_NOT_FOUND"
    SNAPSHOT_NOT_SUPPORTED = "SNAPSHOT_NOT_SUPPORTED"
    VOICE_NOT_AVAILABLE = "VOICE_NOT_AVAILABLE"


class Refusal(Exception):
    """An answer that is a KalturaAPIException; `values` become its `args`.

    The hint is for who asks the studio in this process: no answer of the API has one.
    """

    def __init__(
        self,
        code: ErrorCode | StudioCode,
        message: str,
        values: Mapping[str, str] | None = None,
        *,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.values = values or {}
        self.hint = hint
