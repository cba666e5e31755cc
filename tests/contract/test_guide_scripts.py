"""The guide's own shell: its calls and both of its workflows, with curl, against a real studio."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storyboard.studio.local import open_studio
from storyboard.studio.media.opening import probe_media
from tests.contract.studio_rig import write_movie, write_picture

ROOT = Path(__file__).parents[2]
SCRIPTS = Path(__file__).parent / "scripts"
CLIP_A, CLIP_B, BACKGROUND = "1_sourcea1", "1_sourceb1", "0_bg7x9k2m"
MOVIES = {CLIP_A: 190, CLIP_B: 70}


SENTENCES = (
    "The baker says that the oven has to be hot before the bread goes in.",
    "Every loaf is weighed twice, since the customers pay for the weight.",
    "In the afternoon the shop is quiet, and the ovens are cleaned with care.",
)


def said(seconds: int) -> str:
    """Write the captions of a clip: a sentence every six seconds."""
    cues = []
    for index, at in enumerate(range(0, seconds - 10, 6)):
        minute, second = divmod(at, 60)
        times = f"00:{minute:02}:{second:02},000 --> 00:{minute:02}:{second + 5:02},000"
        cues.append(f"{index + 1}\n{times}\n{SENTENCES[index % 3]} This is number {index}.\n")
    return "\n".join(cues)


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the entries that the scripts name."""
    base = tmp_path_factory.mktemp("media")
    studio = open_studio(base / "workspace")
    for entry_id, seconds in MOVIES.items():
        studio.add_media(write_movie(base / f"{entry_id}.mp4", seconds), entry_id)
        (base / f"{entry_id}.srt").write_text(said(seconds))
        studio.add_captions(entry_id, base / f"{entry_id}.srt")
    studio.add_media(write_picture(base / "background.png"), BACKGROUND)
    studio.close()
    return base / "workspace"


def search_path(folder: Path) -> str:
    """A PATH with this Python as `python3`, and a `sleep` that a test can afford."""
    tools = folder / "tools"
    tools.mkdir()
    sleep = shutil.which("sleep")
    for name, line in {
        "python3": f'exec "{sys.executable}" "$@"',
        "sleep": f"exec {sleep} 0.5",
    }.items():
        (tools / name).write_text(f"#!/bin/sh\n{line}\n")
        (tools / name).chmod(0o755)
    return f"{tools}{os.pathsep}{os.environ['PATH']}"


def run(script: str, media: Path, folder: Path) -> str:
    assert shutil.which("curl"), "the guide's scripts need curl: install it"
    workspace = shutil.copytree(media, folder / "workspace")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KALTURA_", "STORYBOARD_"))}
    entries = {"BROLL_ENTRY_ID": CLIP_A, "SOURCE_ENTRY_A": CLIP_A, "SOURCE_ENTRY_B": CLIP_B}
    path = {"PATH": search_path(folder), "PYTHONPATH": str(ROOT)}
    program = [sys.executable, "-m", "storyboard", "studio", "exec"]
    done = subprocess.run(
        [*program, "--workspace", str(workspace), "--", "sh", str(SCRIPTS / script)],
        cwd=folder,
        env=kept | entries | path,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def replies(output: str) -> Iterator[dict[str, Any]]:
    """Every JSON object that curl wrote between the lines of the script."""
    decoder, at = json.JSONDecoder(), output.find("{")
    while at >= 0:
        value, end = decoder.raw_decode(output, at)
        yield value
        at = output.find("{", end)


def film_of(output: str, folder: Path) -> Path:
    entry_id = output.rsplit(":", 1)[1].strip()
    studio = open_studio(folder / "workspace")
    media = {entry["id"]: entry for entry in studio.list_media()}
    digest = media[entry_id]["sha256"]
    studio.close()
    return next((studio.workspace.data / "blobs").rglob(f"{digest}.mp4"))


@pytest.mark.slow
def test_every_call_of_the_guide(media: Path, tmp_path: Path) -> None:
    output = run("every_call.sh", media, tmp_path)
    told = list(replies(output))
    assert told[0]["totalCount"] == 36
    backgrounds = [reply["background"] for reply in told[1:4]]
    assert [background["type"] for background in backgrounds] == ["color", "library", "entry"]
    avatar, got, updated, listed, generating, refused = told[4:]
    assert (avatar["templateId"], avatar["background"]["color"]) == ("jane", "#CEEEDB")
    assert (got["name"], got["status"], got["entryId"]) == ("Spring Course", "draft", None)
    assert got["scenes"][1]["broll"] == {"entryId": CLIP_A, "startTime": 30}
    assert (updated["name"], len(updated["scenes"])) == ("Spring Course — Second Take", 1)
    assert listed["totalCount"] == 1
    assert generating["status"] == "generating"
    assert refused["code"] == "CANNOT_RESET_STATUS"
    assert "Status: ready\nGenerated entry: 1_" in output
    assert (tmp_path / "avatar_preview.png").read_bytes().startswith(b"\x89PNG")
    assert probe_media(tmp_path / "scene_preview.mp3").seconds > 1.5
    assert probe_media(tmp_path / "scene_stream.mp3").seconds > 1.5


@pytest.mark.slow
def test_the_composing_call(media: Path, tmp_path: Path) -> None:
    composing, composed = replies(run("compose.sh", media, tmp_path))
    assert (composing["status"], composed["status"]) == ("composing", "composed")
    assert composed["composeParams"]["formatType"] == "session-highlights"
    assert 0 < len(composed["scenes"]) <= 20
    shown = {scene["broll"]["entryId"] for scene in composed["scenes"] if scene.get("broll")}
    assert shown <= {CLIP_A, CLIP_B}
    assert any("oven" in scene["narration"]["text"] for scene in composed["scenes"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("script", "preview", "scenes"),
    [("complete_workflow.sh", 0, 2), ("manual_storyboard.sh", 1, 6)],
)
def test_a_complete_workflow(
    media: Path, tmp_path: Path, script: str, preview: int, scenes: int
) -> None:
    output = run(script, media, tmp_path)
    assert [reply["status"] for reply in replies(output)] == ["generating"]
    assert "Status: ready" in output
    facts = probe_media(film_of(output, tmp_path))
    assert (facts.width, facts.height, facts.has_audio) == (1920, 1080, True)
    spoken = probe_media(tmp_path / f"scene{preview}_preview.mp3").seconds
    assert facts.seconds > 1.5 * scenes
    assert facts.seconds > spoken > 1.5
