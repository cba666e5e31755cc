"""One video of a studio as the text of one storyboard file, from what the API says. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storyboard.export.forms import things_of
from storyboard.export.grouping import group_videos
from storyboard.export.naming import name_cast
from storyboard.export.project import storyboard_path, storyboard_text
from storyboard.export.taken import Left, take_video
from storyboard.kaltura.objects import RemoteAvatar, RemoteVideo
from storyboard.plan.current import parse_avatar


@dataclass(frozen=True, slots=True)
class SingleStoryboard:
    """A file's path and text; both are empty if no file can be the video, for the `reasons`."""

    file: str
    text: str
    reasons: tuple[str, ...] = ()


def write_single(
    video: Mapping[str, Any], avatars: Sequence[Mapping[str, Any]], names: Mapping[str, str]
) -> SingleStoryboard:
    """Return a video as a storyboard that compiles to the same payload.

    `video` and `avatars` are objects of the API; `names` are those of entries, by id. Raises
    `MalformedReply` for objects that are none.
    """
    told = (RemoteAvatar.parse(avatar) for avatar in avatars)
    known = {each.id: avatar for each in told if (avatar := parse_avatar(each)) is not None}
    taken = take_video(RemoteVideo.parse(video), known)
    if isinstance(taken, Left):
        return SingleStoryboard("", "", taken.reasons)
    [group] = group_videos([taken], {}, by_locale=False, apart=frozenset())
    path = storyboard_path(group.id)
    return SingleStoryboard(
        path, storyboard_text(path, group, name_cast([things_of(group)], names))
    )
