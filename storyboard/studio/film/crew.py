"""Who speaks and who draws: the one place where films meet voices and the stage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from storyboard.studio.film.request import Backdrop
from storyboard.studio.stage.pose import Pose
from storyboard.studio.voice.speech import Phone, Voice

Image = npt.NDArray[np.uint8]
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Crew:
    """The functions a film is made with; `stage_version` changes when any drawing does."""

    recognise_language: Callable[[Sequence[str]], str]
    voice_for: Callable[[str, str], Voice]
    performance: Callable[[Sequence[Phone], int, int, float, str], tuple[Pose, ...]]
    draw_presenter: Callable[[str, Pose, int], Image]
    head_box: Callable[[str, int], Box]
    draw_backdrop: Callable[[Backdrop, int, int], Image]
    stage_version: str


def default_crew() -> Crew:
    """Return the voices and presenters that come with the package."""
    from storyboard.studio.stage.backdrop import draw_backdrop
    from storyboard.studio.stage.performance import performance
    from storyboard.studio.stage.presenter import STAGE_VERSION, draw_presenter, head_box
    from storyboard.studio.voice.casting import voice_for
    from storyboard.studio.voice.recognition import recognise_language

    return Crew(
        recognise_language=recognise_language,
        voice_for=voice_for,
        performance=performance,
        draw_presenter=draw_presenter,
        head_box=head_box,
        draw_backdrop=draw_backdrop,
        stage_version=STAGE_VERSION,
    )
