"""What somebody did in the studio while a plan is carried out, as a conflict that names the scenes.

Two questions, and two answers to each video: does it still show what the plan saw, and would its
film show what is wanted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Final

from storyboard.apply.run import Run
from storyboard.errors import ConflictError
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.action import Action
from storyboard.plan.alike import Namesakes
from storyboard.plan.change import Change
from storyboard.plan.diff import compare_videos
from storyboard.plan.matching import identify_scenes
from storyboard.plan.name_claims import shows_wanted
from storyboard.plan.refusal import shortened
from storyboard.plan.shown import ShownVideo, remote_shown
from storyboard.state.model import SceneRecord, VideoRecord
from storyboard.video import Address, Avatar, Video
from storyboard.wire import VideoStatus

_OVERWRITE: Final = "plan again to see what would be overwritten"


def asked_of_studio(change: Change) -> tuple[Action, ...]:
    """Return the actions of a change that ask something of the studio, in their order."""
    ours = (Action.MOVE, Action.PUBLISH, *((Action.UPDATE,) if change.edit.of_state else ()))
    return tuple(action for action in change.actions if action not in ours)


async def edits_since_plan(
    run: Run, changes: Sequence[Change], videos: Sequence[RemoteVideo]
) -> dict[Address, ConflictError]:
    """Find the conflicts of changes whose videos are gone, or show something else than planned.

    A list may be late, so that a difference is looked at again by the video's id.
    """
    live: dict[str, RemoteVideo | None] = {video.id: video for video in videos}
    found = {}
    for change in changes:
        planned, record = change.current, run.ledger.video(change.address)
        if planned is None:
            continue
        now = live.get(planned.id)
        if _is_done(run, change, now):
            continue
        if now is not None and edited_since(planned, now, run.plan.avatars, record):
            now = await run.studio.get_video(planned.id)
        if now is not None:
            conflict = edited_since(planned, now, run.plan.avatars, record)
        elif change.action is not Action.DELETE:
            conflict = ConflictError(
                f"video '{planned.id}' was deleted since the plan was made", hint="plan again"
            )
        else:
            conflict = None
        if conflict is not None:
            found[change.address] = conflict
    return found


def _is_done(run: Run, change: Change, now: RemoteVideo | None) -> bool:
    """Whether another run, which finds its videos by the same names, did what was planned."""
    if not run.plan.by_name or change.desired is None or now is None:
        return False
    return shows_wanted(change.desired, now, run.plan.avatars)


def edited_since(
    planned: RemoteVideo,
    now: RemoteVideo,
    avatars: Mapping[str, Avatar],
    record: VideoRecord | None,
) -> ConflictError | None:
    """Return the conflict of a video that shows something else than when the plan was made.

    What a composition writes meanwhile is nobody's edit.
    """
    if planned.status is VideoStatus.COMPOSING or _sent_same(planned, now):
        return None
    before, after = remote_shown(planned, avatars), remote_shown(now, avatars)
    if before == after:
        return None
    recorded = () if record is None else record.written.scenes
    return ConflictError(
        f"video '{planned.id}' was edited in the studio since the plan was made: "
        f"{shortened([*_differences(before, after, recorded)])}",
        hint=_OVERWRITE,
    )


def _sent_same(one: RemoteVideo, other: RemoteVideo) -> bool:
    """Whether two looks brought the very same, as nearly all do: it shows the same, too."""
    return (one.name, one.avatar_id, one.scenes) == (other.name, other.avatar_id, other.scenes)


def appeared_since(
    run: Run, videos: Sequence[RemoteVideo]
) -> Iterator[tuple[Address, ConflictError]]:
    """Yield what would be created beside a video of its name that the plan's list did not show.

    A list may be empty for once: a second one that says the same is what a creation rests on. Where
    names are keys, whatever has the name is taken, also if another run made it meanwhile.
    """
    if run.plan.by_name:
        return
    known = run.plan.seen | run.ledger.state.video_ids
    namesakes = Namesakes(video for video in videos if video.id not in known)
    for change in run.plan.changes:
        if change.action is not Action.CREATE or change.applied is not None:
            continue
        assert change.desired is not None
        for video in namesakes.of(change.desired)[:1]:
            yield (
                change.address,
                ConflictError(
                    f"the studio has '{video.id}' of this name, which was not there when the plan "
                    "was made",
                    hint="plan again; nothing was created",
                ),
            )


def unwanted(run: Run, video: Video, live: RemoteVideo) -> tuple[str, ...]:
    """Name what a film of a video as it stands would show otherwise than wanted.

    None where such a film is the wanted one: what the studio is known to make of our values is no
    difference.
    """
    written = run.ledger.state.videos[video.address].written
    found = compare_videos(video, run.shown(live), written)
    return tuple(dict.fromkeys(_place(change.scene_id) for change in found if change.shows))


def not_as_wanted(live: RemoteVideo, places: Sequence[str], effect: str) -> ConflictError:
    """Return the conflict of a video that shows something else than wanted, and its `effect`."""
    return ConflictError(
        f"video '{live.id}' was edited in the studio meanwhile: {shortened(places)}; {effect}",
        hint="see the edit with `storyboard plan`; take it into the files, or apply again to "
        "overwrite it",
    )


def _differences(
    before: ShownVideo, after: ShownVideo, recorded: Sequence[SceneRecord]
) -> Iterator[str]:
    if before.name != after.name:
        yield "name"
    if before.presenter != after.presenter:
        yield _place("")
    ids = identify_scenes(before.scenes, recorded)
    for index, (one, other) in enumerate(zip_longest(before.scenes, after.scenes)):
        if one != other:
            known = ids[index] if index < len(ids) else None
            yield _place(known or f"#{index + 1}")


def _place(scene_id: str) -> str:
    """Name a scene by our id, or by its number where it has none; without either, the avatar."""
    if not scene_id:
        return "avatar"
    return f"scene {scene_id}" if scene_id.startswith("#") else f"scene '{scene_id}'"
