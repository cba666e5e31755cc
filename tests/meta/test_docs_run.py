"""The pages are true in what they do: their files are written, their commands run, in order."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from storyboard.caption_files import WRITERS
from storyboard.compiler import compile_project
from storyboard.source.files import MemoryFiles
from storyboard.wire import ErrorCode
from tests.support.forge_server import ForgeServer, forge_server
from tests.support.pages import Reader, blocks_of

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
TUTORIALS = {
    "first-video": {"welcome.mp4", "tour.mp4"},
    "translate": {"welcome@en.mp4", "welcome@de.mp4"},
    "connect-kaltura": None,
}
"""The tutorials in their order, and the films that each has made at its end."""
GUIDES = sorted((DOCS / "how-to").glob("*.md"))
AGAINST_KALTURA = {"ci.md", "import.md", "shared-state.md"}
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


@pytest.mark.slow
def test_the_examples_of_the_command_line_run_from_top_to_bottom(tmp_path: Path) -> None:
    reader = Reader(tmp_path / "reader")
    assert reader.follow(read(DOCS / "reference" / "cli.md")) >= 20
    assert (reader.place / "pictures").is_dir()
    assert list((reader.place / "speech").glob("*.mp3"))


@pytest.mark.slow
def test_the_faults_of_the_reference_can_be_set(tmp_path: Path) -> None:
    assert Reader(tmp_path / "reader").follow(read(DOCS / "reference" / "local-studio.md")) == 5


@pytest.mark.slow
def test_the_tutorials_can_be_followed_one_after_the_other(
    tmp_path: Path, account: dict[str, str]
) -> None:
    """From one folder, as the start of each says; only the last one has an account."""
    reader = Reader(tmp_path / "reader")
    start = reader.place
    assert {path.stem for path in (DOCS / "tutorial").glob("*.md")} == TUTORIALS.keys()
    for page, films in TUTORIALS.items():
        reader.place = start
        reader.variables = account if page == "connect-kaltura" else {}
        assert reader.follow(read(DOCS / "tutorial" / f"{page}.md")) >= 5
        assert reader.place.parent == start
        if films is not None:
            kept = {file.name for file in (reader.place / "films").iterdir()}
            captions = {Path(film).stem + suffix for film in films for suffix in WRITERS}
            assert kept == films | captions | {".gitignore"}
        assert reader.run("storyboard check").startswith("1 video" if page[0] == "c" else "")


def test_the_files_of_the_first_tutorial_keep_the_line_for_editors(tmp_path: Path) -> None:
    reader = Reader(tmp_path / "reader")
    reader.run("storyboard init .")
    for block in blocks_of(read(DOCS / "tutorial" / "first-video.md")):
        if block.path:
            asked = reader.place / block.path
            line = block.text.splitlines()[1]
            assert line.startswith("# yaml-language-server: $schema=")
            assert (asked.parent / line.partition("=")[2]).resolve().is_file(), line


class Repository:
    """A repository with the files of the page about CI, and a place that it is pushed to."""

    def __init__(self, folder: Path, account: dict[str, str]) -> None:
        self.remote = folder / "remote.git"
        pushed = {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.{self.remote}.insteadOf",
            "GIT_CONFIG_VALUE_0": "https://storyboard:secret@gitlab.example/group/videos.git",
            "PUSH_TOKEN": "secret",
            "CI_SERVER_HOST": "gitlab.example",
            "CI_PROJECT_PATH": "group/videos",
            "CI_DEFAULT_BRANCH": "main",
        }
        self.reader = Reader(folder / "reader", account | pushed)
        self.reader.run(f"git init -q --bare -b main {self.remote}; git init -q -b main .")
        self.reader.run(f"git -C {self.remote} config receive.advertisePushOptions true")
        for block in [b for b in blocks_of(read(DOCS / "how-to" / "ci.md")) if b.path][:4]:
            target = self.reader.place / str(block.path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.text, encoding="utf-8")
        self.reader.run(
            "git add . && git -c user.name=a -c user.email=a@b commit -qm first"
            f" && git remote add origin {self.remote} && git push -q origin main"
        )

    def read(self, name: str) -> str:
        return read(self.reader.place / name)

    def check_out(self) -> None:
        """Begin a job as a runner does: in a fresh folder."""
        shutil.rmtree(self.reader.place)
        self.reader.place.mkdir()
        self.reader.run(f"git clone -q {self.remote} .")

    def pushed(self) -> list[str]:
        """Return the subject and the files of the last commit that was pushed."""
        return self.reader.run(f"git -C {self.remote} log -1 --format=%s --name-only").split()


RECORDED = ["Record", "applied", "state", "state/production.json"]


@pytest.mark.slow
@pytest.mark.parametrize("job", ["plan", "apply"])
def test_the_workflow_for_github_does_what_it_says(
    job: str, tmp_path: Path, account: dict[str, str]
) -> None:
    """Its steps run in order in a repository, with installing left out."""
    with forge_server("github") as forge:
        repository = Repository(tmp_path, account | forge.variables)
        follow_workflow(repository, job, forge)


def follow_workflow(repository: Repository, job: str, forge: ForgeServer) -> None:
    reader = repository.reader
    workflow = yaml.safe_load(repository.read(".github/workflows/storyboard.yml"))
    scripts = [step["run"] for step in workflow["jobs"][job]["steps"] if "run" in step]
    if job == "apply":
        reader.run(f"set -e\n{scripts[-1]}")
    for script in scripts:
        if not script.startswith("pip install"):
            reader.run(f"set -e\n{script}")
    if job == "plan":
        (comment,) = forge.notes
        assert comment.body.startswith("<!-- storyboard plan: production -->\n")
        assert "<code>welcome</code> + create" in comment.body
        assert comment.body.count("```") == 2
        reader.run("sed -i 's/maxGenerate: 20/maxGenerate: 0/' storyboard.yaml")
        for script in scripts:
            if not script.startswith("pip install"):
                reader.run(f"({script}) || test $? = 5")
        assert forge.notes == [comment]
        assert "A guard refuses this plan" in comment.body
    else:
        assert repository.pushed() == RECORDED
        repository.check_out()
        assert "no changes" in reader.run("storyboard plan -e production")


def test_only_applies_wait_for_each_other_in_the_workflow_for_github() -> None:
    """In one group with the plans, a pull request would cancel an apply that waits."""
    workflow = workflows()[".github/workflows/storyboard.yml"]
    assert "concurrency" not in workflow
    assert "concurrency" not in workflow["jobs"]["plan"]
    assert workflow["jobs"]["apply"]["concurrency"]["cancel-in-progress"] is False


@pytest.mark.slow
def test_the_pipeline_for_gitlab_keeps_the_state(tmp_path: Path, account: dict[str, str]) -> None:
    """A second pipeline finds nothing to do, also if it began before the first one had ended."""
    with forge_server("gitlab") as forge:
        repository = Repository(tmp_path, account | forge.variables)
        follow_pipeline(repository, forge)


def follow_pipeline(repository: Repository, forge: ForgeServer) -> None:
    reader = repository.reader
    jobs = yaml.safe_load(repository.read(".gitlab-ci.yml"))
    for job in ("plan", "apply"):
        repository.check_out()
        told = reader.run("set -eo pipefail\n" + "\n".join(jobs[job]["script"]))
        assert "create" in (told if job == "apply" else forge.notes[0].body)
    assert repository.pushed() == RECORDED
    repository.check_out()
    reader.run("git checkout -q HEAD~1")
    told = reader.run("set -eo pipefail\n" + "\n".join(jobs["apply"]["script"]))
    assert "no changes" in told


def test_the_pipeline_for_gitlab_runs_the_same_commands() -> None:
    blocks = workflows()
    gitlab, github = blocks[".gitlab-ci.yml"], blocks[".github/workflows/storyboard.yml"]
    for job in ("plan", "apply"):
        ours = set(re.findall(r"storyboard (?:check|plan|apply)[^|>\n]*", str(gitlab[job])))
        theirs = str(github["jobs"][job]["steps"])
        assert ours
        for command in ours:
            assert command.rstrip("',] ").partition("'")[0].strip() in theirs


def workflows() -> dict[str | None, Any]:
    """Return the YAML files of the page about CI."""
    return {block.path: yaml.safe_load(block.text)
            for block in blocks_of(read(DOCS / "how-to" / "ci.md"))
            if block.path and block.kind == "yaml"}  # fmt: skip


def test_the_page_about_storyboards_is_a_project_that_compiles() -> None:
    page = read(DOCS / "reference" / "storyboard.md")
    files = {block.path: block.text.partition("\n")[2] for block in blocks_of(page) if block.path}
    assert set(files) >= {"storyboard.yaml", "locales/de/q1-training.po"}
    compilation = compile_project(MemoryFiles(files))
    assert compilation.report.diagnostics == ()
    interview, english, german, composed = compilation.videos
    assert (interview.address.storyboard, interview.drafts_only) == ("interview", ("titles",))
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
