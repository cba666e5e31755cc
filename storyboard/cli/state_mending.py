"""`storyboard state history|repair|rebuild`: what became of the state, and how it is mended."""

from __future__ import annotations

from typing import Any

import click

from storyboard.cli.asking import confirm, require_answer
from storyboard.cli.held_run import run_held
from storyboard.cli.options import (
    build_request,
    environment_option,
    holding,
    print_report,
    settings_options,
)
from storyboard.cli.recovery import spelled_here
from storyboard.commands.compiled_project import compile_request
from storyboard.commands.request import find_request
from storyboard.commands.state_history import state_history
from storyboard.commands.state_moved import follow_studio
from storyboard.commands.state_rebuild import Rebuilt, rebuild_state
from storyboard.commands.state_repair import repair_state
from storyboard.errors import ExitCode
from storyboard.views.state_mending import (
    render_history_json,
    render_history_text,
    render_rebuilt_json,
    render_rebuilt_text,
    render_repaired_json,
    render_repaired_text,
)


@click.command("history")
@environment_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def history(ctx: click.Context, environment: str, as_json: bool) -> int:
    """List the backups with what changed, newest last."""
    request = find_request((), ctx.find_root().obj, environment=environment)
    render = render_history_json if as_json else render_history_text
    click.echo(render(state_history(request)), nl=False)
    return ExitCode.OK


@click.command("repair")
@environment_option
@click.option("--moved", is_flag=True, help="Update the address of a studio that moved.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def repair(ctx: click.Context, environment: str, moved: bool, as_json: bool) -> int:
    """Correct a state that a killed run or a full disk left.

    Takes the journal of a killed run and a state that was spooled into the file, puts aside what of
    a journal cannot be read, and drops open calls on videos that are no more recorded. No studio is
    asked, but with `--moved`: if the studio at the environment's address has the videos of the
    state, the state belongs to that address from then on.
    """
    request = find_request((), ctx.find_root().obj, environment=environment)
    holder = holding(request, "state repair", None)
    repaired = run_held(follow_studio(holder)) if moved else repair_state(holder)
    render = render_repaired_json if as_json else render_repaired_text
    click.echo(render(repaired), nl=False)
    return ExitCode.OK


@click.command("rebuild")
@settings_options
@click.option("-y", "--yes", is_flag=True, help="Skip the confirmation.")
@click.option("--force", is_flag=True, help="Replace a state that can be read.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def rebuild(ctx: click.Context, /, yes: bool, force: bool, as_json: bool, **options: Any) -> int:
    """Create a lost state again from the videos in the studio.

    A video is recorded if its name and its scenes are as the files say, or if it carries the mark
    of an interrupted apply. If others are found by their name alone, or several have it, you are
    asked first. Nothing is sent.
    """
    request = holding(build_request(ctx, (), **options), "state rebuild", None)
    compilation = compile_request(request)
    print_report(compilation)

    def approve(rebuilt: Rebuilt) -> bool:
        click.echo(spelled_here(render_rebuilt_text(rebuilt)), nl=False, err=True)
        require_answer(yes, "state rebuild")
        return yes or confirm("record these?")

    rebuilt = run_held(rebuild_state(request, compilation, approve=approve, force=force))
    render = render_rebuilt_json if as_json else render_rebuilt_text
    click.echo(spelled_here(render(rebuilt)), nl=False)
    if not rebuilt.written:
        click.echo("nothing was recorded", err=True)
    return ExitCode.OK
