"""A file of `--var-file` is read as strictly as the project's own; nothing is lost silently."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyboard.compiler import compile_project
from storyboard.source.files import MemoryFiles
from tests.support.project import Project

BOARD = (
    "name: Welcome\navatar: jane\nvars: {slogan: old, price: 1}\nscenes:\n"
    "  - Hello and welcome, {{ slogan }}, it is {{ price }}.\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.of(tmp_path, {"storyboards/welcome.yaml": BOARD})


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("slogan: We are #1 in town\n", "vars.yaml:1", '"We are #1 in town"'),
        ("price: 2\nslogan: [{a: 'b'}, the best # 1]\n", "vars.yaml:2", "quote"),
        ("a:\n  slogan: the #one\n", "vars.yaml:2", '"the #one"'),
        ("slogan: #1\n", "vars.yaml:1", "quote it"),
    ],
)
def test_a_text_that_a_comment_cuts_off(project: Project, text: str, place: str, hint: str) -> None:
    (project.path / "vars.yaml").write_text(text)
    for command in (["check"], ["plan"], ["apply", "--yes"]):
        ran = project.run(*command, "--var-file", "vars.yaml")
        assert ran.code == 64, ran.err
        assert f"--var-file: {place}: " in ran.err
        assert hint in ran.err
    assert not (project.path / ".storyboard" / "state").exists()


def test_a_comment_that_is_meant_as_one_is_no_fault(project: Project) -> None:
    (project.path / "vars.yaml").write_text("slogan: the best   # of Ann\nprice: '#1' # quoted\n")
    ran = project.run("check", "--var-file", "vars.yaml")
    assert ran.code == 0
    assert "warning" not in ran.out + ran.err


@pytest.mark.parametrize("address", [[], ["welcome"], ["storyboards/welcome.yaml"]])
@pytest.mark.parametrize("command", [["check"], ["plan"], ["apply", "--yes"], ["show"]])
def test_a_name_that_nothing_reads_is_refused(
    project: Project, command: list[str], address: list[str]
) -> None:
    (project.path / "vars.yaml").write_text("slogna: best\n")
    for option in (["--var-file", "vars.yaml"], ["--var", "slogna=best"]):
        told = project.run(*command, *address, *option, "--var", "price=3")
        assert told.code == 64, told.err
        assert "'slogna'" in told.err
        assert "did you mean 'slogan'" in told.err
    assert not (project.path / ".storyboard" / "state").exists()


@pytest.mark.parametrize("address", [[], ["welcome"], ["storyboards/welcome.yaml"]])
def test_a_name_that_only_another_storyboard_reads_is_accepted(
    project: Project, address: list[str]
) -> None:
    other = "name: Other\nscenes: ['Hello and welcome to our new {{ shop }} in the town.']\n"
    (project.path / "storyboard.yaml").write_text("locales: [en]\n")
    (project.path / "storyboards" / "other.yaml").write_text(f"vars: {{shop: cards}}\n{other}")
    assert project.run("check", *address, "--var", "shop=books").code == 0


@pytest.mark.parametrize("broken", ["{{ shop + }}", "{{ shop | }}", "{{ (shop }}"])
def test_a_broken_expression_elsewhere_reads_what_it_names(project: Project, broken: str) -> None:
    (project.path / "storyboard.yaml").write_text("locales: [en]\n")
    (project.path / "storyboards" / "other.yaml").write_text(
        f"name: Other\nscenes: ['Hello and welcome to our new {broken} in the town.']\n"
    )
    target = "storyboards/welcome.yaml"
    ran = project.run("check", target, "--var", "shop=books")
    assert ran.code == 0, ran.err
    ran = project.run("check", target, "--var", "shoop=books")
    assert ran.code == 64, ran.err
    assert "shoop" in ran.err


def test_a_variable_is_read_by_another_file_or_another_variable() -> None:
    boards = {
        name: f"name: {name}\nscenes:\n  - Hello and welcome to our new {{{{ {name} }}}}.\n"
        for name in ("one", "two")
    }
    files = MemoryFiles({f"{name}.storyboard.yaml": text for name, text in boards.items()})
    given = {"one": "house of {{ three }}", "two": "shop", "three": "cards"}
    for scope in ((), ("one",), ("two",)):
        compiled = compile_project(files, scope=scope, variables=given)
        assert compiled.report.diagnostics == ()
        assert compiled.variables_read == {"one", "two", "three"}
