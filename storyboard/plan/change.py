"""One address in the plan: what it should be, was, and is; the action follows from these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.diff import FieldChange
from storyboard.plan.naming import nonce_of
from storyboard.source.span import Span
from storyboard.state.model import VideoRecord
from storyboard.video import Address, Video
from storyboard.wire import VideoStatus


class Action(Enum):
    """What an apply will do."""

    CREATE = "create"
    UPDATE = "update"
    RENAME = "rename"
    REPLACE = "replace"
    DELETE = "delete"
    ADOPT = "adopt"
    GENERATE = "generate"
    COMPOSE = "compose"
    MOVE = "move"
    HOLD = "hold"
    KEEP = "keep"


PROCESSING = frozenset({VideoStatus.GENERATING, VideoStatus.COMPOSING})
"""Statuses in which scenes cannot be changed (guide §3)."""


@dataclass(frozen=True, slots=True)
class FilmNeed:
    """A film that has to be made, and why; `attach` where the studio is already making it.

    `speech_seconds` is the estimated length of its speech; `expected_seconds` how long making it
    takes by what earlier films took, `None` before the first.
    """

    fingerprint: str
    reason: str
    attach: bool
    speech_seconds: float
    expected_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class ComposeNeed:
    """Scenes that the studio has to write, and why; `media_digests` as for the film after them."""

    fingerprint: str
    reason: str
    media_digests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """Desired × applied × current of one address.

    `current` is the object that edits go to: the successor where one is being prepared, or what an
    interrupted add left behind (`adopted`, with its `strays`). `refuses_edits` says that this
    studio lets no ready video be edited. `film_fingerprint` is the wanted film's, made or not.
    `twin` is a video of the wanted name that the state does not know: a lost state's, perhaps;
    `twin_address` the address, no longer in the files, that has one. `moved_from` is the address
    that the state still has it under.
    """

    address: Address
    desired: Video | None
    applied: VideoRecord | None
    current: RemoteVideo | None
    changes: tuple[FieldChange, ...] = ()
    film: FilmNeed | None = None
    adopted: bool = False
    strays: tuple[RemoteVideo, ...] = ()
    refuses_edits: bool = False
    film_fingerprint: str = ""
    why_gone: str = "no longer in the files"
    compose: ComposeNeed | None = None
    twin: RemoteVideo | None = None
    twin_address: Address | None = None
    moved_from: Address | None = None

    def __post_init__(self) -> None:
        if self.desired is None and self.applied is None and not self.adopted:
            raise ValueError(f"{self.address}: neither desired nor applied")
        if self.desired is not None and self.desired.address != self.address:
            raise ValueError(f"{self.address}: the desired video has another address")
        if self.adopted and self.current is None:
            raise ValueError(f"{self.address}: nothing to adopt")
        if not self.adopted and self.current is not None:
            known = self.applied is not None and self.applied.written.id == self.current.id
            if not known:
                raise ValueError(f"{self.address}: the current video is not the applied one")
        if self.changes and (self.desired is None or self.current is None):
            raise ValueError(f"{self.address}: a difference needs two sides")
        if self.film is not None and self.desired is None:
            raise ValueError(f"{self.address}: a film of nothing")

    @property
    def action(self) -> Action:
        """What becomes of the object; its film is told by `film`."""
        if self.desired is None:
            return Action.DELETE
        if self.desired.holds:
            return Action.HOLD
        if self.adopted:
            return Action.ADOPT
        if self.current is None:
            return Action.CREATE
        if not self.changes:
            return Action.KEEP
        if all(change.path == "name" for change in self.changes):
            return Action.RENAME
        if self.edits_scenes and self.refuses_edits and self.current.status is VideoStatus.READY:
            return Action.REPLACE
        return Action.UPDATE

    @property
    def actions(self) -> tuple[Action, ...]:
        """Every action of this address, in the order of apply."""
        own = () if self.action is Action.KEEP else (self.action,)
        move = () if self.moved_from is None else (Action.MOVE,)
        if self.action is Action.HOLD:
            return (*move, *own)
        scenes = () if self.compose is None else (Action.COMPOSE,)
        film = () if self.film is None else (Action.GENERATE,)
        return (*move, *own, *scenes, *film)

    @property
    def edits_scenes(self) -> bool:
        """Whether more than name and state change: what a studio refuses while it processes."""
        return any(change.path not in ("name", "protect") for change in self.changes)

    @property
    def edits_film(self) -> bool:
        """Whether the film would look or sound different."""
        return any(change.shows for change in self.changes)

    @property
    def waits(self) -> bool:
        """Whether the edit must wait until the studio has ended what it is doing."""
        return (
            self.action in (Action.UPDATE, Action.ADOPT)
            and self.edits_scenes
            and self.current is not None
            and self.current.status in PROCESSING
        )

    @property
    def drifted(self) -> bool:
        """Whether somebody else changed what we had applied."""
        return any(change.drift for change in self.changes)

    @property
    def source(self) -> Span | None:
        """The author's place."""
        return None if self.desired is None else self.desired.span

    def changes_of(self, action: Action) -> tuple[FieldChange, ...]:
        """Return the differences that an action settles: the object's own has them all."""
        return self.changes if action is self.action else ()

    def reasons(self, action: Action) -> tuple[str, ...]:
        """Say why an action of this address is planned, in words for people."""
        if action is Action.MOVE:
            return (f"was '{self.moved_from}'",)
        if action is Action.COMPOSE:
            return () if self.compose is None else (self.compose.reason,)
        if action is Action.GENERATE:
            return () if self.film is None else (self.film.reason,)
        return tuple(self._own_reasons())

    def _own_reasons(self) -> list[str]:
        match self.action:
            case Action.DELETE if self.current is None:
                return [f"{self.why_gone}, and already gone from the studio"]
            case Action.DELETE:
                return [self.why_gone]
            case Action.HOLD if self.desired is not None:
                return [hold.reason for hold in self.desired.holds]
            case Action.ADOPT:
                return ["an interrupted add left it in the studio", *self._stray_reason()]
            case Action.CREATE if self.applied is not None:
                return [f"video '{self.applied.current.id}' is gone from the studio"]
            case Action.CREATE:
                return ["not applied yet", *self._twin_reason()]
            case Action.REPLACE:
                return [
                    "this studio lets no ready video be edited; "
                    "the old film stays until the new one is ready"
                ]
            case _:
                return self._edit_reasons()

    def _twin_reason(self) -> list[str]:
        """Tell of a video that may be meant, and of the command that takes it instead."""
        if self.twin is None:
            return []
        if self.twin_address is not None:
            command = f"storyboard state mv {self._move_words(self.twin_address)}"
            left = f"'{self.twin_address}', no longer in the files, has this name"
            return [f"{left}: `{command}` keeps it"]
        command = f"storyboard state adopt {self.address} {self.twin.id}"
        return [
            f"the studio has '{self.twin.id}' of this name, which the state does not know: "
            f"`{command}` takes it"
        ]

    def _move_words(self, old: Address) -> str:
        """Name both sides of a move; where the locale stays, all of the storyboard move."""
        if old.locale == self.address.locale:
            return f"{old.storyboard} {self.address.storyboard}"
        return f"{old} {self.address}"

    def _stray_reason(self) -> list[str]:
        count = len(self.strays)
        return [f"{count} more of the same add will be deleted"] if count else []

    def _edit_reasons(self) -> list[str]:
        if self.current is not None and nonce_of(self.current.name):
            return ["an interrupted add left its mark in the name"]
        reasons = []
        if any(not change.drift for change in self.changes):
            reasons.append("the files changed")
        if self.drifted:
            reasons.append("edited in the studio since; the files will overwrite it")
        if self.waits:
            reasons.append("waits until the film that is being made is done")
        return reasons


@dataclass(frozen=True, slots=True)
class Retirement:
    """An object whose successor is published: only its deletion is left to do."""

    address: Address
    video_id: str
