"""Which voice a presenter has in a language. Knows the presenters by name and no narration."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from storyboard.studio.voice.espeak_voice import EspeakVoice, Throat
from storyboard.studio.voice.hibari_voice import HibariVoice
from storyboard.studio.voice.languages import LANGUAGES, find_language
from storyboard.studio.voice.speech import StreamingVoice, VoiceError
from storyboard.studio.voice.timbre import Timbre

__all__ = ["CAST", "LANGUAGES", "Part", "speaks", "voice_for"]


@dataclass(frozen=True, slots=True)
class Part:
    """A presenter's voice: the timbre in English, the throat in all other languages."""

    timbre: Timbre
    throat: Throat


def _part(
    pitch: float, formants: float, melody: float, speed: float, variant: str, espeak_pitch: int = 50
) -> Part:
    return Part(Timbre(pitch, formants, melody, speed), Throat(variant, espeak_pitch))


CAST = {
    "cristina": _part(1.06, 1.00, 1.15, 0.78, "f1", 50),
    "elizabeth": _part(0.84, 0.95, 0.85, 0.75, "f5", 40),
    "gloria": _part(0.80, 0.98, 1.05, 0.765, "f4", 40),
    "harper": _part(0.92, 0.93, 1.00, 0.79, "steph2", 50),
    "jane": _part(1.00, 1.00, 1.00, 0.77, "f3", 50),
    "jennifer": _part(1.10, 1.04, 1.05, 0.78, "f2", 55),
    "julia": _part(0.96, 1.05, 1.10, 0.765, "linda", 50),
    "lisa": _part(1.14, 0.98, 0.95, 0.77, "steph", 50),
    "maria": _part(0.90, 1.02, 1.20, 0.785, "Alicia", 50),
    "maya": _part(1.18, 1.05, 1.00, 0.79, "Andrea", 60),
    "mia": _part(1.20, 1.00, 1.15, 0.785, "f2", 75),
    "rita": _part(0.78, 0.92, 0.95, 0.755, "belinda", 40),
    "sara": _part(1.03, 0.95, 0.90, 0.78, "Annie", 50),
    "sharon": _part(0.86, 1.05, 0.80, 0.765, "steph3", 50),
    "sophia": _part(1.08, 0.93, 1.10, 0.765, "f3", 70),
    "victoria": _part(0.94, 0.98, 0.80, 0.75, "aunty", 50),
    "yasmin": _part(1.00, 1.06, 1.20, 0.785, "anika", 50),
    "ming": _part(0.76, 1.02, 1.00, 0.78, "f5", 65),
    "sam": _part(0.70, 0.95, 1.00, 0.785, "m5", 70),
    "taylor": _part(0.72, 0.90, 1.10, 0.78, "f4", 25),
    "adam": _part(0.56, 0.88, 1.00, 0.78, "m1", 50),
    "amir": _part(0.60, 0.85, 1.10, 0.785, "m2", 50),
    "ben": _part(0.62, 0.92, 1.00, 0.79, "m3", 50),
    "david": _part(0.52, 0.87, 0.90, 0.77, "m4", 50),
    "derek": _part(0.50, 0.84, 1.00, 0.765, "m6", 50),
    "dylan": _part(0.66, 0.90, 1.05, 0.80, "m7", 60),
    "harry": _part(0.48, 0.90, 0.85, 0.755, "m8", 50),
    "henry": _part(0.54, 0.83, 0.80, 0.755, "Lee", 50),
    "james": _part(0.58, 0.91, 0.90, 0.765, "john", 50),
    "jason": _part(0.64, 0.87, 1.15, 0.785, "Andy", 50),
    "kevin": _part(0.57, 0.94, 1.10, 0.79, "max", 50),
    "larry": _part(0.47, 0.86, 1.05, 0.77, "Denis", 50),
    "miguel": _part(0.61, 0.89, 1.20, 0.79, "pablo", 50),
    "theodore": _part(0.46, 0.82, 0.90, 0.75, "Michael", 40),
    "tim": _part(0.68, 0.85, 0.95, 0.79, "Mario", 55),
    "william": _part(0.53, 0.92, 1.00, 0.755, "edward", 50),
}
"""The 36 template ids (guide §5); pitch is higher for the names of women and of the young."""


def speaks(language: str) -> bool:
    """Tell whether a BCP-47 tag has a voice, itself or by its parent."""
    return find_language(language) is not None


def voice_for(presenter: str, language: str) -> StreamingVoice:
    """Cast a presenter's voice; an unknown presenter gets one of the 36, always the same.

    Raises `VoiceError` where the language has no voice.
    """
    found = find_language(language)
    if found is None:
        raise VoiceError(f"the language '{language}' has no voice", language=language)
    part = CAST.get(presenter) or _stand_in(presenter)
    if not found.espeak:
        return HibariVoice(part.timbre)
    return EspeakVoice(found.tag, found.espeak, found.words_per_minute, part.throat)


def _stand_in(presenter: str) -> Part:
    digest = int.from_bytes(sha256(presenter.encode()).digest()[:4], "big")
    return tuple(CAST.values())[digest % len(CAST)]
