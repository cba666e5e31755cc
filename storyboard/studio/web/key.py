"""The key that opens the pages of a studio: one for all of its servers, exchanged for a session.

It is made of the app token of the user whom the pages are of. Whoever deletes that token ends the
key, and the next one is another.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

from storyboard.studio.behavior.refusal import Refusal
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records.guesses import Guess
from storyboard.studio.records.session import ADMIN, PAGE, USER, Session, mint
from storyboard.studio.records.session_rows import (
    AppToken,
    find_usual_app_token,
    usual_app_token,
)
from storyboard.wire import ErrorCode

SECONDS: Final = 86_400
_BYTES: Final = 24
_PURPOSE: Final = "the key of the pages"


class PageKey:
    """Knows the key of a user's pages, which no file keeps: a database has what it is made of."""

    def __init__(self, workspace: Workspace, user_id: str) -> None:
        self._workspace = workspace
        self.user_id: Final = user_id

    @property
    def text(self) -> str:
        """Return the key, made where there is none; raises `StudioError`."""
        known = self._known()
        if known is not None:
            return _key_of(self._workspace, known)
        workspace = self._workspace
        with workspace.store.write() as tx:
            partner, now = workspace.identity.partner_id, workspace.now(tx)
            real = workspace.clock.real()
            made = usual_app_token(tx, partner, self.user_id, now=now, real=real)
            return _key_of(workspace, made)

    def _known(self) -> AppToken | None:
        """Return what it is made of: whoever knocks with a wrong key changes nothing."""
        workspace = self._workspace
        with workspace.store.read() as tx:
            return find_usual_app_token(tx, workspace.identity.partner_id, self.user_id)

    def open(self, token: str | None, address: str) -> str:
        """Return a session that looks at everything and changes nothing; raises as `_check`."""
        self._check(token, address)
        return self._minted(ADMIN, {PAGE: ""})

    def open_as_user(self, token: str | None, address: str) -> str:
        """Return a session of the user, who is no admin; raises as `_check`."""
        self._check(token, address)
        return self._minted(USER, {})

    def _check(self, token: str | None, address: str) -> None:
        """Refuse whoever has not the key; raises `Refusal`, `TooManyGuesses`."""
        if not token:
            raise Refusal(ErrorCode.MISSING_KS, "The page's key is missing")
        known = self._known()
        key = "" if known is None else _key_of(self._workspace, known)
        if known is None or not hmac.compare_digest(token.encode(), key.encode()):
            self._workspace.guesses.note_wrong(address, Guess.PAGE_KEY, token)
            raise Refusal(ErrorCode.SERVICE_FORBIDDEN, "This is not the key of the page")
        self._workspace.token_uses.note(known.id, self._workspace.clock.real())

    def _minted(self, kind: int, privileges: Mapping[str, str]) -> str:
        workspace = self._workspace
        with workspace.store.read() as tx:
            until, partner = int(workspace.now(tx)) + SECONDS, workspace.identity.partner_id
        session = Session(partner, self.user_id, kind, until, privileges)
        return mint(workspace.identity.admin_secret, session)


def _key_of(workspace: Workspace, token: AppToken) -> str:
    """Return the key that goes with an app token, which nobody makes without the studio's secret.

    Whoever has the app token alone is that user, and may not look at what others do.
    """
    told = f"{_PURPOSE}\n{token.id}\n{token.token}".encode()
    found = hmac.digest(workspace.identity.admin_secret.encode(), told, hashlib.sha256)
    return base64.urlsafe_b64encode(found[:_BYTES]).decode()
