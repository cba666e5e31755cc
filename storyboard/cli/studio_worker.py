"""`storyboard studio worker`: makes films for a studio that others serve."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
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
from storyboard.cli.studio_log import log_end, log_to_stderr, tell
from storyboard.cli.studio_operation import (
    METRICS_TOKEN,
    Operation,
    makers_of,
    measures_of,
    operating_options,
    worker_metrics_option,
    worker_probes_option,
)
from storyboard.cli.studio_reach import (
    database_option,
    default_workspace,
    files_option,
    workspace_option,
)
from storyboard.cli.studio_start import log_start
from storyboard.counting import counted
from storyboard.errors import UsageError
from storyboard.kaltura.secrets import Secret
from storyboard.local_studio.opening import SERVICE, studio_packages
from storyboard.local_studio.quotas import quota_of
from storyboard.tracing.opening import traces_of
from storyboard.whole_numbers import whole_number

_LAST_PORT = 65535

if TYPE_CHECKING:
    from storyboard.studio.jobs.workspace import Workspace
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
@worker_metrics_option
@worker_probes_option
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
    metrics_at: str | None,
    probes_at: str | None,
    **operating: Any,
) -> None:
    """Make films for a studio that is served elsewhere.

    Any number of workers, on any machines that see the studio's folder, share its films. Give each
    the --workspace and the --database of the studio, and what it is told of how to make films.
    """
    operation, place = Operation(**operating), workspace or default_workspace(ctx)
    log_to_stderr(operation.log_format)
    log_start("worker", place, database=database, files=files, voices=voices)
    with studio_packages():  # after the first line: on a slow machine it takes seconds
        from storyboard.studio.worker import open_worker, work

    measures = measures_of(os.environ, has_metrics=metrics_at is not None)
    with ExitStack() as until, makers_of(operation) as makers:
        listeners = until.enter_context(_listening(metrics_at, probes_at))
        traces = until.enter_context(closing(traces_of(os.environ, SERVICE)))
        opened = open_worker(
            place,
            films=films,
            makers=makers,
            traces=traces,
            measures=measures,
            **behavior_of(os.environ, profile, switches, composer_url, page_hosts, voices),
            quota=quota_of(os.environ),
            database=Secret(database).reveal(),
            files=files,
        )
        until.enter_context(_answering(opened.workspace, listeners))
        ready = partial(_tell, operation.log_format, opened, listeners)
        came = work(opened, ready, operation.drain)
    log_end(came)


@dataclass(frozen=True, slots=True)
class _Listeners:
    """Where a worker answers: a collector, who asks whether it lives, both or none."""

    metrics: socket.socket | None = None
    probes: socket.socket | None = None


@contextmanager
def _listening(metrics_at: str | None, probes_at: str | None) -> Iterator[_Listeners]:
    """Listen as long as the block runs; raises `UsageError` for what is no address.

    Also where no collector could show a token.
    """
    if metrics_at and not os.environ.get(METRICS_TOKEN):
        raise UsageError(
            f"--metrics of a worker needs the variable {METRICS_TOKEN}",
            hint="set it to a long random text: the token that the collector sends",
        )
    with ExitStack() as until:
        metrics = until.enter_context(_bound(metrics_at, "--metrics")) if metrics_at else None
        probes = until.enter_context(_bound(probes_at, "--probes")) if probes_at else None
        yield _Listeners(metrics, probes)


def _bound(place: str, option: str) -> socket.socket:
    from storyboard.studio.serving import bind

    host, _, port = place.rpartition(":")
    if not host or (number := whole_number(port)) is None or number > _LAST_PORT:
        raise UsageError(
            f"'{place}' is not an address to listen at", hint="write HOST:PORT: 127.0.0.1:9464"
        )
    return bind(
        host.removeprefix("[").removesuffix("]"), number, f"choose another address for {option}"
    )


@contextmanager
def _answering(workspace: Workspace, listeners: _Listeners) -> Iterator[None]:
    """Answer who asks there as long as the block runs; one look serves both."""
    from storyboard.studio.api.probes import Probes
    from storyboard.studio.api.slow_calls import Threads
    from storyboard.studio.app import build_probed_app, build_worker_app
    from storyboard.studio.execution import answering

    with ExitStack() as until:
        probes = Probes(workspace, until.enter_context(closing(Threads())), makes_films=True)
        if listeners.metrics is not None:
            app = build_worker_app(workspace, probes)
            until.enter_context(answering(app, listeners.metrics))
        if listeners.probes is not None:
            app = build_probed_app(workspace, probes)
            until.enter_context(answering(app, listeners.probes))
        yield


def _tell(log_format: str, opened: Worker, listeners: _Listeners) -> None:
    place, count = opened.workspace.path, counted(opened.films, "film")
    tell(log_format, f"working for '{place}', {count} at once, press Ctrl-C to stop")
    if listeners.metrics is not None:
        tell(log_format, f"metrics at {_address_of(listeners.metrics)}/metrics")
    if listeners.probes is not None:
        tell(log_format, f"probes at {_address_of(listeners.probes)}/readyz")


def _address_of(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"
