"""The language of a video is recognized from what is said in it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from storyboard.studio.text.recognition import recognize_language
from storyboard.studio.text.word_evidence import telling_language
from storyboard.studio.voice.casting import voice_for
from storyboard.studio.voice.languages import LANGUAGES
from storyboard.studio.voice.speech import VoiceError
from tests.unit.voice_narrations import NARRATIONS


@pytest.mark.parametrize("language", NARRATIONS)
def test_a_video_of_three_narrations_is_recognized(language: str) -> None:
    assert recognize_language(NARRATIONS[language]) == language


def test_nearly_every_single_narration_is_recognized() -> None:
    wrong = {
        text: found
        for language, texts in NARRATIONS.items()
        for text in texts
        if (found := recognize_language([text])) != language
    }
    assert len(wrong) <= 2, wrong


def test_every_language_that_is_recognized_has_a_voice() -> None:
    assert set(NARRATIONS) <= set(LANGUAGES)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Klicken Sie in Acme Dashboard auf Quarterly Report Builder."),
        ("fr", "Ouvrez Acme Dashboard Analytics Overview dans le menu."),
        ("es", "Abra Quarterly Report Builder en Acme Dashboard."),
        ("nl", "Open het Acme Dashboard en klik op Report Builder."),
        ("ja", "Acme Dashboard Analytics へようこそ"),
        ("zh", "打开 Acme Dashboard Quarterly Report Builder"),
        ("ko", "Acme Dashboard Analytics Overview 열기"),
        ("en", "Let me introduce Señor Müller from Zürich."),
        ("en", "The Cyrillic letter Ж is here."),
        ("en", "Acme Dashboard Analytics Overview"),
    ],
)
def test_names_of_products_do_not_change_the_language(language: str, text: str) -> None:
    assert recognize_language([text]) == language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The word λόγος means reason, and ψυχή is the soul."),
        ("en", "Please say Спасибо at the end of the call."),
        ("en", "Say שלום to the team, and شكرا to the guests."),
        ("de", "Das Wort λόγος ist die Vernunft, und ψυχή ist die Seele."),
        ("fr", "Le mot λόγος est la raison, et ψυχή est une âme."),
        ("ru", "Нажмите Save as a copy in the cloud, что сохранит ещё одну копию."),
        ("el", "Το Acme Dashboard δείχνει the numbers of the week στην οθόνη."),
        ("ja", "Open the door という文を読んでみましょう。"),
    ],
)
def test_some_words_of_another_script_do_not_change_the_language(language: str, text: str) -> None:
    """A letter of another script counts for four: English films about Greek words were Greek."""
    assert recognize_language([text]) == language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Meet Zoë Müller and Siobhán O'Brien."),
        ("en", "Søren Åkesson presents quarterly results."),
        ("en", "Café Müller opens at nine."),
        ("en", "Siobhán from Kraków called Łukasz."),
        ("de", "Öffnen Sie die Datei."),
        ("de", "Über uns"),
        ("fr", "Élise et Zoë"),
        ("pl", "Łódź jest piękna"),
    ],
)
def test_accented_names_are_no_evidence(language: str, text: str) -> None:
    """English films with such names were Dutch and Hungarian."""
    assert recognize_language([text]) == language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en-GB", "We recognise the colours of your favourite programme."),
        ("en-GB", "Our travelling theatre opens on the first floor of the centre."),
        ("en-GB", "Please analyse the labelled data, and organise your team."),
        ("en", "We recognize the colors of your favorite program."),
        ("en", "To everybody's surprise, the exercise comprises four sizes."),
        ("en", "The catalogue of the theater has a gray cover and two colors."),
        ("pt-BR", "A receita foi de R$ 1,87 bilhão no trimestre, e a equipe cresceu."),
        ("pt-BR", "Você abre o arquivo na tela do celular e vê o planejamento."),
        ("pt", "Abra o ficheiro no ecrã do telemóvel e veja o planeamento da equipa."),
        ("pt", "A receita subiu no último trimestre, e os clientes estão contentes."),
        ("es-419", "Abra el video en la computadora y revise el reporte de ventas."),
        ("es", "Abre el vídeo en el ordenador y comprobad vosotros el informe."),
        ("es", "Los ingresos subieron en el último trimestre del año."),
    ],
)
def test_a_language_is_of_the_country_whose_words_it_has(language: str, text: str) -> None:
    assert recognize_language([text]) == language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("bn", "আজ আমরা গত প্রান্তিকের সংখ্যাগুলো দেখব।"),
        ("te", "ఈ రోజు మనం గత త్రైమాసికపు సంఖ్యలను చూద్దాం."),
        ("am", "ዛሬ ያለፈውን ሩብ ዓመት ቁጥሮች እንመለከታለን።"),
    ],
)
def test_a_script_without_a_voice_is_not_taken_for_english(language: str, text: str) -> None:
    assert recognize_language([text]) == language
    with pytest.raises(VoiceError, match=f"'{language}' has no voice"):
        voice_for("jane", recognize_language([text]))


@pytest.mark.parametrize("text", ["", "…", "OK", "Demo", "Hello", "Acme", "2024", "½", "ᚠᚢᚦ"])
def test_what_tells_nothing_is_taken_for_english(text: str) -> None:
    assert recognize_language([text]) == "en"


@pytest.mark.parametrize(
    ("text", "loads"), [(" ".join(NARRATIONS["en"]), False), (NARRATIONS["de"][0], True)]
)
def test_plain_english_does_not_wait_for_the_model(text: str, loads: bool) -> None:
    code = (
        "import sys; from storyboard.studio.text.recognition import recognize_language\n"
        f"recognize_language([{text!r}]); print('py3langid' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(loads)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("und ist nicht auf für Modul", "de"),
        ("und ist Modul", None),
        ("und ist nicht auf für with Modul", "de"),
        ("und ist nicht auf with Modul", None),
        ("und ist nicht with have you Modul", None),
        ("und ist nicht " + 60 * "Modul ", None),
        ("Open the Modul", "en"),
        ("Open the Modul in Raum sieben", None),
        ("", None),
    ],
)
def test_small_words_tell_a_language_only_beyond_doubt(text: str, language: str | None) -> None:
    """Three of them, a twentieth of all words, and five times as many as of any other language.

    One of English is enough for a text of five words, of which the model knows nothing.
    """
    assert telling_language(text) == language
