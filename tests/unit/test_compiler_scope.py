"""What an address needs counts; what is wrong elsewhere is counted, and stands in no one's way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from storyboard.commands.compiled_project import compile_request
from storyboard.commands.request import Request, find_request
from storyboard.compiler import Compilation, compile_project
from storyboard.errors import UsageError
from storyboard.plan.options import PlanOptions
from storyboard.plan.plan import make_plan
from storyboard.source.files import MemoryFiles
from storyboard.source.schema import accepts
from storyboard.video import Address
from tests.support.plans import applied, current, remote
from tests.support.project import Project

SENTENCE = "Welcome to the tour of our new product."
SCENES = [{"id": "a", "narration": SENTENCE}]
GOOD = {"name": "Good", "locales": ["en", "de"], "scenes": SCENES}
BROKEN = {"name": "Broken", "avatar": "nobody", "scenes": SCENES}
CATALOG = """msgid ""
msgstr ""

msgctxt "a.narration"
msgid "{}"
msgstr "Willkommen zu unserem neuen Produkt."
"""
FILES: dict[str, Any] = {
    "good.storyboard.yaml": GOOD,
    "locales/de/good.po": CATALOG.format(SENTENCE),
}


def compiled(files: dict[str, Any], *scope: str) -> Compilation:
    texts = {p: t if isinstance(t, str) else json.dumps(t) for p, t in files.items()}
    return compile_project(MemoryFiles(texts), scope=scope)


def codes(compilation: Compilation) -> list[str]:
    return [finding.code for finding in compilation.report.diagnostics]


def elsewhere(compilation: Compilation) -> list[str]:
    return [finding.code for finding in compilation.elsewhere]


def test_an_error_in_another_file_is_not_the_addresss() -> None:
    files = {**FILES, "broken.storyboard.yaml": BROKEN}
    one = compiled(files, "good@en")
    assert codes(one) == []
    assert elsewhere(one) == ["unknown-avatar"]
    assert not one.is_complete
    every = compiled(files)
    assert codes(every) == ["unknown-avatar"]
    assert elsewhere(every) == []


@pytest.mark.parametrize("text", ["name: [", "- no storyboard", ""])
def test_neither_is_one_that_cannot_be_read(text: str) -> None:
    one = compiled({**FILES, "broken.storyboard.yaml": text}, "good@en")
    assert codes(one) == []
    assert elsewhere(one)


def test_an_address_whose_file_cannot_be_read_has_that_error() -> None:
    files = {**FILES, "broken.storyboard.yaml": "name: ["}
    for address in ("broken", "broken@de", "brok*"):
        assert codes(compiled(files, address)) == ["yaml-syntax"], address
    assert codes(compiled(files, "another")) == ["yaml-syntax"], "its id may be any"


def test_a_broken_catalog_is_of_its_locale_alone() -> None:
    files = {**FILES, "locales/de/good.po": "msgid"}
    assert codes(compiled(files, "good@en")) == []
    assert elsewhere(compiled(files, "good@en"))
    assert codes(compiled(files, "good@de"))


def test_so_is_an_error_that_only_one_locale_has() -> None:
    board = {**GOOD, "localize": {"de": {"avatar": "nobody"}}}
    files = {**FILES, "good.storyboard.yaml": board}
    one = compiled(files, "good@en")
    assert (codes(one), elsewhere(one)) == ([], ["unknown-avatar"])
    assert one.unmade == (Address("good", "de"),)
    assert codes(compiled(files, "good@de")) == ["unknown-avatar"]


def test_what_the_address_needs_counts() -> None:
    include = {**GOOD, "scenes": [{"include": "shared/outro.yaml"}]}
    files = {**FILES, "good.storyboard.yaml": include, "shared/outro.yaml": [{**SCENES[0], "y": 1}]}
    assert codes(compiled(files, "good@en")) == ["unknown-key"]
    files = {**FILES, "storyboard.yaml": {"avatr": "jane"}}
    assert codes(compiled(files, "good@en")) == ["unknown-key"]


def test_warnings_of_others_are_not_told() -> None:
    files = {**FILES, "b.storyboard.yaml": {**BROKEN, "avatar": "jane", "vars": {"unused": 1}}}
    assert codes(compiled(files, "good@en")) == []
    assert codes(compiled(files, "b")) == ["unused-variable"]


def test_two_videos_with_one_name_are_told_whichever_is_asked_for() -> None:
    files = {**FILES, "other.storyboard.yaml": {"name": "Good", "scenes": SCENES}}
    assert codes(compiled(files, "good@en")) == ["duplicate-name"]
    assert codes(compiled(files, "other")) == ["duplicate-name"]


def test_an_unused_name_of_another_locale_is_not_called_unused() -> None:
    avatars = {"guest": "ming", "host": "jane"}
    pick = "{{ 'guest' if locale == 'de' else 'host' }}"
    board = {**GOOD, "avatars": avatars, "avatar": pick}
    files = {**FILES, "good.storyboard.yaml": board}
    assert codes(compiled(files)) == codes(compiled(files, "good@en")) == []


def test_what_could_not_be_compiled_is_never_deleted() -> None:
    whole = compiled({**FILES, "other.storyboard.yaml": {"name": "O", "scenes": SCENES}})
    state = applied(*whole.videos)
    board = {**GOOD, "localize": {"de": {"avatar": "nobody"}}}
    broken = compiled(
        {**FILES, "good.storyboard.yaml": board, "other.storyboard.yaml": "name: ["}, "good*", "o*"
    )
    options = PlanOptions(prune=True, complete=broken.is_complete, unmade=frozenset(broken.unmade))
    found = current(*(remote(v, id=f"v{n}") for n, v in enumerate(whole.videos, 1)))
    plan = make_plan(broken.videos, state, found, options)
    assert [change.address for change in plan.changes] == [Address("good", "en")]
    assert not plan.retirements
    assert not plan.orphans


def test_an_address_is_planned_and_applied_beside_a_broken_file(tmp_path: Path) -> None:
    project = Project.of(
        tmp_path,
        {
            "storyboards/good.yaml": f"name: Good\nscenes: [{SENTENCE}]\n",
            "storyboards/other.yaml": f"name: Other\nscenes: [{SENTENCE} Really.]\n",
        },
    )
    assert project.run("apply", "--no-generate", "--yes").code == 0
    project.edit("storyboards/other.yaml", "name: Other", "name: Other\navatr: jane")
    project.edit("storyboards/good.yaml", "tour", "short tour")
    for command in ("check", "plan"):
        ran = project.run(command, "good")
        assert ran.code == 0, ran.err
        assert "1 error in other files" in ran.err
        assert "avatr" not in ran.out + ran.err
    for command, schema in (
        (("check", "--format", "json"), "diagnostics"),
        (("plan", "--json"), "plan"),
    ):
        told = json.loads(project.run(*command, "good").out)
        assert told["elsewhere"] == 1
        assert accepts(schema, told)
    ran = project.run("apply", "--prune", "--no-generate", "--yes", "good")
    assert ran.code == 0, ran.err
    assert "delete" not in ran.out.replace("0 to delete", "")
    project.edit("storyboards/other.yaml", "avatr", "avatar")
    ran = project.run("plan", "--detailed-exitcode", "--no-generate", "--json")
    assert ran.code == 0, ran.out
    assert json.loads(ran.out)["elsewhere"] == 0


def test_a_file_may_be_named_from_the_root_in_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project.of(
        tmp_path, {"storyboard.yaml": "vars: {}\n", "storyboards/a/tour.yaml": "name: Tour\n"}
    )
    monkeypatch.chdir(project.path / "storyboards")
    for name in (
        "storyboards/a/tour.yaml",
        "a/tour.yaml",
        str(tmp_path / "storyboards/a/tour.yaml"),
    ):
        request = find_request([name], None)
        assert request.root.samefile(tmp_path)
        assert request.paths == ("storyboards/a/tour.yaml",)
    with pytest.raises(UsageError, match="neither here nor in the project"):
        find_request(["b/tour.yaml"], None)


@pytest.mark.parametrize("targets", [["storyboard.yaml"], ["storyboard.yaml", "a.storyboard.yaml"]])
def test_the_projects_file_stands_for_the_whole_project(targets: list[str], tmp_path: Path) -> None:
    boards = {f"{name}.storyboard.yaml": json.dumps(GOOD) for name in "ab"}
    project = Project.of(tmp_path, {"storyboard.yaml": "locales: [en]\n", **boards})
    for command in ("check", "plan"):
        named, all_ = project.run(command, *targets), project.run(command)
        assert (named.code, named.out) == (all_.code, all_.out) == (0, all_.out), named.err


@pytest.mark.parametrize("command", ["destroy", "outputs", "wait"])
def test_where_addresses_are_asked_for_the_projects_file_is_none(
    command: str, tmp_path: Path
) -> None:
    """It would be everything, which these commands take for granted only if nothing is named."""
    project = Project.of(tmp_path, {"storyboard.yaml": "", "a.storyboard.yaml": json.dumps(GOOD)})
    ran = project.run(command, "storyboard.yaml")
    assert ran.code == 64, ran.err
    assert "'storyboard.yaml' is a file" in ran.err


def test_an_address_with_errors_is_among_those_that_can_be_named(tmp_path: Path) -> None:
    Project.of(tmp_path, {"a.storyboard.yaml": json.dumps({**BROKEN, "id": "broken"})})
    with pytest.raises(UsageError, match="names no video") as refused:
        compile_request(Request(tmp_path, scope=("nothing",), shell={}))
    assert refused.value.hint == "name one of: broken"


@pytest.mark.parametrize("pattern", ["*de", "*@de", "*", "t*e", "?our@de", "tour?de", "tour"])
def test_a_file_that_cannot_be_read_counts_for_every_pattern_that_may_name_its_video(
    pattern: str,
) -> None:
    files = {**FILES, "tour.storyboard.yaml": "name: [Tour\n", "ture.storyboard.yaml": GOOD}
    assert codes(compiled(files, pattern, "good@de")) != []


@pytest.mark.parametrize("pattern", ["good*", "*d@de", "good@??"])
def test_a_file_that_cannot_be_read_does_not_count_for_a_pattern_of_others(pattern: str) -> None:
    files = {**FILES, "tour.storyboard.yaml": "name: [Tour\n"}
    assert codes(compiled(files, pattern)) == []
