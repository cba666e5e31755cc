"""What a scene's presenter does while the speech sounds. Knows poses, draws none."""

from __future__ import annotations

import numpy as np

from storyboard.studio.film.performers import Crew
from storyboard.studio.film.request import FilmScene
from storyboard.studio.film.speaking import Spoken
from storyboard.studio.film.timeline import LEAD_SECONDS, SAMPLE_RATE
from storyboard.studio.stage.performance import levels_of
from storyboard.studio.stage.phrases import Phrases
from storyboard.studio.stage.pose import Pose


def act(
    crew: Crew, scene: FilmScene, speech: Spoken, phrases: Phrases, frames: int, fps: int
) -> tuple[Pose, ...]:
    """Return one pose a frame; where the voice tells no sounds, loudness moves the mouth."""
    seed = f"{scene.presenter} {scene.narration}"
    if speech.phones:
        return crew.performance(speech.phones, frames, fps, LEAD_SECONDS, seed, phrases)
    levels = levels_of(speech.pcm.astype(np.float32) / np.float32(32_768), SAMPLE_RATE, fps)
    return crew.performance_by_loudness(levels, frames, fps, LEAD_SECONDS, seed, phrases)
