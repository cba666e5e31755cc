"""Markdown as it is read aloud: no code, links, tables; headings apart. Knows no files."""

from __future__ import annotations

import re
from typing import Final

from storyboard.studio.compose.request import Heading

_LONGEST_LINE: Final = 20_000
MARK: Final = "\ufdd0"
"""Stands for a heading until its place is known: no text has it."""

_UNSPOKEN: Final = re.compile(
    r"\s*(?:=+\s*$|-{2,}\s*$|\*{3,}\s*$|\||\+[-=+]{3,}\s*$|\[[^\]]{1,300}\]:)|(?: {4,}\S|\t)"
)
"""Lines of Markdown that are no sentences: rules, tables, link targets, code."""

_HEADING: Final = re.compile(r"\s{0,3}#{1,6}\s+")
_LONGEST_HEADING: Final = 300
_UNDERLINED: Final = re.compile(
    r"^([^\n|#>`\s*+-][^\n|]{0,120})\n(?:=+|-{3,})[ \t]*$", re.MULTILINE
)
_DELIMITER: Final = re.compile(r"[\s|:-]+")
_BARE: Final = re.compile(r"https?://\S+|\bwww\.\S+")


def markdown_text(source: str) -> str:
    """Return what a reader of the Markdown would read aloud: no code, links, tables or headings.

    A heading is no sentence, so it is left out.
    """
    return read_markdown(source)[0]


def read_markdown(source: str) -> tuple[str, tuple[Heading, ...]]:
    """Return the text that is read aloud, and the headings that stand in it."""
    text = re.sub(r"\A---\n.*?\n---\n", "", source.replace(MARK, ""), count=1, flags=re.DOTALL)
    text = re.sub(r"^(```|~~~).*?(?:^\1[^\n]*$|\Z)", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"<!--.*?(?:-->|\Z)", "", text, flags=re.DOTALL)
    text = re.sub(r"<table\b.*?(?:</table>|\Z)", "", text, flags=re.DOTALL | re.IGNORECASE)
    text = _UNDERLINED.sub(r"# \1", text)
    titles: list[str] = []
    lines = text.splitlines()
    rows = _table_rows(lines)
    kept = ("" if at in rows else _line(line, titles) for at, line in enumerate(lines))
    return placed(re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip(), titles)


def placed(marked: str, titles: list[str]) -> tuple[str, tuple[Heading, ...]]:
    """Return a text without the marks that stand for its headings, and where these stand."""
    pieces = marked.split(MARK)
    found, length = list[Heading](), len(pieces[0])
    for title, piece in zip(titles, pieces[1:], strict=False):
        found.append(Heading(length, title))
        length += len(piece)
    text = "".join(pieces)
    blank = len(text) - len(text.lstrip())
    return text.strip(), tuple(Heading(max(0, each.at - blank), each.text) for each in found)


def marked(title: str, titles: list[str]) -> str:
    """Return what stands for a heading in a text, and keep its words."""
    titles.append(" ".join(title.split()))
    return MARK


def _table_rows(lines: list[str]) -> set[int]:
    """Return the lines of tables whose rows begin with no bar: those around `--- | ---`."""
    rows: set[int] = set()
    for at, line in enumerate(lines):
        if "|" in line and "-" in line and _DELIMITER.fullmatch(line):
            rows.update((at - 1, at))
            end = at + 1
            while end < len(lines) and "|" in lines[end]:
                rows.add(end)
                end += 1
    return rows


def _line(line: str, titles: list[str]) -> str:
    if len(line) > _LONGEST_LINE or _UNSPOKEN.match(line):
        return ""
    if heading := _heading(line):
        return f"\n{marked(_inline(heading), titles)}\n"
    line = re.sub(r"^\s*>+\s?", "", line)
    item = re.sub(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?", "", line)
    is_item = item != line
    item = _inline(item).rstrip()
    return f"\n{item}" if is_item else item.lstrip()


def _heading(line: str) -> str:
    """Return the words of a line that is a heading; empty if it is none."""
    begun = _HEADING.match(line)
    words = line[begun.end() :].rstrip().rstrip("#").rstrip() if begun else ""
    return words if len(words) <= _LONGEST_HEADING else ""


def _inline(text: str) -> str:
    text = re.sub(r"!\[[^\[\]]{0,300}\]\([^)\[]{0,2000}\)", "", text)
    text = re.sub(r"\[([^\[\]]{0,300})\](?:\([^)\[]{0,2000}\)|\[[^\[\]]{0,300}\])", r"\1", text)
    text = re.sub(r"<(?:https?:[^<>]{0,2000}|/?[a-zA-Z][^<>]{0,300})>", "", text)
    return re.sub(r"(\*\*|__|\*|(?<!\w)_|_(?!\w)|`+|~~)", "", _BARE.sub("", text))
