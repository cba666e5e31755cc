"""Fuzz every surface, or those that are named: each in a process of its own, for some seconds.

    python -m tests.fuzz [SURFACE …] [--seconds 20] [--seed N] [--guided]

Without `--guided`, the inputs follow from the seed alone: a change of the code is given the same
ones as the code before it. With it, libFuzzer looks for what leads the code new ways.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from tests.fuzz.surface import CORPUS, names
from tests.fuzz.trial import found_name, shrunk

_STUCK_SECONDS: Final = 90.0
"""Without a new input for so long, a process hangs; one input has some seconds of CPU."""

_REPLAY_SECONDS: Final = 15.0
_SHRINK_SECONDS: Final = 60.0

Start = Callable[[str, Path, list[str]], "subprocess.Popen[bytes]"]
"""Starts the process of a surface: its name, a folder, and what it is to do."""


def main(arguments: list[str] | None = None) -> int:
    """Fuzz what the command line says; 1 where a law was broken."""
    options = _options(arguments)
    seed = options.seed if options.seed is not None else time.time_ns() % 10**6
    how = [str(seed), str(options.seconds), "guided" if options.guided else "same"]
    print(f"seed {seed}", flush=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda name: (name, _fuzzed(name, how)), options.surfaces or names())
        broken = [name for name, fine in results if not fine]
    if broken:
        print(f"broken: {', '.join(broken)}; the inputs are in {CORPUS}/…/found-*")
    return int(bool(broken))


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.fuzz", description="Fuzz what parses.")
    parser.add_argument("surfaces", nargs="*", metavar="SURFACE", help="such as yaml_reader")
    parser.add_argument("--seconds", type=float, default=20.0, help="at most, for each surface")
    parser.add_argument("--seed", type=int, help="which inputs")
    parser.add_argument("--guided", action="store_true", help="search by coverage; needs atheris")
    return parser.parse_args(arguments)


def _fuzzed(name: str, how: list[str]) -> bool:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        fine = fuzz(name, Path(folder), how)
    print(f"{name}: {'fine' if fine else 'BROKEN'}, {time.monotonic() - begun:.0f} s", flush=True)
    return fine


def fuzz(
    name: str,
    folder: Path,
    how: list[str],
    *,
    start: Start | None = None,
    corpus: Path = CORPUS,
    stuck: float = _STUCK_SECONDS,
) -> bool:
    """Run a surface's process; what ends it from outside is kept as an input too."""
    start = start or _start
    kept = set((corpus / name).iterdir())
    process = start(name, folder, how)
    ended = _wait(process, folder / "current", stuck)
    if ended in (0, 1):
        # libFuzzer ends a process well, whatever was found in it.
        return ended == 0 and kept >= set((corpus / name).iterdir())
    fault = "it hangs" if ended is None else f"the process ended by {_ending(ended)}"
    text = (folder / "current").read_bytes()
    small = shrunk(text, lambda shorter: _ends_so(start, name, shorter, ended), _SHRINK_SECONDS)
    path = corpus / name / found_name(small)
    path.write_bytes(small)
    print(f"{name}: {fault}\n  {small[:200]!r}\n  kept as {path}", flush=True)
    return False


def _start(name: str, folder: Path, how: list[str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.fuzz.child", name, str(folder), *how]
    environment = os.environ | {"PYTHONHASHSEED": "0", "PYTHONWARNINGS": "error"}
    return subprocess.Popen(command, env=environment)


def _wait(process: subprocess.Popen[bytes], current: Path, stuck: float) -> int | None:
    """Return how a process ended, None where it got stuck and was ended."""
    begun = time.time()
    while True:
        try:
            return process.wait(1.0)
        except subprocess.TimeoutExpired:
            touched = current.stat().st_mtime if current.exists() else begun
            if time.time() - touched > stuck:
                process.kill()
                process.wait()
                return None


def _ends_so(start: Start, name: str, text: bytes, ended: int | None) -> bool:
    """Whether one input alone ends a process as it ended."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "input"
        path.write_bytes(text)
        process = start(name, Path(folder), ["1", "60", "replay", str(path)])
        return _wait(process, path, _REPLAY_SECONDS) == ended


def _ending(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"code {code}"


if __name__ == "__main__":
    sys.exit(main())
