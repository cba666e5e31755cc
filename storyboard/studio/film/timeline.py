"""When each scene happens, in whole frames and whole samples. Knows no picture and no sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storyboard.studio.film.request import SceneTiming

SAMPLE_RATE = 48_000
"""Samples a second of every film's sound."""

LEAD_SAMPLES = 12_000
"""Silence before a scene's speech: a quarter of a second."""

TAIL_SAMPLES = 16_800
"""Silence after a scene's speech, at least: 0.35 seconds."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Every scene's place; captions, chapters, picture and sound all read this one table."""

    fps: int
    scenes: tuple[SceneTiming, ...]

    @property
    def frames(self) -> int:
        """Length of the whole film in frames."""
        return sum(scene.frames for scene in self.scenes)

    @property
    def samples_per_frame(self) -> int:
        """Samples of one channel that sound while one frame is shown; exact."""
        return samples_per_frame(self.fps)

    def speech_starts(self, scene: int) -> float:
        """Return the second of the film at which the scene's speech begins."""
        start = self.scenes[scene].start_frame * self.samples_per_frame + LEAD_SAMPLES
        return start / SAMPLE_RATE


def samples_per_frame(fps: int) -> int:
    """Return how many samples a frame lasts; raises ValueError where that is not whole."""
    samples, rest = divmod(SAMPLE_RATE, fps)
    if rest:
        raise ValueError(f"{fps} frames a second do not divide {SAMPLE_RATE} samples")
    return samples


def build_timeline(speech_samples: Sequence[int], fps: int) -> Timeline:
    """Lay the scenes end to end: silence, speech, silence, rounded up to whole frames.

    `speech_samples` are the lengths of the narrations at `SAMPLE_RATE`.
    """
    each = samples_per_frame(fps)
    scenes: list[SceneTiming] = []
    start = 0
    for samples in speech_samples:
        frames = -(-(LEAD_SAMPLES + samples + TAIL_SAMPLES) // each)
        scenes.append(SceneTiming(start, frames))
        start += frames
    return Timeline(fps, tuple(scenes))
