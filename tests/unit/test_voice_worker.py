"""A worker that hangs, dies or lies ends in a `VoiceError`; a long path to its data does not."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from storyboard.studio.voice import espeak_voice
from storyboard.studio.voice.espeak_voice import EspeakVoice, Throat, data_folder
from storyboard.studio.voice.speech import VoiceError

GERMAN = EspeakVoice("de", "de", 140, Throat("f3"))


def broken(code: str) -> EspeakVoice:
    """Return a voice with another worker, which may be slow unless it sleeps."""
    seconds = 0.5 if "sleep" in code else 120.0
    return replace(GERMAN, worker=(sys.executable, "-I", "-S", "-c", code), timeout=seconds)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("import time; time.sleep(60)", "did not answer in 0.5 seconds"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "died with status -9"),
        ("raise SystemExit(3)", "died with status 3"),
        ("print('hello')", "cannot be read"),
        ("print('[1, 2]')", "cannot be read"),
        ("print('{}')", "cannot be read"),
        ("pass", "cannot be read"),
        (
            """print('{"rate": 0, "said": [{"samples": 0, "phones": [], "words": []}]}')""",
            "be read",
        ),
        ("""print('{"rate": 22050, "said": []}')""", "cannot be read"),
        (
            """print('{"rate": 22050, "said": [{"samples": 9, "phones": [["a"]]}]}')""",
            "cannot be read",
        ),
        (
            """print('{"rate": 22050, "said": [{"samples": 9, "phones": [], "words": []}]}')""",
            "cut off",
        ),
        ("""print('{"error": "out of breath"}')""", "out of breath"),
    ],
)
def test_a_broken_worker_is_a_voice_error(code: str, message: str) -> None:
    with pytest.raises(VoiceError, match=message):
        broken(code).speak("Guten Tag.")


@pytest.mark.parametrize(
    ("end", "status"), [("os.abort()", -6), ("1 / 0", 1), ("signal.pause()", -14)]
)
def test_a_sentence_that_the_library_dies_of_is_a_voice_error(end: str, status: int) -> None:
    code = (
        f"import os, runpy, signal; worker = runpy.run_path({espeak_voice.WORKER[-1]!r})\n"
        "worker['main'].__globals__['_MOST_SECONDS'] = 1\n"
        f"worker['main'].__globals__['_said'] = lambda library, text: {end}\n"
        "worker['main']()"
    )
    with pytest.raises(VoiceError, match=f"espeak-ng died with status {status}$"):
        broken(code).speak("Guten Tag.")


def test_a_worker_that_is_not_there_is_a_voice_error(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="cannot be started"):
        replace(GERMAN, worker=(str(tmp_path / "nobody"),)).speak("Guten Tag.")


def test_a_voice_that_the_library_lacks_is_a_voice_error() -> None:
    with pytest.raises(VoiceError, match=r"has no voice 'xx\+f3'"):
        replace(GERMAN, espeak_name="xx").speak("Guten Tag.")


def test_the_worker_imports_nothing_but_the_standard_library() -> None:
    code = (
        "import runpy, sys; runpy.run_path(sys.argv[1], run_name='worker')\n"
        "foreign = {m.partition('.')[0] for m in sys.modules} - sys.stdlib_module_names\n"
        "print(foreign - {'__main__'})"
    )
    worker = str(Path(espeak_voice.__file__).with_name("espeak_worker.py"))
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, worker], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def test_nothing_else_loads_the_library() -> None:
    package = Path(espeak_voice.__file__).parents[2]
    loaders = [p.name for p in package.rglob("*.py") if "import ctypes" in p.read_text()]
    assert loaders == ["espeak_worker.py"]


def test_data_deep_in_the_tree_is_reached_by_a_short_way(tmp_path: Path) -> None:
    with data_folder() as there:
        original = Path(there)
    deep = tmp_path / ("d" * 90) / ("e" * 90) / "espeak-ng-data"
    deep.parent.mkdir(parents=True)
    deep.symlink_to(original, target_is_directory=True)
    with data_folder(deep) as short:
        assert len(short) < 160
        assert (Path(short) / "phontab").is_file()
    assert not Path(short).exists()


def test_words_are_in_order_and_inside_the_speech() -> None:
    speech = GERMAN.speak("Guten Tag, liebe Gäste. Es geht los!")
    assert [w.text for w in speech.words] == ["Guten", "Tag", "liebe", "Gäste", "Es", "geht", "los"]
    assert all(a.end <= b.start for a, b in pairwise(speech.words))
    assert speech.words[-1].end <= speech.seconds


def test_breath_in_a_voice_is_the_same_at_any_time() -> None:
    voices = [replace(GERMAN, throat=Throat(name)) for name in ("f2", "Alicia", "sandro")]
    before = [voice.speak("Guten Tag.").samples.tobytes() for voice in voices]
    time.sleep(1.05)  # breath that is drawn by the second is another one then
    assert [voice.speak("Guten Tag.").samples.tobytes() for voice in voices] == before


def test_markup_and_commands_in_the_text_are_only_text() -> None:
    plain = GERMAN.speak("Eins zwei.")
    assert GERMAN.speak("<break time='9s'/> Eins zwei.").seconds < plain.seconds + 8
    assert GERMAN.speak("[[aaaaaaaaaaaaaaaaaaaa]] Eins zwei.").seconds < plain.seconds + 8
    assert GERMAN.speak("Eins\x00 zwei.").samples.tobytes() == plain.samples.tobytes()


def test_a_sentence_sounds_the_same_whatever_was_said_before() -> None:
    """The library keeps where it was in a period: a sentence was 150 samples longer or shorter."""
    rest = "Füllen Sie alle Felder aus. Drücken Sie dann auf Speichern."
    said = [GERMAN.speak(f"{begin} {rest}") for begin in ("Ja.", "Wir üben das noch zwei Mal.")]
    one, two = (speech.samples[round((speech.begins[1] - 0.02) * speech.rate) :] for speech in said)
    assert len(one) == len(two)
    assert np.abs(one / np.abs(one).max() - two / np.abs(two).max()).max() < 1e-3
