"""`storyboard wait`: until the films that are under way have ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from storyboard.cli.applying import observing, same_again
from storyboard.cli.held_run import run_held
from storyboard.cli.options import (
    environment_option,
    progress_option,
    request_of_addresses,
    tell_nothing_applied,
)
from storyboard.cli.telling import telling_here
from storyboard.commands.wait import End, Patience, Waited, exit_code_of, wait_for_films
from storyboard.errors import FailureCode, StoryboardError
from storyboard.views.resuming import resume_line, resume_to_dict
from storyboard.views.status import render_waited_json, render_waited_text


@click.command("wait")
@click.argument("targets", metavar="[ADDRESS]...", nargs=-1)
@environment_option
@click.option("--timeout", type=click.FloatRange(0), metavar="SECONDS",
              help="Stop waiting after SECONDS, with exit code 10.")  # fmt: skip
@progress_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    targets: tuple[str, ...],
    environment: str,
    timeout: float | None,
    as_json: bool,
) -> int:
    """Wait for films that are being made.

    The exit code is 0 if all are ready, 9 if one failed, and 10 if one is still being made.

    Starts nothing. Interrupting detaches: films go on being made (in the local studio, as soon as
    a command works with it again). The next apply records what was made.
    """
    request = request_of_addresses(ctx, targets, environment)
    waited = run_held(wait_for_films(request, Patience(timeout), observing))
    if not waited and not as_json:
        tell_nothing_applied()
    running = {item.address: item.video_id for item in waited if item.end is End.RUNNING}
    resume = same_again() if running else None
    if as_json:
        click.echo(render_waited_json(waited, resume=resume), nl=False)
    else:
        click.echo(render_waited_text(waited), nl=False)
        if resume is not None:
            click.echo(resume_line(resume, running), nl=False)
    details = {} if resume is None else {"resume": resume_to_dict(resume, running)}
    for failure in _failures(waited):
        telling_here().noted(failure, **details)
    return exit_code_of(waited)


def _failures(waited: Iterable[Waited]) -> Iterator[StoryboardError]:
    for item in waited:
        code = _CODES.get(item.end)
        if code is not None:
            said = f"{item.address}: {item.reason or item.end.value}"
            yield StoryboardError(said, hint=item.hint, code=code)


_CODES = {
    End.FAILED: FailureCode.FILM_FAILED,
    End.RUNNING: FailureCode.DETACHED,
    End.GONE: FailureCode.VIDEO_GONE,
}
