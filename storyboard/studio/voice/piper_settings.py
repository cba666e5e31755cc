"""The settings of a voice of the Piper kind: the JSON beside its model. Knows no model."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from storyboard.strict_json import NotJson, parse_json
from storyboard.studio.voice.languages import told_tag
from storyboard.studio.voice.sample_rates import SAMPLE_RATES

PAD, BEGIN, END = "_^$"
"""What stands for itself among a model's letters: between two, before and behind a sentence."""

_MOST_SPEAKERS: Final = 10_000
_MOST_LETTERS: Final = 20_000
_MOST_IDS: Final = 100
_IDS: Final = range(1 << 20)
_VALUES: Final = 500_000
_VOICE: Final = re.compile(r"[a-z]{2,8}(?:-[A-Za-z0-9]{1,16}){0,3}")
"""A name of espeak-ng's: one with a slash would be a file."""


class SettingsFault(ValueError):
    """The settings are none of a voice; says which one is wrong."""


class Letters(Enum):
    """What a model's letters are: the sounds that espeak-ng tells, or those of the text itself."""

    SOUNDS = "espeak"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Fed:
    """A letter, and the ids that a model gets for it; of a sentence's ends, the letter is empty."""

    letter: str
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PiperSettings:
    """How a model is fed, and what it speaks.

    `scales` are noise, length and noise of the durations; `ids` those of each letter.
    """

    rate: int
    language: str
    espeak: str
    letters: Letters
    ids: Mapping[str, tuple[int, ...]]
    scales: tuple[float, float, float]
    speakers: Mapping[str, int]

    def feed(self, letters: str) -> tuple[Fed, ...]:
        """Return a sentence's ids, by the letter that they stand for; unknown letters have none.

        A pad follows each letter, and its time is the letter's.
        """
        pad = self.ids[PAD]
        marks = (PAD, BEGIN, END)
        known = [(each, self.ids[each]) for each in letters if each in self.ids]
        spoken = [Fed(letter, (*ids, *pad)) for letter, ids in known if letter not in marks]
        return Fed("", (*self.ids[BEGIN], *pad)), *spoken, Fed("", self.ids[END])


def read_settings(text: bytes) -> PiperSettings:
    """Read the settings of a voice; raises `SettingsFault`."""
    try:
        told = parse_json(text, most=_VALUES)
    except NotJson as cause:
        raise SettingsFault(f"is no JSON: {cause}") from cause
    if not isinstance(told, dict) or "phoneme_id_map" not in told:
        raise SettingsFault("has no 'phoneme_id_map': these are no settings of a Piper voice")
    audio, espeak = _object(told, "audio"), _object(told, "espeak")
    kind = told.get("phoneme_type", Letters.SOUNDS.value)
    if kind not in [each.value for each in Letters]:
        raise SettingsFault(f"has the 'phoneme_type' {_shown(kind)}: only espeak and text are read")
    letters = Letters(kind)
    engine = espeak.get("voice", "")
    if letters is Letters.SOUNDS and not _is_voice(engine):
        raise SettingsFault(f"has the 'espeak.voice' {_shown(engine)}, which is no voice of espeak")
    return PiperSettings(
        _whole(audio, "audio", "sample_rate", SAMPLE_RATES),
        _language(told, engine),
        str(engine),
        letters,
        _ids(told["phoneme_id_map"]),
        _scales(_object(told, "inference")),
        _speakers(told),
    )


def _language(told: Mapping[str, Any], engine: Any) -> str:
    """Return the tag of what is spoken: old settings have espeak's name for it alone."""
    language = told.get("language") or {}
    code = language.get("code", engine) if isinstance(language, dict) else language
    tag = told_tag(code)
    if tag is None:
        raise SettingsFault(f"has the 'language.code' {_shown(code)}, which is no language")
    return tag


def _ids(told: Any) -> Mapping[str, tuple[int, ...]]:
    if not isinstance(told, dict) or len(told) > _MOST_LETTERS:
        raise SettingsFault("has a 'phoneme_id_map' that is no table of letters")
    found = {}
    for letter, row in told.items():
        ids = tuple(row) if isinstance(row, list) else (row,)
        if len(ids) > _MOST_IDS or not all(type(each) is int and each in _IDS for each in ids):
            raise SettingsFault(f"has a 'phoneme_id_map' in which {_shown(letter)} has no ids")
        found[unicodedata.normalize("NFD", letter)] = ids
    for letter in (PAD, BEGIN, END):
        if not found.get(letter):
            raise SettingsFault(f"has a 'phoneme_id_map' without '{letter}'")
    return found


def _scales(told: Mapping[str, Any]) -> tuple[float, float, float]:
    noise = _number(told, "noise_scale", 0.667, 0.0, 10.0)
    length = _number(told, "length_scale", 1.0, 0.1, 10.0)
    return noise, length, _number(told, "noise_w", 0.8, 0.0, 10.0)


def _speakers(told: Mapping[str, Any]) -> Mapping[str, int]:
    """Return the speakers of a model that has several, in the order of their ids."""
    count = told.get("num_speakers", 1)
    if type(count) is not int or not 0 <= count <= _MOST_SPEAKERS:
        raise SettingsFault(f"has 'num_speakers' {_shown(count)}: expected a whole number")
    if count < 2:
        return {}
    named = told.get("speaker_id_map") or {str(number): number for number in range(count)}
    if not isinstance(named, dict) or not all(
        type(each) is int and 0 <= each < count for each in named.values()
    ):
        raise SettingsFault("has a 'speaker_id_map' that does not fit 'num_speakers'")
    return dict(sorted(named.items(), key=lambda row: row[1]))


def _object(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = told.get(name, {})
    if not isinstance(found, dict):
        raise SettingsFault(f"has a '{name}' that is no object")
    return found


def _whole(told: Mapping[str, Any], where: str, name: str, among: range) -> int:
    found = told.get(name)
    if type(found) is not int or found not in among:
        raise SettingsFault(
            f"has the '{where}.{name}' {_shown(found)}: expected {among[0]} to {among[-1]}"
        )
    return found


def _number(told: Mapping[str, Any], name: str, usual: float, least: float, most: float) -> float:
    found = told.get(name, usual)
    is_number = isinstance(found, int | float) and not isinstance(found, bool)
    if not is_number or not math.isfinite(found) or not least <= found <= most:
        raise SettingsFault(
            f"has the 'inference.{name}' {_shown(found)}: expected {least:g} to {most:g}"
        )
    return float(found)


def _is_voice(told: Any) -> bool:
    return isinstance(told, str) and _VOICE.fullmatch(told) is not None


def _shown(told: Any) -> str:
    return f"'{str(told)[:40]}'"
