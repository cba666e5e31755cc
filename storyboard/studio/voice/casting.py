"""Which voice a presenter has in a language. Knows the presenters by name and no narration."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from storyboard.studio.voice.boundary import BoundedVoice
from storyboard.studio.voice.espeak_voice import EspeakVoice, Throat
from storyboard.studio.voice.hibari_voice import HibariVoice
from storyboard.studio.voice.languages import LANGUAGES, find_language, read_as
from storyboard.studio.voice.own_voices import OwnVoices
from storyboard.studio.voice.piper_voice import PiperVoice
from storyboard.studio.voice.speech import StreamingVoice, VoiceError
from storyboard.studio.voice.timbre import Timbre

__all__ = ["CAST", "LANGUAGES", "Part", "speaks", "voice_for"]


@dataclass(frozen=True, slots=True)
class Part:
    """A presenter's voice: the timbre in English, the throat in all other languages."""

    timbre: Timbre
    throat: Throat


CAST = {
    "cristina": Part(Timbre(1.03, 0.95, 1.18, 0.792, -2.4, -0.3), Throat("belinda", 50)),
    "elizabeth": Part(Timbre(0.86, 0.96, 0.85, 0.772, 1.5, -1.5), Throat("shelby", 30)),
    "gloria": Part(Timbre(0.82, 1.0, 1.18, 0.763, -2.5, -0.3), Throat("linda", 30)),
    "harper": Part(Timbre(0.9, 0.93, 1.2, 0.774, -2.0, -2.7), Throat("steph", 70)),
    "jane": Part(Timbre(1, 1, 1, 0.77, 0, 0), Throat("f3", 50)),
    "jennifer": Part(Timbre(1.03, 0.98, 0.83, 0.774, 1.8, 0.4), Throat("shelby", 70)),
    "julia": Part(Timbre(0.89, 1.05, 1.18, 0.783, 1.3, -2.8), Throat("steph2", 50)),
    "lisa": Part(Timbre(0.96, 0.97, 1.08, 0.751, 1.9, 3.1), Throat("Annie", 50)),
    "maria": Part(Timbre(1.11, 0.98, 1.2, 0.773, -2.2, 0.5), Throat("Andrea", 50)),
    "maya": Part(Timbre(1.18, 0.93, 1.2, 0.751, 1.9, -3.4), Throat("Alicia", 50)),
    "mia": Part(Timbre(1.19, 1.03, 0.8, 0.779, 1.2, 2.6), Throat("f5", 70)),
    "ming": Part(Timbre(1.1, 1.0, 1.0, 0.77, -0.4, -4.0), Throat("f4", 60)),
    "rita": Part(Timbre(0.8, 0.93, 1.15, 0.797, 0.6, 3.5), Throat("f2", 30)),
    "sara": Part(Timbre(1.06, 0.93, 0.85, 0.798, 2.0, -0.6), Throat("f5", 45)),
    "sharon": Part(Timbre(0.82, 1.04, 0.83, 0.787, 1.8, 1.6), Throat("f1", 50)),
    "sophia": Part(Timbre(1.17, 0.95, 0.82, 0.751, -2.0, 3.2), Throat("anika", 30)),
    "victoria": Part(Timbre(0.89, 1.02, 0.82, 0.782, -2.3, 4.0), Throat("grandma", 30)),
    "yasmin": Part(Timbre(0.99, 1.05, 1.18, 0.771, -2.5, 3.7), Throat("aunty", 70)),
    "adam": Part(Timbre(0.58, 0.88, 1.0, 0.77, -0.3, -1.0), Throat("m2", 55)),
    "amir": Part(Timbre(0.63, 0.83, 0.86, 0.796, -2.1, 2.5), Throat("travis", 70)),
    "ben": Part(Timbre(0.62, 0.92, 0.81, 0.75, 1.7, 3.5), Throat("ed", 50)),
    "david": Part(Timbre(0.51, 0.93, 1.16, 0.774, -1.4, -3.1), Throat("Reed", 35)),
    "derek": Part(Timbre(0.51, 0.85, 0.8, 0.755, -2.2, -2.6), Throat("Lee", 35)),
    "dylan": Part(Timbre(0.67, 0.88, 0.84, 0.782, 1.8, -3.5), Throat("Jacky", 70)),
    "harry": Part(Timbre(0.57, 0.91, 0.84, 0.797, -1.8, -3.8), Throat("marcelo", 70)),
    "henry": Part(Timbre(0.46, 0.93, 0.81, 0.767, -1.3, 2.5), Throat("victor", 35)),
    "james": Part(Timbre(0.52, 0.84, 1.18, 0.772, 2.0, 2.1), Throat("m3", 50)),
    "jason": Part(Timbre(0.6, 0.95, 1.15, 0.797, -2.4, 3.4), Throat("sandro", 70)),
    "kevin": Part(Timbre(0.57, 0.83, 1.17, 0.777, -2.1, 0.8), Throat("Andy", 70)),
    "larry": Part(Timbre(0.47, 0.88, 1.07, 0.758, 2.0, -2.8), Throat("iven", 35)),
    "miguel": Part(Timbre(0.68, 0.95, 1.19, 0.764, -1.5, -1.3), Throat("pablo", 70)),
    "sam": Part(Timbre(0.7, 0.88, 1.18, 0.773, -2.0, -3.1), Throat("rob", 60)),
    "taylor": Part(Timbre(0.74, 0.97, 1.0, 0.785, 0.5, 0), Throat("miguel", 60)),
    "theodore": Part(Timbre(0.46, 0.83, 0.9, 0.794, -1.6, 2.8), Throat("m8", 35)),
    "tim": Part(Timbre(0.67, 0.82, 1.2, 0.793, 1.8, 4.0), Throat("Mario", 70)),
    "william": Part(Timbre(0.54, 0.95, 0.81, 0.791, 1.4, 3.5), Throat("edward", 70)),
}
"""The 36 template ids (guide §5); pitch is higher for the names of women and of the young."""


def speaks(language: str) -> bool:
    """Tell whether a BCP-47 tag has a voice, itself or by its parent."""
    return find_language(language) is not None


def voice_for(presenter: str, language: str, own: OwnVoices | None = None) -> StreamingVoice:
    """Cast a presenter's voice; an unknown presenter gets one of the 36, always the same.

    Voices of the operator's `own` come first. Raises `VoiceError` where the language has no voice.
    """
    theirs = own and own.voice_for(language, presenter, _place(presenter))
    if theirs:
        return BoundedVoice(theirs, says_phonemes=isinstance(theirs, PiperVoice))
    found = find_language(language)
    if found is None:
        raise VoiceError(f"the language '{language}' has no voice", language=language)
    part = tuple(CAST.values())[_place(presenter)]
    if not found.espeak:
        english = HibariVoice(part.timbre, found.tag == "en-GB", read_as(language))
        return BoundedVoice(english, says_phonemes=True)
    return BoundedVoice(
        EspeakVoice(read_as(language), found.espeak, found.words_per_minute, part.throat)
    )


def _place(presenter: str) -> int:
    """Return which of the 36 a presenter is, or is spoken like."""
    if presenter in CAST:
        return tuple(CAST).index(presenter)
    digest = int.from_bytes(sha256(presenter.encode()).digest()[:4], "big")
    return digest % len(CAST)
