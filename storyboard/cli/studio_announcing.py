"""Tells where a studio is served, and what that exposes: to people, or in a log without keys."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from storyboard.cli.studio_log import JSON, tell
from storyboard.origins import is_loopback
from storyboard.shell import word
from storyboard.views.json_text import json_line

if TYPE_CHECKING:
    from storyboard.studio.local import Studio


def announce(
    log_format: str, until_end: ExitStack | None, studio: Studio, *, as_json: bool
) -> None:
    """Tell where the studio is; with `until_end`, show it in a browser as long as that lasts.

    Addresses and variables open the studio to whoever reads them. What a log collects has none:
    there they are only given to who asks for them by `as_json`.
    """
    is_collected = log_format == JSON
    if as_json:
        _print_json(studio)
    elif not is_collected:
        _print_exports(studio.variables())
    if not is_collected:
        click.echo(f"make videos at {studio.studio_url}", err=True)
        click.echo(f"see requests and films at {studio.page_url}", err=True)
    if until_end is not None:
        _show(until_end, studio)
    at = "" if studio.here == studio.public_url else f" at {studio.here}"
    tell(log_format, f"serving {studio.public_url}{at}, press Ctrl-C to stop")


def warn_of_exposure(log_format: str, host: str, *, is_encrypted: bool) -> None:
    """Say who can read what is served without TLS, unless this machine alone can."""
    if is_encrypted or is_loopback(host):
        return
    told = (
        f"listening on {host} without TLS: whoever reaches this port can read every "
        "session, video and film that passes; --tls CERT KEY serves HTTPS"
    )
    tell(log_format, told, grave=True)


def _print_json(studio: Studio) -> None:
    told = {
        "url": studio.public_url,
        "studio": studio.studio_url,
        "page": studio.page_url,
        "variables": studio.variables(),
    }
    click.echo(json_line(told), nl=False)


def _print_exports(variables: dict[str, str]) -> None:
    if "KALTURA_REGION" in os.environ:
        click.echo("unset KALTURA_REGION")
    for name, value in variables.items():
        click.echo(f"export {name}={word(value)}")


def _show(until_end: ExitStack, studio: Studio) -> None:
    """Open a browser at the studio for as long as it serves."""
    from storyboard.cli.studio_browser import shown_in_browser

    until_end.enter_context(shown_in_browser(studio.studio_url, studio.workspace.path))
