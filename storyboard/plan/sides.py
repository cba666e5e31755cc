"""The three sides of one address: what it should be, what was applied, what the studio holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.action import Action
from storyboard.plan.diff import FieldChange, Part
from storyboard.state.model import VideoRecord
from storyboard.video import Address, Video
from storyboard.wire import VideoStatus


@dataclass(frozen=True, slots=True)
class Sides:
    """Desired × applied × current of one address; an impossible combination cannot be built.

    `current` is the object that edits go to: the successor where one is being prepared, or what an
    interrupted add left behind (`adopted`, with its `strays`).
    """

    address: Address
    desired: Video | None
    applied: VideoRecord | None
    current: RemoteVideo | None
    adopted: bool = False
    strays: tuple[RemoteVideo, ...] = ()

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


@dataclass(frozen=True, slots=True)
class Edit:
    """How the studio's object has to change; `refuses_edits`: no ready video is edited there."""

    changes: tuple[FieldChange, ...] = ()
    refuses_edits: bool = False

    @property
    def of_scenes(self) -> bool:
        """Whether more than name and state change: what a studio refuses while it processes."""
        return any(_is_content(change) for change in self.changes)

    @property
    def of_name(self) -> bool:
        """Whether the name changes."""
        return any(change.part is Part.NAME for change in self.changes)

    @property
    def of_film(self) -> bool:
        """Whether the film would look or sound different."""
        return any(change.shows for change in self.changes)

    @property
    def drifted(self) -> bool:
        """Whether somebody else changed what we had applied."""
        return any(change.drift for change in self.changes)

    @property
    def of_state(self) -> bool:
        """Whether the state alone changes, so that nothing is sent."""
        return all(change.part is Part.PROTECT for change in self.changes)

    def without_content(self) -> Edit:
        """Return what is left of it where the studio keeps its scenes and its avatar."""
        kept = tuple(change for change in self.changes if not _is_content(change))
        return replace(self, changes=kept)


def _is_content(change: FieldChange) -> bool:
    match change.part:
        case Part.AVATAR | Part.SCENES:
            return True
        case Part.NAME | Part.PROTECT:
            return False
        case _:
            assert_never(change.part)


def own_action(sides: Sides, edit: Edit) -> Action:
    """Return what becomes of the object; its film and its scenes are other actions."""
    if sides.desired is None:
        return Action.DELETE
    if sides.desired.holds:
        return Action.HOLD
    if sides.adopted:
        return Action.ADOPT
    if sides.current is None:
        return Action.CREATE
    if not edit.changes:
        return Action.KEEP
    if all(change.part is Part.NAME for change in edit.changes):
        return Action.RENAME
    # The name alone may be changed in every status, so that a rename replaces nothing.
    if edit.of_scenes and edit.refuses_edits and sides.current.status is VideoStatus.READY:
        return Action.REPLACE
    return Action.UPDATE
