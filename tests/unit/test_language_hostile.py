"""Projects that want to take time, memory or files that are not theirs."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from storyboard.compiler import Compilation, compile_project
from storyboard.source.files import MemoryFiles, ProjectFiles
from tests.support.passing_time import soon

SENTENCE = "Welcome to the tour of our new product."


def codes(compilation: Compilation) -> set[str]:
    return {finding.code for finding in compilation.report.diagnostics}


def within_a_second(files: dict[str, Any]) -> Compilation:
    texts = {path: json.dumps(value) for path, value in files.items()}
    with soon(1.0):
        return compile_project(MemoryFiles(texts))


def test_loops_that_make_a_hundred_thousand_scenes_end() -> None:
    loop = {"for_each": "{{ many }}", "narration": "{{ item }} " + SENTENCE}
    board = {"name": "Loops", "vars": {"many": list(range(200))}, "scenes": [loop] * 500}
    compilation = within_a_second({"a.storyboard.yaml": board})
    assert "for-each" in codes(compilation)
    assert not compilation.videos


def test_includes_that_multiply_end() -> None:
    files: dict[str, Any] = {
        f"shared/{n}.yaml": [{"include": f"shared/{n + 1}.yaml"}] * 20 for n in range(7)
    }
    files["shared/7.yaml"] = [SENTENCE] * 500
    files["a.storyboard.yaml"] = {"name": "Bomb", "scenes": [{"include": "shared/0.yaml"}]}
    compilation = within_a_second(files)
    assert codes(compilation) & {"include-too-many", "too-many-scenes"}
    assert not compilation.videos


def test_a_template_that_doubles_itself_ends() -> None:
    variables = {"v0": "x" * 100}
    variables |= {f"v{n}": f"{{{{ v{n - 1} ~ v{n - 1} }}}}" for n in range(1, 30)}
    board = {"name": "Bomb", "vars": variables, "scenes": ["{{ v29 }}"]}
    compilation = within_a_second({"a.storyboard.yaml": board})
    assert "template-limit" in codes(compilation)


WALK = "(t|list|map('upper')|map('lower')|map('upper')|map('lower')|map('upper')|list|length)"


@pytest.mark.parametrize(
    "board",
    [
        {"scenes": [{"for_each": "{{ all }}", "when": f"{{{{ {WALK} > 1 }}}}", "narration": "x"}]},
        {"scenes": [{"when": f"{{{{ {WALK} > {n} }}}}", "narration": "x"} for n in range(400)]},
        {"scenes": [f"{n} {{{{ {WALK} }}}}" for n in range(20)] * 20},
        {"vars": {f"v{n}": f"{{{{ {WALK} + {n} }}}}" for n in range(400)}, "scenes": [SENTENCE]},
    ],
    ids=["turns", "conditions", "narrations", "variables"],
)
def test_walks_that_each_are_allowed_end_together(board: dict[str, Any]) -> None:
    """A file of nine kilobytes kept a check busy for twenty seconds, one of more for hours."""
    variables = {"t": "abcdefghij" * 800, "all": list(range(200)), **board.pop("vars", {})}
    files = {"a.storyboard.yaml": json.dumps({"name": "Walks", "vars": variables, **board})}
    with soon(3.0, time.process_time):
        compilation = compile_project(MemoryFiles(files))
    told = [each for each in compilation.report.diagnostics if "one video" in each.message]
    assert [each.code for each in told] == ["template-limit"]
    assert not compilation.videos


LOCALES = [
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "cs",
    "sv",
    "da",
    "fi",
    "nb",
    "ru",
    "uk",
    "tr",
    "el",
    "hu",
    "ro",
    "bg",
    "hr",
    "sk",
    "sl",
    "et",
    "lv",
    "lt",
]


@pytest.mark.parametrize("characters", [3_000, 4_500])
def test_texts_that_each_are_allowed_end_together(characters: int) -> None:
    """A plan took 30 MB for each file of a kilobyte, and 1.8 GB for sixty of them."""
    board = {
        "name": "Texts",
        "locales": LOCALES,
        "scenes": [
            {"id": f"s{n}", "narration": f"{{{{ ('{n} ' ~ t)|verbatim }}}}"} for n in range(20)
        ],
    }
    variables = {"t": "a number " * (characters // 9)}
    files = {"storyboard.yaml": {"vars": variables}, "a.storyboard.yaml": board}
    compilation = compile_project(
        MemoryFiles({path: json.dumps(value) for path, value in files.items()})
    )
    told = [each for each in compilation.report.diagnostics if "all its videos" in each.message]
    if characters * 20 * len(LOCALES) < 2_000_000:
        assert not told
        return
    assert [each.code for each in told] == ["template-limit"]
    assert told[0].span is not None
    assert told[0].span.file == "a.storyboard.yaml"
    assert not told[0].message.endswith(")"), "of some locales only"
    assert not compilation.videos
    assert [each.locale for each in compilation.unmade] == LOCALES


@pytest.mark.parametrize(
    "path", ["../secret.yaml", "/etc/passwd", "link.yaml", "~/x.yaml", "file:///etc/passwd", "a\\b"]
)
def test_an_include_never_leaves_the_project(tmp_path: Path, path: str) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text(json.dumps(["The secret is here for all to see."]))
    root = tmp_path / "project"
    root.mkdir()
    (root / "link.yaml").symlink_to(secret)
    board = {"name": "Thief", "scenes": [{"include": path}, SENTENCE]}
    (root / "a.storyboard.yaml").write_text(json.dumps(board))
    compilation = compile_project(ProjectFiles(root))
    assert codes(compilation) == {"include-refused"}
    assert "secret is here" not in str(compilation.report)


def test_a_catalog_is_never_a_template() -> None:
    board = {
        "name": "Tour",
        "locales": ["en", "de"],
        "vars": {"secret": "s3cret"},
        "scenes": [{"id": "a", "narration": SENTENCE}],
    }
    catalog = (
        'msgid ""\nmsgstr "Language: de\\n"\n\n'
        f'msgctxt "a.narration"\nmsgid "{SENTENCE}"\n'
        'msgstr "Das {{{{ secret }}}} bleibt eines, {{% wie %}} immer."\n'
    )
    files = {"t.storyboard.yaml": json.dumps(board), "locales/de/t.po": catalog}
    videos = compile_project(MemoryFiles(files)).videos
    assert videos[1].scenes[0].narration == "Das {{ secret }} bleibt eines, {% wie %} immer."


def test_thousands_of_wrong_locales_end() -> None:
    board = {"locales": [f"q{n}x" for n in range(20_000)], "scenes": [SENTENCE]}
    assert "bad-locale" in codes(within_a_second({"a.storyboard.yaml": board}))


@pytest.mark.parametrize(
    ("defined", "scene"),
    [
        ("vars", {"narration": "{{ unknown%d }} " + SENTENCE}),
        ("avatars", {"narration": SENTENCE, "avatar": "unknown%d"}),
        ("entries", {"narration": SENTENCE, "broll": "unknown%d"}),
    ],
)
def test_many_wrong_names_beside_thousands_of_right_ones_end(
    defined: str, scene: dict[str, str]
) -> None:
    """A guess compares with each known name, for each wrong one."""
    known = {"vars": 1, "avatars": "jane", "entries": "1_clip"}[defined]
    scenes = [
        {"id": f"s{n}", **{key: text.replace("%d", str(n)) for key, text in scene.items()}}
        for n in range(500)
    ]
    board = {defined: {f"known{n}": known for n in range(5_000)}, "scenes": scenes}
    within_a_second({"a.storyboard.yaml": {"avatar": "jane", **board}})
