"""One surface in a process of its own, which may crash, hang or run out of memory.

python -m tests.fuzz.child SURFACE FOLDER SEED SECONDS (same|guided|replay FILE)
"""

from __future__ import annotations

import random
import resource
import sys
import time
from pathlib import Path
from typing import Any, Final

from tests.fuzz.mutation import changed, made
from tests.fuzz.surface import CORPUS, load
from tests.fuzz.trial import Trial, try_input

MAX_MEMORY: Final = 6 << 30
"""Bytes of address space; libraries of media and numbers reserve much that they never use."""


def main(arguments: list[str]) -> int:
    """Run what the arguments say; 0 where no law was broken."""
    name, folder, seed, seconds, how = arguments[:5]
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    if how == "guided":
        return _guided(name, Path(folder), int(seed), float(seconds))
    _limit_memory()
    surface = load(name)
    work = Path(folder) / "work"
    work.mkdir(exist_ok=True)
    with surface.opened(work) as law:
        if how == "replay":
            fault = try_input(surface, law, Path(arguments[5]).read_bytes())
            print(f"{name}: {fault!r}")
            return int(fault is not None)
        trial = Trial(surface, law, Path(folder) / "current", CORPUS / name)
        _same(trial, int(seed), float(seconds))
    return _ended(trial)


def _same(trial: Trial, seed: int, seconds: float) -> None:
    """Give inputs by their numbers; time only cuts them short."""
    surface, deadline = trial.surface, time.monotonic() + seconds
    kept = [path.read_bytes() for path in surface.corpus()]
    for text in kept:
        trial.give(text)
    number = 0
    while number < surface.rounds and time.monotonic() < deadline and not trial.is_full:
        trial.give(made(seed, surface.name, number, surface.words, kept, surface.longest))
        number += 1


def _guided(name: str, folder: Path, seed: int, seconds: float) -> int:
    """Search where the code goes new ways; libFuzzer ends the process itself."""
    import atheris

    with atheris.instrument_imports(include=["storyboard"]):
        surface = load(name)
    _limit_memory()
    work, grown = folder / "work", folder / "grown"
    work.mkdir(exist_ok=True)
    grown.mkdir(exist_ok=True)
    kept = [path.read_bytes() for path in surface.corpus()]

    def mutate(text: bytes, most: int, chance: int) -> bytes:
        if chance % 3 == 0:
            return bytes(atheris.Mutate(text, most))
        return changed(text, random.Random(chance), surface.words, kept, most)

    with surface.opened(work) as law:
        trial = Trial(surface, law, folder / "current", CORPUS / name)
        options = [f"-seed={seed}", f"-max_total_time={seconds:.0f}", "-rss_limit_mb=0",
                   f"-max_len={surface.longest}", "-print_final_stats=0", "-verbosity=0",
                   "-timeout=300"]  # fmt: skip
        atheris.Setup(
            [name, *options, str(grown), str(CORPUS / name)], trial.give, custom_mutator=mutate
        )
        _fuzz(atheris)
    return _ended(trial)


def _fuzz(atheris: Any) -> None:
    try:
        atheris.Fuzz()
    except SystemExit:
        return


def _ended(trial: Trial) -> int:
    print(f"{trial.surface.name}: {trial.count} inputs, {len(trial.faults)} faults")
    return int(bool(trial.faults))


def _limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
