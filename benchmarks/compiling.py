"""Checking 200 storyboards in 5 locales, beside the script that a competent user would write.

Whole processes, each begun anew: cold, again, and after an edit.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measuring import Row, seconds
from storyboard.source.schema import schema_text

BOARDS = 200
LOCALES = ("en", "de", "fr", "es", "it")
SCENES = 20
ROUNDS = 5
_ROOT = Path(__file__).parents[1]


def write_project(root: Path, boards: int = BOARDS, locales: Sequence[str] = LOCALES) -> None:
    """Write the project: each storyboard has 20 scenes, a third of them with b-roll."""
    (root / "storyboards").mkdir()
    (root / "storyboard.yaml").write_text(
        f"locales: [{', '.join(locales)}]\n"
        "avatars:\n  host: {templateId: jane, background: '#CEEEDB'}\n"
        "entries:\n  metrics: {entryId: 1_metrics0}\n"
        "vars: {product: Acme, quarter: Q1}\n"
    )
    for board in range(boards):
        name = f"board-{board:04}"
        (root / "storyboards" / f"{name}.yaml").write_text(_storyboard(name))
        for locale in locales[1:]:
            folder = root / "locales" / locale
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.po").write_text(_catalog(name, locale))


def measure() -> Iterator[Row]:
    """Check the same project both ways, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        root, schema = Path(folder, "project"), Path(folder, "schema.json")
        root.mkdir()
        write_project(root)
        schema.write_text(schema_text("storyboard"))
        time.sleep(2.5)  # a file that was written just now is read again: its time may not change
        script = [sys.executable, "-m", "benchmarks.compile_script", str(root), str(schema)]
        check = [sys.executable, "-m", "storyboard", "-C", str(root), "check"]
        seconds(lambda: _run(script))
        rounds = [_round(root, number, script, check) for number in range(ROUNDS)]
    peer = statistics.median(each[0] for each in rounds)
    for place, (name, bound) in enumerate(
        (("no cache yet", "≥ 3"), ("again", "≥ 10"), ("one of 200 edited", ""), ("--no-cache", "")),
        1,
    ):
        ratios = sorted(each[0] / each[place] for each in rounds)
        mine = statistics.median(each[place] for each in rounds)
        spread = f"{ratios[0]:.1f} to {ratios[-1]:.1f}"
        yield Row(
            f"check, {name} / script",
            statistics.median(ratios),
            "x",
            bound,
            f"{mine:.2f} s against {peer:.2f} s, {spread} in {ROUNDS} rounds",
        )


def _round(root: Path, number: int, script: list[str], check: list[str]) -> tuple[float, ...]:
    """Return what the script takes, and what `check` takes cold, again, and after an edit."""
    shutil.rmtree(root / ".storyboard", ignore_errors=True)
    peer, cold = seconds(lambda: _run(script)), seconds(lambda: _run(check))
    again = seconds(lambda: _run(check))
    edited = root / "storyboards" / f"board-{number:04}.yaml"
    edited.write_text(edited.read_text() + f"# {number}\n")
    return (
        peer,
        cold,
        again,
        seconds(lambda: _run(check)),
        seconds(lambda: _run(check, "--no-cache")),
    )


def _run(command: list[str], *more: str) -> None:
    ran = subprocess.run([*command, *more], cwd=_ROOT, capture_output=True, text=True, check=False)
    videos = str(BOARDS * len(LOCALES))
    assert ran.returncode == 0, ran.stderr
    assert videos in ran.stdout + ran.stderr


def _narration(board: str, scene: int) -> str:
    token = "{{ product }}" if scene % 3 == 0 else "our product"
    return f"In part {scene} of {board} we look at what {token} does for the teams that use it."


def _storyboard(name: str) -> str:
    lines = [f'name: "{{{{ product }}}} {name}, {{{{ quarter }}}}"', "avatar: host", "scenes:"]
    for scene in range(SCENES):
        lines.append(f"  - id: scene-{scene}")
        lines.append(f'    narration: "{_narration(name, scene)}"')
        if scene % 3 == 1:
            lines.append(f"    broll: {{entry: metrics, startTime: {scene * 3}}}")
    return "\n".join(lines) + "\n"


def _catalog(name: str, locale: str) -> str:
    blocks = ['msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n']
    for scene in range(SCENES):
        source = _narration(name, scene).replace("{{ product }}", "{product}")
        blocks.append(
            "#, python-brace-format\n"
            f'msgctxt "scene-{scene}.narration"\nmsgid "{source}"\nmsgstr "[{locale}] {source}"\n'
        )
    return "\n".join(blocks)
