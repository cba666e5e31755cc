"""Makes one film exactly once: asks before it generates, attaches to what runs, tries twice."""

from __future__ import annotations

from dataclasses import replace

from storyboard.apply.begun_films import take_over_film
from storyboard.apply.edits import stays_ready
from storyboard.apply.film_record import duration_of, record_film, record_refused
from storyboard.apply.long_call import ExactlyOnce
from storyboard.apply.names import settle_name
from storyboard.apply.objects import prepare_successor
from storyboard.apply.run import Run
from storyboard.apply.sending import Fate, Sent
from storyboard.apply.wanted_film import WantedFilm
from storyboard.errors import ApiError, ConflictError, GuardError, StudioError
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.action import Action
from storyboard.plan.change import Change
from storyboard.plan.kept_film import has_film
from storyboard.plan.needs import speech_of
from storyboard.shell import word
from storyboard.state.film_identity import is_same_film
from storyboard.state.model import FilmRecord, Operation, Refusals
from storyboard.video import Video
from storyboard.wire import PROCESSING, ErrorCode, VideoStatus

_NOT_BEGUN = "no film was begun"
_UNDER_WAY = "the film that is being made shows the edit, and is not recorded"
_NOT_RECORDED = "its film may show the edit, and is not recorded"
_NO_CAUSE = (
    "no check finds a cause in its scenes; find the scene with test films: storyboard apply "
    "--bisect {address}; or examine the account: storyboard doctor"
)
_OLD_FILM = "the studio shows the film from before, and nothing tells whether the new one is ready"


class FilmJob:
    """One video on its way to its film. `edit_waits` until the studio lets its scenes be edited.

    It `awaits_turn` where the studio makes one film at a time, and makes another one.
    `composed` is the video with the scenes that the studio wrote in this run.
    """

    def __init__(
        self, run: Run, change: Change, *, edit_waits: bool = False, composed: Video | None = None
    ) -> None:
        self.change = change
        self.edit_waits = edit_waits
        self.finished = False
        self.sent = False
        self.awaits_turn = False
        self._waits = False
        self._replaced = False
        self._failed_at: str | None = None
        self.once = ExactlyOnce(run, change, Action.GENERATE)
        self._wanted = WantedFilm(run, change, self.once, composed)
        self._run = run
        self._address = change.address

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions that are still to come to their end here: the film, and a waiting edit."""
        if self.edit_waits and self.change.action is not Action.KEEP:
            film = () if self.change.film is None else (Action.GENERATE,)
            return (self.change.action, *film)
        return (Action.GENERATE,)

    async def begin(self) -> None:
        """Start the film, or attach to one that is being made or was made meanwhile."""
        if self.edit_waits:
            return
        await self._start(await self.once.live())

    async def advance(self, live: RemoteVideo | None) -> None:
        """Take the next step by what the studio tells of the video."""
        live = live or await self.once.live()
        if self.edit_waits:
            await self._edit(live)
        elif self._waits:
            if live.status not in PROCESSING:
                self._waits = False
                await take_over_film(self._run, self.change, live)
                await self._start(await self.once.live())
        elif live.status is VideoStatus.GENERATING:
            await self._see(live)
        elif live.status not in PROCESSING:
            await self._look_closer(live)

    async def _start(self, live: RemoteVideo) -> None:
        """Go on from where the video is; what is being made of other contents has to end first."""
        self._wanted.take_composed(live)
        operation = self.once.operation
        wanted = self._wanted.fingerprint
        ours = operation is not None and is_same_film(operation.fingerprint, wanted)
        if live.status is VideoStatus.COMPOSING or (
            live.status is VideoStatus.GENERATING and operation is not None and not ours
        ):
            self._waits = True
        elif live.status is VideoStatus.GENERATING:
            live = await self._wanted.require(live, _UNDER_WAY)
            if operation is None:
                # With a film under way, the video may name the coming entry already.
                published = self._run.ledger.state.videos[self._address].entry_id
                await self.once.open(live, self._wanted.fingerprint, published)
            self.once.sending.attempts = 1
            self.once.taken()
            await self._see(live)
        elif self._wanted.was_filmed(live) if ours else self._wanted.filmed_meanwhile(live):
            await self._finish(live)
        else:
            await self._send(live)

    async def _see(self, live: RemoteVideo) -> None:
        """Look at what is being filmed: it is what is wanted, or nothing that may be recorded."""
        sure = await self._wanted.require(live, _UNDER_WAY)
        if sure.status is VideoStatus.GENERATING:
            await self.once.see()

    async def _edit(self, live: RemoteVideo) -> None:
        if live.status in PROCESSING:
            return
        if not await self.once.settle(live):
            return
        if self.change.desired is not None:
            await settle_name(self._run, self.change.desired)
        self.edit_waits = False
        record = self._run.ledger.state.videos[self._address]
        replaced = self._run.plan.generate and record.successor is not None
        if self.change.film is None and not replaced:
            self.finished = True
            return
        await self.begin()

    async def _look_closer(self, live: RemoteVideo) -> None:
        """Finish what is ready; a list may be late, so that all else is asked for by its id."""
        if not (self.sent and self._wanted.is_filmed(live)):
            live = await self.once.live()
        if live.status in PROCESSING:
            return
        if self._wanted.is_filmed(live):
            await self._finish(live)
        elif live.status is VideoStatus.GENERATE_ERROR and live.updated_at != self._failed_at:
            await self._again(live)
        else:
            await self._wanted.require(live, _NOT_RECORDED)
            if not self.once.sending.stays_odd():
                return
            if live.status is VideoStatus.READY:
                self.finished = True
                self.once.leave(_OLD_FILM)
            else:
                await self._again(live)

    async def _again(self, live: RemoteVideo) -> None:
        """Reset and try once more; a second failure is told, with what may have caused it."""
        if self.once.sending.may_repeat():
            self._failed_at = live.updated_at
            await self._send(live)
            return
        self.finished = True
        hints = self._run.options.hints.get(self._address, ())
        await record_refused(self._run, self._address)
        unknown = None if hints else _NO_CAUSE.format(address=word(self._address))
        await self.once.give_up(live, hint_unknown=unknown, hints=hints)

    async def _send(self, live: RemoteVideo) -> None:
        """Have it filmed, and go on by what became of the request."""
        sent = await self.once.send(live, self._intend, self._request)
        match sent.fate:
            case Fate.SENT if sent.answer is not None:
                await self._taken(sent, sent.answer)
            case Fate.TURN:
                self.once.wait()
                self._waits = self.awaits_turn = True
            case Fate.REFUSED:
                await self._refused(sent)
            case _:  # the studio is at it: the next look shows more
                pass

    async def _intend(self, live: RemoteVideo) -> RemoteVideo:
        """Write the intent of a film of what is wanted."""
        live = await self._wanted.require(live, _NOT_BEGUN)
        before = live.entry_id or self._wanted.last_entry()
        await self.once.open(live, self._wanted.fingerprint, before)
        self._run.options.checkpoint("generate:intended")
        return live

    async def _request(self, live: RemoteVideo) -> RemoteVideo:
        burns = self._wanted.video.burns_captions
        return await self._run.studio.generate(live.id, burns_captions=burns)

    async def _taken(self, sent: Sent, answer: RemoteVideo) -> None:
        """See what is filmed in the answer: no video can be edited from here on (guide §3)."""
        self.sent, self.awaits_turn = True, False
        self._run.options.checkpoint("generate:sent")
        if sent.before.status is VideoStatus.READY:
            await self._run.ledger.record(lambda state: replace(state, refused_films=Refusals()))
        if answer.scenes:
            await self._see(answer)
        if self._wanted.is_filmed(answer):
            await self._finish(answer)

    async def _refused(self, sent: Sent) -> None:
        """Find out what a refusal means; the intent stays open after one that came late."""
        cause, live = sent.failure, sent.seen
        if live is not None and self._wanted.was_filmed(live):
            await self._finish(live)
            return
        if live is not None and live.status is VideoStatus.READY:
            if self._replaced:
                await self.once.close()
                raise ConflictError(
                    f"video '{live.id}' was filmed in the studio meanwhile, and nothing tells "
                    "what that film shows",
                    hint="apply again to have the wanted film made",
                ) from cause
            if not _is_processing(cause) and stays_ready(sent.before, live):
                await self._replace()
                return
            if await self.once.sending.passes():
                await self._send(await self.once.live())
                return
        await self.once.close_fresh()
        await record_refused(self._run, self._address)
        raise cause

    async def _replace(self) -> None:
        """Film the video anew, beside the ready one that the studio makes no second film of."""
        self._run.observer.noticed(
            f"{self._address}: no second film of a ready video: replacing it"
        )
        await self._note_refused()
        try:
            await prepare_successor(self._run, self._wanted.video)
        except GuardError:
            await self.once.close()
            raise
        # Not before: if a run is killed in between, the next one knows only by it that a film of
        # what is published already was asked for.
        await self.once.close()
        await settle_name(self._run, self._wanted.video)
        self._replaced, self.once.sending.attempts = True, 0
        await self._start(await self.once.live())

    async def _note_refused(self) -> None:
        """Note that an edited video stays ready here; of an unedited one, a refusal tells nothing.

        No studio need make a second film of a ready video (guide §12).
        """
        today, state = self._run.today(), self._run.ledger.state
        if not has_film(state.videos[self._address], self._wanted.fingerprint):
            await self._run.ledger.record(
                lambda state: replace(state, refused_films=state.refused_films.once_more(today))
            )

    async def _finish(self, live: RemoteVideo) -> None:
        """Publish; a film of something else than wanted is a conflict, and is not recorded."""
        sure = await self._wanted.require(live, _NOT_RECORDED)
        if sure is not live and not self._wanted.is_filmed(sure):
            return
        assert sure.entry_id
        operation = self.once.operation
        film = await self._film(sure.entry_id, operation)
        await record_film(self._run, self._address, film, operation)
        self._run.options.checkpoint("film:recorded")
        self.finished = True
        self._run.done(self._address, Action.GENERATE)

    async def _film(self, entry_id: str, operation: Operation | None) -> FilmRecord:
        return FilmRecord(
            fingerprint=operation.fingerprint if operation else self._wanted.fingerprint,
            entry_id=entry_id,
            made_at=self._run.options.stamp(),
            took_seconds=round(self.once.elapsed, 1),
            duration_seconds=await duration_of(self._run, entry_id),
            work_seconds=self._work(),
        )

    def _work(self) -> float | None:
        """What was rendered from beginning to end in this run; 0 tells nothing of how fast."""
        if not self.sent:
            return 0.0
        if self.change.compose is not None:
            return round(sum(speech_of(self._wanted.video).values()), 1)
        return None if self.change.film is None else self.change.film.work_seconds


def _is_processing(cause: StudioError) -> bool:
    """Whether a refusal tells of what passes, and not of what the video's status allows."""
    return isinstance(cause, ApiError) and cause.code == ErrorCode.VIDEO_IS_PROCESSING.value
