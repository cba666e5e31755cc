"""The state as a value: what was applied, under which ids. Knows no file and no studio."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from storyboard.kaltura.objects import Principal
from storyboard.state.film_identity import is_same_film
from storyboard.state.layered import Layered
from storyboard.state.operations import ClosedAdd as ClosedAdd
from storyboard.state.operations import Operation as Operation
from storyboard.state.operations import OperationKind as OperationKind
from storyboard.state.operations import Operations
from storyboard.state.video_records import SCENE_FIELDS as SCENE_FIELDS
from storyboard.state.video_records import FieldRecord as FieldRecord
from storyboard.state.video_records import FilmRecord as FilmRecord
from storyboard.state.video_records import ObjectRecord as ObjectRecord
from storyboard.state.video_records import SavedCaptions as SavedCaptions
from storyboard.state.video_records import SavedFile as SavedFile
from storyboard.state.video_records import SceneRecord as SceneRecord
from storyboard.state.video_records import VideoRecord as VideoRecord
from storyboard.video import Address

FORMAT_VERSION = 2
"""2: what an apply does is first in a journal beside the file, which a program that knows only 1
would not read. A file of 1 is read as it is, and written as 2."""


_MOST_CLOSED: Final = 500
"""Adds that are remembered after their end, the newest: those of a large first apply. What a studio
made twice shows within minutes, so a few applies are enough. A choice."""


_MOST_PLANS: Final = 100
"""Saved plans that are remembered. A plan expires after days, and one that is forgotten is of an
older state all the same."""


@dataclass(frozen=True, slots=True)
class Refusals:
    """How often a studio refused something, and on which day it did so last, if that is known.

    It is evidence and no law: the next time, the same is tried first.
    """

    count: int = 0
    last: str = ""

    def once_more(self, day: str) -> Refusals:
        """Return a copy with one more."""
        return Refusals(self.count + 1, day)


@dataclass(frozen=True, slots=True)
class State:
    """All that a project remembers of one studio's user; `serial` counts the writes.

    `epoch` is that of the lease it was written under, where several machines share it.
    `refused_edits` are those of ready videos, `refused_films` second films of such ones: after
    either, a ready video is changed by replacement. `applied_plans` has the checksums of saved
    plans that were applied, the newest last: each is good for one apply. `policy` is the project's
    at the last apply, each key as it is written.
    """

    lineage: str
    principal: Principal
    serial: int = 0
    avatars: Mapping[str, str] = field(default_factory=dict)
    videos: Mapping[Address, VideoRecord] = field(default_factory=dict)
    operations: Collection[Operation] = ()
    retired: tuple[tuple[Address, str], ...] = ()
    refused_edits: Refusals = Refusals()
    refused_films: Refusals = Refusals()
    closed_adds: tuple[ClosedAdd, ...] = ()
    epoch: int = 0
    applied_plans: tuple[str, ...] = ()
    policy: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def ready_refuses_edits(self) -> bool:
        """Whether this studio was seen to leave replacement only."""
        return self.refused_edits.count + self.refused_films.count > 0

    @property
    def ready_shows_its_film(self) -> bool:
        """Whether a ready video shows what its film shows, as far as is known of this studio.

        It does where an edit ends the status. Where edited videos stay ready, one may have been
        edited, filmed and edited back since the last look.
        """
        return self.refused_films.count == 0

    def __post_init__(self) -> None:
        # Whatever they come as: a look at each address must not be a look at each operation.
        object.__setattr__(self, "operations", Operations.of(self.operations))

    @classmethod
    def fresh(cls, principal: Principal, *, lineage: str | None = None) -> State:
        """Return the state before the first apply."""
        return cls(lineage or secrets.token_hex(16), principal)

    def with_video(self, address: Address, record: VideoRecord | None) -> State:
        """Return a copy with one record set, or dropped where it is `None`."""
        videos = Layered.of(self.videos)
        if record is None:
            return replace(self, videos=videos.without(address))
        return replace(self, videos=videos.with_item(address, record))

    def is_same(self, other: State) -> bool:
        """Whether two states are equal; of copies, only what was changed is compared."""
        # First, since most effects change a video, and comparing all of 50,000 is what this
        # avoids.
        changed = any(True for _ in Layered.of(self.videos).differences(other.videos))
        return not changed and replace(self, videos=other.videos) == other

    def within(self, scope: Sequence[str]) -> State:
        """Return a copy with the records that a pattern names; no pattern names all."""
        videos = {key: value for key, value in self.videos.items() if key.matches(scope)}
        return replace(self, videos=videos)

    def with_operation(self, operation: Operation) -> State:
        """Return a copy with an operation opened, in place of one with the same nonce."""
        return replace(self, operations=Operations.of(self.operations).opened(operation))

    def without_operation(self, nonce: str) -> State:
        """Return a copy with an operation closed."""
        return replace(self, operations=Operations.of(self.operations).closed(nonce))

    def without_other_films(self, address: Address, wanted: str) -> State:
        """Return a copy without the intents of other films of an address than the wanted one."""
        left = self
        for operation in self.other_films(address, wanted):
            left = left.without_operation(operation.nonce)
        return left

    def other_films(self, address: Address, wanted: str) -> tuple[Operation, ...]:
        """Return the open intents of other films of an address than the wanted one."""
        films = (o for o in self.operations_of(address) if o.kind is OperationKind.GENERATE)
        return tuple(o for o in films if not is_same_film(o.fingerprint, wanted))

    def operations_of(self, address: Address) -> tuple[Operation, ...]:
        """Return the open operations of an address."""
        return Operations.of(self.operations).at(address)

    def open_operation(self, address: Address, *kinds: OperationKind) -> Operation | None:
        """Return the open operation of an address, of one of the kinds."""
        found = (o for o in self.operations_of(address) if o.kind in kinds)
        return next(found, None)

    def open_add(self, address: Address) -> Operation | None:
        """Return the open operation that makes an address's video."""
        return next((o for o in self.operations_of(address) if o.kind.adds), None)

    def is_deleting(self, address: Address) -> bool:
        """Whether a run was allowed to delete an address's video, and has not come to its end."""
        return self.open_operation(address, OperationKind.DELETE) is not None

    def readdressed(self, moves: Mapping[Address, Address]) -> State:
        """Return a copy in which what an address stands for has another, operations included."""

        def now(address: Address) -> Address:
            return moves.get(address, address)

        return replace(
            self,
            videos={now(address): record for address, record in self.videos.items()},
            operations=tuple(replace(o, address=now(o.address)) for o in self.operations),
            retired=tuple((now(address), id_) for address, id_ in self.retired),
            closed_adds=tuple(replace(add, address=now(add.address)) for add in self.closed_adds),
        )

    def with_applied_plan(self, checksum: str) -> State:
        """Return a copy that remembers a saved plan as used."""
        return replace(self, applied_plans=(*self.applied_plans, checksum)[-_MOST_PLANS:])

    def remembering_ended(self, before: State) -> State:
        """Return a copy that remembers the adds that were open before, and have ended."""
        ended = Operations.of(self.operations).ended(before.operations)
        adds = [ClosedAdd(o.nonce, o.address, o.started_at) for o in ended if o.kind.marks]
        return self._with_closed(adds) if adds else self

    def _with_closed(self, adds: Sequence[ClosedAdd]) -> State:
        # By their time: those of a restored, older state come in between, and the newest have to
        # stay.
        both = sorted((*self.closed_adds, *adds), key=lambda add: add.started_at)
        return replace(self, closed_adds=tuple(both[-_MOST_CLOSED:]))

    def remembering(self, other: State) -> State:
        """Return a copy that remembers the adds of another state of ours, which may be older."""
        known = {add.nonce for add in self.closed_adds}
        known |= {operation.nonce for operation in self.operations}
        ended = [
            ClosedAdd(o.nonce, o.address, o.started_at) for o in other.operations if o.kind.marks
        ]
        new = [add for add in (*other.closed_adds, *ended) if add.nonce not in known]
        return self._with_closed(new) if new else self

    @property
    def add_nonces(self) -> frozenset[str]:
        """The nonces of all adds that are open or remembered."""
        opened = {operation.nonce for operation in self.operations if operation.kind.marks}
        return frozenset(opened | {add.nonce for add in self.closed_adds})

    @property
    def addresses(self) -> frozenset[Address]:
        """Every address that has a video, or an open operation that may have made one."""
        return frozenset(self.videos) | {operation.address for operation in self.operations}

    @property
    def refers(self) -> bool:
        """Whether anything in it is about a studio's objects: recorded, open, or to be deleted."""
        return bool(self.videos or self.operations or self.retired)

    @property
    def video_ids(self) -> frozenset[str]:
        """Every remote video that this state answers for."""
        return self.object_ids | {pair[1] for pair in self.retired}

    @property
    def object_ids(self) -> frozenset[str]:
        """The remote videos that addresses stand for, successors included."""
        records = self.videos.values()
        successors = {record.successor.id for record in records if record.successor is not None}
        return frozenset(successors | {record.current.id for record in records})
