"""octoDNS beside a plan: as many records, from one folder of YAML to another, none changed.

It has an environment of its own, made with pip where that can be had.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks.measuring import Row

OCTODNS: Final = "octodns==1.22.0"

_CONFIG: Final = """\
providers:
  files: {{class: octodns.provider.yaml.YamlProvider, directory: {files}}}
  live: {{class: octodns.provider.yaml.YamlProvider, directory: {live}}}
zones:
"""
_ZONE: Final = "  {zone}.example.: {{sources: [files], targets: [live]}}\n"
_MEASURED: Final = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(json.dumps([done.returncode, most, done.stdout + done.stderr[-2000:]]))
"""


def beside_octodns(
    folder: Path, texts: Mapping[str, Mapping[str, Sequence[str]]], ours: float
) -> Iterator[Row]:
    """Yield our seconds as a share of octoDNS's; `texts` are by storyboard and locale."""
    number = sum(map(len, texts.values()))
    name = f"{number} videos planned / {number} records by octoDNS"
    python = _environment(folder / "venv")
    if python is None:
        detail = f"skipped: `pip install {OCTODNS}` did not work here"
        yield Row(name, float("nan"), "×", "", detail)
        return
    config = _write(folder, texts)
    begun = time.perf_counter()
    tool = python.with_name("octodns-sync")
    most, said = _run([str(tool), "--config-file", str(config)])
    theirs = time.perf_counter() - begun
    assert "No changes were planned" in said, said[-500:]
    detail = f"{ours:.1f} s against {theirs:.1f} s and {most:.0f} MB by {OCTODNS}, no server asked"
    yield Row(name, ours / theirs, "×", "", detail)


def _environment(folder: Path) -> Path | None:
    """Return the Python of a new environment that has octoDNS; None where it cannot be had."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    ran = subprocess.run([python, "-m", "pip", "install", "--quiet", OCTODNS], capture_output=True)
    return python if ran.returncode == 0 else None


def _write(folder: Path, texts: Mapping[str, Mapping[str, Sequence[str]]]) -> Path:
    """Write a zone for each storyboard, with a TXT record for each locale, twice."""
    config = folder / "config.yaml"
    places = {place: folder / place for place in ("files", "live")}
    for place in places.values():
        place.mkdir(parents=True)
    for storyboard, locales in texts.items():
        records = "".join(
            f"{locale}:\n  ttl: 300\n  type: TXT\n  values:\n"
            + "".join(f"  - {json.dumps(text)}\n" for text in sorted(said))
            for locale, said in sorted(locales.items())
        )
        for place in places.values():
            (place / f"{storyboard}.example.yaml").write_text(f"---\n{records}")
    zones = "".join(_ZONE.format(zone=storyboard) for storyboard in texts)
    config.write_text(_CONFIG.format(**places) + zones)
    return config


def _run(command: Sequence[str]) -> tuple[float, str]:
    """Run a command; returns the most memory that it had, in MB, and what it said."""
    measured = [sys.executable, "-c", _MEASURED, *command]
    ran = subprocess.run(measured, stdout=subprocess.PIPE, text=True, check=True)
    code, most, said = json.loads(ran.stdout)
    assert code == 0, said
    return most, said
