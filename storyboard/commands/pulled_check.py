"""What a video shows once some edits of a pull are made: the compiler has to agree to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from storyboard.commands.pulled_slots import AVATAR, ENTRY, LAYOUT, NAME, NARRATION, START, Slot
from storyboard.expand.origins import place_in
from storyboard.plan.merged import Merged
from storyboard.plan.shown import Presenter, ShownScene, ShownVideo, desired_shown
from storyboard.video import Address, Avatar, Layout, Scene

_T = TypeVar("_T")
Key = tuple[Address, str, str]


@dataclass(frozen=True, slots=True)
class Expected:
    """Tells what videos show where the slots of `made` have their new values.

    `arranged` are the storyboards whose lists of scenes were rewritten, too.
    """

    made: Mapping[Key, Slot]
    arranged: bool = False

    def shows(self, merged: Merged) -> ShownVideo:
        """Return what a video shows then."""
        before = desired_shown(merged.video)
        own = self._after(merged, "", AVATAR, before.presenter, merged.presenter)
        name = self._after(merged, "", NAME, before.name, merged.name)
        ours = zip(merged.video.scenes, before.scenes, strict=True)
        scenes = {s.id: self._scene(merged, s, shown, own) for s, shown in ours}
        if not self.arranged:
            return ShownVideo(str(name), own, tuple(scenes.values()))
        arranged = (
            ShownScene(
                each.shown.layout,
                each.shown.narration,
                (own or "") if each.follows else each.shown.presenter,
                *each.shown.broll,
            )
            if each.id is None
            else scenes[each.id]
            for each in merged.scenes
        )
        return ShownVideo(str(name), own, tuple(arranged))

    def _scene(
        self, merged: Merged, scene: Scene, now: ShownScene, own: Presenter | None
    ) -> ShownScene:
        then = next((s.shown for s in merged.scenes if s.id == scene.id), now)
        entry = self._after(merged, scene.id, ENTRY, now.broll_entry, then.broll_entry)
        start = self._after(merged, scene.id, START, now.start_time, then.start_time)
        usual = Layout.FULL_SCREEN if entry is None else Layout.BROLL
        layout = now.layout if place_in(scene.origin, LAYOUT) is not None else usual.value
        key = (merged.video.address, scene.id, AVATAR)
        presenter: Avatar | None = self.made[key].after if key in self.made else scene.avatar
        return ShownScene(
            str(self._after(merged, scene.id, LAYOUT, layout, then.layout)),
            str(self._after(merged, scene.id, NARRATION, now.narration, then.narration)),
            presenter or own or "",
            entry,
            None if entry is None else start or 0.0,
        )

    def _after(self, merged: Merged, scene_id: str, field: str, before: _T, after: _T) -> _T:
        return after if (merged.video.address, scene_id, field) in self.made else before
