"""Every code has a folder in `tests/cases/codes`: `bad` gives it alone, `good` gives nothing.

`case.json`, if there is one, says how a folder is compiled: `options` of `compile_project` (`bad`
and `good` add to them), `command` for a code that only a command makes, `repeat` for a file whose
last line is repeated, and `tail` for what follows then: large files are made, not kept;
`environment` is the one of a command.
"""

from __future__ import annotations

import ast
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storyboard.checks import RULES
from storyboard.checks.severities import OFF, SETTINGS
from storyboard.checks.studio_facts import Unset
from storyboard.codes import CODES, Code, Severity
from storyboard.commands.compiled_project import compile_request
from storyboard.commands.fmt import write_scene_ids
from storyboard.commands.request import Request
from storyboard.compiler import compile_project
from storyboard.language.clip import Clip
from storyboard.source.diagnostic import Diagnostic, diagnose
from storyboard.source.fault import CODE_OF_KEYWORD
from storyboard.source.files import MemoryFiles, ProjectFiles
from tests.support.compiling import compile_with
from tests.support.python_names import modules_with

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "codes"
SIDES = ("bad", "good")


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.name)
def test_bad_gives_the_code_and_good_nothing(code: Code, tmp_path: Path) -> None:
    bad, good = (findings(code.name, side, tmp_path / side) for side in SIDES)
    assert {finding.code for finding in bad} == {code.name}, bad
    assert {finding.severity for finding in bad} == {code.severity}
    assert good == ()


@pytest.mark.parametrize("side", SIDES)
def test_the_examples_are_those_of_the_folder(side: str) -> None:
    for code in CODES.values():
        shown = lines(getattr(code, side))
        case = CASES / code.name
        texts = [path.read_bytes().decode(errors="replace") for path in files(case / side)]
        found = any(holds(lines(text), shown) for text in texts)
        assert found or invisible(getattr(code, side)), f"{code.name}: {side}"


def test_what_no_example_shows_is_said_above_it() -> None:
    """A reader who copies both examples gets the finding, and gets rid of it."""
    for code in CODES.values():
        (_, bad), (_, good) = code.examples
        assert bad != good or code.bad_where, f"{code.name}: the two look alike"
        case = CASES / code.name
        others = [
            {path.relative_to(case / side): path.read_bytes() for path in unshown(code, side)}
            for side in SIDES
        ]
        if others[0] != others[1] or is_repeated(code):
            assert code.bad_where, code.name


def unshown(code: Code, side: str) -> Iterator[Path]:
    """Yield the files of a side that its example does not show."""
    for path in files(CASES / code.name / side):
        text = path.read_bytes().decode(errors="replace")
        example = getattr(code, side)
        shown = holds(lines(text), lines(example)) or invisible(example)
        if not shown and path.name != "tour.po":
            yield path


def is_repeated(code: Code) -> bool:
    told = CASES / code.name / "case.json"
    repeated = told.exists() and "repeat" in json.loads(told.read_text("utf-8"))
    return repeated and "repeated" not in code.bad


def test_every_rule_is_run() -> None:
    """A module whose name is not that of its code would be left out."""
    modules = (ROOT / "storyboard" / "checks" / "rules").glob("[!_]*.py")
    assert sorted(rule.code for rule in RULES) == sorted(
        path.stem.replace("_", "-") for path in modules
    )


def test_no_folder_is_left_over() -> None:
    assert {path.name for path in CASES.iterdir()} == CODES.keys()


def findings(name: str, side: str, folder: Path) -> tuple[Diagnostic, ...]:
    case = CASES / name
    told = case / "case.json"
    how: dict[str, Any] = json.loads(told.read_text("utf-8")) if told.exists() else {}
    shutil.copytree(case / side, folder)
    for path, times in how.get("repeat", {}).items():
        if path.startswith(side):
            repeat(folder.parent / path, times, how.get("tail", {}).get(path, ""))
    if how.get("command") == "check":
        used = how.get("environment", "local")
        return compile_request(Request(folder, environment=used, shell={})).report.diagnostics
    if how.get("command") == "fmt":
        return write_scene_ids(ProjectFiles(folder))[1].diagnostics
    options = {**how.get("options", {}), **how.get(side, {})}
    if "media" in options:
        facts = {path: Clip(**fact) for path, fact in options["media"].items()}
        options["media"] = lambda stand_in, use: facts.get(stand_in.path)
    for key in {"voices", "unclear"} & set(options):
        options[key] = frozenset(options[key]).__contains__
    if unset := options.get("unset"):
        options["unset"] = lambda text: Unset(f"no '{text}'", False) if text in unset else None
    return compile_with(ProjectFiles(folder), **options).report.diagnostics


def repeat(path: Path, times: int, tail: str) -> None:
    *head, last = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(head) + last * times + tail, "utf-8")


def files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def holds(text: list[str], part: list[str]) -> bool:
    return any(text[at : at + len(part)] == part for at in range(len(text)))


def invisible(example: str) -> bool:
    """Whether an example shows what no text can show, or is a command and no file."""
    return "\\" in example or example.startswith("storyboard ")


def test_a_code_is_told_in_sentences() -> None:
    for code in CODES.values():
        assert code.summary[0].islower() or code.summary[0] in "'`", code.name
        assert not code.summary.endswith("."), code.name
        assert "\n" not in code.summary + code.explanation, code.name
        assert code.explanation.endswith((".", ").")), code.name


def test_no_finding_is_made_of_an_unknown_code() -> None:
    with pytest.raises(ValueError, match="'no-such-code'"):
        diagnose("no-such-code", "m", None)
    with pytest.raises(ValueError, match="'no-such-code'"):
        Diagnostic("no-such-code", Severity.ERROR, "m")


def test_every_code_in_the_source_is_in_the_table() -> None:
    made = set(written_codes())
    assert made | set(CODE_OF_KEYWORD.values()) | {rule.code for rule in RULES} <= CODES.keys()
    assert len(made) > 40


def written_codes() -> Iterator[str]:
    for _, tree in modules_with("diagnose("):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "diagnose":
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield first.value


def test_a_rule_may_be_changed_and_what_cannot_be_made_may_not() -> None:
    # No studio takes such a scene; and whoever sends a path out of the project sends the settings.
    # Of two videos with one name, each run would create one again.
    fixed = {"narration-missing", "media-outside", "name-not-unique"}
    changeable = {name for name, code in CODES.items() if code.can_change}
    assert {rule.code for rule in RULES} - changeable == fixed
    assert not any(name.startswith(("yaml-", "text-", "template-")) for name in changeable)


STORYBOARD = "name: Tour\nentries: {left-over: 1_a}\nscenes:\n  - Welcome to the tour of it all.\n"


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_check_is_silenced_or_raised(setting: str) -> None:
    told = [] if setting == OFF else [setting]
    project = f"checks: {{unused-entry: {setting}, no-storyboards: {setting}}}\n"
    for files_ in ({"storyboards/tour.yaml": STORYBOARD}, {}):
        report = compile_project(MemoryFiles({"storyboard.yaml": project, **files_})).report
        assert [finding.severity.value for finding in report.diagnostics] == told
