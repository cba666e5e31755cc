"""`video/previewUrl` of the newest generation: what a page of the web shows of itself."""

from __future__ import annotations

from typing import Any

from storyboard.studio.behavior.refusal import Refusal
from storyboard.studio.compose.web_pages import PageError
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records.session import Session
from storyboard.wire import ErrorCode


def preview_url(workspace: Workspace, session: Session, body: dict[str, Any]) -> dict[str, Any]:
    """Return the title and the picture of a page that may be a source."""
    try:
        page = workspace.pages.read(body["url"])
    except PageError as cause:
        raise Refusal(ErrorCode.URL_PREVIEW_FAILED, str(cause)) from cause
    return {"title": page.title, "imageUrl": page.image_url}
