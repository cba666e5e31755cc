"""Our loudness against FFmpeg's EBU R128 meter, and what normalizing promises."""

from __future__ import annotations

import math
from pathlib import Path

import av
import numpy as np
import pytest
from av.filter import Graph

from storyboard.studio.film.audio import encode_sound, scene_sound
from storyboard.studio.film.cache import Cache
from storyboard.studio.film.loudness import CEILING, integrated_loudness, normalized
from storyboard.studio.film.speaking import resampled


def speechlike(seconds: float, level: float, seed: int = 1, rate: int = 48_000) -> np.ndarray:
    rng = np.random.default_rng(seed)
    count = round(seconds * rate)
    time = np.arange(count) / rate
    buzz = sum(np.sin(2 * np.pi * 130 * k * time) / k for k in range(1, 20))
    syllables = np.maximum(0, np.sin(2 * np.pi * 3.1 * time)) * (np.sin(0.9 * time) > -0.5)
    return (level * (buzz * syllables + 0.05 * rng.standard_normal(count))).astype(np.float32)


def metered(channels: np.ndarray) -> float:
    layout = "stereo" if len(channels) == 2 else "mono"
    graph = Graph()
    source = graph.add_abuffer(sample_rate=48_000, format="fltp", layout=layout)
    meter, sink = graph.add("ebur128", "metadata=1"), graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(channels), "fltp", layout)
    frame.sample_rate, frame.pts = 48_000, 0
    graph.push(frame)
    graph.push(None)
    loudness = -math.inf
    while True:
        try:
            loudness = float(graph.pull().metadata["lavfi.r128.I"])
        except (av.error.EOFError, av.error.BlockingIOError):
            return loudness


@pytest.mark.parametrize("seconds", [1.7, 12.0])
@pytest.mark.parametrize("level", [0.002, 0.1, 0.3])
def test_agrees_with_the_reference_meter(seconds: float, level: float) -> None:
    samples = speechlike(seconds, level)
    assert integrated_loudness(samples) == pytest.approx(metered(samples[None]), abs=0.2)


@pytest.mark.parametrize("level", [0.003, 0.1, 0.9])
def test_everything_comes_out_equally_loud(level: float) -> None:
    samples = normalized(speechlike(6.0, level))
    assert metered(np.stack((samples, samples))) == pytest.approx(-16.0, abs=0.5)
    assert np.abs(samples).max() <= CEILING + 1e-6


def test_a_crack_is_turned_down_and_its_surroundings_stay() -> None:
    samples = speechlike(4.0, 0.1)
    samples[96_000] = 8.0
    out = normalized(samples)
    assert np.abs(out).max() <= CEILING + 1e-6
    away = slice(0, 90_000)
    gain = out[away][samples[away] != 0] / samples[away][samples[away] != 0]
    assert np.ptp(gain) < 1e-3


def test_silence_stays_silence() -> None:
    assert integrated_loudness(np.zeros(48_000, np.float32)) == -math.inf
    assert not normalized(np.zeros(48_000, np.float32)).any()


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100])
def test_resampling_keeps_length_and_place(rate: int) -> None:
    samples = np.zeros(rate + 7, np.float32)
    samples[rate // 2] = 1.0
    out = resampled(samples, rate)
    assert len(out) == -(-len(samples) * 48_000 // rate)
    assert abs(int(np.argmax(out)) - 24_000) <= 2


def test_a_sharp_s_stays_below_the_true_peak_limit_once_it_is_encoded(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    hiss = np.diff(rng.standard_normal(6 * 48_000 + 1)) * (np.arange(6 * 48_000) % 24_000 < 5_000)
    speech = normalized((speechlike(6.0, 0.2) + 0.2 * hiss).astype(np.float32))
    pcm = np.round(speech * 32_767).astype(np.int16)
    sound = scene_sound(8 * 48_000, pcm, np.zeros(0, np.int16))
    path = encode_sound(Cache(tmp_path), sound)
    with av.open(str(path)) as container:
        heard = np.concatenate([f.to_ndarray()[0] for f in container.decode(audio=0)])
    spectrum = np.fft.rfft(heard)
    between = np.fft.irfft(np.pad(spectrum, (0, 3 * (len(heard) // 2))), 4 * len(heard)) * 4
    assert 20 * math.log10(np.abs(between).max()) < -1.0
