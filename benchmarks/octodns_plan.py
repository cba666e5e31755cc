"""octoDNS beside a plan: as many records, from one folder of YAML to another, none changed.

It has an environment of its own, made with pip where that can be had.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks.measuring import Cost, Row

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
used = resource.getrusage(resource.RUSAGE_CHILDREN)
told = [used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]
print(json.dumps([*told, done.returncode, done.stdout + done.stderr[-2000:]]))
"""


def beside_octodns(
    folder: Path, texts: Mapping[str, Mapping[str, Sequence[str]]], ours: Cost
) -> Row:
    """Compare our CPU with octoDNS's; `texts` are by storyboard and locale.

    Seconds on the wall tell little here: the two run one after the other, for minutes each.
    """
    number = sum(map(len, texts.values()))
    name = f"{number} videos planned / {number} records by octoDNS"
    python = _environment(folder / "venv")
    if python is None:
        detail = f"skipped: `pip install {OCTODNS}` did not work here"
        return Row(name, float("nan"), "×", "", detail)
    config = _write(folder, texts)
    tool = python.with_name("octodns-sync")
    theirs, most = _run([str(tool), "--config-file", str(config)])
    detail = (
        f"CPU {ours.cpu:.1f} s against {theirs.cpu:.1f} s of {OCTODNS}, which asks no server and "
        f"has {most:.0f} MB; on the wall {ours.wall:.1f} s against {theirs.wall:.1f} s"
    )
    return Row(name, ours.cpu / theirs.cpu, "×", "", detail)


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


def _run(command: Sequence[str]) -> tuple[Cost, float]:
    """Run a plan without changes; returns what it cost, and the most memory that it had, in MB."""
    begun = time.perf_counter()
    measured = [sys.executable, "-c", _MEASURED, *command]
    ran = subprocess.run(measured, stdout=subprocess.PIPE, text=True, check=True)
    cpu, most, code, said = json.loads(ran.stdout)
    assert code == 0, said
    assert "No changes were planned" in said, said[-500:]
    return Cost(time.perf_counter() - begun, cpu), most
