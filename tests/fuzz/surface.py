"""What a surface is: the law that every input must meet. Knows no engine."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

CORPUS: Final = Path(__file__).with_name("corpus")

Law = Callable[[bytes], None]
"""Takes an input, and raises whatever the code under test should not have raised."""


class Broken(AssertionError):
    """The code came back, but with something that the law forbids."""


@dataclass(frozen=True, slots=True)
class Surface:
    """One thing that parses.

    `opened` gives the law, and a folder of its own to work in. `words` are what its grammar is
    made of. `cpu_seconds` is what one input of at most `longest` bytes may cost; `rounds` how
    many inputs a run of the same inputs takes.
    """

    name: str
    opened: Callable[[Path], AbstractContextManager[Law]]
    words: tuple[bytes, ...]
    rounds: int = 4000
    longest: int = 65_536
    cpu_seconds: float = 5.0

    def corpus(self) -> list[Path]:
        """Return the inputs that are kept: seeds, and what once broke the law."""
        return sorted((CORPUS / self.name).iterdir())


def without_folder(law: Law) -> Callable[[Path], AbstractContextManager[Law]]:
    """Return how a law is opened that owns nothing."""

    @contextmanager
    def opened(folder: Path) -> Iterator[Law]:
        yield law

    return opened


def words(text: str) -> tuple[bytes, ...]:
    """Return the words between white space, as bytes."""
    return tuple(word.encode() for word in text.split())


def names() -> list[str]:
    """Return the name of every surface, in a steady order."""
    package = import_module("tests.fuzz.surfaces")
    return sorted(module.name for module in pkgutil.iter_modules(package.__path__))


def load(name: str) -> Surface:
    """Return a surface by its name."""
    surface = import_module(f"tests.fuzz.surfaces.{name}").SURFACE
    assert isinstance(surface, Surface)
    assert surface.name == name
    return surface
