"""What a merge of the files and the studio comes to: each video as its file should have it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from storyboard.plan.diff import ChangeKind
from storyboard.plan.shown import Presenter, ShownScene, desired_shown
from storyboard.source.span import Span
from storyboard.video import Video


class Prefer(Enum):
    """Whose value is right where both sides changed a field."""

    THEIRS = "theirs"
    OURS = "ours"


class MergeOutcome(Enum):
    """What becomes of a field that the studio has otherwise than the files."""

    TAKEN = "taken"
    CONFLICT = "conflict"


Value = str | float | None

ORDER: Final = "scenes"
"""The path of the order of scenes."""


@dataclass(frozen=True, slots=True)
class FieldMerge:
    """One field that people changed in the studio: `ours` is the file's value, `theirs` theirs.

    `path` is like `scenes[metrics].narration.text`, with our scene id. `known` says that the state
    tells what was applied; where it does not, either side may have changed it.
    """

    path: str
    kind: ChangeKind
    ours: Value
    theirs: Value
    verdict: MergeOutcome = MergeOutcome.TAKEN
    known: bool = True
    span: Span | None = None
    scene_id: str = ""


@dataclass(frozen=True, slots=True)
class MergedScene:
    """A scene as it should be: our id, None for one that was added in the studio.

    `follows` says that it is presented by the video's own avatar.
    """

    id: str | None
    shown: ShownScene
    follows: bool


@dataclass(frozen=True, slots=True)
class Merged:
    """A video as the file should have it, and the fields that the studio has otherwise."""

    video: Video
    name: str
    presenter: Presenter | None
    scenes: tuple[MergedScene, ...]
    fields: tuple[FieldMerge, ...] = ()

    @property
    def conflicts(self) -> tuple[FieldMerge, ...]:
        """The fields that both sides changed, and neither was preferred."""
        return tuple(item for item in self.fields if item.verdict is MergeOutcome.CONFLICT)


def unmerged(video: Video) -> Merged:
    """Return a video whose file stays as it is."""
    shown = desired_shown(video)
    scenes = (
        MergedScene(scene.id, look, shown.presents(look))
        for scene, look in zip(video.scenes, shown.scenes, strict=True)
    )
    return Merged(video, shown.name, shown.presenter, tuple(scenes))
