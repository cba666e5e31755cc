"""What a person is told after a slip: the place, the fix, an honest exit code, no traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.project import Project, Ran

GOOD = "name: Welcome\navatar: jane\nscenes:\n  - Hello and welcome to this short film.\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.of(tmp_path, {"storyboards/welcome.yaml": GOOD})


def told(ran: Ran, code: int, *words: str) -> None:
    assert ran.code == code, f"{ran.out}\n{ran.err}"
    assert "Traceback" not in ran.err
    for word in words:
        assert word in ran.out + ran.err, ran.out + ran.err


def test_a_mistyped_key(project: Project) -> None:
    project.edit("storyboards/welcome.yaml", "avatar:", "avatr:")
    told(project.run("check"), 3, "storyboards/welcome.yaml:2:1", "avatr", "avatar", "hint")
    told(project.run("plan"), 3, "avatr")
    told(project.run("apply", "--yes"), 3, "avatr")
    assert not (project.path / ".storyboard").exists()


def test_findings_as_json(project: Project) -> None:
    project.edit("storyboards/welcome.yaml", "jane", "jan")
    ran = project.run("check", "--format", "json")
    (finding,) = json.loads(ran.out)["diagnostics"]
    assert ran.code == 3
    assert finding["severity"] == "error"
    assert (finding["file"], finding["line"]) == ("storyboards/welcome.yaml", 2)
    assert {"code", "column", "message", "hint"} <= set(finding)


def test_nobody_to_ask(project: Project) -> None:
    told(project.run("apply"), 64, "--yes")


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["plann"], 64, "did you mean 'plan'"),
        (["plan", "--nope"], 64, "--nope"),
        (["plan", "nobody@de"], 64, "names no video"),
        (["plan", "missing.yaml"], 64, "no file"),
        (["plan", "storyboards"], 64, "is a folder"),
        (["plan", "-e", "production"], 64, "no environment 'production'"),
        (["check", "-e", "production"], 64, "no environment 'production'"),
        (["locale", "status", "-e", "production"], 64, "no environment 'production'"),
        (["plan", "-e", "kaltura"], 4, "has no address"),
        (["check", "--var", "x"], 64, "write name=value"),
        (["check", "--var-file", "none.yaml"], 64, "none.yaml"),
        (["-C", "nowhere", "check"], 64, "nowhere"),
    ],
)
def test_a_slip_on_the_command_line(
    project: Project, arguments: list[str], code: int, word: str
) -> None:
    ran = project.run(*arguments)
    assert ran.code == code, ran.err
    assert word.lower() in ran.err.lower()
    assert "Traceback" not in ran.err


@pytest.mark.slow
def test_a_studio_that_is_not_there(project: Project) -> None:
    ran = project.run(
        "plan", "-e", "kaltura",
        KALTURA_VOD_AVATAR_URL="http://127.0.0.1:9",
        KALTURA_SERVICE_URL="http://127.0.0.1:9/api_v3",
        KALTURA_PARTNER_ID="1", KALTURA_ADMIN_SECRET="s3cret-word", KALTURA_USER_ID="me",
    )  # fmt: skip
    told(ran, 1, "cannot connect")
    assert "s3cret-word" not in ran.out + ran.err


def test_showing_a_video(project: Project) -> None:
    ran = project.run("show", "welcome", "--json")
    (video,) = ran.json()["videos"]
    assert video["payloads"]["video/add"]["scenes"] == [
        {
            "layoutType": "full-screen",
            "narration": {"text": "Hello and welcome to this short film."},
        }
    ]
    assert video["payloads"]["avatar/upsert"] == [
        {"templateId": "jane", "background": {"type": "color", "color": "#CEEEDB"}}
    ]


def test_one_file_alone_from_elsewhere(project: Project) -> None:
    (project.path / "storyboards" / "welcome.yaml").rename(project.path / "tale.yaml")
    told(project.run("check", "tale.yaml"), 0, "1 video ready")


def test_a_clip_that_is_not_there(project: Project) -> None:
    project.edit(
        "storyboards/welcome.yaml",
        "scenes:\n",
        "entries:\n  metrics: {entryId: 1_metrics0, media: media/metrics.mp4}\n"
        "scenes:\n  - {narration: These are the numbers of last quarter., broll: metrics}\n",
    )
    ran = project.run("check")
    told(ran, 0, "storyboards/welcome.yaml:4", "media-missing", "media/metrics.mp4", "1_metrics0")


@pytest.mark.parametrize(
    "arguments",
    [["check"], ["check", "--format", "json"], ["plan", "--detailed-exitcode"], ["apply", "--yes"]],
)
@pytest.mark.parametrize("others", [{}, {"notes/tour.yaml": GOOD, "README.md": "# Tour\n"}])
def test_no_project_at_all(tmp_path: Path, arguments: list[str], others: dict[str, str]) -> None:
    project = Project.of(tmp_path, others)
    told(project.run(*arguments), 3, str(project.path), "storyboard init", "-C")
    assert not (project.path / ".storyboard").exists()


def test_a_project_file_or_a_storyboard_makes_a_project(tmp_path: Path) -> None:
    told(Project.of(tmp_path / "a", {"storyboard.yaml": "locales: [en]\n"}).run("check"), 0)
    told(Project.of(tmp_path / "b", {"tour.storyboard.yaml": GOOD}).run("check"), 0)
    told(Project.of(tmp_path / "c", {"tour.storyboard.yaml": "name: [\n"}).run("check"), 3, "yaml")
