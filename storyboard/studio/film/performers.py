"""Who speaks and who draws: the one place where films meet voices and the stage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from storyboard.studio.film.picture import Box, Image
from storyboard.studio.stage.performance import performance, performance_by_loudness
from storyboard.studio.stage.phrases import Phrases
from storyboard.studio.stage.placement import Layout, Placement, placement
from storyboard.studio.stage.pose import Pose
from storyboard.studio.stage.presenter import (
    STAGE_VERSION,
    Part,
    draw_presenter_region,
    part_box,
    rise,
)
from storyboard.studio.stage.rooms.backdrop import Backdrop
from storyboard.studio.stage.rooms.painting import draw_backdrop
from storyboard.studio.text.recognition import film_language
from storyboard.studio.voice.casting import voice_for
from storyboard.studio.voice.own_voices import OwnVoices, more_languages
from storyboard.studio.voice.speech import Phone, Voice


@dataclass(frozen=True, slots=True)
class Crew:
    """The functions a film is made with; `stage_version` changes when any drawing does."""

    recognize_language: Callable[..., str]
    voice_for: Callable[[str, str], Voice]
    performance: Callable[[Sequence[Phone], int, int, float, str, Phrases], tuple[Pose, ...]]
    performance_by_loudness: Callable[
        [Sequence[float], int, int, float, str, Phrases], tuple[Pose, ...]
    ]
    placement: Callable[[Layout, int, int], Placement]
    draw_presenter_region: Callable[[str, Pose, int, Box], Image]
    part_box: Callable[[str, Pose, int, Part], Box]
    rise: Callable[[int, int], int]
    draw_backdrop: Callable[[Backdrop, int, int], Image]
    stage_version: str


def default_crew(own: OwnVoices | None = None) -> Crew:
    """Return the presenters that come with the package, and its voices behind the operator's."""
    return Crew(
        recognize_language=partial(_language, own),
        voice_for=partial(voice_for, own=own),
        performance=performance,
        performance_by_loudness=performance_by_loudness,
        placement=placement,
        draw_presenter_region=draw_presenter_region,
        part_box=part_box,
        rise=rise,
        draw_backdrop=draw_backdrop,
        stage_version=STAGE_VERSION,
    )


def _language(own: OwnVoices | None, narrations: Sequence[str], locale: str | None = None) -> str:
    """Return what a film is spoken in, which the operator may have a voice for."""
    return film_language(narrations, locale, more_languages(own))
