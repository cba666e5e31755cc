"""What adds and test films left in a studio that no state knows: whose, and what becomes of it.

Only a nonce proves that a video is ours, and only one that this state sent: a mark can be forged or
belong to another environment, and what carries it stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.nonce_mark import nonce_of
from storyboard.state.model import OperationKind, State
from storyboard.video import Address
from storyboard.wire import VideoStatus


class Fate(Enum):
    """What the next apply of the address does about a leftover."""

    DELETED = "deleted"
    KEPT = "kept"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Leftover:
    """A second video of an add that has ended, or the one of an add that is still open.

    `is_test` where it is of a test film, whose run was killed.
    """

    address: Address
    video: RemoteVideo
    is_open: bool = False
    is_test: bool = False

    @property
    def fate(self) -> Fate:
        """What becomes of it: an open add adopts it; a draft is deleted, as nobody worked on it.

        A test film's is deleted whatever its status: it was made to be.
        """
        if self.is_test:
            return Fate.DELETED
        if self.is_open:
            return Fate.WAITING
        return Fate.DELETED if self.video.status is VideoStatus.DRAFT else Fate.KEPT


def find_leftovers(
    videos: Sequence[RemoteVideo],
    state: State,
    *,
    scope: Sequence[str] = (),
    owned: Collection[str] = (),
) -> Iterator[Leftover]:
    """Yield what calls of this state left behind; `owned` are ids that other states answer for."""
    closed = {add.nonce: add.address for add in state.closed_adds}
    opened = {o.nonce: o.address for o in state.operations if o.kind.adds}
    tests = {o.nonce: o.address for o in state.operations if o.kind is OperationKind.TEST}
    sent = {**closed, **opened, **tests}
    known = state.video_ids
    for video in videos:
        nonce = nonce_of(video.name)
        address = sent.get(nonce or "")
        if address is None or video.id in known or video.id in owned:
            continue
        if address.matches(scope):
            yield Leftover(address, video, is_open=nonce in opened, is_test=nonce in tests)


def find_unclaimed(
    videos: Sequence[RemoteVideo], states: Collection[State]
) -> Iterator[RemoteVideo]:
    """Yield marked videos that none of these states sent or knows: of another project, say."""
    nonces = {nonce for state in states for nonce in state.add_nonces}
    ids = {id_ for state in states for id_ in state.video_ids}
    for video in videos:
        nonce = nonce_of(video.name)
        if nonce is not None and nonce not in nonces and video.id not in ids:
            yield video
