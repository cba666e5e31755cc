"""The English network of hibari-tts and the durations it hides; knows no person."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from storyboard.studio.voice.british import learnt_letters
from storyboard.studio.voice.capitals import as_words
from storyboard.studio.voice.ipa import with_network_letters
from storyboard.studio.voice.model_bytes import one_more_output
from storyboard.studio.voice.speech_runtime import import_speech

FRAME_SECONDS = 0.0125
"""Length of one frame of the spectrum."""

BIN_HZ = 20
"""Width of one bin of the spectrum."""

_DURATIONS = "/Cast_32_output_0"
"""The tensor of durations in the network of hibari-tts 0.2.1: a number a symbol."""

_DURATION_FRAMES = 2
"""Frames that a duration of one stands for."""

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Spectrum:
    """What the network says about one sentence; arrays of shape (601 bins, frames), `f0` (frames,).

    `symbols` are the network's letters with a pad at each end; `frames` says how many frames each
    of them lasts, or is `None` where this version of the network does not tell.
    """

    harmonic: Array
    phase: Array
    noise: Array
    free: Array
    free_phase: Array
    f0: Array
    symbols: tuple[str, ...]
    frames: tuple[int, ...] | None


class Network:
    """The loaded network; safe to use from several threads."""

    def __init__(self, *, with_durations: bool = True) -> None:
        assets = Path(import_speech("hibari.tts").ASSETS)
        model = (assets / "hibari.onnx").read_bytes()
        self._lock = Lock()
        self._hibari, self._tells = _open(model, with_durations)
        self._british: Any = None

    def phonemise(self, sentence: str, *, british: bool = False) -> tuple[str, ...]:
        """Turn a sentence into the network's letters; more than one where it is very long."""
        sentence = with_network_letters(sentence)
        with self._lock:
            engine = self._briton() if british else self._hibari
            letters = engine.phonemize(as_words(sentence, lambda word: _knows(engine, word)))
            return tuple(map(learnt_letters, letters) if british else letters)

    def _briton(self) -> Any:
        """Return the same engine with the British dictionary, which it loads when first asked."""
        if self._british is None:
            self._british = copy(self._hibari)
            self._british._g2p = import_speech("hibari.g2p").G2P(british=True)
        return self._british

    def predict(self, letters: str, speed: float) -> Spectrum | None:
        """Run the network on one sentence's letters; `None` where it knows none of them."""
        known = [letter for letter in letters if letter in self._hibari.vocab]
        if not any(letter.isalpha() for letter in known):
            return None
        ids = np.asarray([self._hibari.ids(letters)], np.int64)
        feeds = {"ids": ids, "speed": np.asarray([speed], np.float32)}
        found = self._hibari.sess.run(None, feeds)
        frames = None
        if self._tells:
            *found, durations = found
            frames = tuple(int(d) * _DURATION_FRAMES for d in durations.reshape(-1))
        harmonic, phase, noise, free, free_phase, f0 = (np.asarray(a[0], np.float32) for a in found)
        if frames is not None and (len(frames) != ids.shape[1] or sum(frames) != len(f0)):
            frames = None
        symbols = ("", *known, "")
        return Spectrum(harmonic, phase, noise, free, free_phase, f0, symbols, frames)


@cache
def engine_version() -> str:
    """Name the engine and its version, for cache keys."""
    return f"hibari-tts-{version('hibari-tts')}"


_LOADING = Lock()


def english_network() -> Network:
    """Give this process's network; loads it at the first call (about a second), once."""
    with _LOADING:
        return _load()


@cache
def _load() -> Network:
    return Network()


def _knows(engine: Any, word: str) -> bool:
    """Whether the dictionaries of an engine have a word in capitals, or the same in small ones."""
    lexicon = engine.g2p.lexicon
    forms = (word, word.lower(), word.capitalize())
    return any(form in table for table in (lexicon.golds, lexicon.silvers) for form in forms)


def _open(model: bytes, with_durations: bool) -> tuple[Any, bool]:
    """Open the network, with the durations among its outputs where it has them."""
    hibari = import_speech("hibari").Hibari
    refusals = import_speech("onnxruntime.capi.onnxruntime_pybind11_state")

    if with_durations:
        try:
            return hibari(model=model + one_more_output(_DURATIONS)), True
        except (refusals.Fail, refusals.InvalidArgument, refusals.InvalidGraph):
            pass
    return hibari(model=model), False
