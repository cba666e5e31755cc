"""When each scene happens, in whole frames and whole samples. Knows no picture and no sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from storyboard.studio.film.request import SceneTiming

SAMPLE_RATE = 48_000
"""Samples a second of every film's sound."""

PACKET_SAMPLES = 1024
"""Samples of an AAC packet. Scenes sound from whole packets on, so each can be encoded alone."""

LEAD_SAMPLES = 12_000
"""Silence before a scene's speech: a quarter of a second."""

LEAD_SECONDS: Final = LEAD_SAMPLES / SAMPLE_RATE
"""The same in seconds, as voices and poses count."""

TAIL_SAMPLES = 16_800
"""Silence after a scene's speech, at least: 0.35 seconds."""

PAUSE_SECONDS: Final = (LEAD_SAMPLES + TAIL_SAMPLES) / SAMPLE_RATE
"""By how much a scene is longer than its speech, but for less than a frame."""


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

    def first_packet(self, scene: int) -> int:
        """Return from which packet on a scene sounds: the first that begins in it.

        That is less than a frame late. The number of scenes stands for the end of the sound.
        """
        frames = self.scenes[scene].start_frame if scene < len(self.scenes) else self.frames
        return -(-frames * self.samples_per_frame // PACKET_SAMPLES)

    def packets(self, scene: int) -> int:
        """Return for how many packets a scene sounds: one less than fill it, sometimes."""
        return self.first_packet(scene + 1) - self.first_packet(scene)

    def speech_starts(self, scene: int) -> float:
        """Return the second of the film at which the scene's speech begins."""
        return (self.first_packet(scene) * PACKET_SAMPLES + LEAD_SAMPLES) / SAMPLE_RATE


def samples_per_frame(fps: int) -> int:
    """Return how many samples a frame lasts; raises ValueError where that is not whole."""
    samples, rest = divmod(SAMPLE_RATE, fps)
    if rest:
        raise ValueError(f"{fps} frames a second do not divide {SAMPLE_RATE} samples")
    return samples


def scene_frames(speech_samples: int, fps: int) -> int:
    """Return how long a scene is whose speech has so many samples, in whole frames."""
    return -(-(LEAD_SAMPLES + speech_samples + TAIL_SAMPLES) // samples_per_frame(fps))


def build_timeline(speech_samples: Sequence[int], fps: int) -> Timeline:
    """Lay the scenes end to end: silence, speech, silence, rounded up to whole frames.

    `speech_samples` are the lengths of the narrations at `SAMPLE_RATE`.
    """
    scenes: list[SceneTiming] = []
    start = 0
    for samples in speech_samples:
        frames = scene_frames(samples, fps)
        scenes.append(SceneTiming(start, frames))
        start += frames
    return Timeline(fps, tuple(scenes))
