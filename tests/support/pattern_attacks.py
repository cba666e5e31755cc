"""Finds the package's regular expressions, and texts that could keep each of them busy for long."""

from __future__ import annotations

import ast
import importlib
import itertools
import pkgutil
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import storyboard
from storyboard.narration.readers import Reader

PACKAGE = Path(storyboard.__file__).parent
ANCHORED = {"match", "fullmatch"}
METHODS = ANCHORED | {"search", "sub", "subn", "finditer", "findall", "split"}
MANY = 20
"""So many repeats, and more, count as any number of them."""

SHORT, LONG = 16, 2_500
SUSPECT_SECONDS = 0.0005
"""What is linear takes less for `LONG` characters, on slow machines too. What takes more is
measured well, and compared with itself."""

_TIMES = 5
"""Looks at what is suspected: another program may be busy in one of them, and its cores slow."""

FAILING = "\n!"
"""What few patterns end with, so that all ways to match are tried."""


@dataclass(frozen=True, order=True)
class Target:
    """A pattern, and whether it is only ever tried at a text's start."""

    pattern: str
    flags: int
    anchored: bool
    name: str


def targets() -> list[Target]:
    """Return every pattern of the package that has a repeat without a bound."""
    found = {(t.pattern, t.flags): t for t in (*_compiled(), *_literal())}
    return sorted(t for t in found.values() if _repeats(parser.parse(t.pattern, t.flags)))


def is_slow(target: Target) -> str | None:
    """Return the attack that a pattern takes much more than linear time for, if there is one."""
    compiled = re.compile(target.pattern, target.flags)
    for before, pump, after in attacks(target):
        for length in (SHORT, LONG):
            times = length // len(pump)
            once = before + pump * times + after
            if _best(compiled, target.anchored, once, 1) < SUSPECT_SECONDS:
                continue
            most = 8 if length == LONG else 2
            more = before + pump * (4 * times if length == LONG else times + 2) + after
            if all(_takes_more(compiled, target.anchored, once, more, most) for _ in range(_TIMES)):
                return f"{before!r} + {pump!r} * {times} + {after!r}"
    return None


def _takes_more(
    compiled: re.Pattern[str], anchored: bool, once: str, more: str, most: float
) -> bool:
    """Return whether a longer text takes more than so many times as long; both in one moment."""
    seconds = _best(compiled, anchored, once, 4)
    return seconds > SUSPECT_SECONDS and _best(compiled, anchored, more, 2) > most * seconds


def _best(compiled: re.Pattern[str], anchored: bool, text: str, times: int) -> float:
    return min(_seconds(compiled, anchored, text) for _ in range(times))


def attacks(target: Target) -> Iterator[tuple[str, str, str]]:
    """Yield what stands before, what is repeated, and what comes after."""
    tree = parser.parse(target.pattern, target.flags)
    bodies = list(_repeats(tree))
    wholes = [sample(tree, turn) for turn in range(4)]
    letters = sorted({*itertools.islice(_letters(tree), 200)})
    few = letters[:: max(1, len(letters) // 6)][:6]
    pumps = {*letters[:16], *few, *map("".join, itertools.product(few, repeat=2))}
    pumps |= {
        f"{mark}{rest}" for mark in letters[:40] if not mark.isalnum() for rest in ("a", "a ")
    }
    pumps |= {sample(body, turn) for body in bodies for turn in range(4)}
    pumps |= {whole[:end] for whole in wholes for end in (1, 2, 3, 5, -1, len(whole) // 2, None)}
    start = wholes[0][: len(wholes[0]) // 2 + 1]
    for pump in sorted(pumps - {""}):
        if len(pump) <= SHORT:
            yield from (("", pump, ""), ("", pump, FAILING), (start, pump, FAILING))


def sample(tree: Any, turn: int) -> str:
    """Return a text that a part of a pattern matches, looks around left out."""
    text = ""
    for kind, value in tree:
        if kind is op.LITERAL:
            text += chr(value)
        elif kind is op.NOT_LITERAL:
            text += "b" if value == ord("a") else "a"
        elif kind is op.ANY:
            text += "a "[turn % 2]
        elif kind is op.IN:
            text += _member(value, turn)
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            text += sample(value[2], turn) * max(value[0], 1 - turn % 2)
        elif kind is op.SUBPATTERN:
            text += sample(value[3], turn)
        elif kind is op.BRANCH:
            text += sample(value[1][turn % len(value[1])], turn)
        elif kind is op.ATOMIC_GROUP:
            text += sample(value, turn)
    return text


_OF_CATEGORY = {
    op.CATEGORY_DIGIT: "0", op.CATEGORY_SPACE: " ", op.CATEGORY_WORD: "a",
    op.CATEGORY_NOT_DIGIT: "a", op.CATEGORY_NOT_SPACE: "a", op.CATEGORY_NOT_WORD: ".",
}  # fmt: skip


def _members(inside: Any) -> list[str]:
    found = []
    for kind, value in inside:
        if kind is op.LITERAL:
            found.append(chr(value))
        elif kind is op.RANGE:
            found += [chr(value[0]), chr(value[1])]
        elif kind is op.CATEGORY:
            found.append(_OF_CATEGORY[value])
    return found


def _member(inside: Any, turn: int) -> str:
    members = _members(inside)
    if inside[0][0] is op.NEGATE:
        return next((char for char in "a0 .-" if char not in members), "a")
    return members[turn % len(members)]


def _letters(tree: Any) -> Iterator[str]:
    """Yield characters that a pattern tells apart, the punctuation of its classes too."""
    for kind, value in tree:
        if kind in (op.LITERAL, op.NOT_LITERAL):
            yield chr(value)
        elif kind is op.ANY:
            yield from "a \n"
        elif kind is op.IN:
            yield from _members(value)
            yield _member(value, 0)
    for below in _below(tree):
        yield from _letters(below)


def _below(tree: Any) -> Iterator[Any]:
    for kind, value in tree:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            yield value[2]
        elif kind is op.SUBPATTERN:
            yield value[3]
        elif kind is op.BRANCH:
            yield from value[1]
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield value[1]
        elif kind is op.ATOMIC_GROUP:
            yield value


def _repeats(tree: Any) -> Iterator[Any]:
    for kind, value in tree:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT) and value[1] > MANY:
            yield value[2]
    for below in _below(tree):
        yield from _repeats(below)


def _seconds(compiled: re.Pattern[str], anchored: bool, text: str) -> float:
    """Return the seconds of this thread alone: other programs may be busy."""
    start = time.thread_time()
    if anchored:
        compiled.match(text)
        compiled.fullmatch(text)
    else:
        for _ in compiled.finditer(text):
            pass
    return time.thread_time() - start


def _compiled() -> Iterator[Target]:
    """Yield what modules hold: by itself, or in tuples and tables, or for a language."""
    for info in pkgutil.walk_packages([str(PACKAGE)], "storyboard."):
        if info.name.rpartition(".")[2] in ("__main__", "espeak_worker"):
            continue
        module = importlib.import_module(info.name)
        uses = _uses(Path(str(module.__file__)))
        for name, value in list(vars(module).items()):
            anchored = bool(uses.get(name)) and uses[name] <= ANCHORED
            for pattern in _inside(value, 0):
                if isinstance(pattern.pattern, str):
                    yield Target(pattern.pattern, pattern.flags, anchored, f"{info.name}.{name}")
    for language in ("en", "de", "fr", "es", "ja", "ko", "zh", "it"):
        reader = Reader(language)
        yield Target(reader._starts.pattern, reader._starts.flags, False, f"starts of {language}")
        for each in reader._rules:
            yield Target(each.pattern.pattern, each.pattern.flags, True, f"a rule of {language}")


def _inside(value: Any, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, tuple | list | set | frozenset):
        for part in value:
            yield from _inside(part, depth + 1)
    elif depth < 4 and isinstance(value, dict):
        for part in value.values():
            yield from _inside(part, depth + 1)


def _uses(path: Path) -> dict[str, set[str]]:
    """Return by which methods a module uses each name: `NAME.search(…)`."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=method) if method in METHODS:
                found.setdefault(name, set()).add(method)
    return found


def _literal() -> Iterator[Target]:
    """Yield what is given to `re` within functions, where it is a constant."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="re"), attr=method),
                    args=[ast.Constant(value=str(pattern)), *_],
                ) if method in METHODS:
                    flags = [word.value for word in node.keywords if word.arg == "flags"]
                    number = int(eval(ast.unparse(flags[0]), {"re": re})) if flags else 0
                    place = f"{path.relative_to(PACKAGE)}:{node.lineno}"
                    yield Target(pattern, number, method in ANCHORED, place)
