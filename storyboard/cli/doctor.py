"""`storyboard doctor`: whether machine, settings, credentials and studio are fit for work."""

from __future__ import annotations

import sys

import click

from storyboard.cli.event_loop import run_to_end
from storyboard.cli.options import environment_option, wants_color
from storyboard.cli.recovery import findings_here
from storyboard.cli.telling import telling_here
from storyboard.commands.doctor import examine, exit_code_of
from storyboard.commands.doctor_finding import Level
from storyboard.commands.request import find_request
from storyboard.errors import ExitCode, FailureCode, StoryboardError
from storyboard.kaltura.secrets import redact
from storyboard.views.doctor import render_findings_json, render_findings_text


@click.command("doctor")
@environment_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(ctx: click.Context, environment: str, as_json: bool) -> int:
    """Check the machine, the settings, credentials and studio.

    Exit code 4 where the credentials are the problem, 1 for any other. Secrets are never shown.
    """
    request = find_request((), ctx.find_root().obj, environment=environment)
    findings = findings_here(run_to_end(examine(request)))
    if as_json:
        text = render_findings_json(findings)
    else:
        text = render_findings_text(findings, color=wants_color(sys.stdout))
    click.echo(redact(text), nl=False)
    code = exit_code_of(findings)
    problems = [found for found in findings if found.level is Level.PROBLEM]
    kind = FailureCode.PROBLEMS_FOUND if code == ExitCode.FAILURE else FailureCode.of(code)
    for each in problems:
        said = f"{each.topic}: {each.message}"
        telling_here().noted(StoryboardError(said, hint=each.hint, code=kind))
    return code
