"""A composed film lasts what was asked for, in the voice that speaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyboard.studio.compose.documents import DocumentKind, read_document
from storyboard.studio.compose.request import ComposeRequest, Format, Source
from storyboard.studio.compose.scenes import compose
from storyboard.studio.film.timing import time_scenes
from storyboard.studio.voice.casting import voice_for
from tests.support.project import ROOT

TALKS = {
    "en": read_document(
        ROOT / "samples" / "explainer" / "notes" / "cooling.md", DocumentKind.MARKDOWN
    ),
    "de": """\
Vor einem Jahr haben wir die Werkstatt auf Wärmepumpen umgestellt. Der Verbrauch an Gas ist von
dreihunderttausend auf vierzigtausend Kilowattstunden gefallen. Das liegt vor allem daran, dass die
Abwärme der Pressen jetzt das Wasser für die Duschen und die Lackiererei heizt. Drei Wochen lang
hatten wir im Januar nur die Hälfte der Leistung, weil ein Ventil falsch herum eingebaut war. Im
Herbst kommen Solarmodule auf das Dach der neuen Halle, zusammen etwa zweihundert Kilowatt. Damit
erzeugen wir an einem sonnigen Tag mehr Strom, als die Wärmepumpen brauchen. Den Rest verkaufen wir
an die Gemeinde, die damit das Freibad heizt.""",
    "fr": """\
Cet été, la nouvelle version apporte un mode hors ligne aux appareils mobiles. Les clients sur le
terrain l'ont demandé plus que toute autre chose, car la plupart des sites qu'ils visitent n'ont pas
de réseau. Nous avons essayé ce mode avec quarante techniciens au mois de mai. Les rapports sont
gardés sur l'appareil et envoyés dès que le réseau revient. La batterie tient une journée entière,
ce que nous n'attendions pas. En automne, nos partenaires pourront ajouter leurs propres
formulaires. Le prix de l'abonnement ne change pas.""",
    "hi": """\
गर्मियों में नया संस्करण मोबाइल उपकरणों पर ऑफ़लाइन मोड लाएगा। ग्राहकों ने किसी भी चीज़ से अधिक इसकी मांग की थी।
अधिकांश स्थानों पर कोई नेटवर्क नहीं है। मई में हमने चालीस तकनीशियनों के साथ इसकी जाँच की। बैटरी पूरे दिन चलती है।
शरद ऋतु में हमारे साझेदार अपने स्वयं के फ़ॉर्म जोड़ सकेंगे। सदस्यता की कीमत नहीं बदलेगी।""",
    "ja": """\
去年までは、注文から発送まで平均で九日かかっていました。よく一緒に注文される商品が遠く離れた棚に置かれていたからです。
そこで私たちは二年分の注文を調べました。商品のわずか四パーセントが注文の六割に含まれていることが分かりました。
作業員が歩く距離は十一キロから六キロに減りました。九月からロボットが夜の間に棚を補充します。""",
}
SILENCE_SECONDS = 0.6


@pytest.mark.parametrize(
    ("language", "presenter", "duration"),
    [
        pytest.param("en", "jane", 30.0, marks=pytest.mark.slow),
        pytest.param("en", "theodore", 60.0, marks=pytest.mark.slow),
        ("en", "sophia", 8.0),
        ("de", "adam", 25.0),
        ("fr", "mia", 25.0),
        ("hi", "yasmin", 25.0),
        ("ja", "ming", 20.0),
    ],
)
def test_the_speech_lasts_what_was_asked_for(
    language: str, presenter: str, duration: float, tmp_path: Path
) -> None:
    source = Source("1_notes001", "notes", text=TALKS[language])
    made = compose(
        ComposeRequest(
            Format.VIDEO_EXPLAINER,
            duration,
            (source,),
            stopwatch=lambda texts: time_scenes(texts, presenter, tmp_path, lambda: False),
        )
    )
    voice = voice_for(presenter, language)
    spoken = [voice.speak(scene.narration).seconds + SILENCE_SECONDS for scene in made.scenes]
    assert abs(sum(spoken) - duration) <= 6.0
