"""`storyboard pull`: write what people edited in the studio into the author's files."""

from __future__ import annotations

from typing import Any

import click

from storyboard.cli.compiling import compile_clean, here
from storyboard.cli.event_loop import run_to_end
from storyboard.cli.given import excluding
from storyboard.cli.options import build_request, project_options
from storyboard.cli.telling import telling_here
from storyboard.commands.pull import Pull, pull_edits
from storyboard.commands.rewriting_files import put_rewrites
from storyboard.errors import ConflictError, ExitCode, FailureCode
from storyboard.plan.merged import Prefer
from storyboard.views.pull import open_fields_line, render_pull_json, render_pull_text
from storyboard.views.wording import printable

_HINT = (
    "change the files, or take the studio's values with --theirs, or keep the files' with --ours; "
    "everything else was taken"
)
_BY_HAND = "write them where the lines above say; everything else was taken"


@click.command("pull")
@project_options
@click.option("--theirs", is_flag=True,
              help="Take the studio's value if both sides changed it.")  # fmt: skip
@click.option("--ours", is_flag=True, help="Keep the file's value if both sides changed it.")
@click.option("--check", is_flag=True,
              help="Exit with 2 if there is something to pull; write nothing.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    theirs: bool,
    ours: bool,
    check: bool,
    dry_run: bool,
    as_json: bool,
    **options: Any,
) -> int:
    """Write what people changed in the studio into the files.

    What only the studio changed is written, what only the files changed stays. What both changed
    is shown and not written. Everything else in the files stays byte for byte.

    Of a storyboard with `compose`, the composed scenes are written into the file.
    """
    if theirs and ours:
        raise excluding("--theirs", "--ours")
    prefer = Prefer.THEIRS if theirs else Prefer.OURS if ours else None
    request = build_request(ctx, **options)
    compilation = compile_clean(request, here)
    pull = run_to_end(pull_edits(request, compilation, prefer))
    writes = not (dry_run or check)
    if writes:
        put_rewrites(request.root, pull.rewrites)
    render = render_pull_json if as_json else render_pull_text
    click.echo(render(pull, written=writes), nl=False)
    for address in pull.held:
        note = f"'{address}' was edited in the studio, and is held: pull it when it is complete"
        click.echo(printable(note), err=True)
    for refusal in pull.refusals:
        telling_here().failed(refusal)
    return _ended(pull, check=check)


def _ended(pull: Pull, *, check: bool) -> int:
    """Return the exit code, and say what is left to the author, or that there is nothing."""
    if check and pull.has_any:
        return ExitCode.CHANGES_PENDING
    if pull.refusals:
        return pull.refusals[0].exit_code
    if pull.open_fields:
        both = any(not field.reason for field in pull.open_fields)
        failure = ConflictError(
            open_fields_line(pull.open_fields),
            hint=_HINT if both else _BY_HAND,
            code=FailureCode.EDITS_OPEN,
        )
        telling_here().failed(failure)
        return failure.exit_code
    if not (pull.has_any or pull.held):
        click.echo("nothing to pull: the studio has no edits that the files lack", err=True)
    return ExitCode.OK
