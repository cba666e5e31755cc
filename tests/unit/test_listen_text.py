"""`listen --text` prints how a text is read out; `check` tells of what is left out."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from storyboard.checks.studio_facts import StudioFacts
from storyboard.cli import run
from storyboard.commands.read_text import read_scenes
from storyboard.compiler import compile_project
from storyboard.narration.read_out import read_out
from storyboard.source.files import MemoryFiles
from storyboard.studio.text.recognition import film_language
from storyboard.studio.voice.languages import read_as


def listened(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = run(["listen", *words])
    told = capfd.readouterr()
    return code, told.out, told.err


@pytest.mark.parametrize(
    ("text", "locale", "language", "spoken", "unspoken"),
    [
        ("−5 °C", None, "en", "minus five degrees Celsius", []),
        ("2 Mio. €", "de", "de", "zwei Millionen Euro", []),
        ("**5** % † 🎉 ™ †", "fr", "fr", "cinq pour cent", ["†", "™", "🎉"]),
        ("ok", "PT-br", "pt-BR", "ok", []),
        ("", None, "en", "", []),
        ("-5 °C", "en", "en", "minus five degrees Celsius", []),
    ],
)
def test_a_text_is_read_without_a_project(
    text: str,
    locale: str | None,
    language: str,
    spoken: str,
    unspoken: list[str],
    capfd: pytest.CaptureFixture[str],
) -> None:
    locales = ("--locale", locale) if locale else ()
    code, out, _ = listened(capfd, "--text", text, *locales, "--json")
    assert code == 0
    assert json.loads(out) == {"language": language, "spoken": spoken, "unspoken": unspoken}


def test_people_read_a_line_of_each(capfd: pytest.CaptureFixture[str]) -> None:
    assert listened(capfd, "--text", "5 † km", "--locale", "en")[1] == "five km\nnot spoken: †\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "listen needs an address, or a text behind --text"),
        (("--text",), "listen needs an address, or a text behind --text"),
        (("--text", "--json"), "listen needs an address, or a text behind --text"),
        (("tour", "--text", "x"), "listen takes an address or a text: 'tour' and 'x'"),
        (("tour", "--text", "x"), "for scenes of the files: storyboard listen tour --text; "),
        (("--text", "x", "y", "z"), "quote it: storyboard listen --text 'x y z'"),
        (("tour", "--text", "--play"), "--text makes no sound"),
        (("tour", "--locale", "de"), "--locale needs --text"),
        (("--text", "x", "--play"), "--text makes no sound"),
        (("--text", "x", "--output", "speech"), "--text makes no sound"),
        (("--text", "x", "--locale", "qqq"), "there is no language 'qqq'"),
    ],
)
def test_what_does_not_fit_is_refused(
    words: tuple[str, ...], told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    code, out, err = listened(capfd, *words)
    assert (code, out) == (64, "")
    assert told in err


SCENES = """\
name: Prices
locales: [en, de]
say: {SQL: sequel}
scenes:
  - {id: one, narration: 'Our price is $5 for you and for all of us.'}
  - {id: three, narration: 'It is in SQL, and † for all of the others.'}
"""
GERMAN = """\
msgctxt "one.narration"
msgid "Our price is $5 for you and for all of us."
msgstr "Unser Preis ist 5 $ für Sie und für uns alle."

msgctxt "three.narration"
msgid "It is in SQL, and † for all of the others."
msgstr "Es ist in SQL, und ∴ für alle anderen."
"""


def test_the_scenes_of_a_video_are_read_by_the_command_that_check_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "locales/de").mkdir(parents=True)
    (tmp_path / "prices.storyboard.yaml").write_text(SCENES, "utf-8")
    (tmp_path / "locales/de/prices.po").write_text(GERMAN, "utf-8")
    monkeypatch.chdir(tmp_path)
    run(["check"])
    (command,) = re.findall(r"'(storyboard listen prices@de[^']*)'", "".join(capfd.readouterr()))
    code, out, err = listened(capfd, *shlex.split(command)[2:])
    assert code == 0, err
    assert out == (
        "1 one\nUnser Preis ist fünf Dollar für Sie und für uns alle.\n\n"
        "2 three\nEs ist in sequel, und für alle anderen.\nnot spoken: ∴\n"
    )
    code, out, _ = listened(capfd, "prices@en", "three", "--text", "--json")
    spoken = "It is in sequel, and for all of the others."
    reading = {"language": "en", "spoken": spoken, "unspoken": ["†"]}
    assert json.loads(out) == {"scenes": [{"scene": "three", "number": 2, **reading}]}
    assert not (tmp_path / "speech").exists()


def test_check_tells_each_locale_what_is_not_spoken(tmp_path: Path) -> None:
    storyboard = (
        "name: Prices\navatar: {templateId: jane, background: '#CEEEDB'}\nlocales: [en, de]\n"
        "scenes:\n  - {id: one, narration: 'Our price is ≥ $5 for you and for all¹ of us 你好.'}\n"
    )
    catalog = (
        'msgctxt "one.narration"\nmsgid "Our price is ≥ $5 for you and for all¹ of us 你好."\n'
        'msgstr "Unser Preis ist ≥ 5 $ für alle von uns, ∴ für jeden."\n'
    )
    files = {"prices.storyboard.yaml": storyboard, "locales/de/prices.po": catalog}
    found = compile_project(MemoryFiles(files)).report.diagnostics
    told = [(d.code, d.message, d.span.file) for d in found if d.code == "unspoken-sign" and d.span]
    assert told == [
        ("unspoken-sign", "'∴' is not spoken in 'de'", "locales/de/prices.po"),
        ("unspoken-sign", "'¹', '你好' are not spoken in 'en'", "prices.storyboard.yaml"),
    ]


def test_a_text_that_locales_share_tells_of_each_that_loses_its_signs() -> None:
    board = (
        "name: T\navatar: {templateId: jane, background: '#CEEEDB'}\nlocales: [en, tr, tr-CY]\n"
        "scenes:\n- {id: one, narration: The price is new for all of you and for us.}\n"
    )
    catalog = (
        'msgctxt "one.narration"\nmsgid "The price is new for all of you and for us."\n'
        'msgstr "Fiyat √ hepiniz için ve bizim için √ yenidir, lütfen bakın."\n'
    )
    files = {"t.storyboard.yaml": board, "locales/tr/t.po": catalog}
    found = compile_project(MemoryFiles(files)).report.diagnostics
    told = [(d.message, d.hint) for d in found if d.code == "unspoken-sign"]
    assert told == [
        (
            "'√' is not spoken in 'tr', 'tr-CY'",
            "write it in words; 'storyboard listen t@tr --text' shows what is said",
        )
    ]


def test_a_sign_that_the_files_say_how_to_say_is_not_told() -> None:
    board = "name: T\nlocales: [en]\nscenes:\n- The price † of 北京 is new for all of you.\n"
    files = {"storyboard.yaml": "say: {†: dagger}\n", "t.storyboard.yaml": board}

    def told(*, films_here: bool) -> list[str]:
        found = compile_project(
            MemoryFiles(files), studio=StudioFacts(films_here=films_here)
        ).report.diagnostics
        return [d.message for d in found if d.code == "unspoken-sign"]

    assert told(films_here=True) == ["'北京' is not spoken in 'en'"]
    # Another studio is not told how.
    assert told(films_here=False) == ["'†', '北京' are not spoken in 'en'"]


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("pt-BR", "A receita foi de R$ 1,87 bilhão no trimestre."),
        ("en-GB", "The audit is on 05/06/2024, and it takes a day."),
        ("en-GB", "The tyres of the lorry are due on 05/06/2024, and the petrol too."),
        ("es-MX", "El curso cuesta $300 al mes para cada persona."),
        ("fr-CA", "La formation coûte 300 $ par personne et par an."),
    ],
)
def test_scenes_are_printed_as_their_film_is_spoken(locale: str, text: str) -> None:
    board = f"name: A\navatar: {{templateId: jane}}\nscenes: [{{id: s, narration: '{text}'}}]\n"
    project = f"locales: [{locale}]\n"
    files = MemoryFiles({"storyboard.yaml": project.encode(), "a.storyboard.yaml": board.encode()})
    (video,) = compile_project(files, studio=StudioFacts(films_here=True)).videos
    (scene,) = read_scenes(video, [0])
    film = film_language([text], video.scenes[0].locale)
    assert scene.reading.spoken == read_out(text, read_as(film)).spoken
