"""How a local studio behaves, whether it is served or lent to a command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

import click

from storyboard.environment_variables import BY_KEY
from storyboard.local_studio.opening import VOICES, studio_packages
from storyboard.wire import GUIDE, PROFILES

if TYPE_CHECKING:
    from storyboard.export.single import SingleStoryboard
    from storyboard.studio.behavior.contract import Contract

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
voices_option = click.option(
    "--voices",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    envvar=VOICES,
    help="Speak with the voices in this folder first.",
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


class Behavior(TypedDict):
    """What these options and the operator's variables say, by the names that studios take it by."""

    contract: Contract
    composer_url: str
    composer_token: str
    page_hosts: tuple[str, ...]
    voices: Path | None


def behavior_of(
    variables: Mapping[str, str],
    profile: str,
    switches: tuple[str, ...],
    composer_url: str,
    page_hosts: tuple[str, ...],
    voices: Path | None,
) -> Behavior:
    """Return how a studio behaves, or a worker for it; raises `UsageError` for a wrong switch."""
    with studio_packages():
        from storyboard.studio.behavior.contract import Contract
    return {
        "contract": Contract.parse(switches, profile),
        "composer_url": composer_url,
        "composer_token": variables.get("STORYBOARD_COMPOSER_TOKEN", ""),
        "page_hosts": page_hosts,
        "voices": voices,
    }


def written(
    video: Mapping[str, Any], avatars: Sequence[Mapping[str, Any]], names: Mapping[str, str]
) -> SingleStoryboard:
    """Write a video as a storyboard, as `export` does, whose code most studios never need."""
    from storyboard.export.single import write_single

    return write_single(video, avatars, names)
