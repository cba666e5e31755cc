"""`storyboard studio token`: who may use a studio, and since when no use of a token is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from storyboard.cli.asking import require_answer
from storyboard.cli.options import json_option, print_result
from storyboard.cli.studio_reach import default_workspace, rows_here, workspace_option
from storyboard.counting import counted
from storyboard.errors import StudioError, UsageError
from storyboard.views.studio import render_tokens_text
from storyboard.wire import MAX_SESSION_DAYS

if TYPE_CHECKING:
    from storyboard.studio.local import Studio
    from storyboard.studio.records.session_rows import KeptAppToken

_LAST_SECOND: Final = datetime.max.replace(tzinfo=UTC).timestamp() - 1

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _unused_option(text: str) -> Callable[[_Command], _Command]:
    return click.option(
        "--unused-days", type=click.IntRange(1), metavar="DAYS", default=None, help=text
    )


@click.group("token")
def token() -> None:
    """Make, list and revoke app tokens of a local studio."""


@token.command("add")
@click.argument("user", metavar="USER")
@click.option("--admin", "is_admin", is_flag=True, help="Make it start admin sessions.")
@click.option("--days", type=click.IntRange(1, MAX_SESSION_DAYS), metavar="DAYS",
              help="Limit its life to DAYS.")  # fmt: skip
@workspace_option
@json_option
@click.pass_context
def add(
    ctx: click.Context,
    user: str,
    is_admin: bool,
    days: int | None,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """Make an app token for USER.

    The token is shown once. Whoever has it makes videos as USER.
    """
    with closing(rows_here(workspace or default_workspace(ctx))) as studio:
        from storyboard.studio.api.app_tokens import add_app_token

        made = add_app_token(studio.workspace, user, is_admin=is_admin, days=days)
        partner = studio.partner_id
    told = {"id": made.id, "token": made.token, "user": user, "partnerId": partner}
    text = f"KALTURA_APP_TOKEN_ID={made.id}\nKALTURA_APP_TOKEN={made.token}\n"
    print_result(told, f"KALTURA_PARTNER_ID={partner}\n{text}", as_json=as_json)


@token.command("list")
@_unused_option("List tokens of which no use is known for DAYS.")
@workspace_option
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects.")
@click.pass_context
def list_(
    ctx: click.Context, unused_days: int | None, workspace: Path | None, as_json: bool
) -> None:
    """List app tokens, newest first, with their last use.

    A use is written within seconds, and then at most once in five minutes. `page key` marks the
    token that the key of the pages is made of.
    """
    with closing(rows_here(workspace or default_workspace(ctx))) as studio:
        of_page = _page_token(studio)
        values = [_told(each, of_page) for each in _found(studio, unused_days)]
    print_result(values, render_tokens_text(values), as_json=as_json)


@token.command("revoke")
@click.argument("ids", metavar="[ID]...", nargs=-1)
@_unused_option("Revoke tokens of which no use is known for DAYS.")
@click.option("--all", "is_all", is_flag=True, help="Revoke all tokens, as after a restore.")
@click.option("-y", "--yes", is_flag=True, help="Skip the confirmation.")
@workspace_option
@json_option
@click.pass_context
def revoke(
    ctx: click.Context,
    ids: tuple[str, ...],
    unused_days: int | None,
    is_all: bool,
    yes: bool,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """Revoke app tokens, and end their sessions.

    Give the ids, or `--unused-days`: `token list` with the same option shows which ones that are.
    With `--all`, each person and each machine needs a new one.
    """
    if [bool(ids), unused_days is not None, is_all].count(True) != 1:
        raise UsageError(
            "token revoke needs one of ID, --unused-days and --all",
            hint="see which tokens there are: storyboard studio token list",
        )
    with closing(rows_here(workspace or default_workspace(ctx))) as studio:
        chosen = ids or tuple(each.token.id for each in _found(studio, unused_days))
        _refuse_unknown(studio, chosen)
        if chosen and not ids:
            _confirm(chosen, unused_days, yes=yes)
        from storyboard.studio.api.app_tokens import end_app_tokens

        revoked = end_app_tokens(studio.workspace, chosen)
    lines = "".join(f"revoked {each}\n" for each in revoked)
    print_result({"revoked": revoked}, lines or "nothing to revoke\n", as_json=as_json)


def _confirm(chosen: Sequence[str], days: int | None, *, yes: bool) -> None:
    require_answer(yes, "studio token revoke")
    if not yes:
        told = counted(len(chosen), "app token")
        unused = f" unused for {counted(days, 'day')}" if days else ""
        click.confirm(f"revoke {told}{unused}, and end the sessions?", abort=True, err=True)


def _refuse_unknown(studio: Studio, chosen: Sequence[str]) -> None:
    known = {each.token.id for each in _found(studio, None)}
    for each in chosen:
        if each not in known:
            raise StudioError(
                f"there is no app token '{each}'; nothing was changed",
                hint="see which ones there are: storyboard studio token list",
            )


def _found(studio: Studio, unused_days: int | None) -> list[KeptAppToken]:
    from storyboard.studio.api.app_tokens import listed_app_tokens

    return listed_app_tokens(studio.workspace, unused_days or 0)


def _page_token(studio: Studio) -> str | None:
    from storyboard.studio.api.app_tokens import page_token
    from storyboard.studio.local import DEFAULT_USER

    return page_token(studio.workspace, DEFAULT_USER)


def _told(kept: KeptAppToken, page_token: str | None) -> Mapping[str, Any]:
    return {
        "id": kept.token.id,
        "user": kept.token.session_user_id,
        "isAdmin": kept.token.session_type != 0,
        "madeBy": kept.made_by.value or None,
        "isPageKey": kept.token.id == page_token,
        "madeAt": _moment(kept.created_at),
        "usedAt": _moment(kept.used_at),
        "watchedFrom": _moment(kept.watched_from),
        "expiresAt": _moment(kept.token.expiry),
    }


def _moment(seconds: float) -> str | None:
    """Return a time as JSON has it, `None` for none, and for one that no calendar has.

    The API takes any expiry: one in milliseconds is some fifty thousand years ahead.
    """
    if not 0 < seconds <= _LAST_SECOND:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
