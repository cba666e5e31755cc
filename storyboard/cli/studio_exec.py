"""`storyboard studio exec`: runs a command against a local studio of its own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from storyboard.allowances import Allowances
from storyboard.cli.studio_behavior import (
    behavior_of,
    composer_option,
    contract_option,
    pages_option,
    profile_option,
    voices_option,
    written,
)
from storyboard.cli.studio_reach import workspace_option
from storyboard.counting import listed
from storyboard.environment_variables import BY_KEY
from storyboard.local_studio.opening import places_of, studio_packages
from storyboard.local_studio.quotas import quota_of


@click.command("exec", context_settings={"allow_interspersed_args": False})
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="Listen on this port; 0 chooses a free one.",
)
@workspace_option
@profile_option
@contract_option
@composer_option
@pages_option
@voices_option
@click.argument("words", metavar="COMMAND...", nargs=-1, required=True, type=click.UNPROCESSED)
def execute(
    port: int,
    workspace: Path | None,
    profile: str,
    switches: tuple[str, ...],
    composer_url: str,
    page_hosts: tuple[str, ...],
    voices: Path | None,
    words: tuple[str, ...],
) -> int:
    """Run COMMAND against a local studio of its own.

    The exit code is that of COMMAND.

    The data is temporary unless --workspace is given. COMMAND gets the variables of that studio in
    the place of your own KALTURA_… ones.
    """
    with studio_packages():
        from storyboard.studio.execution import environment_for, run_command, served
        from storyboard.studio.film.process_pool import FilmProcesses
        from storyboard.studio.jobs.makers import Makers
        from storyboard.studio.local import open_studio
        from storyboard.studio.records.served_address import announced
        from storyboard.studio.serving import bind, url_of

    behavior = behavior_of(os.environ, profile, switches, composer_url, page_hosts, voices)
    quota = quota_of(os.environ)
    listener = bind("127.0.0.1", port)
    with _kept_or_temporary(workspace) as directory, FilmProcesses() as films:
        studio = open_studio(
            directory,
            public_url=url_of(listener, "127.0.0.1"),
            makers=Makers(film=films, storyboard=written),
            quota=quota,
            **behavior,
            **places_of(os.environ if workspace else {}),
        )
        with served(studio, listener), announced(*studio.notice):
            variables = studio.variables()
            withheld = _withheld(variables)
            code = run_command(words, environment_for(variables, withheld=withheld))
    if code in (126, 127):
        click.echo(f"error: '{words[0]}' could not be run", err=True)
    return code


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


@contextmanager
def _kept_or_temporary(workspace: Path | None) -> Iterator[Path]:
    if workspace is not None:
        yield workspace
        return
    with tempfile.TemporaryDirectory(prefix="storyboard-studio-") as directory:
        yield Path(directory) / "studio"
