"""`storyboard studio`: serves the local studio, and runs commands against one."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from storyboard.allowances import Allowances
from storyboard.cli.options import refuse_misplaced
from storyboard.cli.studio_cache import cache
from storyboard.cli.studio_faults import fault, hold, release, step
from storyboard.cli.studio_media import media
from storyboard.cli.studio_quota import quota_of
from storyboard.cli.studio_reach import default_workspace, workspace_option
from storyboard.cli.studio_records import contract, journal
from storyboard.cli.studio_time import clock, reset, seed, snapshot
from storyboard.counting import listed
from storyboard.environment_variables import BY_KEY
from storyboard.kaltura.secrets import Secret
from storyboard.local_studio.opening import DATABASE, studio_packages
from storyboard.origins import is_every_address, is_loopback
from storyboard.shell import word
from storyboard.views.json_text import json_line
from storyboard.wire import GUIDE, PROFILES, STUDIO_PORT

if TYPE_CHECKING:
    from storyboard.export.single import SingleStoryboard
    from storyboard.studio.local import Studio


_composer = click.option(
    "--composer",
    "composer_url",
    metavar="URL",
    default="",
    envvar="STORYBOARD_COMPOSER_URL",
    help="Use this endpoint to compose scenes; default: offline.",
)
_contract = click.option(
    "--contract",
    "switches",
    metavar="NAME=VALUE",
    multiple=True,
    help="Set a switch; `studio contract` lists them.",
)
_profile = click.option(
    "--profile",
    type=click.Choice(PROFILES),
    default=GUIDE,
    show_default=True,
    envvar=BY_KEY["profile"].name,
    help="Answer as this generation of the API does; --contract wins.",
)


_pages = click.option(
    "--allow-page",
    "page_hosts",
    metavar="HOST[:PORT]",
    multiple=True,
    help="Read pages of this host for compositions.",
)
_database = click.option(
    "--database",
    metavar="URL",
    default="",
    envvar=DATABASE,
    help="Keep the rows in this PostgreSQL database.",
)


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
    "--tls",
    "tls_files",
    metavar="CERT KEY",
    nargs=2,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Serve HTTPS with this certificate and key (PEM files).",
)
@workspace_option
@_profile
@_contract
@_composer
@_pages
@_database
@click.option("--open", "opens", is_flag=True, help="Show the studio in a browser.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON once requests are taken.")
@click.pass_context
def command(
    ctx: click.Context,
    port: int,
    host: str,
    allow_host: tuple[str, ...],
    allow_origin: tuple[str, ...],
    tls_files: tuple[Path, Path] | None,
    workspace: Path | None,
    profile: str,
    switches: tuple[str, ...],
    composer_url: str,
    page_hosts: tuple[str, ...],
    database: str,
    opens: bool,
    as_json: bool,
) -> None:
    """Serve the local studio, or run a command against it."""
    if ctx.invoked_subcommand is not None:
        refuse_misplaced(ctx, ctx.invoked_subcommand)
        return
    with studio_packages():
        from storyboard.studio.behavior.contract import Contract
        from storyboard.studio.film.process_pool import FilmProcesses
        from storyboard.studio.jobs.makers import Makers
        from storyboard.studio.local import open_studio
        from storyboard.studio.records.served_address import announced
        from storyboard.studio.serving import bind, load_tls, serve, url_of

    behavior, quota = Contract.parse(switches, profile), quota_of(os.environ)
    tls = load_tls(*tls_files) if tls_files else None
    listener = bind(host, port)
    _warn_of_exposure(host, is_encrypted=tls is not None)
    _log_to_stderr()
    with FilmProcesses() as films, ExitStack() as until_end:
        studio = open_studio(
            workspace or default_workspace(ctx),
            public_url=url_of(listener, _reached(host), tls),
            makers=Makers(film=films, storyboard=_written),
            contract=behavior,
            hosts=allow_host,
            guests=allow_origin,
            composer_url=composer_url,
            composer_token=os.environ.get("STORYBOARD_COMPOSER_TOKEN", ""),
            page_hosts=page_hosts,
            quota=quota,
            database=Secret(database).reveal(),
        )
        announce = partial(_announce, studio, until_end if opens else None, as_json=as_json)
        with studio, announced(studio.workspace.path, studio.public_url):
            serve(studio.app, listener, announce, tls)


@command.command("exec", context_settings={"allow_interspersed_args": False})
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="Listen on this port; 0 chooses a free one.",
)
@workspace_option
@_profile
@_contract
@_composer
@_pages
@click.argument("words", metavar="COMMAND...", nargs=-1, required=True, type=click.UNPROCESSED)
def execute(
    port: int,
    workspace: Path | None,
    profile: str,
    switches: tuple[str, ...],
    composer_url: str,
    page_hosts: tuple[str, ...],
    words: tuple[str, ...],
) -> int:
    """Run COMMAND against a local studio of its own.

    The exit code is that of COMMAND.

    The data is temporary unless --workspace is given. COMMAND gets the variables of that studio in
    the place of your own KALTURA_… ones.
    """
    with studio_packages():
        from storyboard.studio.behavior.contract import Contract
        from storyboard.studio.execution import environment_for, run_command, served
        from storyboard.studio.film.process_pool import FilmProcesses
        from storyboard.studio.jobs.makers import Makers
        from storyboard.studio.local import open_studio
        from storyboard.studio.records.served_address import announced
        from storyboard.studio.serving import bind, url_of

    behavior, quota = Contract.parse(switches, profile), quota_of(os.environ)
    listener = bind("127.0.0.1", port)
    with _kept_or_temporary(workspace) as directory, FilmProcesses() as films:
        studio = open_studio(
            directory,
            public_url=url_of(listener, "127.0.0.1"),
            makers=Makers(film=films, storyboard=_written),
            contract=behavior,
            composer_url=composer_url,
            composer_token=os.environ.get("STORYBOARD_COMPOSER_TOKEN", ""),
            page_hosts=page_hosts,
            quota=quota,
            database=os.environ.get(DATABASE, "") if workspace else "",
        )
        with served(studio, listener), announced(studio.workspace.path, studio.public_url):
            variables = studio.variables()
            withheld = _withheld(variables)
            code = run_command(words, environment_for(variables, withheld=withheld))
    if code in (126, 127):
        click.echo(f"error: '{words[0]}' could not be run", err=True)
    return code


for _command in (
    *(media, cache, journal, contract, fault, hold, release, step),
    *(clock, seed, snapshot, reset),
):
    command.add_command(_command)


def _withheld(variables: Mapping[str, str]) -> list[str]:
    """Return the variables of other studios, which COMMAND does not get, and say which they are.

    Those are all that a project may name for a secret, beside the addresses.
    """
    may_be_read = Allowances.of(os.environ).variable
    names = sorted(name for name in os.environ if may_be_read(name) and name not in variables)
    told = [name for name in names if name != BY_KEY["region"].name]
    if told:
        click.echo(f"COMMAND gets this studio's variables, and not {listed(told, 3)}", err=True)
    return names


def _written(
    video: Mapping[str, Any], avatars: Sequence[Mapping[str, Any]], names: Mapping[str, str]
) -> SingleStoryboard:
    """Write a video as a storyboard, as `export` does, whose code most studios never need."""
    from storyboard.export.single import write_single

    return write_single(video, avatars, names)


@contextmanager
def _kept_or_temporary(workspace: Path | None) -> Iterator[Path]:
    if workspace is not None:
        yield workspace
        return
    with tempfile.TemporaryDirectory(prefix="storyboard-studio-") as directory:
        yield Path(directory) / "studio"


def _reached(host: str) -> str:
    """Return where this machine reaches what listens on a host: no client calls 0.0.0.0."""
    return "127.0.0.1" if is_every_address(host) else host


def _announce(studio: Studio, until_end: ExitStack | None, *, as_json: bool) -> None:
    """Tell where the studio is; with `until_end`, show it in a browser as long as that lasts."""
    _tell_addresses(studio, as_json=as_json)
    if until_end is not None:
        _show(until_end, studio)
    click.echo(f"serving {studio.public_url}, press Ctrl-C to stop", err=True)


def _tell_addresses(studio: Studio, *, as_json: bool) -> None:
    variables = studio.variables()
    if as_json:
        told = {
            "url": studio.public_url,
            "studio": studio.studio_url,
            "page": studio.page_url,
            "variables": variables,
        }
        click.echo(json_line(told), nl=False)
    else:
        _print_exports(variables)
    click.echo(f"make videos at {studio.studio_url}", err=True)
    click.echo(f"see requests and films at {studio.page_url}", err=True)


def _print_exports(variables: dict[str, str]) -> None:
    if "KALTURA_REGION" in os.environ:
        click.echo("unset KALTURA_REGION")
    for name, value in variables.items():
        click.echo(f"export {name}={word(value)}")


def _warn_of_exposure(host: str, *, is_encrypted: bool) -> None:
    if not (is_encrypted or is_loopback(host)):
        click.echo(
            f"warning: listening on {host} without TLS: whoever reaches this port can read every "
            "session, video and film that passes; --tls CERT KEY serves HTTPS",
            err=True,
        )


def _show(until_end: ExitStack, studio: Studio) -> None:
    """Open a browser at the studio for as long as it serves."""
    from storyboard.cli.studio_browser import shown_in_browser

    until_end.enter_context(shown_in_browser(studio.studio_url, studio.workspace.path))


def _log_to_stderr() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    for noisy in ("uvicorn", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
