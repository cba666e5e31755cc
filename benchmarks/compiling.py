"""Checking 200 storyboards in 5 locales, beside the script that a competent user would write.

Whole processes, each begun anew: cold, again, and after an edit.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measuring import Cost, Row
from storyboard.source.schema import schema_text

BOARDS = 200
LOCALES = ("en", "de", "fr", "es", "it")
SCENES = 20
ROUNDS = 3
KINDS = (
    ("nothing kept yet", "≥ 3"),
    ("again", "≥ 10"),
    ("one of 200 edited", ""),
    ("--no-cache", ""),
)
"""What is measured of `check`, and the bound."""

_ROOT = Path(__file__).parents[1]


def write_project(
    root: Path, boards: int = BOARDS, locales: Sequence[str] = LOCALES, scenes: int = SCENES
) -> None:
    """Write a project of storyboards, a third of whose scenes have b-roll."""
    (root / "storyboards").mkdir()
    (root / "storyboard.yaml").write_text(
        f"locales: [{', '.join(locales)}]\n"
        "avatars:\n  host: {templateId: jane, background: '#CEEEDB'}\n"
        "entries:\n  metrics: {entryId: 1_metrics0}\n"
        "vars: {product: Acme, quarter: Q1}\n"
    )
    for board in range(boards):
        name = f"board-{board:04}"
        (root / "storyboards" / f"{name}.yaml").write_text(_storyboard(name, scenes))
        for locale in locales[1:]:
            folder = root / "locales" / locale
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.po").write_text(_catalog(name, locale, scenes))


def measure() -> Iterator[Row]:
    """Check the same project both ways, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        root, schema = Path(folder, "project"), Path(folder, "schema.json")
        root.mkdir()
        write_project(root)
        schema.write_text(schema_text("storyboard"))
        time.sleep(2.5)  # a file that was written just now is read again: its time may not change
        script = [sys.executable, "-m", "benchmarks.compile_script", str(root), str(schema)]
        check = [sys.executable, "-m", "storyboard", "-C", str(root), "check", "-e", "kaltura"]
        _run(script)
        rounds = [tuple(_round(root, number, script, check)) for number in range(ROUNDS)]
    yield from (_row(rounds, place) for place in range(len(KINDS)))


def _row(rounds: Sequence[Sequence[Cost]], place: int) -> Row:
    name, bound = KINDS[place]
    ratios = sorted(each[0].wall / each[1 + place].wall for each in rounds)
    processor = statistics.median(each[0].cpu / each[1 + place].cpu for each in rounds)
    mine = statistics.median(each[1 + place].wall for each in rounds)
    peer = statistics.median(each[0].wall for each in rounds)
    return Row(
        f"script / check, {name}",
        statistics.median(ratios),
        "x",
        bound,
        f"{mine:.2f} s against {peer:.2f} s; {ratios[0]:.1f} to {ratios[-1]:.1f} in {ROUNDS} "
        f"rounds; CPU {processor:.1f}x",
    )


def _round(root: Path, number: int, script: list[str], check: list[str]) -> Iterator[Cost]:
    """Yield what the script takes, and what `check` takes of each kind."""
    shutil.rmtree(root / ".storyboard", ignore_errors=True)
    yield _run(script)
    yield _run(check)
    yield _run(check)
    edited = root / "storyboards" / f"board-{number:04}.yaml"
    edited.write_text(edited.read_text() + f"# {number}\n")
    yield _run(check)
    yield _run([*check, "--no-cache"])


def _run(command: Sequence[str]) -> Cost:
    """Run a process; return its time, and the processor's time of all its processes."""
    before, begun = os.times(), time.perf_counter()
    ran = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
    wall, after = time.perf_counter() - begun, os.times()
    assert ran.returncode == 0, ran.stderr
    assert "1000" in (ran.stdout + ran.stderr).replace(",", "")
    cpu = after.children_user + after.children_system
    return Cost(wall, cpu - before.children_user - before.children_system)


def _narration(board: str, scene: int) -> str:
    token = "{{ product }}" if scene % 3 == 0 else "our product"
    return f"In part {scene} of {board} we look at what {token} does for the teams that use it."


def _storyboard(name: str, scenes: int) -> str:
    lines = [f'name: "{{{{ product }}}} {name}, {{{{ quarter }}}}"', "avatar: host", "scenes:"]
    for scene in range(scenes):
        lines.append(f"  - id: scene-{scene}")
        lines.append(f'    narration: "{_narration(name, scene)}"')
        if scene % 3 == 1:
            lines.append(f"    broll: {{entry: metrics, startTime: {scene * 3}}}")
    return "\n".join(lines) + "\n"


def _catalog(name: str, locale: str, scenes: int) -> str:
    blocks = ['msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n']
    for scene in range(scenes):
        source = _narration(name, scene).replace("{{ product }}", "{product}")
        blocks.append(
            "#, python-brace-format\n"
            f'msgctxt "scene-{scene}.narration"\nmsgid "{source}"\nmsgstr "[{locale}] {source}"\n'
        )
    return "\n".join(blocks)
