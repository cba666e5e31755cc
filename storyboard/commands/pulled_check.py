"""What a video shows once some edits of a pull are made: the compiler has to agree to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from storyboard.commands.pulled_slots import AVATAR, ENTRY, LAYOUT, NAME, NARRATION, START, Slot
from storyboard.expand.origins import place_in
from storyboard.plan.merged import Merged
from storyboard.plan.shown import Presenter, ShownScene, ShownVideo, desired_shown, locales_of
from storyboard.video import Address, Avatar, Layout, Scene, Video

_T = TypeVar("_T")
Key = tuple[Address, str, str]


@dataclass(frozen=True, slots=True)
class Expected:
    """Tells what videos show where the slots of `made` have their new values.

    `arranged` are the storyboards whose lists of scenes were rewritten, too.
    """

    made: Mapping[Key, Slot]
    arranged: bool = False

    def is_met(self, merged: Merged, video: Video) -> bool:
        """Whether a video, compiled with the edits made, shows what it should.

        Titles do not count: no edit writes them, and they go with who is seen first.
        """
        shown = desired_shown(video)
        untitled = tuple(replace(scene, title=None) for scene in shown.scenes)
        return replace(shown, scenes=untitled) == self._shows(merged)

    def _shows(self, merged: Merged) -> ShownVideo:
        before = desired_shown(merged.video)
        own = self._after(merged, "", AVATAR, before.presenter, merged.presenter)
        name = self._after(merged, "", NAME, before.name, merged.name)
        scenes = self._scenes(merged, own)
        final = tuple(self._arranged(merged, own, scenes) if self.arranged else scenes.values())
        locales = locales_of(final, merged.video)
        told = (replace(scene, locale=each) for scene, each in zip(final, locales, strict=True))
        return ShownVideo(str(name), own, tuple(told))

    def lacks(self, merged: Merged) -> Iterator[str]:
        """Yield the paths of a video's values that are to be taken, and do not come out so.

        A layout may follow from a clip that is left, and so may a start from its entry.
        """
        before = desired_shown(merged.video).presenter
        own = self._after(merged, "", AVATAR, before, merged.presenter)
        scenes = self._scenes(merged, own)
        for scene in merged.scenes:
            if scene.id in scenes:
                is_, wanted = scenes[scene.id], scene.shown
                differing = {
                    LAYOUT: is_.layout != wanted.layout,
                    "narration.text": is_.narration != wanted.narration,
                    ENTRY: is_.broll_entry != wanted.broll_entry,
                    START: is_.start_time != wanted.start_time,
                    AVATAR: is_.presenter != wanted.presenter,
                }
                yield from (
                    f"scenes[{scene.id}].{name}" for name, is_so in differing.items() if is_so
                )

    def _arranged(
        self, merged: Merged, own: Presenter | None, scenes: Mapping[str, ShownScene]
    ) -> Iterator[ShownScene]:
        """Yield the scenes in their new order, with those that were added."""
        for each in merged.scenes:
            if each.id is not None:
                yield scenes[each.id]
            else:
                presenter = (own or "") if each.follows else each.shown.presenter
                yield replace(each.shown, presenter=presenter)

    def _scenes(self, merged: Merged, own: Presenter | None) -> dict[str, ShownScene]:
        ours = zip(merged.video.scenes, desired_shown(merged.video).scenes, strict=True)
        return {scene.id: self._scene(merged, scene, shown, own) for scene, shown in ours}

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
        words = str(self._after(merged, scene.id, NARRATION, now.narration, then.narration))
        return ShownScene(
            str(self._after(merged, scene.id, LAYOUT, layout, then.layout)),
            words,
            presenter or own or "",
            entry,
            None if entry is None else start or 0.0,
            merged.video.said_in(words),
        )

    def _after(self, merged: Merged, scene_id: str, field: str, before: _T, after: _T) -> _T:
        return after if (merged.video.address, scene_id, field) in self.made else before
