"""Words that `say` tells in IPA: spoken by the voice that takes it, and sent to no other."""

from __future__ import annotations

import json
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import pytest

from storyboard.commands.read_text import read_text
from storyboard.narration.phonemes import IPA, has_phonemes
from storyboard.narration.pronunciation import say_from
from storyboard.narration.read_out import read_out
from storyboard.source.files import MemoryFiles
from storyboard.studio.voice.casting import voice_for
from storyboard.studio.voice.hibari_network import english_network
from storyboard.studio.voice.ipa import network_letters
from storyboard.studio.voice.speech import VoiceError
from tests.support.compiling import compile_with

SAID = "/kælˈtʊrə/"
TOUR = """\
name: Tour
avatar: {templateId: jane, background: "#CEEEDB"}
say: {Kaltura: /kælˈtʊrə/, SQL: sequel}
scenes:
  - {id: one, narration: "Kaltura and SQL are what this is about."}
"""


@pytest.mark.parametrize("british", [False, True])
def test_the_english_voice_says_phonemes(british: bool) -> None:
    network = english_network()
    [letters] = network.phonemise(
        f"Welcome to {SAID}, dear (/dʒəˈreɪnɪəm/) users.", british=british
    )
    assert "kælˈtʊɹə" in letters
    assert "ʤəɹˈA" in letters.replace("ˈɹ", "ɹˈ")
    plain = network.phonemise("Welcome to Kaltura, dear geranium users.", british=british)
    assert letters.split()[0] == plain[0].split()[0]


def test_every_letter_of_ipa_is_one_of_the_network() -> None:
    known = english_network()._hibari.vocab
    letters = IPA.replace("a-z", ascii_lowercase)
    assert not [letter for letter in letters if set(network_letters(letter)) - known.keys()]


def test_the_schema_knows_the_same_letters() -> None:
    schema = json.loads(Path("schemas/storyboard.schema.json").read_text("utf-8"))
    pattern = schema["definitions"]["say"]["additionalProperties"]["pattern"]
    assert "".join(f"\\u{ord(c):04x}" if c > "\x7f" else c for c in f"[^ {IPA}]") in pattern


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (f"Ask {SAID}.", True),
        ("(/ˈækmi/)", True),
        ("and/or, /home/ann/ and 5 km/h", False),
        ("https://a.example/ˈæ/b", False),
        ("/kat/", False),
    ],
)
def test_phonemes_are_told_from_paths(text: str, is_one: bool) -> None:
    assert has_phonemes(text) is is_one
    if is_one:
        assert read_out(text, "en").spoken == text


def narration(project: str = "", **options: Any) -> dict[str, Any]:
    files = {"storyboard.yaml": f"avatars: {{}}\n{project}", "tour.storyboard.yaml": TOUR}
    compiled = compile_with(MemoryFiles(files), **options)
    assert not compiled.report.has_errors, compiled.report.diagnostics
    [video] = compiled.videos
    [scene] = video.payload(dict.fromkeys(video.avatars, "av1"))["scenes"]
    return dict(scene["narration"])


def test_phonemes_are_never_sent_to_another_studio() -> None:
    assert say_from(narration(films_here=True)) == (("Kaltura", SAID), ("SQL", "sequel"))
    chosen = narration("say_in_payload: true\n")
    assert chosen == {"text": "Kaltura and sequel are what this is about."}


def test_a_voice_that_takes_no_phonemes_gets_none() -> None:
    german = narration("locales: [de]\n", films_here=True)
    assert say_from(german) == (("SQL", "sequel"),)
    assert read_text("Kaltura heißt so.", "de", {"Kaltura": SAID}).spoken == "Kaltura heißt so."
    assert read_text("Kaltura it is.", "en", {"Kaltura": SAID}).spoken == f"{SAID} it is."
    with pytest.raises(VoiceError, match="takes no phonemes: respell"):
        voice_for("jane", "de").speak(f"Das ist {SAID}.")


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("OpenShift", "Open Shift"),
        ("eLearning", "e Learning"),
        ("iPhone", "i Phone"),
        ("JavaScript", "Java Script"),
        ("GitHub", "Git Hub"),
        ("YouTube", "You Tube"),
        ("MySQL", "My SQL"),
    ],
)
def test_names_in_camel_case_are_said_part_by_part(written: str, parts: str) -> None:
    whole, apart = ("".join(english_network().phonemise(text)) for text in (written, parts))
    assert whole.translate(_UNSTRESSED) == apart.translate(_UNSTRESSED)


_UNSTRESSED = dict.fromkeys(map(ord, "ˈˌ "))
