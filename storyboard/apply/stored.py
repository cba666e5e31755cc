"""Looks at the names that a studio stored, which its answers may not tell. Edits nothing.

An answer may say what was sent, and the list what became of it: a name that is cut, other quotes.
Recorded as the answer had it, each later plan would take that for somebody's edit. Scenes are not
taken from here: somebody may have edited them since, and what they say is filmed.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from storyboard.apply.conflicts import unwanted
from storyboard.apply.run import Run
from storyboard.errors import StudioError
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.confirmed import confirmed_record
from storyboard.plan.current import ours
from storyboard.plan.shown import field_digest
from storyboard.state.model import State
from storyboard.texts import normal_text
from storyboard.video import Video


async def record_as_stored(run: Run) -> None:
    """Record the names that one list shows of what this run wrote, as long as nobody else did."""
    if not run.written or run.fatal is not None:
        return
    with suppress(StudioError):
        videos = await run.studio.list_videos(needed=ours(run.ledger.state))
        seen = [(run.written[video.id][0], video) for video in videos if _is_untouched(run, video)]
        await run.ledger.record(lambda state: _recorded(run, state, seen))
        for video in videos:
            wanted = run.written.get(video.id)
            if wanted is not None and unwanted(run, wanted[0], video):
                # Others wrote here since: a film that follows need not be of what we wrote.
                run.saw(wanted[0].address, video)


def _is_untouched(run: Run, video: RemoteVideo) -> bool:
    """Whether a video is as our write left it: an edit of anybody has another time."""
    written = run.written.get(video.id)
    return written is not None and video.updated_at == written[1] != ""


def _recorded(run: Run, state: State, seen: list[tuple[Video, RemoteVideo]]) -> State:
    for wanted, video in seen:
        record = state.videos.get(wanted.address)
        written = run.last_written(wanted.address)
        # Another video took the address meanwhile: a successor, or one that another run had made.
        if record is None or written is None or {record.written.id, written.id} != {video.id}:
            continue
        told, name = record.written.name, normal_text(video.name)
        if field_digest(name) == (told.made or told.sent):
            continue  # the answer had it as the list has it, as nearly always
        shown = replace(run.shown(written), name=name)
        made = confirmed_record(video.id, wanted, shown)
        state = state.with_video(wanted.address, record.with_written(made))
    return state
