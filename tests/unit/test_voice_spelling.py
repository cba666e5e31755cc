"""Which word each group of letters says; and British words in letters that the network learnt."""

from __future__ import annotations

from storyboard.studio.voice.casting import voice_for
from storyboard.studio.voice.hibari_network import english_network
from storyboard.studio.voice.spelling import Spelt, groups_of, spell


def counts(word: str) -> int:
    return {"2025,": 3, "%": 1, "—": 0, "API": 1}[word]


def test_plain_words_are_one_group_and_others_as_many_as_alone() -> None:
    chunks = ("ðə ˌApˌiˈI ɪn twˈɛnti twˈɛnti fˈIv, θɹˈi pəɹsˈɛnt — ɹˈIt",)
    words = spell("The API in 2025, three % — right", chunks, counts)
    assert words == (
        (
            Spelt("The", 1), Spelt("API", 1), Spelt("in", 1), Spelt("2025,", 3),
            Spelt("three", 1), Spelt("%", 1), Spelt("right", 1),
        ),
    )  # fmt: skip


def test_words_go_on_from_chunk_to_chunk() -> None:
    words = spell("One two three", ("wˈʌn tˈu", "θɹˈi"), counts)
    assert [[word.text for word in chunk] for chunk in words] == [["One", "two"], ["three"]]


def test_words_are_nameless_where_they_do_not_add_up() -> None:
    assert spell("One two", ("wˈʌn tˈu θɹˈi",), counts) == ((Spelt("", 1),) * 3,)


def test_every_word_of_an_english_speech_has_its_time() -> None:
    text = "Growth was 3.5 % in Q1 2025. The API is well-known; it's open 24/7!"
    speech = voice_for("jane", "en").speak(text)
    assert [word.text for word in speech.words] == [
        "Growth", "was", "three", "point", "five", "percent", "in", "Q", "one", "twenty",
        "twenty-five.",
        "The", "API", "is", "well-known;", "it's", "open", "twenty-four", "seven!",
    ]  # fmt: skip
    ends = [0.0, *(word.end for word in speech.words)]
    assert all(word.start >= end for word, end in zip(speech.words, ends, strict=False))
    assert speech.words[11].start - speech.words[10].end > 0.2, "no pause between the sentences"
    assert speech.words[-1].end <= speech.seconds


def test_british_words_are_said_as_in_britain() -> None:
    network = english_network()
    (british,) = network.phonemise("I can't schedule a bath", british=True)
    (american,) = network.phonemise("I can't schedule a bath")
    assert "kˈɑnt ʃˈɛdjul" in british
    assert "kˈænt skˈɛʤˌul" in american
    everything = network.phonemise(
        "My daughter's tour of the theatre near here: clothes, hot coffee, birds, fire, air, poor.",
        british=True,
    )
    assert not set("ɒQaː") & set("".join(everything)), "letters that the network never learnt"
    assert groups_of(british) == groups_of(american)
    assert voice_for("jane", "en-GB").key != voice_for("jane", "en").key
