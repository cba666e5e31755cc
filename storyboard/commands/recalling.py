"""Asks the studio for the state where an environment finds its videos by name. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from storyboard.plan.by_name import Recalled, Told, recall
from storyboard.plan.current import Current, fetch_current
from storyboard.plan.options import PlanOptions
from storyboard.state.model import State
from storyboard.texts import name_key
from storyboard.video import Video

if TYPE_CHECKING:
    from storyboard.kaltura.client import StudioClient


async def recall_state(
    client: StudioClient, cache: State, videos: Sequence[Video], options: PlanOptions
) -> tuple[Recalled, Current]:
    """Return the state of the desired videos as the studio tells it, and what the studio holds.

    A list of videos, and one of the films that no cache knows: a hundred each. Raises as `recall`.
    """
    names = {name_key(video.name) for video in videos}
    current = await fetch_current(client, cache, names)
    told = Told(current.made_at, await held_media(client, options))
    return recall(videos, cache, current, options, told), current


async def held_media(client: StudioClient, options: PlanOptions) -> dict[str, str]:
    """Return what a local studio has for the stand-ins of the files: what films are made of."""
    if not options.media_digests:
        return {}
    there = await client.list_media()
    return {entry: there.get(entry, "") for entry in options.media_digests}
