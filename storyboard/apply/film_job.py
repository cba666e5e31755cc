"""Makes one film exactly once: asks before it generates, attaches to what runs, tries twice."""

from __future__ import annotations

from dataclasses import replace

from storyboard.apply.edits import stays_ready
from storyboard.apply.film_record import duration_of, record_film
from storyboard.apply.long_call import AWAITS_TURN, ExactlyOnce
from storyboard.apply.names import settle_name
from storyboard.apply.objects import prepare_successor
from storyboard.apply.run import Run
from storyboard.apply.wanted_film import WantedFilm
from storyboard.errors import ApiError, ConflictError, GuardError, StudioError, UnknownOutcomeError
from storyboard.kaltura.attempts import NotTaken
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.action import Action
from storyboard.plan.change import Change
from storyboard.plan.kept_film import has_film
from storyboard.plan.needs import speech_of
from storyboard.shell import word
from storyboard.state.model import FilmRecord, Operation, Refusals
from storyboard.video import Video
from storyboard.wire import PROCESSING, ErrorCode, VideoStatus

_REFUSED_FILM = (
    ErrorCode.VIDEO_CANNOT_GENERATE.value,
    ErrorCode.INVALID_STATUS_TRANSITION.value,
)
"""What a `generate` gets that the video's status does not allow (guide §12)."""

_REFUSED = (*_REFUSED_FILM, ErrorCode.VIDEO_IS_PROCESSING.value)
"""The same, and what passes."""

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
                await self._start(await self.once.live())
        elif live.status is VideoStatus.GENERATING:
            await self._see(live)
        elif live.status not in PROCESSING:
            await self._look_closer(live)

    async def _start(self, live: RemoteVideo) -> None:
        """Go on from where the video is; what is being made of other contents has to end first."""
        self._wanted.take_composed(live)
        operation = self.once.operation
        ours = operation is not None and operation.fingerprint == self._wanted.fingerprint
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
            self.once.attempts = 1
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
            if not self.once.stays_odd():
                return
            if live.status is VideoStatus.READY:
                self.finished = True
                self.once.leave(_OLD_FILM)
            else:
                await self._again(live)

    async def _again(self, live: RemoteVideo) -> None:
        """Reset and try once more; a second failure is told, with what may have caused it."""
        if self.once.may_repeat():
            self._failed_at = live.updated_at
            await self._send(live)
            return
        self.finished = True
        hints = self._run.options.hints.get(self._address, ())
        unknown = None if hints else _NO_CAUSE.format(address=word(self._address))
        await self.once.give_up(live, hint_unknown=unknown, hints=hints)

    async def _send(self, live: RemoteVideo) -> None:
        """Write the intent, then generate; a refusal and a silence are looked into.

        What is filmed stands in the answer: a video that is being made cannot be edited (guide §3).
        """
        live = await self._wanted.require(await self.once.attempt(live), _NOT_BEGUN)
        before = live.entry_id or self._wanted.last_entry()
        is_fresh = await self.once.open(live, self._wanted.fingerprint, before)
        self._run.options.checkpoint("generate:intended")
        self.once.sending()
        try:
            burns = self._wanted.video.burns_captions
            answer = await self._run.studio.generate(live.id, burns_captions=burns)
        except NotTaken:
            self.once.not_taken()
            raise
        except UnknownOutcomeError as cause:
            unsent = await self.once.look_up(live, cause)
            if unsent is not None:
                await self._send(unsent)
            return
        except ApiError as cause:
            await self._refused(live, cause, is_fresh=is_fresh)
            return
        except StudioError:
            await self.once.leave_idle(is_fresh=is_fresh)
            raise
        self.once.taken()
        self.sent, self.awaits_turn = True, False
        self._run.options.checkpoint("generate:sent")
        if live.status is VideoStatus.READY:
            await self._run.ledger.record(lambda state: replace(state, refused_films=Refusals()))
        if answer.scenes:
            await self._see(answer)
        if self._wanted.is_filmed(answer):
            await self._finish(answer)

    async def _refused(self, before: RemoteVideo, cause: ApiError, *, is_fresh: bool) -> None:
        """Find out what a refusal means; the intent stays open after one that came late."""
        if cause.code == ErrorCode.VIDEO_IS_BEING_GENERATED.value:
            self.once.taken()
            return
        if cause.code == ErrorCode.VIDEO_GENERATION_ALREADY_IN_PROGRESS.value:
            self._await_turn()
            return
        if cause.code in _REFUSED:
            live = await self.once.live()
            if live.status in PROCESSING:
                return
            if self._wanted.was_filmed(live):
                await self._finish(live)
                return
            if live.status is VideoStatus.READY and self._replaced:
                await self.once.close()
                raise ConflictError(
                    f"video '{live.id}' was filmed in the studio meanwhile, and nothing tells "
                    "what that film shows",
                    hint="apply again to have the wanted film made",
                ) from cause
            if live.status is VideoStatus.READY:
                if cause.code in _REFUSED_FILM and stays_ready(before, live):
                    await self._replace()
                    return
                if await self.once.refused():
                    await self._send(await self.once.live())
                    return
        if is_fresh:
            await self.once.close()
        raise cause

    def _await_turn(self) -> None:
        """Send it again once no other film of the account is made; so far it was not begun."""
        if not self.awaits_turn:
            self._run.observer.noticed(f"{self._address}: {AWAITS_TURN}")
        self.once.not_taken()
        self.once.attempts -= 1
        self.once.wait()
        self._waits = self.awaits_turn = True

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
        self._replaced, self.once.attempts = True, 0
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
            made_at=self._run.options.now().isoformat(timespec="seconds"),
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
