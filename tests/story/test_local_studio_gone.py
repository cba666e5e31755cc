"""The folder of the local studio was deleted: what the commands say can be done, and works."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.support.project import Project

FILES = {
    "a.storyboard.yaml": "name: A\nscenes:\n  - Hello and welcome to this small film.\n",
    "b.storyboard.yaml": "name: B\nscenes:\n  - Hello and welcome to another small film.\n",
}


def test_the_hint_leads_out(tmp_path: Path) -> None:
    """It said to use that user's session: nobody has it any more."""
    project = Project.of(tmp_path, FILES)
    assert project.run("apply", "--yes", "--no-generate").code == 0
    shutil.rmtree(tmp_path / ".storyboard" / "studio")
    refused = project.run("plan", "--no-generate")
    assert refused.code == 4
    assert "the local studio that made the state's 2 videos is gone" in refused.err
    assert "storyboard apply --allow-missing" in refused.err
    assert project.run("apply", "--yes", "--no-generate", "--allow-missing").code == 0
    assert project.run("plan", "--no-generate", "--detailed-exitcode").code == 0
