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
