"""Voices of the operator's own: models of the Piper kind, made here, that hum."""

from __future__ import annotations

import hashlib
import json
import struct
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from storyboard.errors import UsageError
from storyboard.studio.voice.boundary import BoundedVoice
from storyboard.studio.voice.casting import CAST, voice_for
from storyboard.studio.voice.model_bytes import NoModel, model_facts
from storyboard.studio.voice.model_program import TIMEOUT_SECONDS, ModelPrograms, model_programs
from storyboard.studio.voice.own_voices import OwnVoices, own_voices
from storyboard.studio.voice.piper_voice import PiperVoice
from storyboard.studio.voice.speech import Speech, VoiceError
from tests.support.tiny_voice import (
    BOOL,
    FLOAT,
    INT64,
    RATE,
    graph,
    model_of,
    node,
    number_field,
    tensor,
    value,
    voice_model,
    write_voice,
)

TEXT = "Guten Tag, meine Damen. Es geht um 3 Dinge!"


@pytest.fixture(autouse=True, scope="module")
def _programs() -> Iterator[None]:
    yield
    model_programs().close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "voices"


def voices(folder: Path, **variables: str) -> OwnVoices:
    found = own_voices(folder, variables)
    assert found is not None
    return found


def hertz(speech: Speech) -> float:
    """Return what a speech hums."""
    spectrum = np.abs(np.fft.rfft(speech.samples))
    return float(spectrum.argmax() * speech.rate / len(speech.samples))


def test_a_model_of_the_folder_speaks_its_language_and_no_other(folder: Path) -> None:
    write_voice(folder, hertz=440)
    own = voices(folder)
    speech = voice_for("jane", "de", own).speak(TEXT)
    assert hertz(speech) == pytest.approx(440, abs=2)
    assert speech.rate == RATE
    assert voice_for("jane", "fr", own).key == voice_for("jane", "fr").key
    assert (own.names_of("de"), own.names_of("fr")) == (("de_DE-hum-low",), ())


@pytest.mark.parametrize("tells", [True, False], ids=["durations", "none"])
def test_words_and_sounds_have_their_times(folder: Path, tells: bool) -> None:
    write_voice(folder, model=voice_model(tells=tells))
    speech = voice_for("jane", "de", voices(folder)).speak(TEXT)
    said = [word.text for word in speech.words]
    assert said == ["Guten", "Tag", "meine", "Damen", "Es", "geht", "um", "drei", "Dinge"]
    ends = [word.end for word in speech.words]
    assert ends == sorted(ends)
    # The hum stops between the two sentences for 0.42 s, and for less than a step of 0.04 s more.
    quiet = np.flatnonzero(np.abs(speech.samples) < 1e-6)
    runs = np.split(quiet, np.flatnonzero(np.diff(quiet) > 1) + 1)
    pause = max(runs[1:-1], key=len) / speech.rate
    assert speech.words[3].end <= pause[0] + 0.1
    assert pause[-1] <= speech.words[4].start + 0.01
    assert 0.42 <= len(pause) / speech.rate < 0.46
    assert "".join(p.symbol for p in speech.phones if p.symbol).startswith("ɡutəntɑ")
    assert speech.phones[0].start == 0.0
    assert speech.phones[-1].end == pytest.approx(speech.seconds)


def test_the_models_durations_are_those_of_its_sounds(folder: Path) -> None:
    write_voice(folder)
    speech = voice_for("jane", "de", voices(folder)).speak("Es geht.")
    lengths = {p.symbol: round(p.end - p.start, 3) for p in speech.phones if p.symbol}
    # Four frames of 256 samples at 16 kHz an id, two ids a letter; a long vowel has a stress sign
    # and a sign of length beside it.
    assert (lengths["ɡ"], lengths["e"]) == (0.128, 0.384)


def test_words_in_ipa_are_said_as_they_are_told(folder: Path) -> None:
    write_voice(folder, language={"code": "en_US"}, espeak={"voice": "en-us"})
    speech = voice_for("jane", "en", voices(folder)).speak("The /ˈzuːm.bə/, and /ˈvɪ/.")
    assert "".join(p.symbol for p in speech.phones) == "ðəzumbəændvɪ"
    assert len(speech.words) == 4


def test_a_voice_with_noise_says_a_text_the_same_each_time(folder: Path) -> None:
    write_voice(folder, noise=0.667)
    voice = voice_for("jane", "de", voices(folder))
    one, _, two = voice.speak(TEXT), voice.speak("Etwas anderes."), voice.speak(TEXT)
    assert np.array_equal(one.samples, two.samples)
    assert np.std(one.samples[2000:3000] - one.samples[6000:7000]) > 0.01, "there is no noise"
    [piece] = voice.stream(TEXT)
    assert np.array_equal(piece.samples, one.samples)


def test_another_model_has_another_key(folder: Path) -> None:
    path = write_voice(folder, hertz=440)
    own = voices(folder)
    keys = [voice_for("jane", "de", own).key]
    path.write_bytes(voice_model(hertz=441))
    keys.append(voice_for("jane", "de", own).key)
    write_voice(folder, hertz=441, inference={"length_scale": 1.1})
    keys.append(voice_for("jane", "de", own).key)
    assert len(set(keys)) == 3
    marks = {own.mark()}
    write_voice(folder, hertz=441)
    assert own.mark() not in marks


def test_presenters_are_cast_over_the_voices_in_order(folder: Path) -> None:
    """The 36 in two halves, women and men; a voice that names presenters speaks for them alone."""
    for name in ("de_DE-a", "de_DE-b", "de_DE-c"):
        write_voice(folder, name)
    rows = [{"file": "de_DE-c.onnx", "presenters": ["lisa", "tim"]}, {"file": "de_DE-b.onnx"}]
    (folder / "voices.json").write_text(json.dumps({"voices": rows}))
    own = voices(folder)

    def name_of(presenter: str) -> str:
        voice = voice_for(presenter, "de", own)
        assert isinstance(voice, BoundedVoice)
        assert isinstance(voice.voice, PiperVoice)
        return voice.voice.name.removeprefix("de_DE-")

    told = {presenter: name_of(presenter) for presenter in CAST}
    assert (told["jane"], told["adam"], told["lisa"], told["tim"]) == ("b", "a", "c", "c")
    assert sorted(told.values()).count("b") == 17
    assert name_of("zoe") == name_of("zoe")
    assert own.names_of("de") == ("de_DE-c", "de_DE-b", "de_DE-a")


def test_each_speaker_of_a_model_is_a_voice(folder: Path) -> None:
    write_voice(folder, hertz=300, speakers=3)
    own = voices(folder)
    heard = [hertz(voice_for(who, "de", own).speak("Ja.")) for who in ("cristina", "william")]
    assert heard == pytest.approx([300, 500], abs=4)
    row = {"file": "de_DE-hum-low.onnx", "speaker": "p1", "language": "nl"}
    (folder / "voices.json").write_text(json.dumps({"voices": [row]}))
    assert hertz(voice_for("adam", "nl", own).speak("Ja.")) == pytest.approx(400, abs=4)


@pytest.mark.parametrize(
    ("code", "language", "speaks"),
    [
        ("en_GB", "en-GB", True),
        ("en_GB", "en", True),
        ("pt_BR", "pt", True),
        ("no_NO", "nb", True),
        ("zh_CN", "yue", False),
        ("de_AT", "de", True),
        ("is_IS", "is", True),
    ],
)
def test_a_voice_speaks_for_its_language(
    folder: Path, code: str, language: str, speaks: bool
) -> None:
    write_voice(folder, language={"code": code})
    assert bool(voices(folder).names_of(language)) == speaks


def test_a_voice_of_the_region_comes_before_others(folder: Path) -> None:
    write_voice(folder, "a", language={"code": "en_GB"})
    write_voice(folder, "b", language={"code": "en_US"})
    assert voices(folder).names_of("en") == ("b",)
    assert voices(folder).names_of("en-GB") == ("a",)


def test_a_text_without_a_sound_names_the_voice(folder: Path) -> None:
    write_voice(folder)
    with pytest.raises(VoiceError, match=r"nothing in '…' can be spoken by .*'de_DE-hum-low'"):
        voice_for("jane", "de", voices(folder)).speak("…")


def _without(*names: str) -> Callable[[dict[str, Any]], Any]:
    return lambda told: {name: each for name, each in told.items() if name not in names}


def _with(**settings: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda told: told | settings


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda told: [], "no settings of a Piper voice"),
        (_without("phoneme_id_map"), "no settings of a Piper voice"),
        (_with(phoneme_id_map={"a": [1]}), "without '_'"),
        (_with(phoneme_id_map={"_": ["x"], "^": [1], "$": [2]}), "'_' has no ids"),
        (_with(phoneme_id_map={"_": [-1], "^": [1], "$": [2]}), "'_' has no ids"),
        (_with(phoneme_id_map=7), "no table of letters"),
        (_with(audio=7), "'audio' that is no object"),
        (_with(audio={"sample_rate": 0}), "expected 8000 to 96000"),
        (_with(audio={"sample_rate": 10**30}), "expected 8000 to 96000"),
        (_with(espeak={"voice": "../../../etc/passwd"}), "no voice of espeak"),
        (_with(phoneme_type="pinyin"), "only espeak and text"),
        (_with(phoneme_type=[]), "only espeak and text"),
        (_with(inference={"length_scale": 0}), "expected 0.1 to 10"),
        (_with(inference={"noise_scale": True}), "expected 0 to 10"),
        (_with(language={"code": "../x"}), "no language"),
        (_with(num_speakers="many"), "expected a whole number"),
        (_with(num_speakers=2, speaker_id_map={"a": 5}), "does not fit"),
    ],
)
def test_odd_settings_are_refused_at_the_start_by_the_files_name(
    folder: Path, change: Callable[[dict[str, Any]], Any], said: str
) -> None:
    path = write_voice(folder).with_suffix(".onnx.json")
    path.write_text(json.dumps(change(json.loads(path.read_text("utf-8")))))
    with pytest.raises(UsageError) as refused:
        voices(folder)
    assert refused.value.message.startswith(f"'{path}' has ")
    assert said in refused.value.message


def test_of_several_odd_settings_of_a_row_the_first_one_is_named(folder: Path) -> None:
    odd = dict.fromkeys("zyxwvutsrqponmlkjihgfedcba", 1)
    row = {"file": write_voice(folder).name, **odd}
    (folder / "voices.json").write_text(json.dumps({"voices": [row]}))
    with pytest.raises(UsageError, match="has the unknown setting 'a' for"):
        voices(folder)


def test_what_is_no_folder_of_voices_is_refused(folder: Path, tmp_path: Path) -> None:
    def refused() -> str:
        with pytest.raises(UsageError) as told:
            voices(folder)
        return str(told.value).replace(str(tmp_path), "")

    assert refused() == "the voices in '/voices' cannot be read: no such file or directory"
    folder.mkdir()
    assert refused() == "'/voices' has no voices"
    path = write_voice(folder, "x")
    settings = path.with_suffix(".onnx.json")
    kept = settings.read_bytes()
    settings.write_bytes(b"{")
    assert refused().startswith("'/voices/x.onnx.json' is no JSON")
    settings.write_bytes(kept[:40] + b"9" * 3_000_000)
    assert refused() == "'/voices/x.onnx.json' is larger than 2,097,152 bytes"
    settings.unlink()
    assert refused() == "'/voices/x.onnx' has no settings beside it"
    settings.write_bytes(kept)
    path.write_bytes(b"")
    assert refused() == "'/voices/x.onnx' is empty"
    path.unlink()
    assert refused() == "'/voices/x.onnx.json' has no model beside it"
    path.mkdir()
    assert refused() == "'/voices/x.onnx' is not a regular file"


def _says(folder: Path, model: bytes, programs: ModelPrograms | None = None) -> str:
    """Return why a model's voice does not speak."""
    voice = _voice(folder, model, programs)
    with pytest.raises(VoiceError) as failed:
        voice.speak("Guten Tag.")
    return (
        str(failed.value)
        .removeprefix("the voice 'de_DE-hum-low")
        .removeprefix(".onnx")
        .removeprefix("'")
    )


def _voice(folder: Path, model: bytes, programs: ModelPrograms | None) -> BoundedVoice:
    write_voice(folder, model=model)
    voice = voice_for("jane", "de", voices(folder))
    assert isinstance(voice, BoundedVoice)
    assert isinstance(voice.voice, PiperVoice)
    return BoundedVoice(replace(voice.voice, programs=programs))


def _gives(*nodes: bytes, numbers: tuple[bytes, ...] = ()) -> bytes:
    return voice_model(nodes=nodes, numbers=numbers)


def test_a_file_that_is_no_model_is_told(folder: Path) -> None:
    assert _says(folder, b"x") == ": it is no ONNX model"
    assert _says(folder, b"ORTM" + b"\0" * 99) == ": it is no ONNX model"
    assert _says(folder, voice_model()[:500]) == ": it is cut off"
    assert _says(folder, model_of(b"")).startswith(": it fails: ")
    told = _says(folder, voice_model(inputs=("input", "style")))
    assert told.startswith((": it is no voice of the Piper kind: it takes input, style", ": it f"))


def test_a_model_that_gives_no_speech_is_told(folder: Path) -> None:
    nothing = (
        node("Div", ["zero", "zero"], ["half"]),
        node("Expand", ["half", "shape"], ["output"]),
    )
    assert _says(folder, _gives(*nothing, numbers=(_shape(4000),))) == ": it gives no samples"
    silent = (node("Expand", ["zero", "shape"], ["output"]),)
    assert _says(folder, _gives(*silent, numbers=(_shape(4000),))) == " is silent at 'Guten Tag'"
    long = (node("Expand", ["one", "shape"], ["output"]),)
    told = _says(folder, _gives(*long, numbers=(_shape(9_000_000),)))
    assert told == ": it gives 562 seconds for a sentence of 11 at most"


def _shape(samples: int) -> bytes:
    return tensor("shape", INT64, (4,), struct.pack("<4q", 1, 1, 1, samples))


def test_weights_in_another_file_are_refused_unread(folder: Path, tmp_path: Path) -> None:
    """A model could name any file of the machine as its weights."""
    (tmp_path / "secret").write_bytes(b"\0\0\0\0" * 16)
    outside = tensor("shape", INT64, (4,), elsewhere={"location": "../secret", "length": "32"})
    made = _gives(node("Expand", ["one", "shape"], ["output"]), numbers=(outside,))
    assert _says(folder, made) == ": it has its weights in another file, and has to be one file"
    inner = node("Constant", [], ["output"], value=outside)
    assert "another file" in _says(folder, _gives(inner))


@pytest.mark.parametrize("beyond", [1, 2, 4, 7, 8])
def test_weights_in_another_file_cannot_be_disguised(folder: Path, beyond: int) -> None:
    """The runtime's reader drops the bits of a field's number that are beyond 32."""
    outside = tensor("shape", INT64, (4,), elsewhere={"location": "x"}, beyond=beyond)
    made = _gives(node("Expand", ["one", "shape"], ["output"]), numbers=(outside,))
    assert _says(folder, made) == ": it is no ONNX model"


@pytest.mark.parametrize("location", [1 << 32 | 1, 1 << 63 | 1, 2])
def test_no_other_place_of_weights_is_taken(location: int) -> None:
    weights = tensor("shape", INT64, (4,)) + number_field(14, location)
    with pytest.raises(NoModel, match="another file"):
        model_facts(_gives(node("Expand", ["one", "shape"], ["output"]), numbers=(weights,)))


@pytest.mark.skipif(sys.platform == "win32", reason="limits of the system")
def test_the_runtime_opens_no_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a model hides from the walk."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret").write_bytes(struct.pack("<f", 0.5))
    place = {"location": "secret", "length": "4"}
    outside = tensor("far", FLOAT, (1,), elsewhere=place, beyond=1)
    nodes = node("Expand", ["far", "shape"], ["output"])
    made = _gives(nodes, numbers=(outside, _shape(4000)))
    opening = "w._opening_nothing = contextlib.nullcontext"
    with closing(_unwalked(opening)) as programs:
        assert _voice(folder, made, programs).speak("Guten Tag.").seconds > 0.1
    with closing(_unwalked()) as programs:
        assert _says(folder, made, programs).startswith(": it fails: ")


def _unwalked(*more: str) -> ModelPrograms:
    package = "storyboard.studio.voice"
    imports = f"import contextlib; from {package} import model_bytes, model_worker as w"
    blind = "w.model_facts = lambda _: model_bytes.ModelFacts(None)"
    return ModelPrograms((sys.executable, "-c", "; ".join((imports, blind, *more, "w.main()"))))


def test_a_model_that_takes_too_much_memory_ends_itself(folder: Path) -> None:
    large = (node("Expand", ["one", "shape"], ["output"]),)
    told = _says(folder, _gives(*large, numbers=(_shape(3_000_000_000),)))
    assert told == ": it needs more memory than a voice may have"
    write_voice(folder)
    assert voice_for("jane", "de", voices(folder)).speak("Ja.").seconds > 0.3


def test_a_model_that_never_ends_is_ended(folder: Path) -> None:
    body = graph(
        [node("Identity", ["go"], ["on"]), node("Identity", ["x"], ["y"])],
        [value("n", INT64, ()), value("go", BOOL, ()), value("x", FLOAT, ())],
        [value("on", BOOL, ()), value("y", FLOAT, ())],
    )
    endless = (
        node("Loop", ["", "true", "one"], ["never"], body=body),
        node("Expand", ["never", "shape"], ["output"]),
    )
    numbers = (tensor("true", BOOL, (), b"\x01"), _shape(4000))
    programs = ModelPrograms(timeout=(1.0, 0.0))
    told = _says(folder, _gives(*endless, numbers=numbers), programs)
    assert told == ": it does not answer within 1 s"
    patient = voice_for("jane", "de", voices(folder))
    assert isinstance(patient, BoundedVoice)
    begun = time.monotonic()
    with pytest.raises(VoiceError):  # its film was canceled
        patient.until(lambda: True).speak("Guten Tag.")
    assert time.monotonic() - begun < TIMEOUT_SECONDS[0]
    programs.close()


def test_a_program_that_dies_or_lies_is_told(folder: Path) -> None:
    write_voice(folder)
    lies = {
        "import os; os._exit(9)": "died with status 9",
        "input(); print('nonsense')": "an answer that cannot be read",
        'input(); print(\'{"spoken": [{"samples": 9, "durations": null}]}\')': "died",
        "input(); print('{\"spoken\": []}')": "another number of sentences",
    }
    for code, said in lies.items():
        programs = ModelPrograms((sys.executable, "-c", code))
        told = _says(folder, voice_model(), programs)
        programs.close()
        assert said in told, code


def test_a_program_that_ends_when_it_is_idle_is_started_again(folder: Path) -> None:
    """It may end after the look whether it lives, and before it is asked."""
    code = 'input(); print(\'{"error": "asked"}\')'
    programs = ModelPrograms((sys.executable, "-c", code))
    for _ in range(3):
        assert _says(folder, voice_model(), programs) == ": asked"
    programs.close()


def test_a_model_of_letters_needs_no_espeak(folder: Path) -> None:
    ids = {sign: [at] for at, sign in enumerate("_^$ .,abcdeghmnrstu\u0308")}
    write_voice(folder, phoneme_type="text", phoneme_id_map=ids, espeak={})
    speech = voice_for("jane", "de", voices(folder)).speak("Guten Tag, Änne.")
    assert [word.text for word in speech.words] == ["Guten", "Tag", "Änne"]


def test_a_model_changed_in_use_is_not_kept_under_the_old_key(folder: Path) -> None:
    path = write_voice(folder)
    voice = voice_for("jane", "de", voices(folder))
    assert voice.key
    assert isinstance(voice, BoundedVoice)
    assert isinstance(voice.voice, PiperVoice)
    path.write_bytes(voice_model(hertz=500))
    stale = replace(voice.voice, digest=hashlib.sha256(voice_model(hertz=440)).hexdigest())
    programs = ModelPrograms()
    with pytest.raises(VoiceError, match="it was changed just now; try again"):
        replace(stale, programs=programs).speak("Ja.")
    programs.close()


def test_the_program_of_a_model_sees_no_secret(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KALTURA_ADMIN_SECRET", "hunter2hunter2")
    code = "import os, json; input(); print(json.dumps({'error': ' '.join(os.environ)}))"
    programs = ModelPrograms((sys.executable, "-c", code))
    told = _says(folder, voice_model(), programs)
    programs.close()
    assert "PATH" in told
    assert "KALTURA" not in told
