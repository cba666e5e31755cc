"""One mistake gives one error, and its hint says what to write instead."""

from __future__ import annotations

import pytest

from storyboard.compiler import compile_project
from storyboard.source.files import MemoryFiles

SAYING = "Welcome to the tour of our new search engine."
SCENES = f"scenes: ['{SAYING}']\n"
MISTAKES = {
    f"scenes: [{{id: a, text: {SAYING}}}]": ("unknown-key", "did you mean 'narration'?"),
    f"scenes: [{{narratoin: {SAYING}}}]": ("unknown-key", "did you mean 'narration'?"),
    f"scenes: [{{speech: {SAYING}, broll: 1_a}}]": ("unknown-key", "did you mean 'narration'?"),
    f"scenes: [{{narration: [{SAYING}]}}]": ("wrong-type", "write one text"),
    f"scenes: {{welcome: {SAYING}}}": ("wrong-type", "start each item of the list with '- '"),
    f"scene: [{SAYING}]": ("unknown-key", "did you mean 'scenes'?"),
    f"slides: [{SAYING}]": ("unknown-key", "did you mean 'scenes'?"),
    f"scenes: [{{layoutType: broll, narration: {SAYING}, b-roll: 1_a}}]": (
        "unknown-key",
        "did you mean 'broll'?",
    ),
    f"scenes: [{{layoutType: broll, narration: {SAYING}, clip: 1_a}}]": (
        "unknown-key",
        "did you mean 'broll'?",
    ),
    f"scenes: [{{layoutType: Broll, narration: {SAYING}, broll: 1_a}}]": (
        "not-a-choice",
        "did you mean 'broll'?",
    ),
    f"scenes: [{{layoutType: broll, narration: {SAYING}}}]": ("broll-needed", "add one: `broll:"),
    f"scenes: [{{narration: {SAYING}, broll: {{entry_id: 1_a}}}}]": (
        "unknown-key",
        "did you mean 'entryId'?",
    ),
    f"scenes: [{{narration: {SAYING}, broll: {{startTime: 5}}}}]": (
        "missing-key",
        "add 'entry: …' with a name from `entries`, or 'entryId: …'",
    ),
    f"scenes: [{{narration: {SAYING}, broll: {{entry: a, entryId: 1_a}}}}]": (
        "not-together",
        "keep one of them",
    ),
    f"scenes: [{{narration: {SAYING}, when: no}}]": ("bad-format", "write true, false or an exp"),
    "scenes: [{broll: 1_a}]": ("narration-missing", "add 'narration: …'"),
    "scenes: [{narration: ''}]": ("wrong-length", "fill it, or delete it"),
    SCENES + "avatar: {template: jane}": ("unknown-key", "did you mean 'templateId'?"),
    SCENES + "avatar: {templateId: jane, background: office-1}": (
        "bad-format",
        'write six hex digits, like "#CEEEDB", or a picture of the library',
    ),
    SCENES + "avatar: {templateId: jane, background: {id: office-1}}": (
        "missing-key",
        "add 'type: …': color, library or entry",
    ),
    SCENES + "avatar: {templateId: jane, background: {type: library, entryId: office-1}}": (
        "unknown-key",
        "did you mean 'id'?",
    ),
    SCENES + "locales: en": ("wrong-type", "write a list: [en]"),
    SCENES + "protect: yes": ("wrong-type", "write true"),
    SCENES + "vars: [a]": ("wrong-type", "write 'key: value' lines"),
    f"scenes: [{{id: a, narration: {SAYING}}}]\nlocales: [en]\n"
    "localize: {en: {scenes: {a: {narration: x}}}}": ("not-together", "translate it in the locale"),
}


@pytest.mark.parametrize("text", MISTAKES)
def test_one_error_that_says_what_to_write(text: str) -> None:
    (found,) = errors(f"name: Tour\n{text}\n")
    code, hint = MISTAKES[text]
    assert found[0] == code
    assert (found[1] or "").startswith(hint)


def test_another_name_for_the_name() -> None:
    assert errors(f"title: Tour\n{SCENES}")[0][1].startswith("did you mean 'name'?")


def test_other_mistakes_beside_a_mistyped_key_are_told() -> None:
    found = errors("name: Tour\nscenes: [{narratoin: 5, broll: {startTime: -1}}]\n")
    assert [code for code, _ in found] == ["unknown-key", "missing-key", "out-of-range"]


def test_two_unknown_keys_are_not_guessed_from_what_is_missing() -> None:
    found = errors("name: Tour\nscenes: [{foo: x, quux: y}]\n")
    assert [code for code, _ in found] == ["narration-missing", "unknown-key", "unknown-key"]


@pytest.mark.parametrize("locales", ["[en]", "[en, de]", "[en, de, fr]"])
@pytest.mark.parametrize(
    ("scene", "code"),
    [
        ("- Note: be kind to everybody you meet.", "yaml-colon-in-text"),
        ("- narratoin: Be kind to everybody you meet.", "unknown-key"),
        ("- [Be kind to everybody you meet.]", "wrong-type"),
        ("- {{ greeting }}", "yaml-unquoted-expression"),
        ("-", "wrong-type"),
    ],
)
def test_a_scene_that_is_none_needs_no_id_too(scene: str, code: str, locales: str) -> None:
    found = errors(f"name: Tour\nlocales: {locales}\nscenes:\n  {scene}\n")
    assert [each for each, _ in found] == [code]


@pytest.mark.parametrize("locales", ["[en, de]", "[en, de, fr]"])
def test_a_scene_that_needs_an_id_waits_for_no_translation_too(locales: str) -> None:
    found = errors(f"name: Tour\nlocales: {locales}\nscenes: [{{narration: {SAYING}}}]\n")
    assert [code for code, _ in found] == ["scene-id-needed"]


def test_other_scenes_wait_for_their_translations_all_the_same() -> None:
    named = f"{{id: a, narration: {SAYING}}}"
    report = compile_project(
        MemoryFiles(
            {"t.storyboard.yaml": f"name: T\nlocales: [en, de]\nscenes: [{named}, {SAYING}]\n"}
        )
    ).report
    held, needed = report.diagnostics
    assert (held.code, held.notes) == ("translation-missing", ())
    assert held.message == "'t@de' is held: 1 text not translated"
    assert needed.code == "scene-id-needed"


def errors(text: str) -> list[tuple[str, str]]:
    report = compile_project(MemoryFiles({"tour.storyboard.yaml": text})).report
    return [(finding.code, finding.hint or "") for finding in report.diagnostics]
