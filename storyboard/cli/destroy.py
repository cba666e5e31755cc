"""`storyboard destroy`: an apply of nothing."""

from __future__ import annotations

import click

from storyboard.apply.standing import Standing
from storyboard.cli.applying import (
    approving,
    observing,
    show_applied,
)
from storyboard.cli.asking import require_answer
from storyboard.cli.held_run import run_held
from storyboard.cli.options import (
    environment_option,
    holding,
    lock_option,
    progress_option,
    request_of_addresses,
)
from storyboard.commands.destroy import destroy_applied
from storyboard.plan.plan import PlanOptions


@click.command("destroy")
@click.argument("targets", metavar="[ADDRESS]...", nargs=-1)
@environment_option
@click.option("-y", "--yes", is_flag=True, help="Skip the confirmation.")
@click.option("--allow-protected", is_flag=True, help="Delete protected videos too.")
@click.option("--allow-missing", is_flag=True,
              help="Continue if most applied videos are gone from the studio.")  # fmt: skip
@lock_option
@progress_option
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    targets: tuple[str, ...],
    environment: str,
    yes: bool,
    allow_protected: bool,
    allow_missing: bool,
    lock_timeout: float | None,
    as_json: bool,
) -> int:
    """Delete applied videos from the studio.

    Without an ADDRESS, all are deleted.

    Only what the state records is deleted, whatever the files say now. Films that were made stay
    as media entries, and files that were saved stay on disk.
    """
    request = request_of_addresses(ctx, targets, environment)
    request = holding(request, "destroy", lock_timeout)
    require_answer(yes, "destroy")
    standing = Standing()
    ask = approving("delete these videos?", yes=yes, as_json=as_json)
    applied = run_held(
        destroy_applied(
            request,
            approve=standing.approving(ask),
            options=PlanOptions(allow_protected=allow_protected, allow_missing=allow_missing),
            observing=standing.observing(observing),
        ),
        standing,
        "storyboard destroy",
    )
    return show_applied(applied, as_json=as_json)
