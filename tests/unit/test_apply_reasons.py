"""Causes are told in the author's words, with what to do, and of nobody else's scenes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import storyboard
from storyboard.apply.reasons import read_reason
from storyboard.commands.likely_causes import likely_causes
from storyboard.compiler import compile_project
from storyboard.errors import ApiError
from storyboard.hints import FAILURE_HINTS, HINTS, hint_for
from storyboard.kaltura.replies import raise_error
from storyboard.kaltura.transport import Reply
from storyboard.source.files import ProjectFiles
from storyboard.studio.behavior.refusal import StudioCode
from storyboard.studio.compose.remote import code_of
from storyboard.video import Address
from storyboard.wire import ErrorCode
from tests.support.python_names import modules_with, nodes

SCENES = ("intro", "metrics")
STUDIO = Path(storyboard.__file__).parent / "studio"


@pytest.mark.parametrize(
    ("told", "text", "hint"),
    [
        (
            "clip-frame-rate: scene 1: the clip has 24 frames a second",
            "scene 'metrics': the clip has 24 frames a second (clip-frame-rate)",
            "25 or 30",
        ),
        ("speech-too-short: scene 7: 1.1 s", "scene 8: 1.1 s (speech-too-short)", "say more"),
        ("in-point-past-end: scene 2: late", "scene 3: late (in-point-past-end)", "start"),
        ("CAPTIONS_NOT_FOUND: no source says anything", "no source says anything", ".vtt or .srt"),
        ("whatever", "whatever", None),
    ],
)
def test_a_reason_names_the_scene_and_what_to_do(told: str, text: str, hint: str | None) -> None:
    reason = read_reason(told, SCENES)
    assert reason is not None
    assert reason.text.startswith(text)
    assert (reason.hint is None) if hint is None else hint in (reason.hint or "")
    assert read_reason(None, SCENES) is None


def test_a_scene_that_a_composition_wrote_is_named_by_its_number() -> None:
    reason = read_reason("no-voice: scene 1: none", ("#1", "#2"))
    assert reason is not None
    assert reason.text == "scene 2: none (no-voice)"


def failure_codes() -> Iterator[str]:
    """Yield the code of every failure that the local studio raises or stores, by its source."""
    at = {"FilmError": 0, "ComposeError": 0, "fail": 2}
    for path, tree in modules_with(*at):
        for node in nodes(tree) if path.is_relative_to(STUDIO) else ():
            match node:
                case ast.Call(func=ast.Name(id=name), args=args) if name in at and args:
                    code = args[at[name]]
                    if isinstance(code, ast.Constant):
                        yield str(code.value)
                    else:
                        assert ast.unparse(code) in ("code", "cause.code"), ast.unparse(node)


def test_every_failure_of_the_local_studio_has_a_hint() -> None:
    raised = {*failure_codes(), *(code_of(status) for status in range(300, 600))}
    assert {"disk-full", "composer-unreachable", "internal", "TOO_MANY_SOURCES"} <= raised
    assert {code for code in raised if not hint_for(code)} == set()
    answered = {code.value for code in StudioCode}
    assert set(FAILURE_HINTS) <= raised | answered, "a hint that no failure gives"


@pytest.mark.parametrize("code", FAILURE_HINTS)
def test_a_hint_is_told_with_its_failure(code: str) -> None:
    reason = read_reason(f"{code}: no", ())
    assert reason is not None
    assert reason.hint == FAILURE_HINTS[code]
    assert len(FAILURE_HINTS[code]) > 15


@pytest.mark.parametrize("code", ["disk-full", "files", "not-kept"])
def test_who_does_not_run_the_studio_is_sent_to_whoever_does(code: str) -> None:
    """A pipeline was told to free room on its own disk, where there is no studio."""
    own, other = (read_reason(f"{code}: no", (), is_own=own) for own in (True, False))
    assert own is not None
    assert other is not None
    assert own.hint == FAILURE_HINTS[code]
    assert str(other.hint).startswith("ask who runs the studio: its log says why")
    lacking = read_reason("clip-missing: no", (), is_own=False)
    assert lacking is not None
    assert lacking.hint == FAILURE_HINTS["clip-missing"]


@pytest.mark.parametrize("code", ErrorCode)
def test_every_error_code_has_a_hint_that_reaches_people(code: ErrorCode) -> None:
    body = {"code": code.value, "message": "no"}
    with pytest.raises(ApiError) as caught:
        raise_error(Reply(200, {}, b""), body)
    assert caught.value.hint == HINTS[code]
    assert len(HINTS[code]) > 15


FILES = {
    "storyboard.yaml": "locales: [en, de]\nchecks: {narration-too-short: warning}\n",
    "storyboards/tour.yaml": (
        "name: Tour\nscenes:\n  - {id: a, narration: Well then.}\n"
        "  - {id: b, narration: So it is.}\n"
        "  - {id: c, narration: Nice to see you.}\n  - {id: d, narration: Bye now.}\n"
    ),
    "storyboards/other.yaml": "name: Other\nscenes: [{id: x, narration: Hm hm.}]\n",
}
GERMAN = {
    "a": ("Well then.", "Nun gut, dann fangen wir jetzt einmal an."),
    "b": ("So it is.", "Genau so ist das hier bei uns."),
    "c": ("Nice to see you.", "Schön, dass Sie da sind."),
    "d": ("Bye now.", "Na dann."),
}


def test_likely_causes_are_those_of_the_own_scenes_and_locale(tmp_path: Path) -> None:
    """They were the first three warnings of the file, whatever they were about."""
    catalog = 'msgid ""\nmsgstr "Language: de\\nContent-Type: text/plain; charset=UTF-8\\n"\n'
    for id, (source, text) in GERMAN.items():
        catalog += f'\nmsgctxt "{id}.narration"\nmsgid "{source}"\nmsgstr "{text}"\n'
    other = 'msgid ""\nmsgstr "Language: de\\n"\n\nmsgctxt "x.narration"\nmsgid "Hm hm."\n'
    other += 'msgstr "Ein ganz gewöhnlicher Satz ist das."\n'
    files = {
        **FILES,
        "locales/de/tour.po": catalog,
        "locales/de/other.po": other,
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    compilation = compile_project(ProjectFiles(tmp_path))
    assert not compilation.report.has_errors, compilation.report.diagnostics
    causes = {
        str(address): [text.partition(": ")[0] for text in texts]
        for address, texts in likely_causes(compilation.videos, compilation.report).items()
    }
    assert causes["tour@en"]
    assert all(place.startswith("storyboards/tour.yaml:") for place in causes["tour@en"])
    assert [place.partition(":")[0] for place in causes["tour@de"]] == ["locales/de/tour.po"]
    assert causes["other@de"] == []


def test_a_likely_cause_names_the_scene_the_check_and_what_to_do(tmp_path: Path) -> None:
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    lowered = FILES["storyboard.yaml"].replace("warning", "info")
    (tmp_path / "storyboard.yaml").write_text(lowered, encoding="utf-8")
    compilation = compile_project(ProjectFiles(tmp_path))
    causes = likely_causes(compilation.videos, compilation.report)[Address("tour", "en")]
    assert causes[0].startswith("storyboards/tour.yaml:5: scene 'c': 'Nice to see you.' is about")
    assert "(narration-short); say " in causes[0]
    # A project may call it harmless, and the studio refuses it all the same.
    assert causes[1].startswith("storyboards/tour.yaml:3: scene 'a': 'Well then.' is about")
    assert "(narration-too-short); " in causes[1]
