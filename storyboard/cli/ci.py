"""`storyboard ci`: what a pipeline does besides checking, planning and applying."""

from __future__ import annotations

import os
from typing import BinaryIO, Final

import click

from storyboard.cli import ci_apply
from storyboard.cli.event_loop import run_to_end
from storyboard.cli.options import json_option, print_result
from storyboard.cli.pull_request_options import pull_request_options
from storyboard.commands.ci_comment import post_comment
from storyboard.commands.pull_requests import Job
from storyboard.decoding import NotText, decode_text
from storyboard.errors import ExitCode, UsageError
from storyboard.views.plan_markdown import render_no_plan_markdown
from storyboard.views.wording import printable

_MOST_BYTES: Final = 8 << 20
"""A comment of GitLab may have a million characters; more than that is another file."""


@click.group("ci")
def command() -> None:
    """Show the plan on the pull request of a CI job."""


@command.command("comment")
@click.option("--body", type=click.File("rb"), default="-", metavar="FILE",
              help="Take the text from this file, not from standard input.")  # fmt: skip
@click.option("-e", "--environment", metavar="NAME",
              help="Name the environment without a plan, if the text is empty.")  # fmt: skip
@pull_request_options
@json_option
def comment(
    body: BinaryIO,
    environment: str | None,
    forge: str | None,
    number: int | None,
    as_json: bool,
) -> int:
    """Write or renew one comment of the job's pull request.

    Reads what `storyboard plan --format markdown` prints. The comment of an environment is written
    once and edited from then on; one of another author is never touched. An empty text writes
    nothing without -e.
    """
    text = _text(body)
    if not text.strip() and environment is not None:
        text = render_no_plan_markdown(environment=environment)
    if not text.strip():
        click.echo("nothing to write: the text is empty", err=True)
        print_result({"where": None, "posting": "none", "url": None}, "", as_json=as_json)
        return ExitCode.OK
    where, posted = run_to_end(post_comment(text, Job(os.environ, forge, number)))
    posting, url = posted.posting.value, posted.comment.url
    click.echo(printable(f"{where}: comment {posting}"), err=True)
    told = {"where": str(where), "posting": posting, "url": url or None}
    print_result(told, f"{printable(url)}\n" if url else "", as_json=as_json)
    return ExitCode.OK


command.add_command(ci_apply.command)


def _text(body: BinaryIO) -> str:
    if body.isatty():
        raise UsageError(
            "there is no text", hint="storyboard plan --format markdown | storyboard ci comment"
        )
    given = body.read(_MOST_BYTES + 1)
    if len(given) > _MOST_BYTES:
        raise UsageError(f"the text is larger than {_MOST_BYTES >> 20} MB")
    try:
        return decode_text(given).replace("\r\n", "\n")
    except NotText as cause:
        raise UsageError(str(cause)) from cause
