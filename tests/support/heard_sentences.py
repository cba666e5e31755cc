"""How far a narration's sentences are from their sound, as ears of several kinds hear it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from pathlib import Path

import av
import numpy as np

from storyboard.narration.cleaning import clean_narration
from storyboard.studio.film.captions import timed_tokens
from storyboard.studio.film.speaking import Spoken
from storyboard.studio.film.timeline import SAMPLE_RATE

OFF_SECONDS = 0.08
"""What no viewer sees: two pictures."""

EARS = (-30, -35, -40)
"""Levels in dB of the loudest moment, above which something is heard."""

_HOP = 240
_PAUSE_SECONDS = 0.1

Late = tuple[int, str, str, int, int]
"""An ear, the first and the last word of a sentence, and by how many ms these come late."""


def late_sentences(
    text: str, language: str, speech: Spoken, ears: Sequence[float] = EARS
) -> list[Late]:
    """Return the sentences that do not begin and end with their sound, for one ear or another."""
    tokens = timed_tokens(clean_narration(text), speech.heard(), speech.seconds, language, (), 42)
    sentences = [list(each) for _, each in groupby(tokens, key=lambda token: token.sentence)]
    off = []
    for ear in ears:
        heard = sentences_heard(heard_spans(speech, ear), len(sentences))
        for sentence, span in zip(sentences, heard, strict=True):
            begin, end = sentence[0].start - span[0], sentence[-1].end - span[1]
            if max(abs(begin), abs(end)) > OFF_SECONDS:
                first, last = sentence[0].text.strip(), sentence[-1].text.strip()
                off.append((ear, first, last, round(1000 * begin), round(1000 * end)))
    return off


def sentences_heard(heard: Sequence[tuple[float, float]], count: int) -> list[tuple[float, float]]:
    """Return when each of so many sentences is heard: between the longest silences."""
    silences = sorted(range(1, len(heard)), key=lambda at: heard[at - 1][1] - heard[at][0])
    begins = [0, *sorted(silences[: count - 1]), len(heard)]
    return [(heard[a][0], heard[b - 1][1]) for a, b in pairwise(begins)]


def sound_of_film(film: Path) -> Spoken:
    """Return what a player plays of a film, from its time 0 on, without the times of its words."""
    with av.open(str(film)) as container:
        [stream] = container.streams.audio
        frames = list(container.decode(stream))
        assert stream.time_base is not None
        late = round((frames[0].pts or 0) * stream.time_base * SAMPLE_RATE)
    samples = np.concatenate([np.zeros(late), *(frame.to_ndarray()[0] for frame in frames)])
    return Spoken((samples * 32_767).astype(np.int16), (), ())


def heard_spans(
    speech: Spoken, ear: float, pause: float = _PAUSE_SECONDS
) -> tuple[tuple[float, float], ...]:
    """Return the stretches, in seconds, in which an ear hears something, between two pauses."""
    padded = np.pad(speech.pcm.astype(np.float64), (0, -len(speech.pcm) % _HOP))
    rms = np.sqrt(np.mean(np.square(padded.reshape(-1, _HOP)), axis=1))
    loud = np.flatnonzero(rms > rms.max() * 10 ** (ear / 20))
    hop = _HOP / SAMPLE_RATE
    gaps = np.flatnonzero(np.diff(loud) * hop > pause)
    firsts, lasts = loud[[0, *(gaps + 1)]], loud[[*gaps, len(loud) - 1]]
    pairs = zip(firsts.tolist(), lasts.tolist(), strict=True)
    return tuple((first * hop, (last + 1) * hop) for first, last in pairs)
