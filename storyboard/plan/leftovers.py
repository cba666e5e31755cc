"""What sendings of adds left in a studio that no state knows: whose it is, and what becomes of it.

Only a nonce proves that a video is ours, and only one that this state sent: a mark can be forged or
belong to another environment, and what carries it stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.nonce_mark import nonce_of
from storyboard.state.model import ADDS, State
from storyboard.video import Address
from storyboard.wire import VideoStatus


class Fate(Enum):
    """What the next apply of the address does about a leftover."""

    DELETED = "deleted"
    KEPT = "kept"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Leftover:
    """A second video of an add that has ended, or the one of an add that is still open."""

    address: Address
    video: RemoteVideo
    is_open: bool = False

    @property
    def fate(self) -> Fate:
        """What becomes of it: an open add adopts it; a draft is deleted, as nobody worked on it."""
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
    """Yield what adds of this state left behind; `owned` are ids that other states answer for."""
    closed = {add.nonce: add.address for add in state.closed_adds}
    opened = {o.nonce: o.address for o in state.operations if o.kind in ADDS}
    known = state.video_ids
    for video in videos:
        nonce = nonce_of(video.name)
        address = opened.get(nonce or "") or closed.get(nonce or "")
        if address is None or video.id in known or video.id in owned:
            continue
        if address.matches(scope):
            yield Leftover(address, video, is_open=nonce in opened)


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
