"""What a presenter does in each take while the speech sounds. Knows poses, draws none."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from storyboard.studio.film.performers import Crew
from storyboard.studio.film.request import FilmScene
from storyboard.studio.film.speaking import Spoken
from storyboard.studio.film.takes import Take
from storyboard.studio.film.timeline import LEAD_SAMPLES, SAMPLE_RATE, samples_per_frame
from storyboard.studio.stage.performance import levels_of
from storyboard.studio.stage.pose import Pose
from storyboard.studio.voice.speech import Phone


def act(
    crew: Crew, scene: FilmScene, speech: Spoken, takes: Sequence[Take]
) -> tuple[tuple[Pose, ...], ...]:
    """Return each take's poses, one a frame; they depend on nothing but what is said in it.

    Where the voice tells no sounds, loudness moves the mouth.
    """
    if speech.phones:
        return tuple(_by_sounds(crew, scene.presenter, speech.phones, take) for take in takes)
    heard = np.pad(speech.pcm.astype(np.float32) / np.float32(32_768), (LEAD_SAMPLES, 0))
    return tuple(_by_loudness(crew, scene.presenter, heard, take) for take in takes)


def _by_sounds(crew: Crew, presenter: str, phones: Sequence[Phone], take: Take) -> tuple[Pose, ...]:
    moved = (Phone(p.symbol, take.since(p.start), take.since(p.end)) for p in phones)
    seconds = take.frames / take.fps
    heard = [phone for phone in moved if phone.end > 0 and phone.start < seconds]
    return crew.performance(heard, take.frames, take.fps, 0.0, _seed(presenter, take), take.phrases)


def _by_loudness(
    crew: Crew, presenter: str, heard: npt.NDArray[np.float32], take: Take
) -> tuple[Pose, ...]:
    samples = samples_per_frame(take.fps)
    its = heard[take.first * samples : (take.first + take.frames) * samples]
    levels, seed = levels_of(its, SAMPLE_RATE, take.fps), _seed(presenter, take)
    return crew.performance_by_loudness(levels, take.frames, take.fps, 0.0, seed, take.phrases)


def _seed(presenter: str, take: Take) -> str:
    return f"{presenter} {take.text}"
