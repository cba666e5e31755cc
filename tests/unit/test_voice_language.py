"""A film that will be spoken in another language than its locale's is told of by `check`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from storyboard.commands.compiled_before import CompiledBefore
from storyboard.commands.compiled_project import compile_asking, compile_request
from storyboard.commands.request import Request
from storyboard.local_studio import voices
from storyboard.local_studio.voices import spoken_otherwise
from storyboard.studio.text.recognition import settled_language
from storyboard.studio.text.small_words import SHARED_WORDS, SMALL_WORDS
from tests.unit.voice_narrations import NARRATIONS

DUTCH = "Welkom bij de rondleiding door onze nieuwe zoekmachine."


def told(root: Path, locale: str, *narrations: str, more: str = "") -> list[str]:
    (root / "storyboards").mkdir()
    scenes = "".join(f"  - '{narration}'\n" for narration in narrations)
    text = f"name: Tour\nlocales: [{locale}]\nscenes:\n{scenes}"
    (root / "storyboards" / "tour.yaml").write_text(text, "utf-8")
    (root / "storyboard.yaml").write_text(more or "avatars: {}\n", "utf-8")
    report = compile_request(Request(root, environment="local", shell={})).report
    return [each.message for each in report.diagnostics if each.code == "voice-language"]


@pytest.mark.parametrize(
    ("locale", "narration", "language"),
    [
        ("en", DUTCH, "Dutch (nl)"),
        ("en-GB", "We zien in dit deel of het is gelukt, en wat we nu doen.", "Dutch (nl)"),
        ("pt-BR", "Abra la configuración, elija su equipo y pulse las teclas.", "Spanish (es)"),
        ("ja", "打开设置，选择您的团队，然后点击保存按钮。", "Chinese (Mandarin) (zh)"),
        ("de", "Открой меню настроек и выбери свою команду.", "Russian (ru)"),
    ],
)
def test_another_language_than_the_locale_says_is_told(
    tmp_path: Path, locale: str, narration: str, language: str
) -> None:
    expected = [f"the narrations of locale '{locale}' will be spoken in {language}"]
    assert told(tmp_path, locale, narration) == expected


@pytest.mark.parametrize(
    ("locale", "narrations"),
    [
        ("en", ("Meet Zoë Müller and Siobhán O’Brien.", "Søren Åkesson, Łukasz and Zoë.")),
        ("en", ("Zoë Müller, Siobhán Ní Bhriain, Jürgen Groß.", "They look after your account.")),
        ("de-AT", ("Open the Settings heißt hier: öffnen Sie die Einstellungen des Kontos.",)),
        ("nn", NARRATIONS["nb"]),
        ("zh-TW", NARRATIONS["zh"]),
    ],
)
def test_names_and_quotations_are_no_other_language(
    tmp_path: Path, locale: str, narrations: Sequence[str]
) -> None:
    assert told(tmp_path, locale, *narrations) == []


def test_a_check_that_is_off_asks_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voices, "language_of", lambda tag: pytest.fail("asked"))
    assert told(tmp_path, "en", DUTCH, more="checks: {voice-language: off}\n") == []


@pytest.mark.parametrize("language", NARRATIONS)
def test_a_film_in_its_locale_is_not_slowed_down_by_the_model(language: str) -> None:
    def recognize(narrations: Sequence[str]) -> str | None:
        pytest.fail("asked")

    assert settled_language(NARRATIONS[language]) in (None, language)
    assert spoken_otherwise(NARRATIONS[language], language, recognize) is None


def test_each_word_tells_one_language() -> None:
    words = [word for row in SMALL_WORDS.values() for word in row.split()]
    assert len(words) == len(set(words))
    assert SHARED_WORDS.keys() <= SMALL_WORDS.keys()


def test_the_model_is_asked_once_for_a_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Sequence[str]] = []

    def recognize(narrations: Sequence[str]) -> str:
        asked.append(narrations)
        return "nl"

    monkeypatch.setattr("storyboard.commands.compiled_project.recognized", recognize)
    for narration in ("Open het menu Instellingen.", "Open het menu Instellingen!"):
        (tmp_path / "storyboard.yaml").write_text("locales: [en]\navatars: {}\n", "utf-8")
        (tmp_path / "storyboards").mkdir(exist_ok=True)
        (tmp_path / "storyboards" / "tour.yaml").write_text(
            f"name: Tour\nscenes:\n  - {narration}\n", "utf-8"
        )
        for _ in range(2):
            request = Request(tmp_path, environment="local", shell={})
            before = CompiledBefore(request)
            compile_asking(request, before.asking(None, keeps=True))
    assert len(asked) == 2


def test_it_points_at_the_line_that_is_in_the_other_language(tmp_path: Path) -> None:
    german = "Willkommen."
    narrations = (german, DUTCH, "We zien in dit deel of het is gelukt, en wat we nu doen.")
    assert told(tmp_path, "de", *narrations)
    report = compile_request(Request(tmp_path, environment="local", shell={})).report
    (found,) = [each for each in report.diagnostics if each.code == "voice-language"]
    assert found.span is not None
    assert found.span.line == 5
