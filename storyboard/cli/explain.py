"""`storyboard explain`: what a diagnostic code means, and what to do about it."""

from __future__ import annotations

import click

from storyboard.codes import CODES
from storyboard.errors import ExitCode, FailureCode, UsageError
from storyboard.language.names import did_you_mean
from storyboard.views.codes import (
    render_code_text,
    render_codes_json,
    render_codes_text,
    render_failure_text,
)


def _complete(ctx: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    names = (*CODES, *(each.value for each in FailureCode))
    return [name for name in names if name.startswith(begun)]


@click.command("explain")
@click.argument("code", required=False, shell_complete=_complete)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def command(code: str | None, as_json: bool) -> int:
    """Explain a diagnostic code, with examples.

    Without CODE, all codes are listed. The `code` of an error in JSON is explained too.
    """
    if code is None:
        click.echo(render_codes_json() if as_json else render_codes_text(), nl=False)
        return ExitCode.OK
    name = code.strip("[]").lower()
    known, failures = CODES.get(name), {each.value: each for each in FailureCode}
    if known is None and name not in failures:
        near = did_you_mean(code, CODES) or did_you_mean(code, failures)
        hint = near or "list all codes with: storyboard explain"
        raise UsageError(f"there is no code '{code}'", hint=hint)
    if as_json:
        found = render_codes_json((known,) if known else (), () if known else (failures[name],))
    else:
        found = render_code_text(known) if known else render_failure_text(failures[name])
    click.echo(found, nl=False)
    return ExitCode.OK
