"""A person's first day with the tool, films included."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from tests.support.project import Project

pytestmark = pytest.mark.slow


def test_from_nothing_to_a_film_and_one_changed_word(tmp_path: Path) -> None:
    project = Project(tmp_path)
    assert project.run("init").code == 0
    assert project.run("check").code == 0
    planned = project.run("plan", "--detailed-exitcode")
    assert planned.code == 2
    assert "create" in planned.out

    applied = project.run_for_real("apply", "--yes")
    assert applied.code == 0, applied.err
    film = tmp_path / "films" / "welcome.mp4"
    with av.open(str(film)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.width, video.height) == (1920, 1080)
        assert video.codec_context.name == "h264"
        assert audio.codec_context.name == "aac"
        assert video.duration
        assert video.time_base
        seconds = float(video.duration * video.time_base)
        assert 8 < seconds < 20

    first = project.run("outputs", "--json").json()["welcome"]
    assert first["status"] == "ready"
    assert Path(tmp_path, first["file"]).samefile(film)

    again = project.run_for_real("apply", "--yes")
    assert again.code == 0
    assert "no changes" in again.out
    assert project.run("outputs", "--json").json()["welcome"] == first

    project.edit("storyboards/welcome.yaml", "Change a word here", "Change one word here")
    replanned = project.run("plan")
    assert "{+one+}" in replanned.out
    assert "hello" not in replanned.out
    assert project.run_for_real("apply", "--yes").code == 0
    second = project.run("outputs", "--json").json()["welcome"]
    assert second["videoId"] == first["videoId"]
    assert second["entryId"] != first["entryId"]
    assert project.run("plan", "--detailed-exitcode").code == 0


def test_a_pipeline_against_a_studio_of_its_own(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    project.path.mkdir()
    project.run("init")
    kept = tmp_path / "secrets"
    script = (
        'printf "%s\\n" "$KALTURA_KS" "$KALTURA_ADMIN_SECRET" "$KALTURA_APP_TOKEN" > "$0"; '
        "exec storyboard apply -e kaltura --yes --download out --json"
    )
    ran = project.run(
        "studio", "exec", "--", "sh", "-c", script, str(kept),
        PATH=f"{_command(tmp_path)}:/usr/bin:/bin",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert (project.path / "out" / "welcome.mp4").stat().st_size > 50_000
    assert (project.path / ".storyboard" / "state" / "kaltura.json").is_file()
    assert not (project.path / ".storyboard" / "studio").exists()

    written = [path.read_bytes() for path in project.path.rglob("*") if path.is_file()]
    for secret in kept.read_text().split():
        assert len(secret) > 10
        for shown in (*written, ran.out.encode(), ran.err.encode()):
            assert secret.encode() not in shown


def _command(folder: Path) -> Path:
    """A folder with a `storyboard` command that is this checkout's."""
    import sys

    place = folder / "bin"
    place.mkdir()
    command = place / "storyboard"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m storyboard "$@"\n')
    command.chmod(0o755)
    return place
