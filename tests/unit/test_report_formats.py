"""Findings for other programs: annotations of GitHub, SARIF, JUnit. Each is read back here."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as xml

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.source.diagnostic import Note, Report, diagnose
from storyboard.source.span import Span
from storyboard.views.report_github import render_report_github
from storyboard.views.report_junit import render_report_junit
from storyboard.views.report_sarif import render_report_sarif
from tests.support.examples import examples
from tests.support.project import Project

texts = st.text(max_size=30) | st.sampled_from(
    ["a\n::error::b", "50%,x:y", "\x1b[2J", "]]>", "é\r\n"]
)
places = st.builds(lambda line, column: Span("a b:c,.yaml", line, column, line, column + 3),
                   st.integers(1, 9), st.integers(1, 9))  # fmt: skip


def report(message: str, hint: str | None, span: Span | None) -> Report:
    notes = (Note(message, span),) if span else ()
    return Report(
        (diagnose("when", message, span, hint, notes), diagnose("unspeakable", "m", None))
    )


@settings(max_examples=examples(100), deadline=None)
@given(texts, st.none() | texts, st.none() | places)
def test_a_finding_is_one_command(message: str, hint: str | None, span: Span | None) -> None:
    text = render_report_github(report(message, hint, span), folder="videos/")
    first, second, end = text.split("\n")
    assert (second, end) == ("::warning title=unspeakable::m", "")
    found = re.fullmatch(r"::error (?P<properties>.*?)::(?P<message>.*)", first)
    assert found
    pairs = dict(part.split("=", 1) for part in found["properties"].split(","))
    assert ("file" in pairs) == (span is not None)
    if span is not None:
        path = pairs["file"].replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
        assert path == "videos/a b:c,.yaml"
        assert int(pairs["endColumn"]) == int(pairs["col"]) + 2
    assert not re.search("[\x00-\x1f\x7f]", first)


@settings(max_examples=examples(100), deadline=None)
@given(texts, st.none() | texts, st.none() | places)
def test_junit_is_xml_with_a_test_for_each_file(
    message: str, hint: str | None, span: Span | None
) -> None:
    text = render_report_junit(report(message, hint, span), files=["fine.yaml"])
    (suite,) = xml.fromstring(text)
    names = {test.attrib["name"]: test for test in suite}
    assert names.keys() == {"fine.yaml", "project", *(["a b:c,.yaml"] if span else [])}
    assert suite.attrib["tests"] == str(len(names))
    assert (suite.attrib["failures"], len(suite.findall("*/failure"))) == ("1", 1)
    assert list(names["fine.yaml"]) == []
    told = names["project"].findtext("system-out")
    assert told is not None
    assert "warning[unspeakable] m" in told


@settings(max_examples=examples(100), deadline=None)
@given(texts, st.none() | texts, st.none() | places)
def test_sarif_names_rules_and_places(message: str, hint: str | None, span: Span | None) -> None:
    (run,) = json.loads(render_report_sarif(report(message, hint, span)))["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert sorted(rules) == rules == ["unspeakable", "when"]
    first, second = run["results"]
    assert (first["level"], second["level"]) == ("error", "warning")
    assert [rules[result["ruleIndex"]] for result in run["results"]] == ["when", "unspeakable"]
    assert "locations" not in second
    if span is not None:
        place = first["locations"][0]["physicalLocation"]
        assert unquote(place["artifactLocation"]["uri"]) == span.file
        assert place["region"]["startColumn"] == span.column
        assert first["relatedLocations"][0]["physicalLocation"] == place


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit"])
def test_a_file_whose_name_is_no_text_is_told(tmp_path: Path, form: str) -> None:
    project = Project.of(tmp_path, {"storyboard.yaml": "{}\n"})
    (tmp_path / "storyboards").mkdir()
    name = b"storyboards/caf\xe9.yaml"
    with open(bytes(tmp_path) + b"/" + name, "w") as file:  # noqa: PTH123 - bytes, no path
        file.write("name: A\nscene: []\n")
    ran = project.run("check", "--format", form)
    assert ran.code == 3
    assert "unknown-key" in ran.out
    assert "caf%E9.yaml" in ran.out or form != "sarif"


@pytest.mark.parametrize("form", ["github", "sarif", "junit"])
def test_a_project_below_its_repository(tmp_path: Path, form: str) -> None:
    """Forges look for files from the repository's root; ours are named from the project's."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "videos").mkdir()
    project = Project.of(tmp_path / "videos", {"a.storyboard.yaml": "name: A\nscene: []\n"})
    ran = project.run("check", "--format", form)
    assert ran.code == 3
    assert "videos/a.storyboard.yaml" in ran.out
    assert "::error title=" in ran.out or form != "github"
    assert ran.err == ""
