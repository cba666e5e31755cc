"""Media files as people have them: what is wrong with one is known at once, and stops no other."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from tests.contract.studio_rig import write_movie, write_picture
from tests.support.film_crew import numbered_clip
from tests.support.project import Project

SAID = "Here we see the numbers of this quarter."


def board(name: str, media: str) -> str:
    return (
        f"name: About {name}\nlocales: [en]\n"
        f"entries:\n  clip: {{entryId: 1_{name}, media: {media}}}\n"
        f"scenes:\n  - {{narration: {SAID}, broll: clip}}\n"
    )


def avi(path: Path) -> None:
    numbered_clip(path, frames=120)


def cut_off(path: Path) -> None:
    numbered_clip(path, frames=120)
    path.write_bytes(path.read_bytes()[:3000])


def folder(path: Path) -> None:
    path.mkdir()


def slow(path: Path) -> None:
    write_movie(path, 6, 24)


def sound(path: Path) -> None:
    with av.open(str(path), "w", format="mp4") as out:
        stream = out.add_stream("aac", rate=44_100)
        for _ in range(20):
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
            frame.sample_rate = 44_100
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


BAD: dict[str, tuple[str, Callable[[Path], object] | None, str, str]] = {
    "avi": ("tour.avi", avi, "media-unusable", "not a format that the local studio takes"),
    "ts": ("tour.ts", avi, "media-unusable", "not a format that the local studio takes"),
    "cut": ("cut.mp4", cut_off, "media-unusable", "damaged or cut off"),
    "empty": ("empty.mp4", Path.touch, "media-unusable", "the file is empty"),
    "still": ("photo.png", write_picture, "media-unusable", "is a still picture, and b-roll"),
    "film": ("film.mp4", slow, "media-unusable", "has 24 frames a second, and b-roll needs 25 or"),
    "sound": ("sound.mp4", sound, "media-unusable", "is a sound without a picture"),
    "gone": ("gone.mp4", None, "media-missing", "there is no such file"),
    "folder": ("folder.mp4", folder, "media-missing", "is not a regular file"),
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Nine storyboards that show a file that cannot be filmed, and one that shows none."""
    path = tmp_path / "project"
    (path / "media").mkdir(parents=True)
    files = {f"storyboards/{n}.yaml": board(n, f"media/{bad[0]}") for n, bad in BAD.items()}
    files["storyboards/good.yaml"] = f"name: Good\nlocales: [en]\nscenes: [{SAID}]\n"
    made = Project.of(path, files)
    for name, make, _, _ in BAD.values():
        if make is not None:
            make(path / "media" / name)
    return made


@pytest.mark.slow
def test_check_plan_and_apply_agree_and_all_others_are_made(project: Project) -> None:
    checked = project.run("check", "--format", "json")
    assert checked.code == 0, checked.out
    told = {f["file"]: f for f in checked.json()["diagnostics"]}
    for name, (file, _, code, reason) in BAD.items():
        found = told[f"storyboards/{name}.yaml"]
        column = board(name, f"media/{file}").splitlines()[3].index("media/") + 1
        assert (found["code"], found["line"], found["column"]) == (code, 4, column)
        assert reason in found["message"], name
        assert found["hint"], name
    assert set(told) == {f"storyboards/{name}.yaml" for name in BAD}

    planned = {a["address"]: a for a in project.run("plan", "--json").json()["actions"]}
    for name, (_, _, _, reason) in BAD.items():
        assert planned[f"{name}@en"]["action"] == "hold"
        assert reason in planned[f"{name}@en"]["reasons"][0]

    applied = project.run("apply", "--yes", "--json").json()
    rows = {address: row["status"] for address, row in applied["videos"].items()}
    assert rows == {"good@en": "ready"} | {f"{name}@en": "held" for name in BAD}
    assert (project.path / "films" / "good@en.mp4").is_file()


WORDS = "WEBVTT\n\n00:01.000 --> 00:06.000\nÜber uns: wir haben viele Stände und ein großes Haus.\n"


@pytest.mark.parametrize(
    ("encoding", "reason"),
    [("latin-1", "'hall.vtt' beside 'media/hall.mp4' is refused: the text is not UTF-8"),
     ("utf-16-le", "is refused: the text is not UTF-8"),
     ("utf-8", None), ("utf-8-sig", None), ("utf-16", None)],
)  # fmt: skip
def test_captions_are_read_by_check_as_by_the_studio(
    tmp_path: Path, encoding: str, reason: str | None
) -> None:
    board = "entries:\n  hall: {entryId: 1_hall, media: media/hall.mp4}\n"
    compose = "compose: {formatType: session-highlights, duration: 20, entryIds: [hall]}\n"
    project = Project.of(tmp_path, {"hall.storyboard.yaml": f"name: Hall\n{board}{compose}"})
    (tmp_path / "media").mkdir()
    write_movie(tmp_path / "media" / "hall.mp4", 8)
    (tmp_path / "media" / "hall.vtt").write_bytes(WORDS.encode(encoding))
    found = project.run("check", "--format", "json").json()["diagnostics"]
    applied = project.run("apply", "--yes", "--no-generate", "--json").json()
    if reason is None:
        assert found == []
        assert applied["videos"]["hall"]["status"] == "composed"
    else:
        assert [f["code"] for f in found] == ["media-unusable"]
        assert reason in found[0]["message"]
        assert "UTF-8" in found[0]["hint"]
        assert applied["videos"]["hall"]["status"] == "held"


def test_a_remote_studio_needs_no_stand_ins(project: Project) -> None:
    ran = project.run("check", "-e", "kaltura")
    assert ran.code == 0, ran.out
    assert re.findall(r"\[([a-z-]+)\]", ran.out) == ["broll-frame-rate"]  # of Kaltura's clip, too
    assert "10 videos ready to plan" in ran.err
