"""The presenter over a clip, from pose to pose. Knows no clip and draws nothing."""

from __future__ import annotations

from storyboard.studio.film.drawings import Drawings
from storyboard.studio.film.parts import redrawn
from storyboard.studio.film.picture import Patch
from storyboard.studio.stage.placement import Layout
from storyboard.studio.stage.pose import Pose
from storyboard.studio.stage.presenter import Part


class OverlayPresenter:
    """Owns the patches that show one presenter over a clip: only what moves is put into them."""

    def __init__(self, drawings: Drawings, presenter: str) -> None:
        self._drawings, self._presenter = drawings, presenter
        self._stood: Layout | None = None
        self._before: Pose | None = None
        self._patches: tuple[Patch, ...] = ()

    def patches(self, pose: Pose, layout: Layout) -> tuple[Patch, ...]:
        """Return the presenter in a pose, good until the next call.

        It comes in two pieces, head and shoulders, with nothing of the clear corners beside a head.
        """
        before = self._before if layout is self._stood else None
        for part in redrawn(before, pose) if pose != before else ():
            drawn = self._drawings.over_clip(self._presenter, pose, part, layout)
            if part is Part.BODY:
                boxes = self._drawings.head_and_shoulders(self._presenter, pose, layout)
                self._patches = tuple(drawn.part(box).own() for box in boxes)
            else:
                for each in self._patches:
                    each.put(drawn)
        self._before, self._stood = pose, layout
        return self._patches
