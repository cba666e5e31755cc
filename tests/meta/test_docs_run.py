"""The pages are true in what they do: their files are written, their commands run, in order."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml

from storyboard.compiler import compile_project
from storyboard.source.files import MemoryFiles
from storyboard.wire import ErrorCode
from tests.support.pages import Reader, blocks_of

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
GUIDES = sorted((*(DOCS / "tutorial").glob("*.md"), *(DOCS / "how-to").glob("*.md")))
AGAINST_KALTURA = {"connect-kaltura.md", "ci.md"}
"""Pages whose commands need an account: a served local studio stands in for Kaltura."""


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("page", GUIDES, ids=lambda path: path.stem)
def test_a_guide_can_be_followed(
    page: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    variables = request.getfixturevalue("account") if page.name in AGAINST_KALTURA else {}
    reader = Reader(tmp_path / "reader", variables)
    assert reader.follow(read(page)) >= (0 if page.stem == "troubleshoot" else 1)
    if page.stem == "first-video":
        films = reader.place / "films"
        assert {film.name for film in films.iterdir()} == {"welcome.mp4", "tour.mp4"}
    if page.stem == "translate":
        films = reader.place / "films"
        assert {film.name for film in films.iterdir()} == {"welcome@en.mp4", "welcome@de.mp4"}


@pytest.mark.slow
def test_the_examples_of_the_command_line_run_from_top_to_bottom(tmp_path: Path) -> None:
    reader = Reader(tmp_path / "reader")
    assert reader.follow(read(DOCS / "reference" / "cli.md")) >= 20
    assert (reader.place / "pictures").is_dir()
    assert list((reader.place / "speech").glob("*.mp3"))


@pytest.mark.slow
def test_the_faults_of_the_reference_can_be_set(tmp_path: Path) -> None:
    assert Reader(tmp_path / "reader").follow(read(DOCS / "reference" / "local-studio.md")) == 2


@pytest.mark.slow
@pytest.mark.parametrize("job", ["plan", "apply"])
def test_the_workflow_for_github_does_what_it_says(
    job: str, tmp_path: Path, account: dict[str, str]
) -> None:
    """Its steps run in order in a repository, with `gh`, `git push` and installing left out."""
    reader = Reader(tmp_path / "reader", account)
    files = [block for block in blocks_of(read(DOCS / "how-to" / "ci.md")) if block.path]
    for block in files[:3]:
        target = reader.place / str(block.path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(block.text, encoding="utf-8")
    reader.add_tool("gh", 'while [ "$1" != --body-file ]; do shift; done; cp "$2" comment.txt')
    for command in ("init -q", "add .", "-c user.name=a -c user.email=a@b commit -qm first"):
        subprocess.run(["git", *command.split()], cwd=reader.place, check=True)
    workflow = yaml.safe_load(read(reader.place / ".github/workflows/storyboard.yml"))
    for step in workflow["jobs"][job]["steps"]:
        script = step.get("run", "").replace("${{ github.event.number }}", "7")
        script = script.replace("git push\n", "")
        if script and not script.startswith("pip install"):
            reader.run(f"set -e\n{script}")
    if job == "plan":
        comment = read(reader.place / "comment.txt")
        assert "+ create    welcome" in comment
        assert comment.startswith("```diff\n")
        assert comment.endswith("```\n")
    else:
        told = reader.run("git log -1 --format=%s --name-only")
        assert told.split() == ["Record", "applied", "state", "state/production.json"]


def test_the_pipeline_for_gitlab_runs_the_same_commands() -> None:
    blocks = {b.path: yaml.safe_load(b.text) for b in blocks_of(read(DOCS / "how-to" / "ci.md"))
              if b.path and b.kind == "yaml"}  # fmt: skip
    gitlab, github = blocks[".gitlab-ci.yml"], blocks[".github/workflows/storyboard.yml"]
    for job in ("plan", "apply"):
        ours = {line.partition(" |")[0] for line in gitlab[job]["script"]}
        theirs = {
            step.get("run", "").partition(" >")[0].strip() for step in github["jobs"][job]["steps"]
        }
        assert ours <= theirs


def test_the_page_about_storyboards_is_a_project_that_compiles() -> None:
    page = read(DOCS / "reference" / "storyboard.md")
    files = {block.path: block.text.partition("\n")[2] for block in blocks_of(page) if block.path}
    assert set(files) >= {"storyboard.yaml", "locales/de/q1-training.po"}
    compilation = compile_project(MemoryFiles(files))
    assert compilation.report.diagnostics == ()
    english, german, composed = compilation.videos
    assert composed.compose is not None
    assert composed.compose.entry_ids == ("1_townhall",)
    assert english.name == "Acme training, Q1"
    assert [scene.id for scene in english.scenes] == [
        "welcome",
        "metrics",
        "feature-search",
        "outro",
    ]
    assert "legal" in [scene.id for scene in german.scenes]
    assert german.scenes[0].narration == "Willkommen zum Überblick über die Schulung von Acme."
    assert german.holds == ()


def test_the_example_of_the_project_file_is_accepted() -> None:
    (block,) = (b for b in blocks_of(read(DOCS / "reference" / "project.md")) if b.path)
    scene = "name: A video\navatar: host\nlocales: [en]\nscenes: [Hello to all of you out there.]\n"
    files = {"storyboard.yaml": block.text, "storyboards/a.yaml": scene}
    assert not compile_project(MemoryFiles(files)).report.has_errors


def test_every_error_code_of_the_api_stands_on_the_page() -> None:
    page = read(DOCS / "reference" / "local-studio.md")
    for code in ErrorCode:
        assert f"`{code.value}`" in page, code
