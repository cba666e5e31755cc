"""Films some scenes of a video in a video of their own, to see whether that fails.

Each is added under a marked name and deleted after its film: a studio may refuse to edit a ready
video, and one of which a film failed proves nothing about the next. The video of the address is not
touched.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from storyboard.apply.add_video import add_once
from storyboard.apply.leftovers import remove_test_video
from storyboard.apply.polling import Poll
from storyboard.apply.run import Run
from storyboard.apply.sending import LATE_POLLS, Fate, Sending
from storyboard.apply.turn_wait import TurnWait
from storyboard.errors import StudioError
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.film_times import film_rate, guessed_seconds
from storyboard.plan.needs import speech_of
from storyboard.state.model import OperationKind
from storyboard.video import Video
from storyboard.wire import VideoStatus

_ENDED: Final = {VideoStatus.READY: False, VideoStatus.GENERATE_ERROR: True}
"""Whether a film failed, by the status that it ended in."""


async def film_fails(run: Run, part: Video) -> bool:
    """Make a film of a part of a video, and say whether it failed.

    The intent is open until the part's video is deleted: a run that is killed leaves it to the next
    one. Raises `StudioError` where the studio makes no film at all.
    """
    body = {**part.payload(await run.avatar_ids(part)), "name": f"test film of {part.address}"}
    remote, operation, _ = await add_once(run, part.address, OperationKind.TEST, body)
    known = replace(operation, video_id=remote.id)
    await run.ledger.record(lambda state: state.with_operation(known))
    run.options.checkpoint("test:added")
    sending = Sending(run, part.address, OperationKind.TEST, lambda: remote.id)
    await _generate(run, part, remote, sending)
    run.options.checkpoint("test:generated")
    failed = await _ended(run, part, remote, sending)
    await remove_test_video(run, known)
    return failed


async def _generate(run: Run, part: Video, remote: RemoteVideo, sending: Sending) -> None:
    """Begin the film, when no other film of the account is made any more."""

    async def prepare(live: RemoteVideo) -> RemoteVideo:
        return live

    async def request(live: RemoteVideo) -> RemoteVideo:
        return await run.studio.generate(live.id)

    again = "run the search again: this test film was not begun"
    turn = TurnWait(run.options.clock, run.options.turn_seconds, again)
    while True:
        sent = await sending.send(remote, prepare, request)
        match sent.fate:
            case Fate.SENT | Fate.BUSY:
                return
            case Fate.TURN:
                if failure := turn.failure():
                    raise failure
                await run.options.sleep(run.options.poll_seconds)
            case Fate.REFUSED | Fate.UNREACHED:
                raise sent.failure


async def _ended(run: Run, part: Video, remote: RemoteVideo, sending: Sending) -> bool:
    """Wait for a film's end; returns whether it failed."""
    began, odd = run.options.clock(), 0
    work = sum(speech_of(part).values())
    expected = guessed_seconds(film_rate(run.ledger.state), work)
    poll = Poll(run.studio, run.options.sleep, lambda id_, _: id_ == remote.id, (remote.id,))
    while True:
        told = (await poll.shares([remote.id])).get(remote.id)
        elapsed = run.options.clock() - began
        poll.report(run.observer, part.address, told, elapsed, expected)
        videos = await poll.look_after(run.options.poll_seconds)
        if videos is None:
            continue
        live = videos.get(remote.id) or await sending.live()
        if live.status in _ENDED:
            return _ENDED[live.status]
        odd = 0 if live.status is VideoStatus.GENERATING else odd + 1
        if odd == LATE_POLLS:  # a list may be late
            raise StudioError(
                f"the studio took the request for a film of video '{remote.id}', and makes none: "
                f"the video is {live.status.value}"
            )
