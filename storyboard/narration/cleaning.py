"""A narration as it is read aloud and shown in captions; never changes a word or the language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from storyboard.narration.emphasis import without_emphasis
from storyboard.narration.line_breaks import JAPANESE_ENDS, meant_breaks

_KEPT_JOINERS = frozenset("\u200c\u200d")
"""Zero-width (non-)joiners spell words in Persian and the Indic scripts."""

_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\((?:[^()\s]|\([^()\s]*\))*\)")
_TAG = re.compile(
    r"<(?P<tag>b|i|u|s|em|strong|mark|small|sub|sup|code|kbd|span)(?:\s[^<>\n]{0,200})?>"
    r"(?P<inner>[^<>\s](?:[^<>\n]*[^<>\s])?)</(?P=tag)>"
)
"""Words that HTML emphasizes: one tag alone is what a text about HTML speaks of."""

_LINE_TAG = re.compile(r"(?<![ \t])[ \t]*<br\s?/?>[ \t]*", re.IGNORECASE)

_BULLETS = "•‣◦▪●■◆→➔⇒"
_BULLET = re.compile(rf"^[ \t]*(?:#{{1,6}}|[-*+>{_BULLETS}])[ \t]+", re.MULTILINE)
_DASHED = re.compile(r"^[ \t]*[–—][ \t]+", re.MULTILINE)
"""A dash at the start of a line: an item where two lines have one, or else a part of a sentence."""

_NUMBERED = re.compile(r"^[ \t]*(?=[0-9]{1,2}[.)][ \t]+\S)", re.MULTILINE)
_FIRST_ITEM = re.compile(r"^[ \t]*1[.)][ \t]+\S", re.MULTILINE)
"""Without it, a number at the start of a line is one that a sentence was broken before."""

_IN_LINE = re.compile(rf"(?<![ \t])[ \t]+[{_BULLETS[:5]}][ \t]+")
_OPENS_LIST = re.compile(rf"(?:^|[.:;!?][ \t]{{1,4}})[{_BULLETS[:5]}][ \t]", re.MULTILINE)
"""A list whose line breaks were lost, as they are where YAML folds a text."""

_STRAY = r"`+|(?<![0-9])(?<!(?<![^\W_])[A-Za-z])\*{2,}|\*{2,}(?![-0-9])|~~+"
_EMOJI = (
    "(?:[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe00-\ufe0f\u20e3\U000e0000-\U000e007f]"
    "\u200d?)+"
)
"""With the joiner that ties it to the next one: left behind, it would be a caption of nothing."""

_EVERY_MARK = re.compile(r"[-*_~`#>+•‣◦\[\]()!]")
_LAYERS = 20
"""Marks within marks that are taken off one after the other, as in `- [*a*](b)`. Nobody writes more
of them: "- - - - …" of a megabyte would be read again for each."""

_PARAGRAPH = re.compile(r"(?<![ \t])[ \t]*\n(?:[ \t]*\n)+[ \t]*")
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_DASHES = re.compile(r"(?<!\s)\s+(?:--+|[‒–—―])\s+")
_STOP = r"[,.;:!?](?:\s|$)"
_MAY_CHANGE = re.compile(
    rf"[*_~`‒–—―]|--|</|<[bB][rR]|\]\(|  |^[ #+>-]|[{_BULLETS}]| $|{_EMOJI}|{JAPANESE_ENDS}"
)
"""What a text of one line and of visible characters may have that is taken off."""

_ENDED = re.compile(JAPANESE_ENDS)
_NO_BREAK = re.compile("[\u00a0\u202f]")
_STRAY_MARKS = re.compile(_STRAY)
_PICTURES = re.compile(_EMOJI)
_SEEN_STOP = re.compile(_STOP)
_MARKS_IN_A_ROW = re.compile(
    rf"(?<![ \t\u00a0\u202f])(?:[ \t\u00a0\u202f]*+(?:{_STRAY}|{_EMOJI}))++"
)
"""Marks that are taken off together with the space before them: "Great 🎉!" is "Great!", but the
space in "Est-ce vrai ?" is the author's."""


def clean_narration(text: str) -> str:
    """Take marks off that are not said: markdown, emoji, blanks in a row, invisible characters.

    Single line breaks become blanks; a break between paragraphs, list items, or lines that are
    sentences without a stop stays as one newline, as does a blank behind a Japanese one.
    What looks like a mark only once others are gone is none that was meant, and is taken off too.
    """
    if (
        text.isprintable()
        and not _MAY_CHANGE.search(text)
        and unicodedata.is_normalized("NFC", text)
    ):
        return text  # as most are: taking nothing off takes as long as reading them out
    return _cleaned(text)


def _cleaned(text: str) -> str:
    cleaned = _without_marks(text)
    for _ in range(_LAYERS):
        again = _without_marks(cleaned.replace("\n", "\n\n"))
        if again == cleaned:
            return cleaned
        cleaned = again
    return clean_narration(_EVERY_MARK.sub(" ", cleaned))


def pictographs(text: str) -> str:
    """Return the emoji of a text, which cleaning takes off."""
    return "".join(found[0] for found in _PICTURES.finditer(text))


def _without_marks(text: str) -> str:
    """Take off one layer of marks; the text never grows by it, so that there is a last one."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    # By the few characters that a text has: of each place of it, it took most of the time.
    text = text.translate({ord(each): None for each in set(text) if _invisible(each)})
    text = _LINK.sub(r"\1", text)
    if "<" in text:
        text = _TAG.sub(r"\g<inner>", _LINE_TAG.sub("\n", text))
    text = _with_items_apart(text)
    text = without_emphasis(text)
    text = _MARKS_IN_A_ROW.sub(_unless_before_stop, text)
    text = _STRAY_MARKS.sub("", text)
    text = _PICTURES.sub(" ", text)
    text = _DASHES.sub(" — ", text)
    text = _ENDED.sub(lambda found: f"{found[0].rstrip()}\n\n", text)
    parts = (part for each in _PARAGRAPH.split(text) for part in _sentences_of_lines(each))
    paragraphs = (_BLANKS.sub(_one, part).strip() for part in parts)
    return "\n".join(p for p in paragraphs if p)


def _sentences_of_lines(paragraph: str) -> Iterator[str]:
    """Yield a paragraph in one line, but for lines that are sentences without a stop."""
    lines = paragraph.strip().split("\n")
    meant = meant_breaks([line.strip() for line in lines])
    begun = 0
    for place in sorted(meant):
        yield " ".join(lines[begun : place + 1])
        begun = place + 1
    yield " ".join(lines[begun:])


def _with_items_apart(text: str) -> str:
    """Put a break before each item of a list, in the place of its bullet; numbers stay."""
    if _OPENS_LIST.search(text):
        text = _IN_LINE.sub("\n\n", text)
    text = _BULLET.sub("\n\n", text)
    if len(_DASHED.findall(text)) > 1:
        text = _DASHED.sub("\n\n", text)
    return _NUMBERED.sub("\n\n", text) if "\n" in text and _FIRST_ITEM.search(text) else text


def _unless_before_stop(marks: re.Match[str]) -> str:
    return "" if _SEEN_STOP.match(marks.string, marks.end()) else marks[0]


def _one(blanks: re.Match[str]) -> str:
    """Return the blank that stands for several: one that forbids a line break goes on to do so."""
    kept = _NO_BREAK.search(blanks[0])
    return kept[0] if kept else " "


def _invisible(character: str) -> bool:
    if character in _KEPT_JOINERS or character in "\n\t":
        return False
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn")
