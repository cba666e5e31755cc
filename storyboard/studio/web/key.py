"""The key that opens the pages of this machine: one a process, exchanged for a session each."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from typing import Final

from storyboard.studio.behavior.refusal import Refusal
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records.guesses import Guess
from storyboard.studio.records.session import ADMIN, PAGE, USER, Session, mint
from storyboard.wire import ErrorCode

SECONDS: Final = 86_400


class PageKey:
    """Owns a key that no file keeps: an address out of a log or a history is dead by then."""

    def __init__(self) -> None:
        self.text: Final = secrets.token_urlsafe(24)

    def open(self, workspace: Workspace, user_id: str, token: str | None, address: str) -> str:
        """Return a session that looks at everything and changes nothing; raises as `_check`."""
        self._check(workspace, token, address)
        return _minted(workspace, user_id, ADMIN, {PAGE: ""})

    def open_as_user(
        self, workspace: Workspace, user_id: str, token: str | None, address: str
    ) -> str:
        """Return a session of the user, who is no admin; raises as `_check`."""
        self._check(workspace, token, address)
        return _minted(workspace, user_id, USER, {})

    def _check(self, workspace: Workspace, token: str | None, address: str) -> None:
        """Refuse whoever has not the key; raises `Refusal`, `TooManyGuesses`."""
        if not token:
            raise Refusal(ErrorCode.MISSING_KS, "The page's key is missing")
        if not hmac.compare_digest(token.encode(), self.text.encode()):
            workspace.guesses.note_wrong(address, Guess.PAGE_KEY, token)
            raise Refusal(ErrorCode.SERVICE_FORBIDDEN, "This is not the key of the page")


def _minted(workspace: Workspace, user_id: str, kind: int, privileges: Mapping[str, str]) -> str:
    with workspace.store.read() as tx:
        until, partner = int(workspace.now(tx)) + SECONDS, workspace.identity.partner_id
    return mint(workspace.identity.admin_secret, Session(partner, user_id, kind, until, privileges))
