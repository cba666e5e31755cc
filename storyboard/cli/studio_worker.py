"""`storyboard studio worker`: makes films for a studio that others serve."""

from __future__ import annotations

import os
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from storyboard.cli.studio_behavior import (
    behavior_of,
    composer_option,
    contract_option,
    films_option,
    pages_option,
    profile_option,
    voices_option,
)
from storyboard.cli.studio_log import log_to_stderr, tell
from storyboard.cli.studio_operation import Operation, makers_of, operating_options
from storyboard.cli.studio_quota import quota_of
from storyboard.cli.studio_reach import (
    database_option,
    default_workspace,
    files_option,
    workspace_option,
)
from storyboard.counting import counted
from storyboard.kaltura.secrets import Secret
from storyboard.local_studio.opening import SERVICE, studio_packages
from storyboard.tracing.opening import traces_of

if TYPE_CHECKING:
    from storyboard.studio.worker import Worker


@click.command("worker")
@workspace_option
@database_option
@files_option
@films_option
@operating_options
@profile_option
@contract_option
@composer_option
@pages_option
@voices_option
@click.pass_context
def worker(
    ctx: click.Context,
    /,
    workspace: Path | None,
    database: str,
    files: str,
    films: int | None,
    profile: str,
    switches: tuple[str, ...],
    composer_url: str,
    page_hosts: tuple[str, ...],
    voices: Path | None,
    **operating: Any,
) -> None:
    """Make films for a studio that is served elsewhere.

    Any number of workers, on any machines that see the studio's folder, share its films. Give each
    the --workspace and the --database of the studio, and what it is told of how to make films.
    """
    with studio_packages():
        from storyboard.studio.worker import open_worker, work

    operation = Operation(**operating)
    log_to_stderr(operation.log_format)
    with closing(traces_of(os.environ, SERVICE)) as traces, makers_of(operation) as makers:
        opened = open_worker(
            workspace or default_workspace(ctx),
            films=films,
            makers=makers,
            traces=traces,
            **behavior_of(os.environ, profile, switches, composer_url, page_hosts, voices),
            quota=quota_of(os.environ),
            database=Secret(database).reveal(),
            files=files,
        )
        work(opened, partial(_tell, operation.log_format, opened), operation.drain)


def _tell(log_format: str, opened: Worker) -> None:
    place, count = opened.workspace.path, counted(opened.films, "film")
    tell(log_format, f"working for '{place}', {count} at once, press Ctrl-C to stop")
