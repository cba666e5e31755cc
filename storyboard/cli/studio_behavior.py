"""How a local studio behaves, whether it is served or lent to a command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from storyboard.environment_variables import BY_KEY
from storyboard.wire import GUIDE, PROFILES

if TYPE_CHECKING:
    from storyboard.export.single import SingleStoryboard

composer_option = click.option(
    "--composer",
    "composer_url",
    metavar="URL",
    default="",
    envvar="STORYBOARD_COMPOSER_URL",
    help="Use this endpoint to compose scenes; default: offline.",
)
contract_option = click.option(
    "--contract",
    "switches",
    metavar="NAME=VALUE",
    multiple=True,
    help="Set a switch; `studio contract` lists them.",
)
profile_option = click.option(
    "--profile",
    type=click.Choice(PROFILES),
    default=GUIDE,
    show_default=True,
    envvar=BY_KEY["profile"].name,
    help="Answer as this generation of the API does; --contract wins.",
)


films_option = click.option(
    "--films",
    type=click.IntRange(0, 1000),
    metavar="COUNT",
    help="Make COUNT films at once; default: half of the cores.",
)
pages_option = click.option(
    "--allow-page",
    "page_hosts",
    metavar="HOST[:PORT]",
    multiple=True,
    help="Read pages of this host for compositions.",
)


def written(
    video: Mapping[str, Any], avatars: Sequence[Mapping[str, Any]], names: Mapping[str, str]
) -> SingleStoryboard:
    """Write a video as a storyboard, as `export` does, whose code most studios never need."""
    from storyboard.export.single import write_single

    return write_single(video, avatars, names)
