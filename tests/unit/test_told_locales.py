"""The local studio is told the locale of what its region says otherwise; no other studio is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from storyboard.commands.read_text import read_scenes, read_text
from storyboard.kaltura.objects import RemoteVideo
from storyboard.local_studio.voices import filmed_in
from storyboard.narration.cleaning import clean_narration
from storyboard.narration.read_out import read_out
from storyboard.narration.told_locales import locale_from, told_locales
from storyboard.plan.diff import compare_videos
from storyboard.plan.recognized import recognize
from storyboard.plan.shown import desired_shown, film_fingerprint, remote_shown
from storyboard.source.files import MemoryFiles
from storyboard.speech_rates import estimate_seconds
from storyboard.spoken_tags import VARIETIES, language_of
from storyboard.studio.jobs.film_requests import locale_in
from storyboard.studio.text.recognition import film_language
from storyboard.studio.voice.casting import voice_for
from storyboard.studio.voice.languages import LANGUAGES
from storyboard.video import Video
from storyboard.wire import LOCALE, VideoStatus
from tests.support.compiling import compile_with
from tests.support.project import Project

TEXTS = {
    "de": "Das kostet heute $300, 1'250.50 oder 12.50 und ist für alle da.",
    "en": "The new ticket costs $300 or 1,250.50 and is for all of us.",
    "es": "El boleto cuesta $300 o 1,250.50 y es para todos los que llegan.",
    "fr": "Le billet coûte $300 ou 1 250,50 et il est pour tous les gens.",
    "it": "Il biglietto costa $300 o 1.250,50 ed è per tutti quelli che arrivano.",
    "pt": "O bilhete custa $300 ou 1.250,50 e é para todos os que chegam.",
}
REGIONS = (
    *("de-AT", "de-CH", "de-DE", "de-LI", "en-AU", "en-CA", "en-GB", "en-IE", "en-IN", "en-NZ"),
    *("en-US", "en-ZA", "es-AR", "es-CL", "es-CO", "es-ES", "es-MX", "es-PE", "es-US", "fr-BE"),
    *("fr-CA", "fr-CH", "fr-FR", "it-CH", "it-IT", "pt-AO", "pt-BR", "pt-PT"),
)


def video(locale: str, *texts: str, films_here: bool = True) -> Video:
    scenes = "".join(f'  - {{id: s{n}, narration: "{text}"}}\n' for n, text in enumerate(texts))
    files = {
        "storyboard.yaml": f"locales: [{locale}]\n",
        "tour.storyboard.yaml": f"name: Tour\nscenes:\n{scenes}",
    }
    compiled = compile_with(MemoryFiles(files), films_here=films_here)
    assert not compiled.report.has_errors, compiled.report.diagnostics
    return compiled.videos[0]


def scenes_of(made: Video) -> list[dict[str, Any]]:
    return list(made.payload(dict.fromkeys(made.avatars, "av1"))["scenes"])


def remote(made: Video, *, told: bool = True) -> RemoteVideo:
    scenes = scenes_of(made)
    for scene in scenes:
        if not told:
            scene["narration"].pop(LOCALE, None)
    return RemoteVideo("v1", made.name, "av1", tuple(scenes), VideoStatus.DRAFT, None, "", "")


@pytest.mark.parametrize("locale", REGIONS)
def test_listen_check_the_estimate_and_the_film_say_the_same(locale: str) -> None:
    text = TEXTS[language_of(locale)]
    said = read_out(clean_narration(text), locale).spoken
    made = video(locale, text)
    told = locale_in(scenes_of(made))
    spoken = film_language([text], told)
    voice = voice_for("jane", spoken)
    inner: Any = voice
    assert read_out(clean_narration(text), inner.voice.language).spoken == said
    assert read_out(clean_narration(text), spoken).spoken == said
    assert read_text(text, locale).spoken == said
    [scene] = read_scenes(made, [0])
    assert scene.reading.spoken == said
    assert filmed_in([text], locale) is not None
    assert estimate_seconds(text, locale) == estimate_seconds(said, locale)


def test_dollars_are_pesos_in_mexico_and_as_before_elsewhere() -> None:
    assert read_text("Son $300.", "es-MX").spoken == "Son trescientos pesos."
    assert read_text("Son $300.", "es").spoken == "Son trescientos dólares."
    assert locale_in(scenes_of(video("es-MX", TEXTS["es"]))) == "es-MX"
    for locale in ("es", "en", "en-US", "de-DE", "fr-FR"):
        assert locale_in(scenes_of(video(locale, TEXTS[language_of(locale)]))) is None


@pytest.mark.parametrize("locale", ["es-MX", "en-GB", "pt-BR", "de-CH"])
def test_no_other_studio_is_told_it(locale: str) -> None:
    text = TEXTS[language_of(locale)]
    made = video(locale, text, films_here=False)
    assert LOCALE not in str(scenes_of(made))
    assert made.locale is None


def test_a_video_that_lacks_it_differs_only_if_it_is_said_otherwise() -> None:
    ids = {}
    same = video("fr-CA", "Le film est pour tous les gens de la ville.")
    ids["av1"] = same.avatar
    assert remote_shown(remote(same), ids) == desired_shown(same)
    pesos = video("es-MX", TEXTS["es"], "La computadora es de todos.")
    assert remote_shown(remote(pesos), ids) == desired_shown(pesos)
    old = remote_shown(remote(pesos, told=False), ids)
    assert [scene.locale for scene in old.scenes] == [None, None]
    # By "computadora" it is American Spanish without it, and only one scene has dollars.
    assert [scene.locale for scene in desired_shown(pesos).scenes] == ["es-MX", None]
    assert old.scenes[1] == desired_shown(pesos).scenes[1]
    assert old.scenes[0].digests != desired_shown(pesos).scenes[0].digests
    untold = replace(pesos, scenes=tuple(replace(s, locale=None) for s in pesos.scenes))
    assert film_fingerprint(untold, {}) != film_fingerprint(pesos, {})


def test_an_imported_video_that_lacks_it_is_updated() -> None:
    """It counted as what was sent, and its film kept the wrong words for ever."""
    pesos = video("es-MX", TEXTS["es"])
    ids = {"av1": pesos.avatar}
    for told, paths in ((True, []), (False, ["scenes[s0].locale"])):
        there = replace(remote(pesos, told=told), status=VideoStatus.READY, entry_id="1_film")
        record = recognize(pesos, there, ids, {})
        changes = compare_videos(pesos, remote_shown(there, ids), record.current)
        assert [change.path for change in changes] == paths
        assert [bool(film.fingerprint) for film in record.films] == [told]


def test_a_locale_that_changes_nothing_is_no_difference() -> None:
    made = video("fr-CA", "Le film est pour tous les gens de la ville.")
    scenes = scenes_of(made)
    scenes[0]["narration"][LOCALE] = "fr-CA"
    told = RemoteVideo("v1", made.name, "av1", tuple(scenes), VideoStatus.DRAFT, None, "", "")
    assert remote_shown(told, {"av1": made.avatar}) == desired_shown(made)


@pytest.mark.slow
def test_the_local_studio_is_told_once_and_plans_no_change(tmp_path: Path) -> None:
    project = Project.of(tmp_path, {"storyboard.yaml": "locales: [es-MX]\n"})
    text = TEXTS["es"]
    project.write(
        "tour.storyboard.yaml", f"name: Tour\nscenes:\n  - {{id: a, narration: '{text}'}}\n"
    )
    assert project.run("apply", "--yes", "--no-generate").code == 0
    planned = project.run("plan", "--no-generate")
    assert "no changes" in planned.out, planned.out
    assert project.run("pull", "--check").code == 0
    heard = project.run("listen", "tour", "--text")
    assert "trescientos pesos" in heard.out, heard


def test_a_text_that_is_clearly_in_another_language_is_spoken_in_that() -> None:
    assert film_language([TEXTS["de"]], "es-MX") == "de"
    assert film_language(["La casa es de todos."], "es-MX") == "es-MX"
    assert film_language([TEXTS["es"]], None) == "es"


def test_varieties_are_those_that_have_a_voice() -> None:
    assert set(VARIETIES) == {tag for tag in LANGUAGES if "-" in tag or tag == "yue"}


def test_only_a_tag_is_a_locale() -> None:
    assert locale_from({LOCALE: "es-MX"}) == "es-MX"
    assert locale_from({LOCALE: 5}) is locale_from({}) is locale_from({LOCALE: ""}) is None
    assert told_locales(["Son $300."], None) == (None,)
