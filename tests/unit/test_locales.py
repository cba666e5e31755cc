"""How locale tags are spelled, and where a text is looked for."""

from __future__ import annotations

import pytest

from storyboard.locales import TagFault, fallback_chain, is_pseudo, parse_tag


@pytest.mark.parametrize(
    ("tag", "chain"),
    [
        ("de", ["de"]),
        ("de-AT", ["de-AT", "de"]),
        ("pt-BR", ["pt-BR", "pt"]),
        ("pt-AO", ["pt-AO", "pt-PT", "pt"]),
        ("es-MX", ["es-MX", "es-419", "es"]),
        ("en-AU", ["en-AU", "en-001", "en"]),
        ("en-AT", ["en-AT", "en-150", "en-001", "en"]),
        ("nb", ["nb", "no"]),
        ("no", ["no", "nb"]),
        ("nb-NO", ["nb-NO", "nb", "no"]),
        ("zh-CN", ["zh-CN", "zh"]),
        ("zh-Hans", ["zh-Hans", "zh"]),
        ("zh-TW", ["zh-TW", "zh-Hant-TW", "zh-Hant"]),
        ("zh-MO", ["zh-MO", "zh-Hant-MO", "zh-Hant-HK", "zh-Hant"]),
        ("zh-Hant", ["zh-Hant"]),
        ("sr-Latn", ["sr-Latn"]),
        ("sr-Cyrl", ["sr-Cyrl", "sr"]),
        ("sr-ME", ["sr-ME", "sr-Latn-ME", "sr-Latn"]),
        ("pa-PK", ["pa-PK", "pa-Arab-PK", "pa-Arab"]),
        ("ht", ["ht"]),
        ("hi-Latn", ["hi-Latn"]),
        ("en-XA", ["en-XA"]),
        ("ca-ES-valencia", ["ca-ES-valencia", "ca-ES", "ca"]),
    ],
)
def test_a_text_is_looked_for_among_relatives_of_one_script(tag: str, chain: list[str]) -> None:
    assert list(fallback_chain(tag)) == chain


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("pt-br", "pt-BR"),
        ("PT-BR", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("yue", "yue"),
        ("fil", "fil"),
        ("de-CH-1996", "de-CH-1996"),
        ("EN-xa", "en-XA"),
        ("ar-xb", "ar-XB"),
    ],
)
def test_a_tag_has_one_spelling(written: str, tag: str) -> None:
    assert parse_tag(written) == tag
    assert parse_tag(tag) == tag


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("pt_BR", "'pt-BR'"),
        ("en-UK", "'en-GB'"),
        ("english", "'en'"),
        ("germn", "'de'"),
        ("jp", "'ja'"),
        ("cn", "'zh'"),
        ("dk", "'da'"),
        ("iw", "'he'"),
        ("xx", "such as en"),
        ("qqq", "such as en"),
        ("", "such as en"),
        ("en-US-x-foo", "such as en"),
        ("en-QQ", "ISO 3166"),
        ("de-XA", "ISO 3166"),
    ],
)
def test_a_wrong_tag_is_told_what_was_meant(written: str, meant: str) -> None:
    found = parse_tag(written)
    assert isinstance(found, TagFault)
    assert found.hint is not None
    assert meant in found.hint


def test_pseudo_locales_are_known() -> None:
    assert is_pseudo("en-XA")
    assert is_pseudo("ar-XB")
    assert not is_pseudo("en-US")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("en_US.UTF-8", "en-US"),
        ("sr@latin", "sr-Latn"),
        ("sr_RS@latin", "sr-Latn-RS"),
        ("uz@cyrillic", "uz-Cyrl"),
        ("ca@valencia", "ca-valencia"),
        ("de_DE.ISO-8859-15@euro", "de-DE"),
        ("pt_br", "pt-BR"),
    ],
)
def test_a_systems_name_of_a_locale_is_told_its_tag(written: str, meant: str) -> None:
    found = parse_tag(written)
    assert isinstance(found, TagFault)
    assert found.hint == f"did you mean '{meant}'?"
