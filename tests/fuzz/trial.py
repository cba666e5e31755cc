"""Gives a surface one input after another, and keeps the ones that break its law."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.fuzz.surface import Broken, Law, Surface

MAX_FAULTS: Final = 8
"""Of one run: who sees so many has enough to do."""

_SHRINK_SECONDS: Final = 15.0


class Slow(Exception):
    """An input costs more time than one of its size may."""


def try_input(surface: Surface, law: Law, text: bytes) -> Exception | None:
    """Return how an input breaks the law, None where it does not."""
    begun = time.process_time()
    try:
        law(text)
    except Exception as fault:
        return fault
    except RecursionError as fault:
        return fault
    spent = time.process_time() - begun
    return Slow(f"{spent:.1f} s of CPU") if spent > surface.cpu_seconds else None


def signature(fault: BaseException) -> str:
    """Return what tells faults apart: the kind, and the innermost line of ours."""
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [f"{Path(f.filename).name}:{f.lineno}" for f in frames if "/storyboard/" in f.filename]
    told = str(fault)[:60] if isinstance(fault, Broken) else ""
    return " ".join(part for part in (type(fault).__name__, *ours[-1:], told) if part)


def shrunk(text: bytes, fails: Callable[[bytes], bool], seconds: float = _SHRINK_SECONDS) -> bytes:
    """Return a smaller input that fails too: leave out pieces, from large to single bytes."""
    deadline = time.monotonic() + seconds
    size = max(len(text) // 2, 1)
    while True:
        at, before = 0, len(text)
        while at < len(text):
            if time.monotonic() > deadline:
                return text
            shorter = text[:at] + text[at + size :]
            if fails(shorter):
                text = shorter
            else:
                at += size
        if size == 1 and len(text) == before:
            return text
        size = max(size // 2, 1)


@dataclass(slots=True)
class Trial:
    """The inputs that a surface is given in one process; `current` outlives a crash of it."""

    surface: Surface
    law: Law
    current: Path
    found: Path
    count: int = 0
    faults: dict[str, bytes] = field(default_factory=dict)

    def give(self, text: bytes) -> None:
        """Try an input; one that fails in a new way is made small and written down."""
        self.current.write_bytes(text)
        self.count += 1
        fault = try_input(self.surface, self.law, text)
        if fault is None:
            return
        sign = signature(fault)
        if sign in self.faults:
            return
        self.faults[sign] = text
        small = shrunk(text, lambda shorter: self._fails_so(shorter, sign))
        self.faults[sign] = small
        self._tell(sign, small)

    @property
    def is_full(self) -> bool:
        """Whether there is more than one would read."""
        return len(self.faults) >= MAX_FAULTS

    def _fails_so(self, text: bytes, sign: str) -> bool:
        self.current.touch()
        fault = try_input(self.surface, self.law, text)
        return fault is not None and signature(fault) == sign

    def _tell(self, sign: str, text: bytes) -> None:
        self.found.mkdir(parents=True, exist_ok=True)
        path = self.found / found_name(text)
        path.write_bytes(text)
        print(f"{self.surface.name}: {sign}\n  {text[:200]!r}\n  kept as {path}", flush=True)
        fault = try_input(self.surface, self.law, text)
        if fault is not None:
            print("".join(traceback.format_exception(fault)[-6:]), flush=True)


def found_name(text: bytes) -> str:
    """Return a name for an input that follows from what it is."""
    from hashlib import sha256

    return f"found-{sha256(text).hexdigest()[:10]}"
