"""Films, previews and commands with voices of the operator's own, heard by what they hum."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import av
import numpy as np
import pytest

from storyboard.cli import run
from storyboard.errors import StudioError, UsageError
from storyboard.studio.film.make import make_ordered
from storyboard.studio.film.request import Film, FilmError, FilmOrder, FilmRequest, FilmScene
from storyboard.studio.film.rules import POSSIBLE
from storyboard.studio.film.sharing import WHOLE
from storyboard.studio.jobs.film_requests import film_order
from storyboard.studio.jobs.maker_process import MakerProcess
from storyboard.studio.jobs.makers import Makers
from storyboard.studio.records.served_address import announced
from storyboard.studio.text.recognition import recognize_language
from storyboard.studio.voice.casting import voice_for
from storyboard.studio.voice.model_program import model_programs
from storyboard.studio.voice.own_voices import OwnVoices, own_voices
from storyboard.studio.worker import open_worker
from storyboard.studio.workspaces import open_workspace
from tests.support.film_crew import GREEN, SMALL, small_crew
from tests.support.heard_sentences import heard_spans, sentences_heard, sound_of_film
from tests.support.tiny_voice import voice_model, write_voice

GERMAN = "Guten Tag, meine Damen und Herren. Heute geht es um die Zahlen des Quartals."


@pytest.fixture(autouse=True, scope="module")
def _programs() -> Iterator[None]:
    yield
    model_programs().close()


@pytest.fixture
def voices(tmp_path: Path) -> OwnVoices:
    write_voice(tmp_path / "voices", hertz=440)
    found = own_voices(tmp_path / "voices", {})
    assert found is not None
    return found


def hertz(sound: Path | bytes) -> float:
    """Return the strongest tone of a file's sound."""
    with av.open(io.BytesIO(sound) if isinstance(sound, bytes) else str(sound)) as container:
        frames = list(container.decode(audio=0))
    samples = np.concatenate([frame.to_ndarray()[0] for frame in frames]).astype(np.float64)
    spectrum = np.abs(np.fft.rfft(samples))
    return float(spectrum.argmax() * frames[0].sample_rate / len(samples))


def film(tmp_path: Path, voices: OwnVoices | None, *narrations: str) -> Film:
    scenes = tuple(FilmScene(text, "jane", GREEN) for text in narrations)
    order = FilmOrder(
        FilmRequest(scenes, SMALL), tmp_path / "cache", tmp_path / "film.mp4", POSSIBLE
    )
    crew = replace(
        small_crew(),
        recognize_language=recognize_language,
        voice_for=partial(voice_for, own=voices),
    )
    return make_ordered(order, lambda _: None, lambda: False, crew=crew)


@pytest.mark.slow
def test_a_film_is_spoken_by_the_model_and_another_model_is_another_film(
    tmp_path: Path, voices: OwnVoices
) -> None:
    made = film(tmp_path, voices, GERMAN)
    assert made.language == "de"
    assert hertz(made.path) == pytest.approx(440, abs=2)
    assert [cue.text for cue in made.captions] == [
        "Guten Tag, meine Damen und Herren.",
        "Heute geht es um die Zahlen des Quartals.",
    ]
    # A caption begins with its sentence, and stays in the pause before the next: 0.42 s.
    heard = sentences_heard(heard_spans(sound_of_film(made.path), -35), 2)
    assert heard[1][0] - heard[0][1] == pytest.approx(0.42, abs=0.02)
    begins = [cue.start for cue in made.captions]
    assert begins == pytest.approx([begin for begin, _ in heard], abs=0.02)
    assert made.captions[0].end == begins[1]
    assert made.captions[1].end == pytest.approx(heard[1][1], abs=0.02)
    assert made.rendered_scenes == (0,)
    assert film(tmp_path, voices, GERMAN).rendered_scenes == ()
    write_voice(voices.folder, hertz=550)
    again = film(tmp_path, voices, GERMAN)
    assert hertz(again.path) == pytest.approx(550, abs=2)
    assert again.captions == made.captions


def test_a_voice_that_fails_is_its_scenes_error(tmp_path: Path, voices: OwnVoices) -> None:
    write_voice(voices.folder, model=b"x")
    with pytest.raises(FilmError) as failed:
        film(tmp_path, voices, GERMAN)
    assert (failed.value.code, failed.value.scene) == ("no-voice", 0)
    assert str(failed.value) == "the voice 'de_DE-hum-low.onnx': it is no ONNX model"
    (voices.folder / "de_DE-hum-low.onnx.json").write_text("{")
    with pytest.raises(FilmError, match=r"onnx\.json' is no JSON") as failed:
        film(tmp_path, voices, GERMAN)
    assert (failed.value.code, failed.value.scene) == ("no-voice", 0)


@pytest.mark.slow
def test_a_preview_by_the_program_that_speaks_has_the_voice(voices: OwnVoices) -> None:
    with closing(MakerProcess()) as process:
        makers = Makers(speech=process.speech, timing=process.timing).speaking(voices)
        sound = b"".join(makers.speech("Guten Tag, meine Damen.", "jane", [GERMAN]))
    assert hertz(sound) == pytest.approx(440, abs=5)


def test_a_workspace_gives_its_voices_to_each_order(tmp_path: Path, voices: OwnVoices) -> None:
    opened = open_workspace(tmp_path / "w", voices=voices.folder, variables={})
    order = film_order(opened, FilmRequest(()), tmp_path / "a.mp4", WHOLE, "")
    opened.store.close()
    opened.blobs.close()
    assert order.voices == voices
    seconds = opened.makers.timing(["Guten Tag."], "jane", tmp_path / "cache", lambda: False)
    assert seconds[0] > 1


def test_a_worker_with_other_voices_than_the_studio_is_refused(
    tmp_path: Path, voices: OwnVoices
) -> None:
    """Scenes of a film are made by whoever is free: half of them would have another voice."""
    place = tmp_path / "w"
    opened = open_workspace(place)
    opened.store.close()
    opened.blobs.close()
    open_worker(place, voices=voices.folder).close()
    with announced(place, "http://127.0.0.1:9", voices.mark()):
        open_worker(place, voices=voices.folder).close()
        with pytest.raises(StudioError, match="has other voices than this worker"):
            open_worker(place)
        (voices.folder / "de_DE-hum-low.onnx").write_bytes(voice_model() + b"\x0a\x00")
        with pytest.raises(StudioError, match="has other voices than this worker"):
            open_worker(place, voices=voices.folder)
    with announced(place, "http://127.0.0.1:9"):
        open_worker(place).close()


def test_a_broken_folder_stops_a_studio_at_its_start(tmp_path: Path, voices: OwnVoices) -> None:
    (voices.folder / "de_DE-hum-low.onnx.json").write_text("{}")
    with pytest.raises(UsageError, match=r"de_DE-hum-low\.onnx\.json"):
        open_workspace(tmp_path / "w", voices=voices.folder)
    assert not (tmp_path / "w").exists()


def test_listen_and_doctor_tell_who_speaks(
    tmp_path: Path,
    voices: OwnVoices,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "tour.storyboard.yaml").write_text(
        "name: Tour\navatar: {templateId: jane, background: '#CEEEDB'}\nlocales: [de]\n"
        f"scenes: [{{id: one, narration: '{GERMAN}'}}]\n",
        "utf-8",
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STORYBOARD_VOICES", "voices")
    assert run(["listen", "--text", "5 %", "--locale", "de-AT"]) == 0
    assert capfd.readouterr().out == "fünf Prozent\nvoice: de_DE-hum-low\n"
    assert run(["listen", "--text", "5 %", "--locale", "fr", "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["voices"] == ["espeak-ng"]
    run(["doctor", "--json"])
    told = {each["topic"]: each for each in json.loads(capfd.readouterr().out)["findings"]}
    assert told["voices"]["message"] == "speak de (de_DE-hum-low)"
    assert run(["listen", "tour@de"]) == 0
    [sound] = (tmp_path / "speech").glob("*.mp3")
    assert hertz(sound) == pytest.approx(440, abs=5)
    (voices.folder / "de_DE-hum-low.onnx").write_bytes(b"")
    capfd.readouterr()
    assert run(["listen", "tour@de"]) == 64
    assert "de_DE-hum-low.onnx' is empty" in capfd.readouterr().err
    run(["doctor", "--json"])
    told = {each["topic"]: each for each in json.loads(capfd.readouterr().out)["findings"]}
    assert told["voices"]["level"] == "problem"
    assert "is empty" in told["voices"]["message"]


ICELANDIC = (
    "Velkomin á námskeiðið. Í dag skoðum við tölur síðasta ársfjórðungs og ræðum framhaldið."
)


def test_a_language_that_only_an_own_voice_speaks_is_recognized(
    tmp_path: Path,
    voices: OwnVoices,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "kynning.storyboard.yaml").write_text(
        "name: Kynning\navatar: {templateId: jane, background: '#CEEEDB'}\nlocales: [is]\n"
        f"scenes: [{{id: one, narration: '{ICELANDIC}'}}]\n",
        "utf-8",
    )
    monkeypatch.chdir(tmp_path)
    assert run(["check"]) == 3
    assert "no voice of the local studio speaks 'is'" in capfd.readouterr().out
    write_voice(
        voices.folder, "is_IS-x", hertz=550, language={"code": "is_IS"}, espeak={"voice": "is"}
    )
    monkeypatch.setenv("STORYBOARD_VOICES", "voices")
    assert run(["check"]) == 0
    assert run(["listen", "kynning@is"]) == 0
    [sound] = (tmp_path / "speech").glob("*.mp3")
    assert hertz(sound) == pytest.approx(550, abs=5)
    for text, language in ((GERMAN, "de"), ("Welcome to the training.", "en"), (ICELANDIC, "is")):
        assert recognize_language([text], ("is",)) == language
    monkeypatch.delenv("STORYBOARD_VOICES")
    assert run(["check"]) == 3
