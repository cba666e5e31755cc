"""One rule says where sentences end: speech, captions, chapters and composing all follow it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.narration.abbreviations import abbreviations
from storyboard.narration.cleaning import clean_narration
from storyboard.narration.read_out import read_out
from storyboard.narration.sentences import sentences
from storyboard.studio.compose.pace import Pace
from storyboard.studio.compose.sentences import split_sentences
from storyboard.studio.film.captions import chapter_title, scene_cues

CASES = [
    ("en", "See St. Peter today. Then go.", ["See St. Peter today.", "Then go."]),
    ("en", "Open Fig. 3 and pp. 3-5. Then go.", ["Open Fig. 3 and pp. 3-5.", "Then go."]),
    ("en", "It starts on Jan. 5 for us. Then go.", ["It starts on Jan. 5 for us.", "Then go."]),
    ("en", "See rule no. 7. It is old.", ["See rule no. 7.", "It is old."]),
    ("en", "Read art. 5, chap. 9. Go on.", ["Read art. 5, chap. 9.", "Go on."]),
    ("en", "He said no. 7 of us left.", ["He said no.", "7 of us left."]),
    ("fr", "Voir la règle no. 7. Merci.", ["Voir la règle no. 7.", "Merci."]),
    ("it", "Vedi num. 7 e rif. 3. Grazie.", ["Vedi num. 7 e rif. 3.", "Grazie."]),
    ("pt", "Veja a regra no. 7. Obrigado.", ["Veja a regra no. 7.", "Obrigado."]),
    ("es", "Vea la regla no. 7. Gracias.", ["Vea la regla no. 7.", "Gracias."]),
    ("en", "He said no. Then he left.", ["He said no.", "Then he left."]),
    ("en", "We have 12. Then we go.", ["We have 12.", "Then we go."]),
    ("en", "The U.S. Army, etc. Then we go.", ["The U.S. Army, etc.", "Then we go."]),
    ("en", "Turn into Main St. The shop is there.", ["Turn into Main St.", "The shop is there."]),
    (
        "en",
        "He has a Ph.D. She left the U.S. It was late, and we met Dr. So.",
        ["He has a Ph.D.", "She left the U.S.", "It was late, and we met Dr. So."],
    ),
    ("it", "È chiuso ven. 3 maggio. Poi si apre.", ["È chiuso ven. 3 maggio.", "Poi si apre."]),
    (
        "de",
        "Kommen Sie So. 3. Mai. Es ist so. Bitte.",
        ["Kommen Sie So. 3. Mai.", "Es ist so.", "Bitte."],
    ),
    ("de", "Das ist Hr. Dr. Mai. Er lehrt.", ["Das ist Hr. Dr. Mai.", "Er lehrt."]),
    ("de", "Bis 2. Quartal, Abs. 3, gilt das.", ["Bis 2. Quartal, Abs. 3, gilt das."]),
    ("de", "In der Hauptstr. 5 sind 3 Mio. Euro.", ["In der Hauptstr. 5 sind 3 Mio. Euro."]),
    ("es", "En EE. UU. es así. Bien hecho.", ["En EE. UU. es así.", "Bien hecho."]),
    ("de", "Das war Nr. 5. Das sind alle.", ["Das war Nr. 5.", "Das sind alle."]),
    ("en", "Now Fig. A shows it. Then go.", ["Now Fig. A shows it.", "Then go."]),
    ("fr", "Est-ce vrai ? Oui, fig. B : là.", ["Est-ce vrai ?", "Oui, fig. B : là."]),
    ("fr", "Voici M. Dupont, p. ex. ici. Merci.", ["Voici M. Dupont, p. ex. ici.", "Merci."]),
    ("zh", "欢迎。今天很好！谢谢", ["欢迎。", "今天很好！", "谢谢"]),
]


@pytest.mark.parametrize(("language", "text", "parts"), CASES)
def test_abbreviations_end_no_sentence(language: str, text: str, parts: list[str]) -> None:
    assert list(sentences(text, language)) == parts


@pytest.mark.parametrize(("language", "text", "parts"), CASES)
def test_captions_and_chapters_cut_where_speech_does(
    language: str, text: str, parts: list[str]
) -> None:
    cues = [cue.text.replace("\n", " ") for cue in scene_cues(text, (), 6.0, 0.0, language)]
    assert cues == parts
    assert chapter_title(text, language) == parts[0].rstrip(".。")


@pytest.mark.parametrize(("language", "text", "parts"), CASES)
def test_composing_cuts_no_sentence_that_speech_keeps_whole(
    language: str, text: str, parts: list[str]
) -> None:
    """Composing knows no language, so it may keep two together; it never cuts one in two.

    At this pace none is so long that it would have to be.
    """
    cut = [part.text for part in split_sentences(text, Pace(1.5))]
    assert all(any(part in whole for whole in cut) for part in parts)


WHOLE = [
    ("nl", "Dr. Müller en drs. Bakker leggen de details uit; zie fig. 3 op blz. 12."),
    ("nl", "Neem max. 15 mg per dag."),
    ("it", "Il sig. Rossi e la dott.ssa Bianchi sono qui."),
    ("it", "Il dott. Verdi e l'avv. Viola spiegano tutto, per max. 24 h."),
    ("ru", "Офис находится на ул. Ленина, д. 5, кв. 12."),
    ("ru", "См. рис. 3 на стр. 12."),
    ("ru", "Мы живём в г. Москва."),
    ("uk", "Офіс у м. Київ на вул. Хрещатик."),
    ("tr", "Bugün Dr. Yılmaz konuşuyor."),
    ("tr", "Sonra XIV. Louis geldi."),
    ("hi", "आज डॉ. शर्मा बोलेंगे।"),
    ("ar", "يتحدث اليوم د. أحمد عن الخطة."),
    ("pl", "Ok. 5 osób jest o godz. 5 w biurze."),
    ("pt-BR", "O Prof. Silva e a Srta. Costa leem as págs. 5 e 6 na Av. Brasil."),
    ("cs", "Přijde např. Ing. Novák z ul. Dlouhá."),
    ("sv", "Se kap. 3 kl. 5 med dr. Berg."),
    ("de", "Das ist Dipl.-Ing. (FH) Mai mit Kd.-Nr. 5 und Best.-Nr. 7."),
    ("de", "Das ist lt. Plan und tgl. Arbeit seit Jan. 2024."),
    ("de", "Der Verein Pro Video e. V. hilft."),
    ("fr", "Il vit au 5e arr. 3 ans, voir éd. 2 et apr. J.-C. aussi."),
    ("es", "Dña. Ana y el Gral. Ruiz leen los arts. 5 y 6 en la Pza. Mayor."),
    ("en", "It takes 4 hrs. 5 mins for Ref. 12 in Bldg. 5 with Fr. Brown."),
    ("en", "We work from 9 a.m. to 5 p.m. EST, or so."),
    ("en", "We open at 9 a.m. Monday through Friday."),
    ("en", "See Miller et al. 2020 for more."),
    ("fo", "Vit eru kr. 5 ríkari."),
    ("de", "Das sind 3,5 Bio. € im Jahr, oder 3,5 Bio. Euro."),
    ("es", "Cobra 2.500 mill. € al año, o 3 mill. EUR."),
    ("it", "Sono 5 mln. Euro e 3 mld. € in tutto."),
    ("fr", "Soit 5 Mrd. € et 3 Mio. Euros par an."),
    ("en", "It is 5 mil. USD and 3 bn. Euros a year."),
    ("es", "Los RR. HH. y las CC. AA. van a los JJ. OO. de París."),
    ("it", "Leggete AA. VV. per capire."),
    ("en", "See the manual <pp. 3-5> and /fig. 7/ for more."),
]


@pytest.mark.parametrize(("language", "text"), WHOLE)
def test_a_short_form_goes_on(language: str, text: str) -> None:
    assert sentences(text, language) == (text,)
    assert chapter_title(text, language).rstrip("…").count(" ") > 2
    assert "XIV" in text or sentences(text) == (text,)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Это было в 2020 г.|Мы начали снова."),
        ("ru", "Книги, столы и т.д.|Мы купили всё."),
        ("ru", "Длина стола 5 см.|Потом измерьте высоту."),
        ("pl", "Tak było w 2020 r.|Potem przyszły zmiany."),
        ("pt", "Fica na pág.|Depois vem o resto."),
        ("nl", "Het is 5 km.|Daarna rust je."),
        ("nl", "Het is 5 km.|10 mensen lopen mee."),
        ("de", "Das ist Jan.|Er lehrt."),
        ("de", "Tee, Saft u.v.m.|Danach geht es los."),
        ("en", "We open at 9 a.m.|Monday is busy."),
        ("en", "We close at 5 p.m.|The doors stay shut."),
        ("ar", "الطول 5 م.|ثم نقيس العرض."),
        ("it", "Leggete il capitolo e la fig.|Poi andate avanti."),
        ("de", "Das ist Bio.|Es sind 5 Bio.|Danach kommt mehr."),
        ("es", "Cobra 2.500 mill.|Así es."),
        ("es", "Llegan los JJ. OO.|Así es."),
        ("en", "He has 50 men.|Dollars are gone."),
        ("en", "He has 5 bn.|$5 is all that she has."),
    ],
)
def test_a_sentence_ends_behind_a_short_form(language: str, text: str) -> None:
    assert sentences(text.replace("|", " "), language) == tuple(text.split("|"))


def test_a_text_without_capitals_ends_its_sentences_at_stops() -> None:
    text = "welcome to the course. today we look at three things! are you ready? let us go."
    assert len(sentences(text)) == 4


@given(st.text(alphabet="aAzZ0. \n!?…。\"')5"))
def test_only_white_space_is_lost(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_each_abbreviation_of_the_table_is_read_and_keeps_its_sentence(language: str) -> None:
    keys = [row.short.replace(" ", "").lower() for row in abbreviations(language)]
    for row, key in zip(abbreviations(language), keys, strict=True):
        needs_number = row.before.name in ("NUMBER", "LABEL")
        twice = keys.count(key) > 1
        number = "3. Mai" if row.before.name == "DAY" else "5"
        text = f"Xyzzy {row.short}. {number if needs_number or not twice else 'Xyzzy'} xyzzy."
        if row.said and row.short not in ("UU",):
            spoken = read_out(text, language).spoken
            assert row.said.rstrip(",") in spoken, (row, spoken)
        if row.before.name != "LOWER":
            assert sentences(text, language) == (text,), row


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("en", "St. Peter, Main St.", "Saint Peter, Main Street."),
        ("en", "Fig. 3, pp. 3-5, Jan. 5", "figure three, pages three to five, January fifth"),
        (
            "de",
            "Hr. Mai, Hauptstr. 5, 3 Mio. Euro",
            "Herr Mai, Hauptstraße fünf, drei Millionen Euro",
        ),
        ("de", "Abs. 3", "Absatz drei"),
        ("en", "Fig. A shows it", "figure A shows it"),
        ("es", "en EE. UU. es", "en Estados Unidos es"),
    ],
)
def test_abbreviations_are_read_out(language: str, written: str, said: str) -> None:
    assert read_out(written, language).spoken == said


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Two  \t blanks and\n a break", "Two blanks and a break"),
        ("**Bold** [link](https://x.io) 🎉", "Bold link"),
        ("A no\u00a0break space", "A no\u00a0break space"),
        ("Est-ce vrai\u00a0?", "Est-ce vrai\u00a0?"),
        ("Oui\u202f: vrai ; bon : là ?", "Oui\u202f: vrai ; bon : là ?"),
    ],
)
def test_captions_show_what_is_spoken(written: str, shown: str) -> None:
    (cue,) = scene_cues(written, (), 2.0, 0.0, "en")
    assert cue.text == shown == clean_narration(written)
    assert chapter_title(written) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Wir sehen uns am 5. Mai in Berlin.",
        "Im 3. Quartal wachsen wir weiter.",
        "Lesen Sie das 7. Kapitel genau.",
        "Unser Büro ist im 2. Stock links.",
        "Das ist die 12. Auflage dieses Buches.",
        "Er kam am 24. Dezember nach Hause.",
        "Zum 1. Mal zeigen wir den neuen Film.",
        "Sie ist die 2. Vorsitzende des Vereins.",
        "Das war im 19. Jahrhundert nicht anders.",
        "Der 3. und der 4. Teil folgen bald.",
        "1. Die Seite öffnen und lesen.",
    ],
)
def test_an_ordinal_goes_on(text: str) -> None:
    assert sentences(text, "de") == (text,)


@pytest.mark.parametrize(
    "text",
    [
        "Das ist Nr. 5.|Das sind alle Teile.",
        "Wir treffen uns am 5.|Die Einladung folgt.",
        "Es sind genau 12.|Wir zeigen sie nun.",
        "Lesen Sie Kapitel 3.|Hier steht mehr.",
        "Öffnen Sie Seite 7.|Sie sehen ein Bild.",
        "Unser Haus hat die Nummer 9.|Ein Schild zeigt es.",
        "Das war Schritt 2.|Klicken Sie auf Weiter.",
        "Der Zug fährt um 8.|Es bleibt wenig Zeit.",
        "Von zehn bleiben 4.|Danach ist Schluss.",
        "Das steht in Abschnitt 6.|Mit ihm endet alles.",
    ],
)
def test_a_sentence_ends_behind_a_number(text: str) -> None:
    assert sentences(text.replace("|", " "), "de") == tuple(text.split("|"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Vi ses den 5. maj igen."),
        ("cs", "Sejdeme se 5. května znovu."),
        ("da", "Der er 12.|Vi viser dem nu."),
        ("pl", "Jest ich 12.|Teraz je widać."),
        ("tr", "Bu 2. Cadde olarak bilinir."),
    ],
)
def test_where_nouns_are_small_a_capital_ends_the_sentence(language: str, text: str) -> None:
    assert sentences(text.replace("|", " "), language) == tuple(text.split("|"))
