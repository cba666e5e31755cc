"""Checking and planning 200 storyboards in 5 locales, beside the script of a competent user.

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
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.measuring import Cost, Row
from benchmarks.plain_studio import plain_studio
from benchmarks.planning import put_all
from storyboard.compiler import compile_project
from storyboard.source.files import ProjectFiles
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

PLANS = (("a studio by HTTP", "kaltura", "≥ 10"), ("the local studio", "local", "≥ 10"))
"""Where the second `plan` is measured, with which environment, and the bound."""

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
    """Check the same project both ways, in turn, then plan it."""
    with tempfile.TemporaryDirectory() as folder, plain_studio(0.0) as url:
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
        for name, environment, bound in PLANS:
            shutil.rmtree(root / ".storyboard", ignore_errors=True)
            plan = [*check[:5], "plan", "-e", environment]
            variables = _applied(root, url) if environment == "kaltura" else {}
            for _ in range(2):  # the first makes the local studio
                _run(plan, variables)
            pairs = [(_run(script), _run(plan, variables)) for _ in range(ROUNDS)]
            yield _compared(f"script / plan again, {name}", pairs, bound)


def _applied(root: Path, url: str) -> dict[str, str]:
    """Put what the project says into a studio and a state; returns how the studio is reached."""
    videos, address = (
        compile_project(ProjectFiles(root), environment="kaltura").videos,
        f"{url}/api/v1",
    )
    put_all(url, root / ".storyboard" / "state" / "kaltura.json", videos, known_as=address)
    return {
        "KALTURA_VOD_AVATAR_URL": address,
        "KALTURA_SERVICE_URL": f"{url}/api_v3",
        "KALTURA_PARTNER_ID": "1",
        "KALTURA_USER_ID": "me",
        "KALTURA_KS": "session",
    }


def _row(rounds: Sequence[Sequence[Cost]], place: int) -> Row:
    name, bound = KINDS[place]
    pairs = [(each[0], each[1 + place]) for each in rounds]
    return _compared(f"script / check, {name}", pairs, bound)


def _compared(name: str, pairs: Sequence[tuple[Cost, Cost]], bound: str) -> Row:
    """Return how many times as fast the second of each pair is."""
    ratios = sorted(peer.wall / mine.wall for peer, mine in pairs)
    processor = statistics.median(peer.cpu / mine.cpu for peer, mine in pairs)
    ours = statistics.median(mine.wall for _, mine in pairs)
    theirs = statistics.median(peer.wall for peer, _ in pairs)
    return Row(
        name,
        statistics.median(ratios),
        "x",
        bound,
        f"{ours:.2f} s against {theirs:.2f} s; {ratios[0]:.1f} to {ratios[-1]:.1f} in {ROUNDS} "
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


def _run(command: Sequence[str], variables: Mapping[str, str] | None = None) -> Cost:
    """Run a process; return its time, and the processor's time of all its processes."""
    before, begun = os.times(), time.perf_counter()
    env = {**os.environ, **(variables or {})}
    ran = subprocess.run(command, cwd=_ROOT, env=env, capture_output=True, text=True, check=False)
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
