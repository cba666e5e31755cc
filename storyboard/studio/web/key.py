"""The key that opens the page: one a process, for a session that looks and changes nothing."""

from __future__ import annotations

import hmac
import secrets
from typing import Final

from storyboard.studio.behavior.refusal import Refusal
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records.guesses import Guess
from storyboard.studio.records.session import ADMIN, PAGE, Session, mint
from storyboard.wire import ErrorCode

SECONDS: Final = 86_400


class PageKey:
    """Owns a key that no file keeps: an address out of a log or a history is dead by then."""

    def __init__(self) -> None:
        self.text: Final = secrets.token_urlsafe(24)

    def open(self, workspace: Workspace, user_id: str, token: str | None, address: str) -> str:
        """Return a session for whoever has the key; raises `Refusal`, `TooManyGuesses`."""
        if not token:
            raise Refusal(ErrorCode.MISSING_KS, "The page's key is missing")
        if not hmac.compare_digest(token.encode(), self.text.encode()):
            workspace.guesses.note_wrong(address, Guess.PAGE_KEY, token)
            raise Refusal(ErrorCode.SERVICE_FORBIDDEN, "This is not the key of the page")
        until, partner = int(workspace.clock()) + SECONDS, workspace.identity.partner_id
        session = Session(partner, user_id, ADMIN, until, {PAGE: ""})
        return mint(workspace.identity.admin_secret, session)
