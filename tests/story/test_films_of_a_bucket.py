"""A colleague whose `apply` saves films that the team's studio leads to in its bucket."""

from __future__ import annotations

from pathlib import Path

from tests.support.bucket_server import BUCKET, bucket_server
from tests.support.shared_studio import at_a_shared_studio

FILES = {
    "storyboard.yaml": "environments: {team: {studio: kaltura}}\n",
    "storyboards/tour.yaml": "name: Tour\nscenes:\n  - Welcome to the tour of our product.\n",
}


def test_apply_saves_the_film_whole(tmp_path: Path) -> None:
    with bucket_server() as server:
        settings = {
            "files": f"s3://{BUCKET}/team",
            "variables": server.variables,
            "signed_files": True,
        }
        with at_a_shared_studio(tmp_path, FILES, settings) as ana:
            server.asked.clear()
            applied = ana.run("apply", "--yes", "--download", "films")
            assert applied.code == 0, applied.err
            [film] = ana.project.path.glob("films/**/*.mp4")
            [kept] = [key for key in server.objects if key.endswith(".mp4")]
            assert film.read_bytes() == server.objects[kept]
            assert f"GET /{BUCKET}/{kept}" in server.asked
            assert "X-Amz-Signature" not in applied.out + applied.err
