"""`storyboard studio`: serves the local studio."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from storyboard.cli.misplaced import refuse_misplaced
from storyboard.cli.studio_announcing import announce, warn_of_exposure
from storyboard.cli.studio_behavior import (
    behavior_of,
    composer_option,
    contract_option,
    films_option,
    pages_option,
    profile_option,
    voices_option,
    written,
)
from storyboard.cli.studio_cache import cache
from storyboard.cli.studio_exec import execute
from storyboard.cli.studio_faults import fault, hold, release, step
from storyboard.cli.studio_key import key
from storyboard.cli.studio_log import log_end, log_to_stderr
from storyboard.cli.studio_media import media
from storyboard.cli.studio_name import part_name
from storyboard.cli.studio_operation import (
    Operation,
    makers_of,
    measures_of,
    metrics_option,
    operating_options,
)
from storyboard.cli.studio_pair import pair
from storyboard.cli.studio_reach import (
    database_option,
    default_workspace,
    files_option,
    signed_files_option,
    workspace_option,
)
from storyboard.cli.studio_records import contract, journal
from storyboard.cli.studio_start import log_start
from storyboard.cli.studio_time import clock, reset, seed, snapshot
from storyboard.cli.studio_token import token
from storyboard.cli.studio_worker import worker
from storyboard.kaltura.secrets import Secret
from storyboard.local_studio.opening import SERVICE, studio_packages
from storyboard.local_studio.quotas import quota_of
from storyboard.origins import is_every_address
from storyboard.tracing.opening import traces_of
from storyboard.wire import STUDIO_PORT

if TYPE_CHECKING:
    from storyboard.studio.local import Studio
    from storyboard.studio.serving import Tls


@click.group("studio", invoke_without_command=True)
@click.option("--port", type=click.IntRange(0, 65535), default=STUDIO_PORT, show_default=True,
              help="Listen on this port; 0 chooses a free one.")  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, help="Listen on this address.")
@click.option(
    "--allow-host",
    metavar="HOST[:PORT]",
    multiple=True,
    help="Allow requests for this host too.",
)
@click.option(
    "--allow-origin",
    metavar="ORIGIN",
    multiple=True,
    help="Allow pages of this origin to play films and call the API.",
)
@click.option(
    "--public-url",
    metavar="URL",
    default="",
    help="Give out addresses that begin so, as behind a proxy.",
)
@click.option(
    "--tls",
    "tls_files",
    metavar="CERT KEY",
    nargs=2,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Serve HTTPS with this certificate and key (PEM files).",
)
@operating_options
@metrics_option
@workspace_option
@profile_option
@contract_option
@composer_option
@pages_option
@voices_option
@database_option
@files_option
@signed_files_option
@films_option
@click.option("--open", "opens", is_flag=True, help="Show the studio in a browser.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON once requests are taken.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    port: int,
    host: str,
    allow_host: tuple[str, ...],
    allow_origin: tuple[str, ...],
    public_url: str,
    tls_files: tuple[Path, Path] | None,
    has_metrics: bool,
    workspace: Path | None,
    profile: str,
    switches: tuple[str, ...],
    composer_url: str,
    page_hosts: tuple[str, ...],
    voices: Path | None,
    database: str,
    files: str,
    signed_files: bool,
    films: int | None,
    opens: bool,
    as_json: bool,
    **operating: Any,
) -> None:
    """Serve the local studio, or run a command against it."""
    if ctx.invoked_subcommand is not None:
        refuse_misplaced(ctx, ctx.invoked_subcommand)
        return
    operation, folder = Operation(**operating), workspace or default_workspace(ctx)
    log_to_stderr(operation.log_format)
    log_start("server", folder, database=database, files=files, voices=voices)
    with studio_packages():  # after the first line: on a slow machine it takes seconds
        from storyboard.studio.local import open_studio
        from storyboard.studio.serving import load_tls

    place = _Place(host, port, load_tls(*tls_files) if tls_files else None, public_url)
    opened = partial(
        open_studio,
        folder,
        **behavior_of(os.environ, profile, switches, composer_url, page_hosts, voices),
        hosts=allow_host,
        guests=allow_origin,
        quota=quota_of(os.environ),
        **_places(database, files, is_signed=signed_files),
        workers=films,
        measures=measures_of(os.environ, has_metrics=has_metrics),
    )
    with ExitStack() as until, closing(traces_of(os.environ, SERVICE)) as traces:
        tell = partial(announce, operation.log_format, until if opens else None, as_json=as_json)
        _serve(partial(opened, traces=traces), place, operation, tell)


def _places(database: str, files: str, *, is_signed: bool) -> dict[str, Any]:
    """Return where rows and files are kept; no output shows the password of the database."""
    return {
        "database": Secret(database).reveal(),
        "files": files,
        "signed_files": is_signed,
    }


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a studio listens, and with which certificate."""

    host: str
    port: int
    tls: Tls | None
    public_url: str


def _serve(
    opened: Callable[..., Studio],
    place: _Place,
    operation: Operation,
    tell: Callable[[Studio], None],
) -> None:
    """Serve what `opened` opens until a signal ends it; `tell` of it once it takes requests."""
    from storyboard.speech_rates import estimate_seconds
    from storyboard.studio.api.security import public_of
    from storyboard.studio.records.served_address import announced
    from storyboard.studio.serving import bind, serve, url_of

    listener = bind(place.host, place.port)
    warn_of_exposure(operation.log_format, place.host, is_encrypted=place.tls is not None)
    with makers_of(operation, written) as makers:
        here = url_of(listener, _reached(place.host), place.tls)
        studio = opened(public_url=public_of(place.public_url) or here, here=here, makers=makers)
        drain = partial(studio.drain, operation.drain)
        # Before anybody waits: what the first film needs held all calls up for a tenth of a second.
        estimate_seconds("1", None)
        with studio, announced(*studio.notice):
            came = serve(studio.app, listener, partial(tell, studio), place.tls, drain)
    log_end(came)


for _command in (
    *(execute, worker, pair, part_name, key, media, cache, journal, contract, fault, hold, release),
    *(step, clock, seed, snapshot, reset, token),
):
    command.add_command(_command)


def _reached(host: str) -> str:
    """Return where this machine reaches what listens on a host: no client calls 0.0.0.0."""
    return "127.0.0.1" if is_every_address(host) else host
