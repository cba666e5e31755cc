"""Scripts of CI files, run as a runner runs them: by bash, with its variables and nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner

from storyboard.cli import storyboard

ROOT = Path(__file__).parents[2]
GITHUB = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
GITLAB = ("bash", "-eo", "pipefail", "-c")


def runner_with_tools(folder: Path) -> dict[str, str]:
    """Return the variables of a runner on which this checkout's `storyboard` is installed."""
    tools = folder / "tools"
    tools.mkdir()
    program = tools / "storyboard"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nfrom storyboard.entry import main\nsys.exit(main())\n"
    )
    program.chmod(0o755)
    return {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
    }


def run_script(
    shell: tuple[str, ...], script: str, place: Path, variables: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a script in a folder."""
    return subprocess.run(
        [*shell, script],
        cwd=place,
        env=dict(variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        check=False,
    )


def commands_in(script: str) -> list[str]:
    """Return the calls of `storyboard` in a script, up to where each leads its output."""
    joined = re.sub(r"(\\|\|\|)\n\s+", " ", script)
    found = re.findall(r"(?:^|[\s;])(storyboard (?:-C|[a-z]).+?)(?= >| <| \|\||;|$)", joined, re.M)
    return [call.replace('-C "$DIRECTORY" ', "") for call in found]


def check_options(call: str) -> None:
    """Fail if a call has an option that its command has not."""
    words = [word.strip('"') for word in call.removeprefix("storyboard ").split()]
    names = [word for word in words if re.fullmatch("[a-z]+", word)]
    options = {word for word in words if re.match("-+[a-z]", word)}
    depth = 2 if names[0] in ("ci", "locale") else 1
    told = CliRunner().invoke(storyboard, [*names[:depth], "--help"]).output
    assert all(option in told for option in options), call
