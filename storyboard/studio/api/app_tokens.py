"""Makes, lists and ends app tokens, for the API and for commands. Knows no request."""

from __future__ import annotations

from collections.abc import Iterable

from storyboard.studio.api.authentication import forget_expired
from storyboard.studio.api.session_services import DAY, MAX_EXPIRY
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import session_rows
from storyboard.studio.records.session import ADMIN, USER
from storyboard.studio.records.session_rows import AppToken, KeptAppToken, Maker


def add_app_token(
    workspace: Workspace, user_id: str, *, is_admin: bool = False, days: int | None = None
) -> AppToken:
    """Make an app token of a user, which is good for some days, or until it is ended."""
    with workspace.store.write() as tx:
        now = workspace.now(tx)
        token = session_rows.new_app_token(
            workspace.identity.partner_id,
            user_id=user_id,
            session_type=ADMIN if is_admin else USER,
            expiry=0 if days is None else int(now) + days * DAY,
        )
        real = workspace.clock.real()
        session_rows.add_app_token(tx, token, Maker.COMMAND, now=now, real=real)
    return token


def listed_app_tokens(workspace: Workspace, unused_days: int = 0) -> list[KeptAppToken]:
    """Return the app tokens of which no use is known for so many days, newest first."""
    before = workspace.clock.real() - unused_days * DAY
    with workspace.store.read() as tx:
        kept = session_rows.kept_app_tokens(tx)
    return [each for each in kept if not unused_days or each.unused_since <= before]


def page_token(workspace: Workspace, user_id: str) -> str | None:
    """Return the id of the app token that the key of a user's pages is made of."""
    with workspace.store.read() as tx:
        found = session_rows.find_usual_app_token(tx, workspace.identity.partner_id, user_id)
    return None if found is None else found.id


def end_app_tokens(workspace: Workspace, tokens: Iterable[str]) -> list[str]:
    """Remove app tokens with the sessions that they started; return those that were there."""
    with workspace.store.write() as tx:
        until = int(workspace.now(tx)) + MAX_EXPIRY
        ended = [each for each in tokens if session_rows.delete_app_token(tx, each, until)]
        forget_expired(workspace, tx)
    return ended
