"""Which films have to be made and which scenes composed, why, and how long it will take. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.action import Action
from storyboard.plan.composed import compose_fingerprint
from storyboard.plan.diff import ChangeKind, Part
from storyboard.plan.film_times import expected_seconds
from storyboard.plan.kept_film import has_film
from storyboard.plan.options import PlanOptions
from storyboard.plan.sides import Edit, Sides, own_action
from storyboard.speech_rates import Estimate, estimate_seconds
from storyboard.state.film_identity import is_same_film
from storyboard.state.model import Operation, OperationKind, State, VideoRecord
from storyboard.video import Video
from storyboard.wire import VideoStatus


@dataclass(frozen=True, slots=True)
class FilmNeed:
    """A film that has to be made, and why; `attach` where the studio is already making it.

    `speech_seconds` is the estimated length of its speech, `work_seconds` of the part of it that
    has to be rendered; `expected_seconds` how long that takes by what earlier films took here,
    `None` before the first. `may_replace` where it is the second film of a ready video, which stays
    as it is: most studios refuse that (guide §12), and a new video has to take its place.
    """

    fingerprint: str
    reason: str
    attach: bool
    speech_seconds: float
    work_seconds: float
    expected_seconds: float | None = None
    may_replace: bool = False


@dataclass(frozen=True, slots=True)
class ComposeNeed:
    """Scenes that the studio has to write, and why; `media_digests` as for the film after them."""

    fingerprint: str
    reason: str
    media_digests: Mapping[str, str] = field(default_factory=dict)


def compose_need(
    sides: Sides, video: Video, state: State, options: PlanOptions
) -> ComposeNeed | None:
    """Return the composition that a video needs, if it needs one."""
    if video.compose is None:
        return None
    fingerprint = compose_fingerprint(video.compose)
    record, current = sides.applied, sides.current
    reason = None
    if current is None or record is None or sides.adopted or not record.composed:
        reason = "its scenes are not composed yet"
    elif record.composed != fingerprint:
        reason = "the compose block changed"
    elif current.status is VideoStatus.COMPOSE_ERROR:
        reason = "the last composition failed"
    elif current.status is VideoStatus.COMPOSING:
        reason = "it is being composed in the studio"
    elif not video.scenes:
        reason = "its scenes are gone from the studio"
    if reason is None:
        return None
    operation = state.open_operation(sides.address, OperationKind.COMPOSE)
    composing = current is not None and current.status is VideoStatus.COMPOSING
    if operation is not None and operation.fingerprint == fingerprint and composing:
        reason = "the studio is composing it already"
    return ComposeNeed(fingerprint, reason, options.media_digests)


@dataclass(frozen=True, slots=True)
class FilmPlanner:
    """Decides about the film of one address; `rate` is how quickly films are made here.

    `is_proven` tells that the studio's film, which the state does not know, is of what is wanted.
    """

    sides: Sides
    edit: Edit
    state: State
    options: PlanOptions
    rate: float | None
    is_proven: bool = False

    def need(self, video: Video, fingerprint: str, compose: ComposeNeed | None) -> FilmNeed | None:
        """Return the film that has to be made of a desired video, if one has."""
        if compose is not None and video.compose is not None:
            seconds = float(video.compose.duration)
            return self._film(fingerprint, "its scenes are composed first", False, seconds, seconds)
        reason = self._reason(fingerprint)
        if reason is None:
            return None
        attach = not self.edit.of_film and self._under_way(fingerprint)
        current = self.sides.current
        if attach:
            reason = "the studio has it in the making already"
        elif current is not None and current.status is VideoStatus.GENERATE_ERROR:
            reason = "the last attempt to make the film failed"
        spoken = speech_of(video, self.options.estimate)
        film = self._film(fingerprint, reason, attach, sum(spoken.values()), self._work(spoken))
        return replace(film, may_replace=not attach and self._is_second(current))

    def _is_second(self, current: RemoteVideo | None) -> bool:
        """Whether a ready video would be filmed as it is; an edit ends that status first."""
        ready = current is not None and current.status is VideoStatus.READY
        return ready and not self.sides.adopted and not self.edit.of_scenes

    def _film(
        self, fingerprint: str, reason: str, attach: bool, speech: float, work: float
    ) -> FilmNeed:
        work = round(work, 1)
        expected = expected_seconds(self.rate, work)
        return FilmNeed(fingerprint, reason, attach, round(speech, 1), work, expected)

    def _reason(self, fingerprint: str) -> str | None:
        record, current = self.sides.applied, self.sides.current
        if current is None or record is None or self.sides.adopted:
            return _NO_FILM if self.sides.adopted else _no_film(record)
        is_other = not has_film(record, fingerprint)
        if is_other and _refilmed(current, record) and not self.edit.of_film:
            return "the studio has a film that the state does not know, and nothing proves what of"
        if record.film is None:
            return _no_film(record)
        if is_other:
            return "the film would look or sound different"
        # A replacement is published by its film alone; without one, two videos would stay for
        # ever.
        if record.successor is not None or own_action(self.sides, self.edit) is Action.REPLACE:
            return "the film's successor is not finished"
        if current.status is VideoStatus.GENERATING:
            return "another film of it is being made in the studio"
        if _refilmed(current, record) and not self.is_proven:
            return "the studio's film is not the one that was applied"
        if self.options.makes_again(self.sides.address):
            return "asked for with --regenerate"
        # By a run with that option, which came to no end; without one, no film is due.
        if self._begun(current, fingerprint):
            return "an interrupted run began to make it again"
        if self._is_parted(current, record):
            return "an interrupted run began another film of it"
        return None

    def _is_parted(self, current: RemoteVideo, record: VideoRecord) -> bool:
        """Whether a run of ours, and no person, parted the video from the film that is wanted."""
        if current.status is VideoStatus.READY and current.entry_id == record.entry_id:
            return False
        return self._intent(current) is not None or bool(record.begun_film)

    def _begun(self, current: RemoteVideo, fingerprint: str) -> bool:
        """Whether the intent of a film of what is wanted is open, whatever became of the call."""
        operation = self._intent(current)
        return operation is not None and is_same_film(operation.fingerprint, fingerprint)

    def _intent(self, current: RemoteVideo) -> Operation | None:
        """Return the open intent of a film of this video."""
        operation = self.state.open_operation(self.sides.address, OperationKind.GENERATE)
        return operation if operation is not None and operation.video_id == current.id else None

    def _under_way(self, fingerprint: str) -> bool:
        """Whether the film wanted is being made, or was made by a run that did not see it end."""
        current = self.sides.current
        if current is None:
            return False
        operation = self._intent(current)
        if operation is not None:
            finished = current.status is VideoStatus.READY
            newer = current.entry_id not in (None, operation.previous_entry_id)
            running = current.status is VideoStatus.GENERATING
            is_wanted = is_same_film(operation.fingerprint, fingerprint)
            return is_wanted and (running or (finished and newer))
        return current.status is VideoStatus.GENERATING

    def _work(self, spoken: Mapping[str, float]) -> float:
        """Seconds of speech to render: a studio that keeps rendered scenes makes only new ones."""
        filmed = self.sides.applied is not None and self.sides.applied.film is not None
        if not (self.options.keeps_scenes and filmed and self.edit.of_film):
            return sum(spoken.values())
        new: set[str] = set()
        for change in self.edit.changes:
            # Another presenter is in every scene: none that was rendered serves.
            if change.part is Part.AVATAR and change.shows:
                return sum(spoken.values())
            if change.shows and change.kind in (ChangeKind.CHANGED, ChangeKind.ADDED):
                new.add(change.scene_id)
        return sum(seconds for id_, seconds in spoken.items() if id_ in new)


def speech_of(video: Video, estimate: Estimate = estimate_seconds) -> dict[str, float]:
    """Return scene id → estimated seconds of speech."""
    locale = video.address.locale
    return {scene.id: estimate(scene.spoken, locale) for scene in video.scenes}


_NO_FILM: Final = "no film was made yet"


def _no_film(record: VideoRecord | None) -> str:
    """Say why there is no film of the video that the studio has, if it has one."""
    was_made = record is not None and record.made_films
    return "its film was made of a video that is gone from the studio" if was_made else _NO_FILM


def _refilmed(current: RemoteVideo, record: VideoRecord) -> bool:
    """Whether somebody made another film of this video in the studio."""
    return current.status is VideoStatus.READY and current.entry_id != record.entry_id
