"""One address in the plan: its sides and what has to be done; the actions follow from these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.action import Action
from storyboard.plan.diff import FieldChange
from storyboard.plan.kept_film import has_film, is_kept, other_film
from storyboard.plan.needs import ComposeNeed, FilmNeed
from storyboard.plan.nonce_mark import nonce_of
from storyboard.plan.sides import Edit, Sides, own_action
from storyboard.shell import word, words
from storyboard.source.span import Span
from storyboard.state.model import FilmRecord, VideoRecord
from storyboard.video import Address, Video
from storyboard.wire import PROCESSING


@dataclass(frozen=True, slots=True)
class Twin:
    """A video of the wanted name that the state does not know: a lost state's, perhaps.

    `address`, no longer in the files, has it, if one has; `alone` if its storyboard's other
    locales have videos under the new id already. `lost` tells that the state knows no video: then
    one command for all is told of, once.
    """

    video: RemoteVideo
    address: Address | None = None
    alone: bool = False
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one address; built once, from its sides.

    `film_fingerprint` is the wanted film's, made or not. `moved_from` is the address that the state
    still has it under. A deletion is `begun` if a run that did not end was allowed to delete it.
    `found` is the record that replaces an older one, of whose last film the state knows nothing.
    `publishes` is a film that was made before and is published again. While an earlier film `stays`
    published, no other is made; `forward` ends that. `goes_back` where the files want that film
    again: the video in the studio may still have the scenes of the one that was rolled back, and
    `keeps_scenes` if it could only be replaced, which takes a film.
    """

    sides: Sides
    edit: Edit = field(default_factory=Edit)
    film: FilmNeed | None = None
    compose: ComposeNeed | None = None
    film_fingerprint: str = ""
    why_gone: str = "no longer in the files"
    twin: Twin | None = None
    moved_from: Address | None = None
    begun: bool = False
    found: VideoRecord | None = None
    publishes: FilmRecord | None = None
    stays: FilmRecord | None = None
    forward: bool = False
    goes_back: bool = False
    keeps_scenes: bool = False
    action: Action = field(init=False)
    """What becomes of the object; its film is told by `film`. Worked out once: all ask for it."""

    def __post_init__(self) -> None:
        only_publishes = self.publishes is not None and not self.forward
        # A rollback touches the state alone: what differs in the studio is left as it is.
        own = Action.KEEP if only_publishes else own_action(self.sides, self.edit)
        object.__setattr__(self, "action", own)
        if self.edit.changes and (self.desired is None or self.current is None):
            raise ValueError(f"{self.address}: a difference needs two sides")
        if self.film is not None and self.desired is None:
            raise ValueError(f"{self.address}: a film of nothing")

    @property
    def address(self) -> Address:
        """Whose change it is."""
        return self.sides.address

    @property
    def desired(self) -> Video | None:
        """What the files say."""
        return self.sides.desired

    @property
    def applied(self) -> VideoRecord | None:
        """What the state records."""
        return self.sides.applied

    @property
    def current(self) -> RemoteVideo | None:
        """What the studio holds."""
        return self.sides.current

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """What differs."""
        return self.edit.changes

    @property
    def actions(self) -> tuple[Action, ...]:
        """Every action of this address, in the order of apply."""
        own = () if self.action is Action.KEEP else (self.action,)
        move = () if self.moved_from is None else (Action.MOVE,)
        if self.action is Action.HOLD:
            return (*move, *own)
        scenes = () if self.compose is None else (Action.COMPOSE,)
        film = () if self.film is None else (Action.GENERATE,)
        earlier = () if self.publishes is None else (Action.PUBLISH,)
        return (*move, *own, *scenes, *film, *earlier)

    @property
    def waits(self) -> bool:
        """Whether the edit must wait until the studio has ended what it is doing."""
        return (
            self.action in (Action.UPDATE, Action.ADOPT)
            and self.edit.of_scenes
            and self.current is not None
            and self.current.status in PROCESSING
        )

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
        if action is Action.PUBLISH:
            return () if self.publishes is None else tuple(self._publish_reasons(self.publishes))
        if action is Action.GENERATE:
            return () if self.film is None else tuple(self._film_reasons(self.film))
        return tuple(self._own_reasons())

    def _publish_reasons(self, film: FilmRecord) -> Iterator[str]:
        last = None if self.applied is None else self.applied.film
        instead = "" if last is None else f" in place of {last.entry_id} of {_day(last.made_at)}"
        yield f"film {film.entry_id} of {_day(film.made_at)}{instead}; no film is made"
        if not self.forward:
            yield "it stays until the file changes, or until --forward"

    def _film_reasons(self, film: FilmNeed) -> Iterator[str]:
        yield film.reason
        if film.may_replace:
            yield "the video may be replaced, since a studio may make no second film of a ready one"

    @property
    def may_replace(self) -> bool:
        """Whether it is replaced, or may be, where a studio makes no second film of a ready one."""
        return self.action is Action.REPLACE or (self.film is not None and self.film.may_replace)

    @property
    def keeps_film(self) -> bool:
        """Whether the film stays published though the studio shows none, or another one."""
        return self._makes_no_film and is_kept(self.applied, self.current, self.film_fingerprint)

    @property
    def other_film(self) -> str | None:
        """The entry of the film that the studio shows in place of the one that stays published."""
        if not self.keeps_film or self.applied is None or self.current is None:
            return None
        return other_film(self.applied, self.current)

    @property
    def may_keep_film(self) -> bool:
        """Whether that may be so after the edit: most studios make a draft of a ready video."""
        is_edited = self.action is Action.UPDATE and self.edit.of_scenes
        has_one = has_film(self.applied, self.film_fingerprint)
        return self._makes_no_film and is_edited and has_one and not self.keeps_film

    @property
    def _makes_no_film(self) -> bool:
        """Whether what is published stays so by the files, and not by a rollback."""
        chosen = (self.film, self.compose, self.publishes, self.stays)
        return all(each is None for each in chosen)

    @property
    def keep_command(self) -> str:
        """Return the command that takes the studio's film as it is; empty if it is recorded."""
        record, current = self.applied, self.current
        if self.film is None or not self.film.may_replace or record is None or current is None:
            return ""
        if current.entry_id == record.entry_id:
            return ""
        return (
            f"storyboard state rm {word(self.address)} "
            f"&& storyboard state adopt {word(self.address)} {word(current.id)}"
        )

    def _own_reasons(self) -> list[str]:
        match self.action:
            case Action.DELETE if self.current is None:
                return [f"{self.why_gone}, and already gone from the studio", *self._begun_reason()]
            case Action.DELETE:
                return [self.why_gone, *self._begun_reason()]
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
                    "this studio refused to edit ready videos; if it does again, "
                    "the old film stays until the new one is ready"
                ]
            case _:
                return self._edit_reasons()

    def _twin_reason(self) -> list[str]:
        """Tell of a video that may be meant, and of the command that takes it instead."""
        if self.twin is None:
            return []
        if self.twin.address is not None:
            command = f"storyboard state mv {words(self._move(self.twin))}"
            left = f"'{self.twin.address}', no longer in the files, has this name"
            return [f"{left}: `{command}` keeps it"]
        if self.twin.lost:
            return ["the studio has a video of this name, which the state does not know"]
        command = f"storyboard state adopt {word(self.address)} {word(self.twin.video.id)}"
        return [
            f"the studio has '{self.twin.video.id}' of this name, which the state does not know: "
            f"`{command}` takes it"
        ]

    def _move(self, twin: Twin) -> tuple[object, object]:
        """Name both sides of a move; where the locale stays, all of the storyboard move."""
        old = twin.address
        if old is not None and old.locale == self.address.locale and not twin.alone:
            return old.storyboard, self.address.storyboard
        return old, self.address

    def _begun_reason(self) -> list[str]:
        return ["an interrupted run began to delete it"] if self.begun else []

    def _stray_reason(self) -> list[str]:
        count = len(self.sides.strays)
        return [f"{count} more of the same add will be deleted"] if count else []

    def _edit_reasons(self) -> list[str]:
        if self.current is not None and nonce_of(self.current.name):
            return ["an interrupted add left its mark in the name"]
        reasons = []
        if any(not change.drift for change in self.changes):
            reasons.append("the files changed")
        if self.edit.drifted:
            # A run may have been killed before it recorded its edit: whose it is, nothing tells.
            begun = self.applied is not None and self.applied.begun_film
            by = ", or by an interrupted run" if begun else ""
            reasons.append(f"edited in the studio since{by}; the files will overwrite it")
        if self.waits:
            reasons.append("waits until the film that is being made is done")
        return reasons


def _day(made_at: str) -> str:
    """Return a date and time to the minute, as people compare them."""
    return made_at[:16].replace("T", " ")


@dataclass(frozen=True, slots=True)
class Retirement:
    """An object whose successor is published: only its deletion is left to do."""

    address: Address
    video_id: str
