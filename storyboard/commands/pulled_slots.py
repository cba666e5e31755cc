"""Where each value of a storyboard's videos is written, before a pull and after it.

A place may serve several videos or scenes: it can be rewritten only if all of them agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from storyboard.expand.origins import item_of, place_in, source_of_text
from storyboard.language.place import Place
from storyboard.plan.merged import Merged, MergedScene
from storyboard.plan.shown import ShownScene, desired_shown
from storyboard.source.span import Span
from storyboard.video import Address, Layout, Scene

Spot = Place | Span | None
"""Where a value is written: in a document, in a catalog, or nowhere yet."""

NAME: Final = "name"
AVATAR: Final = "avatar"
NARRATION: Final = "narration"
LAYOUT: Final = "layoutType"
ENTRY: Final = "broll.entryId"
START: Final = "broll.startTime"
_CLIP: Final = "broll"


@dataclass(frozen=True, slots=True)
class Slot:
    """One value of one video: where it is written, what it is, and what it is to be.

    `field` is one of the constants here, `scene_id` empty for the video's own. `item` is where the
    scene, or the file, is written: what is written nowhere yet goes there. `source` is where a text
    stands in its source's language.
    """

    address: Address
    scene_id: str
    field: str
    spot: Spot
    item: Place | None
    before: Any
    after: Any
    source: Place | None = None

    @property
    def key(self) -> tuple[Address, str, str]:
        """Whose value it is."""
        return (self.address, self.scene_id, self.field)

    @property
    def changes(self) -> bool:
        """Whether it is to be another value."""
        return bool(self.before != self.after)

    @property
    def group(self) -> object:
        """What those slots share that one text in one file gives their values."""
        return (self.field, _key(self.item if self.spot is None else self.spot))

    @property
    def path(self) -> str:
        """The path of a plan's difference that this value decides."""
        name = "narration.text" if self.field == NARRATION else self.field
        return f"scenes[{self.scene_id}].{name}" if self.scene_id else name


def slots_of(merged: Merged, top: Place) -> Iterator[Slot]:
    """Yield every value of a video that its files write; `top` is its storyboard's own place."""
    video, shown = merged.video, desired_shown(merged.video)
    address = video.address
    name = place_in(video.name_origin, NAME)
    yield Slot(
        address,
        "",
        NAME,
        name,
        top,
        shown.name,
        merged.name,
        source_of_text(video.name_origin, NAME),
    )
    avatar = place_in(video.avatar_origin, AVATAR)
    yield Slot(address, "", AVATAR, avatar, top, shown.presenter, merged.presenter)
    wanted = {scene.id: scene for scene in merged.scenes if scene.id is not None}
    for scene, look in zip(video.scenes, shown.scenes, strict=True):
        if scene.id in wanted:
            yield from _scene_slots(address, scene, look, wanted[scene.id], merged)


def _scene_slots(
    address: Address, scene: Scene, now: ShownScene, wanted: MergedScene, merged: Merged
) -> Iterator[Slot]:
    then, origin, item = wanted.shown, scene.origin, item_of(scene.origin)

    def slot(field: str, spot: Spot, before: Any, after: Any) -> Slot:
        source = source_of_text(origin, field)
        return Slot(address, scene.id, field, spot, item, before, after, source)

    before, after = (merged.video.as_written(x.narration, scene) for x in (now, then))
    yield slot(NARRATION, place_in(origin, NARRATION), before, after)
    layout = place_in(origin, LAYOUT)
    usual = Layout.FULL_SCREEN if then.broll_entry is None else Layout.BROLL
    yield slot(LAYOUT, layout, usual.value if layout is None else now.layout, then.layout)
    avatar = place_in(origin, AVATAR)
    explicit = scene.avatar if avatar is not None else None
    own: Any = None if wanted.follows else then.presenter
    if explicit is not None and explicit == then.presenter:
        own = explicit
    yield slot(AVATAR, avatar, explicit, own)
    clip = place_in(origin, _CLIP)
    yield slot(ENTRY, place_in(origin, ENTRY) or clip, now.broll_entry, then.broll_entry)
    start = now.start_time if then.broll_entry is None else then.start_time
    yield slot(START, place_in(origin, START) or clip, now.start_time, start)


def _key(spot: Spot) -> object:
    if isinstance(spot, Place):
        return (spot.document.path, spot.pointer)
    return spot and (spot.file, spot.line)
