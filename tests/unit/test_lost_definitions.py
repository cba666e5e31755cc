"""A definition that is refused is said once, and not again wherever it is used."""

from __future__ import annotations

import pytest

from storyboard.compiler import compile_project
from storyboard.source.files import MemoryFiles

SAYING = "Welcome to the tour of our new search engine"
CLIP = f"scenes: [{{narration: {SAYING}, broll: metrics}}]"
ONCE = {
    f"vars: {{build: 010}}\nscenes: ['{SAYING}, {{{{ build }}}}.']": "yaml-number",
    f"vars: {{build: *x}}\nscenes: ['{SAYING}, {{{{ build + 1 }}}}.']": "yaml-alias",
    f"vars: {{1x: a}}\nscenes: ['{SAYING}.']": "unknown-key",
    f"vars: [product]\nscenes: ['{SAYING} {{{{ product }}}}.']": "wrong-type",
    f"var: {{product: a}}\nscenes: ['{SAYING} {{{{ product }}}}.']": "unknown-key",
    f"vars: {{<<: {{a: b}}}}\nscenes: ['{SAYING} {{{{ a }}}}.']": "yaml-merge",
    f"entries: [metrics]\n{CLIP}": "wrong-type",
    f"entires: {{metrics: 1_a}}\n{CLIP}": "unknown-key",
    f"entries: {{metrics: a b}}\n{CLIP}": "bad-format",
    f"entries: {{metrics: {{entryid: 1_a}}}}\n{CLIP}": "unknown-key",
    f"avatrs: {{host: jane}}\navatar: host\nscenes: ['{SAYING}.']": "unknown-key",
    f"avatars: {{host: {{template: jane}}}}\navatar: host\nscenes: ['{SAYING}.']": "unknown-key",
}


def codes(files: dict[str, str]) -> list[str]:
    return [found.code for found in compile_project(MemoryFiles(files)).report.diagnostics]


@pytest.mark.parametrize("text", ONCE)
def test_said_once_in_a_storyboard(text: str) -> None:
    assert codes({"tour.storyboard.yaml": f"name: Tour\n{text}\n"}) == [ONCE[text]]


def test_said_once_in_the_project_file() -> None:
    board = f"name: Tour\navatar: host\nscenes: ['{SAYING}, {{{{ build }}}}.']\n"
    project = "avatrs: {host: jane}\nvars: {build: 010}\n"
    found = codes({"storyboard.yaml": project, "tour.storyboard.yaml": board})
    assert found == ["unknown-key", "yaml-number"]


def test_what_is_not_defined_anywhere_is_said_beside_it() -> None:
    text = f"name: Tour\nvars: {{1x: a}}\nscenes: ['{SAYING} {{{{ product }}}}.']\n"
    assert codes({"tour.storyboard.yaml": text}) == ["unknown-key", "undefined-name"]
    text = f"name: Tour\nentires: {{metrics: 1_a}}\nscenes: ['{SAYING} {{{{ product }}}}.']\n"
    assert codes({"tour.storyboard.yaml": text}) == ["unknown-key", "undefined-name"]


BOARD = (
    f"name: '{{{{ product }}}}'\navatar: host\nlocalize: {{de: {{avatar: host}}}}\n"
    f"scenes: [{{id: a, narration: '{SAYING}, {{{{ growth | percent }}}}.', broll: metrics}}]\n"
)
SHARED = "locales: [en, de]\navatars:\n{0}host: jane\nvars:\n{1}\nentries: {{metrics: 1_a}}\n"
UNREADABLE = {
    "a tab": SHARED.format("\t", "  product: Acme"),
    "a colon": SHARED.format("  ", "  product: Acme: Reports"),
    "a comment": "avatars:\n  host: {templateId: sara, background: #CEEEDB}\nvars: {a: b}\n",
    "no bytes of text": "\x00",
    "no mapping": "- locales\n",
}


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
@pytest.mark.parametrize("board", ["tour.storyboard.yaml", "films/tour.yaml"])
def test_a_project_file_that_cannot_be_read_is_all_that_is_told(text: str, board: str) -> None:
    files = MemoryFiles({"storyboard.yaml": text, board: BOARD})
    assert {
        found.span and found.span.file for found in compile_project(files).report.diagnostics
    } == {"storyboard.yaml"}


@pytest.mark.parametrize(
    ("project", "code"),
    [
        ("locales: [en, german]", "bad-locale"),
        ("locale: [en, de]", "unknown-key"),
        ("storyboard: [films/*.yaml]", "unknown-key"),
        ("storyboards: {films: '*.yaml'}", "wrong-type"),
    ],
)
def test_what_hangs_on_a_refused_setting_is_not_told(project: str, code: str) -> None:
    board = f"name: Tour\nscenes: [{{id: a, narration: '{SAYING}.'}}]\n"
    path = "films/tour.yaml" if "storyboard" in project else "tour.storyboard.yaml"
    if "local" in project:
        board += "localize: {de: {avatar: jane}}\n"
    assert codes({"storyboard.yaml": project + "\n", path: board}) == [code]


@pytest.mark.parametrize(
    ("project", "line"),
    [
        ("avatars:\n  host: {template: maya}\n", 2),
        ("avatars:\n  host: {template: maya, background: '#CEEEDB'}\n", 2),
        ("avatars:\n  host: {templateId: maya, background: {id: office-1}}\n", 2),
        ("avatars: {host: jane}\navatar: {template: maya}\n", 2),
        ("avatars: {host: jane}\navatar: [maya]\n", 2),
    ],
)
def test_what_the_project_mistypes_is_told_at_its_place(project: str, line: int) -> None:
    board = f"name: Tour\nscenes: [{{narration: '{SAYING}.', avatar: host}}]\n"
    files = MemoryFiles({"storyboard.yaml": project, "tour.storyboard.yaml": board})
    (found,) = compile_project(files).report.diagnostics
    assert found.span is not None
    assert (found.span.file, found.span.line) == ("storyboard.yaml", line)
