"""What is said of a clip that is shorter than its narration: the seconds, and how much to cut."""

from __future__ import annotations

import json
import re

import pytest

from storyboard.compiler import compile_project
from storyboard.source.files import MemoryFiles
from storyboard.speech_rates import estimate_seconds

TEXTS = {
    "en": "KPI, ROI, NPS and SLA. HTTP. SQL. Now look at the figures of the last quarter.",
    "de": "Der Umsatz stieg. Die Kosten sanken. Im Jahr 2024 waren es 2.456.789 Euro mehr.",
    "ja": "売上高は12.7%増の2,456,789円でした。次に、費用を見てみましょう。",
    "zh": "2024年第三季度收入增长12.7%，达到2,456,789元。现在来看成本。",
    "ar": "ارتفعت المبيعات هذا العام. انظروا الآن إلى أرقام الربع الأخير من السنة.",
    "pl": "Sprzedaż wzrosła. Koszty spadły. W 2024 roku było o 2 456 789 zł więcej.",
}


@pytest.mark.parametrize("locale", sorted(TEXTS))
def test_what_is_left_after_the_cut_fits_into_the_clip(locale: str) -> None:
    """The hint counted by the language's rate, and told to cut more than there was of initials."""
    text, clip = TEXTS[locale], 3
    project = {"locales": [locale], "entries": {"c": {"entryId": "1_c", "duration": clip}}}
    scenes = {"name": "A tour", "avatar": "jane", "scenes": [{"narration": text, "broll": "c"}]}
    files = {"storyboard.yaml": json.dumps(project), "a.storyboard.yaml": json.dumps(scenes)}
    found = compile_project(MemoryFiles(files)).report.diagnostics
    (told,) = (each for each in found if each.code == "broll-budget")
    seconds = estimate_seconds(text, locale)
    assert told.message == (
        f"about {seconds:.1f} s of speech, and {clip:.1f} s of the clip are left"
    )
    cut = int(re.findall(r"about (\d+) characters? less", told.hint or "")[0])
    assert 0 < cut < len(text)
    assert seconds * (1 - cut / len(text)) <= clip
