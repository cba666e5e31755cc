"""Talks as they are transcribed, and how good a text is that was composed of one.

A talk is a file in `tests/cases/talks/`: a header, then a line a sentence, `topic | speaker |
text`, in the order in which they were said. `-` is the topic of what no film should say. `{…}` was
said and should not be heard, `/` is a pause inside of a sentence, `> ` begins a line that was
written and never said. The file has the sentences once; its `style` tells how they reach the
composer, as captions with speakers, pauses and rolling lines, or as a document.
"""

from __future__ import annotations

import itertools
import operator
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from storyboard.narration.sentences import sentences
from storyboard.studio.compose.captions import read_captions
from storyboard.studio.compose.markdown import read_markdown
from storyboard.studio.compose.request import (
    ComposeRequest,
    Composition,
    Format,
    Source,
)

FOLDER = Path(__file__).parents[1] / "cases" / "talks"
_NOISE = "-"
_WORDS_OF_A_CUE = 9
_SECONDS_OF_A_WORD = 0.38
_LONG_PAUSE, _SHORT_PAUSE = 2.6, 0.1
_SPACELESS = ("ja", "zh")


@dataclass(frozen=True)
class Line:
    """One sentence of a talk, or a written line, which has no topic."""

    topic: str
    speaker: str
    text: str

    @property
    def is_written(self) -> bool:
        return not self.topic

    @property
    def clean(self) -> str:
        """The sentence as a listener wants it."""
        text = re.sub(r"\{[^}]*\}| / |\*\w+\*|\(\w+\)", " ", self.text)
        return " ".join(text.split())


@dataclass(frozen=True)
class Talk:
    """A talk and what is known of it."""

    name: str
    style: str
    language: str
    fillers: tuple[str, ...]
    title: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics in their order."""
        return tuple(dict.fromkeys(x.topic for x in self.lines if x.topic not in ("", _NOISE)))

    @property
    def speakers(self) -> frozenset[str]:
        return frozenset(x.speaker for x in self.lines if x.speaker not in ("", "@doc"))


def talks() -> tuple[Talk, ...]:
    """Return all talks, by name."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.talk")))


def _read(path: Path) -> Talk:
    head, _, body = path.read_text("utf-8").partition("\n\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    lines = []
    for line in body.splitlines():
        if line.startswith("> "):
            lines.append(Line("", "", line[2:]))
        else:
            lines.append(Line(*(part.strip() for part in line.split("|", 2))))
    fillers, title = (
        tuple(filter(None, facts.get(key, "").split(", "))) for key in ("fillers", "title")
    )
    return Talk(path.stem, facts["style"], facts["language"], fillers, title, tuple(lines))


def request_for(talk: Talk, duration: float = 60.0) -> ComposeRequest:
    """Return what the composer is asked for a film of a talk."""
    return ComposeRequest(Format.VIDEO_EXPLAINER, duration, _sources(talk), wants_name=True)


def transcript(talk: Talk) -> str:
    """Return a talk's captions as a file, empty where it has none."""
    spoken = [line for line in talk.lines if line.speaker != "@doc"]
    if talk.style in ("stamped", "document"):
        return ""
    if talk.style == "both":
        spoken = [line for line in spoken if not line.is_written]
    match talk.style:
        case "rolling":
            return _rolling(spoken)
        case "stream":
            return _stream(spoken)
        case _:
            return as_captions(talk, spoken)


def document(talk: Talk) -> str:
    """Return a talk's document, empty where it has none."""
    if talk.style == "stamped":
        return "\n\n".join(
            f"[00:{n // 60:02}:{n % 60:02}] {line.speaker}: {_said(line.text)}"
            for n, line in enumerate(talk.lines, 5)
        )
    if talk.style not in ("document", "both"):
        return ""
    kept = [line for line in talk.lines if line.is_written or talk.style != "both"
            or line.speaker == "@doc"]  # fmt: skip
    text = ""
    for line in kept:
        is_tight = line.is_written and re.match(r"\||- |\d\.", line.text)
        text += f"{line.text}\n" if is_tight else f"\n{line.text}\n\n"
    return text


def _sources(talk: Talk) -> tuple[Source, ...]:
    captions, text = transcript(talk), document(talk)
    found = []
    if captions:
        cues = read_captions(captions)
        found.append(Source("1_talk0001", "recording.mp4", cues[-1].end + 60, cues))
    if text:
        words, headings = (text, ()) if talk.style == "stamped" else read_markdown(text)
        found.append(Source("1_docs0001", "notes.md", text=words, headings=headings))
    return tuple(found)


def _said(text: str) -> str:
    return " ".join(re.sub(r"[{}]| / ", " ", text).split()).replace(" ,", ",")


def _pieces(talk: Talk, line: Line) -> Iterator[tuple[str, bool]]:
    """Yield the texts of a sentence's cues, and whether a pause follows."""
    parts = line.text.split(" / ")
    for number, part in enumerate(parts):
        said = _said(part)
        if talk.style == "auto":
            said = _unpunctuated(said)
        if talk.language in _SPACELESS:
            yield said.replace(" ", ""), number < len(parts) - 1
            continue
        words = said.split()
        for at in range(0, len(words), _WORDS_OF_A_CUE):
            is_last = at + _WORDS_OF_A_CUE >= len(words)
            yield " ".join(words[at : at + _WORDS_OF_A_CUE]), is_last and number < len(parts) - 1


def as_captions(talk: Talk, lines: Sequence[Line]) -> str:
    """Return sentences as a talk's style writes them down."""
    point = "," if talk.style in ("dash", "chevrons") else "."
    out = "" if point == "," else "WEBVTT\n\n"
    now, before, number = 1.0, "", 0
    for line in lines:
        pieces = [(line.text, False)] if line.is_written else list(_pieces(talk, line))
        for at, (piece, pauses) in enumerate(pieces):
            number += 1
            seconds = _SECONDS_OF_A_WORD * max(3, len(piece.split()) or len(piece) / 3)
            shown = piece if line.is_written else _labelled(talk, line, piece, at, before)
            before = line.speaker
            out += f"{number}\n{_clock(now, point)} --> {_clock(now + seconds, point)}\n{shown}\n\n"
            now += seconds + (_LONG_PAUSE if pauses else _SHORT_PAUSE)
        now += 0.9
    return out


def _labelled(talk: Talk, line: Line, piece: str, at: int, before: str) -> str:
    turns = at == 0 and line.speaker != before
    match talk.style:
        case "zoom":
            return f"{line.speaker}: {piece}"
        case "dash":
            return f"- {line.speaker}: {piece}" if turns else piece
        case "chevrons":
            return f">> {line.speaker}: {piece}" if turns else piece
        case "french":
            return f"{line.speaker} : {piece}" if turns else piece
        case "wide":
            return f"{line.speaker}：{piece}" if turns else piece
        case "voices":
            return f"{line.speaker}\n{piece}"
        case _:
            return piece


def _rolling(lines: Sequence[Line]) -> str:
    """Write captions as they roll up: a line stays until the next one has come, and each word has
    its time, so that pauses are told."""
    timed, now = list[tuple[float, str]](), 1.0
    for line in lines:
        said = [line.text] if line.is_written else _unpunctuated(_said(line.text)).split()
        for word in said:
            timed.append((now, word))
            now += 0.15 + 0.04 * len(word)
        now += 0.7
    out, shown = "WEBVTT\nKind: captions\nLanguage: en\n\n", " "
    for at in range(0, len(timed), 7):
        new = timed[at : at + 7]
        start = new[0][0]
        end = timed[at + 7][0] - 0.01 if at + 7 < len(timed) else now
        marked = new[0][1] + "".join(
            f"<{_clock(when, '.')}><c> {word}</c>" for when, word in new[1:]
        )
        place = "align:start position:0%"
        out += f"{_clock(start, '.')} --> {_clock(end, '.')} {place}\n{shown}\n{marked}\n\n"
        shown = " ".join(word for _, word in new)
        out += f"{_clock(end, '.')} --> {_clock(end + 0.01, '.')} {place}\n{shown}\n \n\n"
    return out


def _stream(lines: Sequence[Line]) -> str:
    """Write captions as they are exported: each line twice, the next one begins where it ends, and
    no silence tells where a sentence ends. Only `>>` tells that another person speaks."""
    words, speaker = list[str](), ""
    for line in lines:
        if line.speaker != speaker and not line.is_written:
            words.append(">>")
            speaker = line.speaker
        words += [line.text] if line.is_written else _unpunctuated(_said(line.text)).split()
    out, shown, now = "", "", 1.0
    for number, at in enumerate(range(0, len(words), 7), 1):
        new = " ".join(words[at : at + 7])
        times = f"{_clock(now, ',')} --> {_clock(now + 5.2, ',')}"
        out += f"{number}\n{times}\n{shown}\n{new}\n\n".replace("\n\n\n", "\n\n")
        shown, now = new, now + 2.6
    return out


def _unpunctuated(text: str) -> str:
    return re.sub(r"[.,?!]", "", text)


def _clock(seconds: float, point: str) -> str:
    ms = round(seconds * 1000)
    return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02}{point}{ms % 1000:03}"


@dataclass(frozen=True)
class Quality:
    """What was counted in a composition; sums of several are counts as well."""

    scenes: int = 0
    sentences: int = 0
    whole: int = 0
    lower: int = 0
    unended: int = 0
    labels: int = 0
    fillers: int = 0
    noise: int = 0
    topics: int = 0
    covered: int = 0
    films: int = 0
    named: int = 0

    def __add__(self, other: Quality) -> Quality:
        return Quality(*map(operator.add, astuple(self), astuple(other)))


def judged(talk: Talk, made: Composition) -> Quality:
    """Count what is good and bad in what was composed of a talk."""
    said = [scene.narration for scene in made.scenes]
    true = {_plain(line.clean) for line in talk.lines if not line.is_written}
    parts = [part for text in said for part in sentences(text, talk.language)]
    grams = {gram for text in said for gram in _grams(text)}
    covered = {
        line.topic
        for line in talk.lines
        if line.topic not in ("", _NOISE) and _is_in(line.clean, grams)
    }
    return Quality(
        scenes=len(said),
        sentences=len(parts),
        whole=sum(_plain(part) in true for part in parts),
        lower=sum(text[:1].islower() for text in said),
        unended=sum(text.rstrip("\"'»”」)")[-1:] not in tuple(".!?…。！？") for text in said),
        labels=sum(_has_label(talk, text) for text in said),
        fillers=sum(_has_filler(talk, text) for text in said),
        noise=sum(_has_noise(talk, text) for text in said),
        topics=len(talk.topics),
        covered=len(covered),
        films=1,
        named=_is_good_name(talk, made.name or ""),
    )


def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if unicodedata.category(c)[0] in "LN")


def _grams(text: str) -> Iterator[str]:
    plain = _plain(text)
    size = 3 if any(ord(c) > 0x3000 for c in plain) else 6
    yield from (plain[at : at + size] for at in range(max(1, len(plain) - size + 1)))


def _is_in(sentence: str, grams: set[str]) -> bool:
    own = list(_grams(sentence))
    return sum(gram in grams for gram in own) >= 0.8 * len(own)


def _has_label(talk: Talk, text: str) -> bool:
    return any(re.search(rf"{re.escape(name)}\s?[:：]", text) for name in talk.speakers) or any(
        _plain(text).startswith(_plain(name)) for name in talk.speakers if len(_plain(name)) > 3
    )


def _has_filler(talk: Talk, text: str) -> bool:
    if talk.language in _SPACELESS:
        return any(filler in text for filler in talk.fillers)
    words = re.findall(r"[\w'’]+", text.casefold())
    doubled = any(one == other for one, other in itertools.pairwise(words))
    directions = re.search(r"\*\w+\*|\(\w+\)|\[\w+\]|https?:|www\.|@", text)
    return doubled or directions is not None or any(word in talk.fillers for word in words)


def _has_noise(talk: Talk, text: str) -> bool:
    grams = set(_grams(text))
    return any(
        (line.is_written and len(_plain(line.text)) > 12 and _plain(line.text) in _plain(text))
        or (line.topic == _NOISE and len(_plain(line.clean)) > 10 and _is_in(line.clean, grams))
        for line in talk.lines
    )


def _is_good_name(talk: Talk, name: str) -> bool:
    told = name.casefold()
    return (
        any(word.casefold() in told for word in talk.title)
        and not re.search(r"[,，、:：]", name)
        and not any(speaker.casefold() in told for speaker in talk.speakers)
        and len(name.split()) <= 8
        and not name[:1].islower()
    )
