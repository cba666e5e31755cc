"""`storyboard explain`: what a diagnostic code means, and what to do about it."""

from __future__ import annotations

import click

from storyboard.codes import CODES
from storyboard.errors import ExitCode, UsageError
from storyboard.language.names import did_you_mean
from storyboard.views.codes import (
    code_form,
    render_code_text,
    render_codes_json,
    render_codes_text,
)
from storyboard.views.json_text import json_text


def _complete(ctx: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    return [name for name in CODES if name.startswith(begun)]


@click.command("explain")
@click.argument("code", required=False, shell_complete=_complete)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def command(code: str | None, as_json: bool) -> int:
    """Explain a diagnostic code, with examples.

    Without CODE, all codes are listed.
    """
    if code is None:
        click.echo(render_codes_json() if as_json else render_codes_text(), nl=False)
        return ExitCode.OK
    known = CODES.get(code.strip("[]").lower())
    if known is None:
        hint = did_you_mean(code, CODES) or "list all codes with: storyboard explain"
        raise UsageError(f"there is no code '{code}'", hint=hint)
    if as_json:
        click.echo(json_text(code_form(known)), nl=False)
    else:
        click.echo(render_code_text(known), nl=False)
    return ExitCode.OK
