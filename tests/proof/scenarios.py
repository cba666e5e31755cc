"""What is applied in the cases of the proof, and from what; each ends in the same few facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from storyboard.plan.limits import Limit
from storyboard.plan.options import PlanOptions
from storyboard.video import Address, Compose, Video
from tests.support.tiny_studio import TinyStudio, caption_asset
from tests.support.videos import scene, video

PRUNING = PlanOptions(prune=True, allow_empty=True, max_delete=Limit(10))

_EN = video("q1@en", "Welcome to the overview of this quarter.", scene("m", "It was good."))
_FR = video("q1@fr", "Bienvenue.", scene("m", "Tout va bien."))
_EDITED = video("q1@en", "Welcome to the review of this quarter.", scene("m", "It was good."))
_BOTH = (_EN, _FR)
_TALK = Compose("session-highlights", 60.0, ("1_talk0001",), "the roadmap")
_COMPOSED = replace(_EN, scenes=(), compose=_TALK)


@dataclass(frozen=True)
class Scenario:
    """What is there before, what is wanted, and the requests of an undisturbed run of it.

    `films` counts the films of the run: one a fingerprint that is new.
    """

    before: tuple[Video, ...]
    wanted: tuple[Video, ...]
    requests: int
    writes: int
    films: int
    studio: Mapping[str, Any] = field(default_factory=dict)

    def make_studio(self) -> TinyStudio:
        """Return a studio of nothing but a stranger's video, whose films will have captions."""
        studio = TinyStudio(film_polls=1, captions={"": (caption_asset("Hello"),)}, **self.studio)
        studio._video_add({"name": STRANGER, "avatarId": "other", "scenes": []})
        return studio


STRANGER = "Film of a stranger"

SCENARIOS: Mapping[str, Scenario] = {
    "create": Scenario((), _BOTH, 22, 17, 2),
    "edit": Scenario(_BOTH, (_EDITED, _FR), 14, 7, 1),
    "rename": Scenario(_BOTH, (replace(_EN, name="The review"), _FR), 5, 1, 0),
    "move": Scenario((_EN,), (replace(_EN, address=Address.parse("q2@en")),), 3, 2, 0),
    "prune": Scenario(_BOTH, (_FR,), 4, 2, 0),
    "destroy": Scenario(_BOTH, (), 5, 3, 0),
    "replace": Scenario(_BOTH, (_EDITED, _FR), 26, 11, 1, {"ready_edits": "refused"}),
    "compose": Scenario((), (_COMPOSED,), 17, 11, 1),
}
