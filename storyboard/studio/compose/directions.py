"""What a transcript tells and nobody said: sounds, stage directions, times. Knows no speaker."""

from __future__ import annotations

import re
from typing import Final

_SOUNDS: Final = (
    "applau|laugh|chuckl|giggl|music|cough|sigh|clap|cheer|silence|pause|inaudible|unintelligible"
    "|crosstalk|overlapping|indistinct|background|noise|beep|bell|ringing|phone rings|door|whisper"
    "|sniff|gasp|groan|clears? throat|foreign|audience|crowd|video plays|no audio|static|snort"
    "|beifall|lacht|lachen|gelächter|musik|husten|hustet|räusper|seufz|stille|unverständlich"
    "|klatsch|publikum|rires?|rit|applaud|musique|tousse|soupir|inaudible|silence|bruit"
    "|risas?|ríe|aplauso|música|tose|suspir|inaudible|silencio|ruido|risate|ride|musica"
    "|拍手|笑|音楽|咳|沈黙|聞き取れ|掌声|笑声|音乐|咳嗽|鼓掌|听不清|박수|웃음|음악|기침|침묵"
)
_ASIDE: Final = re.compile(r"[(（*][^\[\](){}*（）\n]{1,48}[)）*]")
_SOUND: Final = re.compile(rf"(?<!\w)(?:{_SOUNDS})", re.IGNORECASE)
_SHOUTED: Final = re.compile(r"\([^()a-zß-ÿ\d\s][^()a-zß-ÿ\d]{1,39}\)")
_BOXED: Final = re.compile(r"\[[^\[\]]{0,80}\]|【[^【】]{0,80}】")
_SUNG: Final = re.compile(r"[♪♫][♪♫\s]*+[^♪♫]*+(?:[♪♫]++|$)|(?:(?<=\s)|^)#\s[^#]{1,200}\s#(?=\s|$)")
"""A song, up to the mark that ends it or to the end of the caption. Some write # for the mark."""

_WHOLE: Final = re.compile(r"\s*[(（*][^()（）*]{1,60}[)）*]\s*")

CLOCK: Final = r"\d{1,3}:[0-5]\d(?::[0-5]\d)?(?:[.,]\d{1,3})?"
"""A time of a transcript, as part of an expression."""

_TIME_AT_START: Final = re.compile(
    rf"\s*(?:[\[(]\s*{CLOCK}\s*[\])]|{CLOCK}(?:\s*[-–—>]+\s*{CLOCK})?(?=\s*$|\s+[-–—]?\s*[^\W\d_a-z]))"
    r"\s*(?:[-–—]\s+)?"
)
_TIME_OF_LINE: Final = re.compile(rf"\s*{CLOCK}(?!\w)[ \t]+(?=\S)")
_COLUMN_SHARE: Final = 0.8
_TIME_BOXED: Final = re.compile(rf"[\[(]\s*{CLOCK}(?:\s*[-–—]\s*{CLOCK})?\s*[\])]")
_TIME_ALONE: Final = re.compile(rf"\s*{CLOCK}\s*$")


def without_directions(line: str) -> str:
    """Return a caption's line without sounds and stage directions; empty where it is one."""
    if _WHOLE.fullmatch(line):
        return ""
    if not any(sign in line for sign in "[(*（【"):
        return line
    line = _BOXED.sub(" ", line)
    return " ".join(_SHOUTED.sub(" ", _ASIDE.sub(_unless_sound, line)).split())


def is_sound(text: str) -> bool:
    """Whether a text in brackets begins with what is heard and not said, as "Applause" is."""
    return _SOUND.match(text) is not None


def without_songs(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines of a caption without what is sung, which goes on over lines."""
    if not any(sign in line for line in lines for sign in "♪♫#"):
        return lines
    spoken = _SUNG.sub(" ", "\n".join(lines)).split("\n")
    return tuple(" ".join(line.split()) for line in spoken if line.strip())


def _unless_sound(aside: re.Match[str]) -> str:
    return " " if _SOUND.search(aside.group()) else aside.group()


def without_times(line: str) -> str:
    """Return a line without a time at its beginning, and without times in brackets."""
    return _TIME_BOXED.sub("", without_first_time(line)) if ":" in line else line


def without_first_time(line: str) -> str:
    """Return a line without a time at its beginning: one behind a name tells that it is one."""
    if ":" not in line:
        return line
    if _TIME_ALONE.match(line):
        return ""
    begun = _TIME_AT_START.match(line)
    return line[begun.end() :] if begun else line


def without_column_of_times(text: str) -> str:
    """Return a text without the times that nearly all its lines begin with, whatever follows.

    "10:30 is too late" may be said; not on each line.
    """
    lines = text.split("\n")
    begun = [_TIME_OF_LINE.match(line) for line in lines]
    if sum(1 for each in begun if each) < _COLUMN_SHARE * sum(1 for line in lines if line.strip()):
        return text
    return "\n".join(
        line[each.end() :] if each else line for line, each in zip(lines, begun, strict=True)
    )
