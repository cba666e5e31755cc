"""Talks as they are transcribed: what is kept of a sentence, and what a film is made of."""

from __future__ import annotations

import pytest

from storyboard.narration.sentences import sentences
from storyboard.studio.compose.captions import read_captions
from storyboard.studio.compose.directions import without_directions, without_times
from storyboard.studio.compose.fillers import without_fillers
from storyboard.studio.compose.markdown import read_markdown
from storyboard.studio.compose.naming import heading_for
from storyboard.studio.compose.request import (
    ComposeRequest,
    Composition,
    Cue,
    Format,
    Heading,
    Source,
)
from storyboard.studio.compose.scenes import compose
from storyboard.studio.compose.sentences import sentences_of
from storyboard.studio.compose.small_talk import is_crumb, is_small_talk
from storyboard.studio.compose.topics import topics_of
from storyboard.studio.compose.turns import read_spoken_lines, read_turns
from storyboard.studio.compose.unpunctuated import sentence_starts
from tests.support.talks import Talk, judged, request_for, talks


@pytest.mark.parametrize("talk", talks(), ids=lambda talk: talk.name)
def test_a_film_of_a_talk_has_clean_whole_sentences_of_each_topic(talk: Talk) -> None:
    quality = judged(talk, compose(request_for(talk)))
    assert (quality.labels, quality.fillers, quality.lower, quality.unended) == (0, 0, 0, 0)
    assert quality.covered == quality.topics
    assert quality.whole >= WHOLE.get((talk.style, talk.language), 0.9) * quality.sentences
    assert quality.noise <= 1


WHOLE = {("stream", "en"): 0.5, ("stream", "de"): 0.5}
"""Where neither stops nor pauses tell where sentences end, half of them are whole."""


def test_another_speaker_who_is_not_named_ends_a_sentence() -> None:
    captions = (
        "1\n00:00:01,000 --> 00:00:05,000\n>> we look at the\npumps and >> the pumps are old\n\n"
        "2\n00:00:05,000 --> 00:00:09,000\npumps and >> the pumps are old\nsince last June\n"
    )
    cues = read_captions(captions)
    assert [cue.text for cue in cues] == [
        "we look at the pumps and",
        "the pumps are old",
        "since last June",
    ]
    first, second = sentences_of(Source("1_talk0001", "t", 20, cues), 0)
    assert (first.text, second.text) == (
        "We look at the pumps and.",
        "The pumps are old since last June.",
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "the old scanners needed three tries|we measured four hundred parcels on three lines|"
            "the error rate went down to one percent|every parcel is photographed on its way|"
            "the software checks if the account has changed|you choose the day of the transfer",
        ),
        (
            "de",
            "der Fahrer sieht den Weg|wir messen jeden Tag die Temperatur|"
            "das Werkzeug liegt in einer Tasche am Gürtel|die Säure verdampft in der Halle",
        ),
    ],
)
def test_clauses_tell_where_sentences_end_if_pauses_do_not(language: str, text: str) -> None:
    said = text.split("|") * 3
    words = " ".join(said).split()
    cues = tuple(
        Cue(n, n + 1.0, " ".join(words[at : at + 6]))
        for n, at in enumerate(range(0, len(words), 6))
    )
    found = sentences_of(Source("1_talk0001", "t", 99, cues), 0)
    whole = {f"{line[0].upper()}{line[1:]}." for line in said}
    parts = [part for each in found for part in sentences(each.text)]
    assert sum(part in whole for part in parts) >= 0.7 * len(parts)


@pytest.mark.parametrize(
    "text",
    [
        "die Leiter darf niemand allein tragen|halten Sie sich mit beiden Händen fest",
        "prüfen Sie einmal im Monat ob sie lesbar ist|löschen Sie keine Daten ohne eine Rückfrage",
        "wenn es brennt drücken Sie zuerst den roten Melder|danach rufen Sie die Feuerwehr",
        "das Kennwort muss zwölf Zeichen haben|geben Sie es niemals an andere weiter",
        "der Filter liegt in einem Schrank neben der Tür|im Frühjahr tauschen wir alle Filter aus",
        "niemand kann das Ventil von Hand öffnen|ich zeige Ihnen heute die neue Steuerung",
        "die Nachfrage nach Pumpen bleibt hoch|der Wettbewerb in Asien senkt die Preise",
        "wir haben ein neues Modell für die Schicht|deshalb testen wir jede Änderung zuerst",
        "das Team arbeitet seit Mai in Köln|was ist die größte Gefahr für die Anlage",
    ],
)
def test_the_order_of_german_words_tells_where_sentences_begin(text: str) -> None:
    first, second = text.split("|")
    words = f"{first} {second}".split()
    starts = sentence_starts(words, [0.0] * len(words), 1e6, "de")
    assert starts == [0, len(first.split())]


def test_and_begins_no_sentence_before_a_noun() -> None:
    words = ("die Brille und die Handschuhe mit den langen Ärmeln " * 6).split()
    starts = sentence_starts(words, [0.0] * len(words), 1e6, "de")
    assert not any(words[at] == "und" for at in starts)


@pytest.mark.parametrize(
    ("label", "parting"),
    [
        ("Speaker 1", ": "),
        ("Prof. Maria Lopez", ": "),
        ("john smith", ": "),
        ("Intervenant 2", " : "),
        ("李老师", "："),
        ("[Host]", ": "),
        ("Anna (Berlin)", ": "),
        ("Speaker 1", "\n"),
    ],
)
def test_a_name_that_comes_back_is_no_word_of_the_talk(label: str, parting: str) -> None:
    said = ["Ice is heavy.", "It flows like honey.", "One thing is clear: it moves.", "So do we."]
    cues = "".join(
        f"00:0{n}.000 --> 00:0{n}.900\n- {label}{parting}{text}\n\n" for n, text in enumerate(said)
    )
    assert [cue.text for cue in read_captions(cues)] == said


TURNS = (
    "Ice is heavy.",
    "It flows like honey.",
    "One thing - and only one - is clear: it moves.",
    "So do we.",
    "At 10:30 we measure (twice).",
    "By noon it has moved.",
)


@pytest.mark.parametrize(
    "form",
    [
        "{} - {}",
        "{} – {}",
        "{}— {}",
        "{} -- {}",
        "({}) {}",
        "[{}] {}",
        "（{}）{}",
        "{} | {}",
        "- {} - {}",
        "{}  0:12\n{}",
        "{} (0:12) {}",
        "{}, 10:12 AM: {}",
        "0:12 {}: {}",
        "0:12 {} - {}",
        "[0:12] {}\n{}",
        "0:12 {}\n{}",
        "{} [0:12]\n{}",
        "{}\n0:12\n{}",
        "{}\n{}",
    ],
)
def test_a_name_is_known_by_coming_back_whatever_parts_it(form: str) -> None:
    said = [form.format(("Jane Smith", "Tom")[n % 2], text) for n, text in enumerate(TURNS)]
    cues = "".join(f"00:0{n}.000 --> 00:0{n}.900\n{text}\n\n" for n, text in enumerate(said))
    assert tuple(cue.text for cue in read_captions(cues)) == TURNS
    assert tuple(turn.text for turn in read_turns("\n\n".join(said))) == TURNS


def test_a_dash_brackets_and_times_make_no_name() -> None:
    said = [
        "Berlin - the capital of Germany - is big.",
        "Paris (in France) is old.",
        "(Optional) Add salt.",
        "Berlin - as many know - is in the east.",
        "At 10:30 we go to the hall.",
        "At 11:30 we come back.",
        "At 12:30 we eat.",
        "One thing — that counts.",
        "Then he came.",
        "Berlin - once more - is big.",
    ]
    cues = "".join(f"00:0{n}.000 --> 00:0{n}.900\n{text}\n\n" for n, text in enumerate(said))
    assert [cue.text for cue in read_captions(cues)] == said
    assert [turn.text for turn in read_turns("\n\n".join(said))] == said


def test_a_colon_makes_no_name() -> None:
    said = ["One thing is clear: ice moves.", "The rule: never stop.", "At 10:30 we go.", "a: b"]
    cues = "".join(f"00:0{n}.000 --> 00:0{n}.900\n{text}\n\n" for n, text in enumerate(said))
    assert [cue.text for cue in read_captions(cues)] == said


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("(Applause)", ""),
        ("*laughs* It was late.", "It was late."),
        ("It was (coughs) late.", "It was late."),
        ("[crosstalk 00:12] It was late.", "It was late."),
        ("Es war (Beifall) spät.", "Es war spät."),
        ("遅い（笑）です。", "遅い です。"),
        ("The pump (model B) is 5 * 3 * 2 meters.", "The pump (model B) is 5 * 3 * 2 meters."),
        ("We use A (and B) here.", "We use A (and B) here."),
    ],
)
def test_stage_directions_are_not_said(line: str, clean: str) -> None:
    assert without_directions(line) == clean


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("00:12:34", ""),
        ("[00:12:34] It was late.", "It was late."),
        ("00:12 It was late.", "It was late."),
        ("(1:02:03) - It was late.", "It was late."),
        ("10:30 is too late.", "10:30 is too late."),
        ("We meet at 10:30 in hall 2.", "We meet at 10:30 in hall 2."),
    ],
)
def test_bare_times_are_not_said(line: str, clean: str) -> None:
    assert without_times(line) == clean


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("en", "Um, so uh we go.", "So we go."),
        ("en", "Okay, so, um, we go.", "We go."),
        ("en", "So we go, right, to the well.", None),
        ("en", "We need uh, that pump.", "We need that pump."),
        ("en", "It runs, um, and it stops.", "It runs, and it stops."),
        ("en", "I I mean the the pump.", "I mean the pump."),
        ("en", "It was, it was a good year.", "It was a good year."),
        ("en", "Is that, is that right, or it's it's wrong?", "Is that right, or it's wrong?"),
        ("en", "look at the filter the filter sits on the left", None),
        ("en", "Th- the pump, you know, it stops.", "The pump, it stops."),
        ("en", "He had had it, and that that is so very very good.", None),
        ("en", "Uh, iPhone sales grew.", "iPhone sales grew."),
        ("de", "Äh, das ist ähm gut.", "Das ist gut."),
        ("de", "Wir gehen um acht, um die zu sehen, die die Pumpe kennen.", None),
        ("de", "Das ist die Halle, in der der Motor steht.", None),
        ("de", "wir sehen alle die die Pumpe kennen", None),
        ("de", "Blaues Licht am Abend das das stört.", "Blaues Licht am Abend das stört."),
        ("fr", "Euh, c'est euh, bien.", "C'est bien."),
        ("fr", "Nous nous levons, et vous vous taisez, j'ai eu froid.", None),
        ("es", "Eh, la lava, eh, corre.", "La lava corre."),
        (
            "en",
            "So, you know, the valve, um, has to be, like, closed before, I mean, the pump starts.",
            "The valve has to be closed before the pump starts.",
        ),
        (
            "en",
            "They split water and, you know, release oxygen.",
            "They split water and release oxygen.",
        ),
        ("en", "If it is hot, um, we stop.", "If it is hot, we stop."),
        ("en", "In spring, uh, the filters clog.", "In spring, the filters clog."),
        (
            "en",
            "The seal, uh, the filter, um, and the pump.",
            "The seal, the filter, and the pump.",
        ),
        ("en", "The filter, okay, is, um, dirty.", "The filter is dirty."),
        ("en", "That valve is is closed.", "That valve is closed."),
        ("en", "What it is is a pump.", None),
        ("en", "you check the oil level the oil level has to be between", None),
        ("en", "the oil level the oil level is low", "the oil level is low"),
        ("de", "Das Ventil muss, sag ich mal, zu sein.", "Das Ventil muss zu sein."),
        ("de", "Wenn es heiß ist, ähm, stoppen wir.", "Wenn es heiß ist, stoppen wir."),
        ("de", "Ich weiß, äh, dass es geht.", "Ich weiß, dass es geht."),
        ("de", "Das Ventil, äh, das wir öffnen, klemmt.", "Das Ventil, das wir öffnen, klemmt."),
        ("fr", "La pompe, euh, démarre.", "La pompe démarre."),
        ("ja", "えーと、水は、あのー、冷たい。", "水は、冷たい。"),
        ("ja", "考えと行動はえらいと思う。", None),
        ("zh", "呃，水很冷，嗯，对。", "水很冷，对。"),
        ("ko", "음, 물은 어, 차갑습니다.", "물은 차갑습니다."),
        ("nl", "Dat is eh goed.", None),
    ],
)
def test_what_was_not_meant_is_dropped_and_nothing_else(
    language: str, said: str, meant: str | None
) -> None:
    assert without_fillers(said, language) == (said if meant is None else meant)


@pytest.mark.parametrize(
    "text",
    [
        "Good morning everyone, can you hear me?",
        "Please subscribe to the channel and hit the bell.",
        "Find it at https://acme.example/x.",
        "That is all we have time for tonight.",
        "Please sign up at the desk, or visit our website.",
        "I would like to thank our guests.",
        "Melden Sie sich zu unserem Newsletter an.",
        "Vielen Dank für Ihre Aufmerksamkeit.",
        "Lasst gerne ein Abo da.",
        "Abonnez-vous à notre chaîne.",
        "Muchas gracias y hasta la próxima.",
        "Nos vemos el jueves, un abrazo.",
        "Yep, loud and clear.",
        "Sorry, I was on mute.",
        "Excuse me.",
        "You are breaking up, Tom.",
        "Can you share your screen?",
        "Any other business?",
        "Ich war noch stumm, Entschuldigung.",
        "Seht ihr meinen Bildschirm?",
        "Desculpem, estava com o microfone desligado.",
        "Conseguem ouvir-me?",
        "Boa tarde a todos e obrigado por terem vindo.",
        "Inscreva-se no canal e deixe seu like.",
        "Buongiorno a tutti, mi sentite?",
        "Iscrivetevi al canale e lasciate un commento.",
        "Grazie a tutti e alla prossima.",
        "Mon micro était coupé.",
        "Perdón, estaba en silencio.",
        "チャンネル登録をお願いします。",
        "谢谢大家。",
        "구독과 좋아요 부탁드립니다.",
    ],
)
def test_greetings_farewells_and_adverts_are_known(text: str) -> None:
    assert is_small_talk(text)


@pytest.mark.parametrize(
    "text",
    [
        "Customers subscribe to the service for a year.",
        "Users register for an account with a phone.",
        "Thanks to the rain the harvest was good.",
        "Gracias a la lluvia la cosecha fue buena.",
        "Nous étions à la merci du vent.",
        "Each count is recorded in the table.",
        "Die Temperatur wird aufgezeichnet.",
        "The link in the chain broke.",
        "Don't forget to wear goggles.",
        "Werbung kostet viel Geld.",
        "The alarm is loud and clear in every hall.",
        "The mute button is red.",
        "Le micro de la salle est cassé.",
        "Grazie alla pioggia il raccolto è stato buono.",
        "Graças à chuva a colheita foi boa.",
        "O microfone fica na mesa.",
        "Die Maschine bleibt stumm.",
    ],
)
def test_what_a_talk_may_be_about_is_no_advert(text: str) -> None:
    assert not is_small_talk(text)


def test_who_only_listens_says_nothing() -> None:
    assert all(
        map(
            is_crumb,
            (
                "Okay.",
                "Approved.",
                "Agreed.",
                "Va bene.",
                "Pois é.",
                "Yes, sir.",
                "Yeah, right.",
                "Ja, genau.",
                "D'accord.",
                "なるほど。",
            ),
        )
    )
    assert not any(map(is_crumb, ("Yes, it works.", "Right of way.", "Gut gemacht ist es nicht.")))


def test_a_pause_inside_of_a_sentence_does_not_end_it() -> None:
    cues = (
        Cue(0, 2, "A glacier begins as snow"),
        Cue(6, 8, "that survives the summer."),
        Cue(8, 10, "It flows like very thick honey."),
    )
    found = sentences_of(Source("1_talk0001", "t", 20, cues), 0)
    assert [(each.text, each.start) for each in found] == [
        ("A glacier begins as snow that survives the summer.", 0.0),
        ("It flows like very thick honey.", 8.0),
    ]


def test_another_speaker_ends_a_sentence() -> None:
    cues = (
        Cue(0, 2, "We should look at the pumps and", "Ann"),
        Cue(2, 4, "The pumps are all right since June.", "Ben"),
    )
    first, second = sentences_of(Source("1_talk0001", "t", 20, cues), 0)
    assert (first.ends, second.text) == (False, "The pumps are all right since June.")


@pytest.mark.parametrize("pauses", [(0.05, 0.9), (0.4, 1.5)])
def test_silence_parts_a_text_without_full_stops_by_its_own_measure(
    pauses: tuple[float, float],
) -> None:
    said = ["the first pump|runs day and night", "the second pump|waits for the first"] * 6
    cues, now = [], 0.0
    for text in said:
        for piece in text.split("|"):
            cues.append(Cue(now, now + 1, piece))
            now += 1 + pauses[0]
        now += pauses[1]
    found = sentences_of(Source("1_talk0001", "t", 99, tuple(cues)), 0)
    assert [each.text for each in found] == [
        f"{text.replace('|', ' ').capitalize()}." for text in said
    ]


def test_without_pauses_no_sentence_ends_in_a_small_word() -> None:
    text = (
        "we looked at the pumps in the hall and they were all running so we went to the second hall"
        " where the water comes from the canal and then we measured how warm it was"
    )
    words = text.split()
    cues = tuple(Cue(n, n + 1.0, " ".join(words[4 * n : 4 * n + 4])) for n in range(9))
    found = sentences_of(Source("1_talk0001", "t", 99, cues), 0)
    assert len(found) > 1
    assert not any(each.text.rstrip(".").endswith((" the", " and", " to")) for each in found)


def test_topics_are_parted_where_the_words_change_and_at_headings() -> None:
    ice = ["The ice is blue.", "Old ice has no air.", "Blue ice is old.", "Air makes ice white."]
    tea = ["Green tea is fresh.", "Black tea is old.", "Tea needs water.", "Water makes tea."]
    found = sentences_of(Source("1_docs0001", "d", text="\n\n".join(ice + tea)), 0)
    assert topics_of(found, 2) == [0] * 4 + [1] * 4
    text = "\n\n".join(ice)
    headed = Source("1_docs0001", "d", text=text, headings=(Heading(text.index("Blue"), "Age"),))
    assert topics_of(sentences_of(headed, 0), 2) == [0, 0, 1, 1]


def test_tables_are_left_out_and_headings_are_known() -> None:
    source = "# Pumps\n\nPump one runs.\n\nName | Hall\n--- | ---\nA | 1\nB | 2\n\nOld ones\n---\n"
    source += "\nThey stand still.\n\n<table><tr><td>x</td></tr></table>\n"
    text, headings = read_markdown(source)
    assert " ".join(text.split()) == "Pump one runs. They stand still."
    assert [(each.text, text[each.at :].split()[:1]) for each in headings] == [
        ("Pumps", ["Pump"]),
        ("Old ones", ["They"]),
    ]


def test_a_written_transcript_is_read_in_turns() -> None:
    text = "Ann Lee  0:03\nIce is heavy.\n\nBen Fox  0:09\nIt flows.\n\nAnn Lee  0:12\nSlowly.\n"
    assert [(turn.speaker, turn.text) for turn in read_turns(text)] == [
        ("Ann Lee", "Ice is heavy."),
        ("Ben Fox", "It flows."),
        ("Ann Lee", "Slowly."),
    ]


def test_captions_under_the_name_of_a_document_are_read_as_captions() -> None:
    text = "".join(
        f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{said}\n\n"
        for n, said in enumerate(
            ("The pumps run day", "and night , all year.", "They are as old as the hall.")
        )
    )
    found = sentences_of(Source("1_docs0001", "talk.txt", text=text), 0)
    assert [each.text for each in found] == [
        "The pumps run day and night, all year.",
        "They are as old as the hall.",
    ]


@pytest.mark.parametrize(
    ("headings", "brief", "name"),
    [
        (("1. Cooling of hall 2", "Noise"), "", "Cooling of hall 2"),
        (("Cooling of hall 2", "3.1 Noise at the fence"), "the noise", "Noise at the fence"),
        (("Introduction", "Noise"), "", None),
        (("iPhone repair",), "", "iPhone repair"),
        ((), "noise", None),
    ],
)
def test_a_heading_names_a_document(
    headings: tuple[str, ...], brief: str, name: str | None
) -> None:
    assert heading_for(headings, brief) == name


@pytest.mark.parametrize(
    "text",
    [
        "Ann: Wide  words\nBob: Short\nAnn: Yes\nBob: No\nAnn: Yes\nBob: No\n",
        "Wide\t words\nThe hall of the town is as old as the canal, and as long as it.\n" * 2,
    ],
)
def test_a_paragraph_has_one_space_between_words(text: str) -> None:
    assert next(read_turns(text)).text == "Wide words"


PUMPS = Source(
    "1_pumps001",
    "pumps.vtt",
    90.0,
    tuple(
        Cue(9.0 * n, 9.0 * n + 8, text)
        for n, text in enumerate(
            (
                "The pumps bring the water of the canal into hall two, day and night.",
                "A pump that is on rubber feet cannot be heard at the fence at all.",
                "In April the filters of the pumps clog, since the poplars bloom then.",
                "We change the filters each week in spring, which takes twenty minutes.",
            )
        )
    ),
)
NOTES = Source(
    "1_notes001",
    "notes.md",
    text="Two schools are heated with the warm water of the hall in winter.\n\n"
    "The town has paid for the pipe, and the company has paid for the heat exchanger.",
)


def made(duration: float, *sources: Source, brief: str = "") -> Composition:
    return compose(ComposeRequest(Format.VIDEO_EXPLAINER, duration, sources, brief))


def test_each_source_gets_a_share() -> None:
    said = " ".join(scene.narration for scene in made(20, PUMPS, NOTES).scenes)
    assert "pump" in said
    assert "schools" in said or "town" in said


def test_a_brief_that_matches_nothing_is_told() -> None:
    assert made(10, PUMPS, brief="the filters").notices == ()
    [notice] = made(10, PUMPS, brief="albatrosses").notices
    assert notice == "no source has a word of the brief: the scenes were chosen without it"


WORK_ORDER = "Please summarize, in a short video with a cover, what the tone of the albatross means"
TOLD = Source(
    "1_told0001",
    "told.vtt",
    90.0,
    (
        Cue(0.0, 8.0, "A short summary for the cover of the video shows the hall in the evening."),
        Cue(9.0, 17.0, "Each morning an albatross lands upon the chimney of the old hall."),
        Cue(18.0, 26.0, "The gardeners of the town water the poplars from the cold canal."),
    ),
)


def test_what_a_brief_says_to_do_is_nothing_to_speak_of() -> None:
    """The sentence about the cover was kept, and the albatross left out."""
    [scene] = made(6, TOLD, brief=WORK_ORDER).scenes
    assert "albatross" in scene.narration
    headings = ("A short video summary", "The albatross")
    assert heading_for(headings, WORK_ORDER) == "The albatross"
    [notice] = made(6, PUMPS, brief="Please show the albatross").notices
    assert "no source has a word of the brief" in notice


def test_a_brief_of_such_words_alone_asks_for_them() -> None:
    [scene] = made(6, TOLD, brief="a short cover").scenes
    assert "cover" in scene.narration


def test_captions_without_full_stops_and_short_sources_are_told() -> None:
    cues = tuple(Cue(c.start, c.end, c.text.rstrip(".").lower()) for c in PUMPS.cues)
    silent = Source("1_talk0001", "talk.vtt", 90.0, cues)
    assert made(600, silent).notices == (
        "the captions of 'talk.vtt' have no full stops: sentence ends are guessed",
        "the sources say enough for 21 s, not for 600 s",
    )


def test_a_time_within_a_sentence_is_a_part_of_it() -> None:
    said = "We meet at 10:30 - Ben brings the keys."
    assert without_times(f"0:42 {said}") == said


def said_in(*lines: str) -> list[str]:
    cue = "\n".join(lines)
    return [each.text for each in read_captions(f"1\n00:00:01,000 --> 00:00:02,000\n{cue}\n")]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("♪ Oh what a day ♪",), []),
        (("♪ la la", "la la ♪"), []),
        (("It is late. (applause) ♪ la la ♪",), ["It is late."]),
        (("♪ la ♪ It is late.", "♪"), ["It is late."]),
        (("# Oh what a day # It is late.",), ["It is late."]),
        (("We are # 1 in C# and F# too.",), ["We are # 1 in C# and F# too."]),
    ],
)
def test_songs_are_not_said(lines: tuple[str, ...], said: list[str]) -> None:
    assert said_in(*lines) == said


def test_a_blank_line_within_a_caption_ends_it_only_before_the_next_one() -> None:
    text = "{}00:0{}.000 --> 00:0{}.900\n{}{}\n"
    for title in ("", "7\n", "intro\n", "7\n\n"):
        for blank in ("", "\n"):
            one = text.format(title, 1, 1, blank, "It checks each item,\n\nand pays for it.")
            two = text.format(title, 2, 2, blank, "It writes.")
            cues = read_captions(f"WEBVTT\n\n{one}\nNOTE not said\n\n{two}")
            assert [c.text for c in cues] == ["It checks each item, and pays for it.", "It writes."]


@pytest.mark.parametrize(
    "form", ["0:{}\n{}", "{1}", "0:{} {}", "[0:{}] {}", "Ann: {1}", "\n0:{}\n{}\n"]
)
def test_a_document_of_automatic_captions_is_read_as_these(form: str) -> None:
    lines = [cue.text.rstrip(".").lower() for cue in PUMPS.cues]
    text = "\n".join(form.format(10 + 9 * n, line) for n, line in enumerate(lines))
    composed = made(600, Source("1_notes", "notes.txt", text=text))
    said = [scene.narration for scene in composed.scenes]
    assert all(each[0].isupper() and each[-1] == "." for each in said)
    assert "0:" not in " ".join(said)
    notice = "the captions of 'notes.txt' have no full stops: sentence ends are guessed"
    assert notice in composed.notices


def test_a_list_without_full_stops_is_no_transcript() -> None:
    text = "keep it dry\nkeep it clean\nkeep it cold\n" * 30
    assert not list(read_spoken_lines(text))
    assert not list(read_spoken_lines("The Pump\n\nKeep it dry and clean at all times\n" * 30))


@pytest.mark.parametrize("filler", ["", "uh "])
def test_a_phrase_that_ends_a_sentence_and_begins_the_next_one_is_said_twice(filler: str) -> None:
    lines = (
        "the pump is started with the green button",
        "before that you check the oil level",
        f"{filler}the oil level has to be between the marks",
        "then you open the valve slowly with both hands",
    )
    cues = tuple(Cue(6.0 * n, 6.0 * n + 3, text) for n, text in enumerate(lines))
    said = " ".join(scene.narration for scene in made(600, Source("1_t", "t", 30.0, cues)).scenes)
    assert "you check the oil level. The oil level has to be between" in said


def test_a_greeting_takes_nothing_with_it_where_full_stops_are_missing() -> None:
    """A third of the talk went with the sentences that were guessed around them."""
    lines = (
        "welcome to the quarterly product review",
        "today we look at the new search engine",
        "it understands whole questions now",
        "and it answers them in two seconds",
        "customers asked for this since last year",
        "our support team saves ten hours a week",
        "next month we bring it to the mobile app",
        "please send feedback to the product team",
        "thank you for watching this review",
    )
    talk = Source(
        "1_talk", "t.srt", 54.0, tuple(Cue(6.0 * n, 6.0 * n + 6, t) for n, t in enumerate(lines))
    )
    composed = made(600, talk, brief="search engine")
    said = " ".join(scene.narration for scene in composed.scenes).casefold()
    assert [line for line in lines if line not in said.replace(".", "")] == [lines[0], lines[-1]]
    assert not any("brief" in notice for notice in composed.notices)
    assert not any("brief" in notice for notice in made(600, talk, brief="quarterly").notices)
