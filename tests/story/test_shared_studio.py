"""A team's local studio, reached over HTTP with an app token: no Kaltura, and no secret."""

from __future__ import annotations

from pathlib import Path

from tests.contract.studio_rig import write_movie
from tests.support.shared_studio import Colleague, at_a_shared_studio

TEAM = "environments: {team: {studio: kaltura}}\n"
CLIP = """\
name: Tour
scenes:
  - Welcome to the tour of our new product.
  - id: numbers
    narration: These are the numbers of the last quarter.
    broll: 1_dashboard
"""


def put(ana: Colleague, entry_id: str, fps: int = 25) -> None:
    """Give the studio a clip, as its operator does."""
    clip = write_movie(ana.project.path.parent / f"{entry_id}.mp4", 12, fps).read_bytes()
    put = ana.operator.control("POST", f"media?entryId={entry_id}&name={entry_id}", content=clip)
    assert put["id"] == entry_id, put


def test_why_a_film_failed_is_told_without_the_control_plane(tmp_path: Path) -> None:
    """It was "the studio gives no reason", though the studio's log had it."""
    files = {"storyboard.yaml": TEAM, "storyboards/tour.yaml": CLIP}
    with at_a_shared_studio(tmp_path, files) as ana:
        put(ana, "1_dashboard", fps=24)
        applied = ana.run("apply", "--yes")
        assert applied.code == 9, applied.err
        told = "scene 'numbers': '1_dashboard' has 24 frames a second, and 25 or 30 are taken"
        assert f"film failed: {told}" in applied.out + applied.err
        assert "gives no reason" not in applied.out + applied.err
        waited = ana.run("wait")
        assert told in waited.out + waited.err
