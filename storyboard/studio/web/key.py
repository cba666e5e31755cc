"""The key that opens the page: one a process, for a session that looks and changes nothing."""

from __future__ import annotations

import hmac
import secrets
from typing import Final

from storyboard.studio.behavior.refusal import Refusal
from storyboard.studio.records.identity import Identity
from storyboard.studio.records.session import ADMIN, PAGE, Session, mint
from storyboard.wire import ErrorCode

SECONDS: Final = 86_400


class PageKey:
    """Owns a key that no file keeps: an address out of a log or a history is dead by then."""

    def __init__(self) -> None:
        self.text: Final = secrets.token_urlsafe(24)

    def open(self, identity: Identity, user_id: str, token: str | None, now: float) -> str:
        """Return a session for whoever has the key; raises `Refusal`."""
        if not token:
            raise Refusal(ErrorCode.MISSING_KS, "The page's key is missing")
        if not hmac.compare_digest(token.encode(), self.text.encode()):
            raise Refusal(ErrorCode.SERVICE_FORBIDDEN, "This is not the key of the page")
        looks = {PAGE: ""}
        session = Session(identity.partner_id, user_id, ADMIN, int(now) + SECONDS, looks)
        return mint(identity.admin_secret, session)
