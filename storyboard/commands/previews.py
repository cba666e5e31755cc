"""What has to be made in a studio before one can hear a scene or see an avatar, and is thrown away.

The only module of the commands that writes to a studio; everything that stays is made by `apply`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from storyboard.local_studio.processes import is_surely_dead, name_of_this_process
from storyboard.texts import spoken_text
from storyboard.video import Avatar, Layout, Scene, Video

if TYPE_CHECKING:
    from storyboard.kaltura.client import StudioClient

_LISTENING: Final = "being listened to by "
"""What the name of a draft begins with; the process that made it follows."""


async def preview_avatar(client: StudioClient, avatar: Avatar) -> bytes:
    """Return a PNG of an avatar; the studio makes the avatar if it has none like it (guide §5)."""
    remote = await client.upsert_avatar(avatar.payload())
    return await client.preview_avatar(remote.id)


@asynccontextmanager
async def spoken_draft(
    client: StudioClient, video: Video
) -> AsyncIterator[tuple[str, Sequence[str | None]]]:
    """Have a draft that says what the files say; b-roll makes no sound in a preview."""
    await _delete_leftovers(client)
    spoken = replace(video, scenes=tuple(_without_pictures(scene) for scene in video.scenes))
    ids = {a: (await client.upsert_avatar(a.payload())).id for a in spoken.avatars}
    name = f"{_LISTENING}{name_of_this_process()}"
    draft = await client.add_video(spoken.payload(ids) | {"name": name})
    try:
        yield draft.id, [spoken_text(scene.sent or "") for scene in video.scenes]
    finally:
        await client.delete_video(draft.id)


async def _delete_leftovers(client: StudioClient) -> None:
    """Remove drafts whose process was killed while it listened."""
    for video in await client.list_videos():
        owner = video.name.removeprefix(_LISTENING)
        if owner != video.name and is_surely_dead(owner):
            await client.delete_video(video.id)


def _without_pictures(scene: Scene) -> Scene:
    return replace(scene, broll=None, layout=Layout.FULL_SCREEN)
