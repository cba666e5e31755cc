"""`storyboard studio journal|contract`: what was called, and by which rules it was answered."""

from __future__ import annotations

from pathlib import Path

import click

from storyboard.cli.studio_reach import NotServed, ask, workspace_option
from storyboard.views.studio import (
    render_contract_json,
    render_contract_text,
    render_journal_curl,
    render_journal_json,
    render_journal_text,
)
from storyboard.wire import GUIDE


@click.command("journal")
@click.option("--last", type=click.IntRange(1), metavar="N", help="Print only the last N calls.")
@click.option("--curl", "as_curl", is_flag=True,
              help="Print each call as a curl command that repeats it.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects.")
@workspace_option
def journal(workspace: Path | None, last: int | None, as_curl: bool, as_json: bool) -> None:
    """Print the last calls of a served studio, oldest first."""
    calls = ask(workspace, lambda control: control.objects("journal"), served=True)
    if last is not None:
        calls = calls[-last:]
    if as_json:
        text = render_journal_json(calls)
    else:
        text = (render_journal_curl if as_curl else render_journal_text)(calls)
    click.echo(text, nl=False)


@click.command("contract")
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects.")
@workspace_option
def contract(workspace: Path | None, as_json: bool) -> None:
    """Print the switches: value, default and source.

    A studio that is served tells its own values; else these are the defaults.
    """
    try:
        told = ask(workspace, lambda control: control.call("GET", "contract"), served=True)
        switches, profile = told.get("switches", []), str(told.get("profile", GUIDE))
    except NotServed:
        from storyboard.studio.behavior.contract import Contract

        switches, profile = Contract().listing(), GUIDE
    text = render_contract_json(switches) if as_json else render_contract_text(switches, profile)
    click.echo(text, nl=False)
