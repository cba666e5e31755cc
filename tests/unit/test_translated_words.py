"""No word of the source's language is spoken in another locale's film, from wherever it comes."""

from __future__ import annotations

import pytest

from storyboard.catalogs.po_reader import read_catalog
from storyboard.catalogs.prose import is_prose, is_written_prose
from storyboard.catalogs.translation import TranslationState
from storyboard.commands.locale import Selection, measure_catalogs
from storyboard.compiler import compile_project
from storyboard.source.files import MemoryFiles
from storyboard.templates.cldr import plural_examples
from storyboard.video import Video
from tests.support.compiling import compile_with
from tests.support.syncing import synced_files

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def board(narration: str, top: str = "", tag: str = "de", scene: str = "") -> str:
    quoted = narration.replace("'", "''")
    return (
        f"name: A\nlocales: [en, {tag}]\n{top}\n"
        f"scenes:\n- {{id: x, {scene} narration: '{quoted}'}}\n"
    )


def po(**texts: tuple[str, str]) -> str:
    rows = (
        f'msgctxt "{context}"\nmsgid "{source}"\nmsgstr "{target}"\n\n'
        for context, (source, target) in texts.items()
    )
    return HEAD + "".join(rows)


CHECKS = "checks: {narration-too-short: off}\n"


def project(text: str, catalog: str | None = None, tag: str = "de") -> MemoryFiles:
    files = {"storyboard.yaml": CHECKS, "a.storyboard.yaml": text}
    return MemoryFiles(files | ({f"locales/{tag}/a.po": catalog} if catalog else {}))


def film(text: str, catalog: str | None = None, tag: str = "de", **options: bool) -> Video:
    compilation = compile_with(project(text, catalog, tag), **options)
    assert not compilation.report.has_errors, compilation.report
    return compilation.videos[1]


def wanted(text: str, tag: str = "de") -> dict[str, str]:
    """Return what a translator is asked for, by context, without the name."""
    (rewrite,), report = synced_files(project(text, tag=tag))
    assert not report.has_errors, report
    found, findings = read_catalog(rewrite.path, rewrite.after or b"")
    assert found is not None, findings
    return {c: entry.source for c, entry in found.entries.items() if c != "name"}


PITCHES = "vars: {product: Acme, items: [{id: a, pitch: we search whole questions}]}"
LOOP = "for_each: '{{ items }}', "


def loop(narration: str, top: str = PITCHES) -> str:
    return board(narration, top, scene=LOOP).replace("{id: x,", "{id: 'x-{{ item.id }}',")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (loop("{{ item.pitch }}"), {"x-a.narration": "we search whole questions"}),
        (
            loop("{{ product }}, {{ index }}: {{ item.pitch }}."),
            {"x-a.narration": "{product}, {index}: we search whole questions."},
        ),
        (
            board(
                "{{ motto | capitalize }}!",
                "vars: {motto: more for {{}} less}".replace("{{}} ", ""),
            ),
            {"x.narration": "More for less!"},
        ),
        (
            board("{{ items | map(attribute='t') | join(', ') }}.", "vars: {items: [{t: a bed}]}"),
            {"x.narration": "a bed."},
        ),
        (board("Hi {{ who }}.", "vars: {who: Jane Doe}"), {"x.narration": "Hi {who}."}),
        (board("Hi {{ who | translate }}.", "vars: {who: All}"), {"x.narration": "Hi All."}),
        (board("Hi {{ who | verbatim }}.", "vars: {who: da Vinci}"), {"x.narration": "Hi {who}."}),
        (
            board("Of {{ price | currency('EUR') }}.", "vars: {price: 3}"),
            {"x.narration": "Of {price}."},
        ),
        (board("In {{ n | unit('day') }}.", "vars: {n: 3}"), {"x.narration": "In {n}."}),
        (
            board("It is {{ 'very urgent' if urgent else 'not urgent' }}.", "vars: {urgent: true}"),
            {
                "x.narration": "It is {value}.",
                "x.narration.value.1": "very urgent",
                "x.narration.value.2": "not urgent",
            },
        ),
        (
            board("{{ 'Q1' if late else 'Q2' }} ends.", "vars: {late: true}"),
            {"x.narration": "{value} ends."},
        ),
        (
            board("{{ nick | default('Friend') }}.", "vars: {nick: Bo}"),
            {"x.narration.nick.1": "Friend"},
        ),
    ],
)
def test_what_translators_are_asked_for(text: str, asked: dict[str, str]) -> None:
    assert wanted(text) == asked
    video = film(text)
    (progress,), _ = measure_catalogs(project(text))
    missing = progress.contexts(TranslationState.MISSING)
    assert list(missing) == list(asked)
    assert len(video.holds) == len(missing), "check counts what status counts"


def test_an_item_is_spoken_in_its_translation_and_held_without() -> None:
    text = loop("{{ index }}: {{ item.pitch }}")
    source = "{index}: we search whole questions"
    german = po(**{"x-a.narration": (source, "{index}: wir suchen ganze Fragen")})
    assert film(text, german).scenes[0].narration == "1: wir suchen ganze Fragen"
    assert film(text, german).holds == ()
    changed = film(text.replace("we search", "we find"), german)
    assert [hold.code for hold in changed.holds] == ["translation-stale"]


def test_a_catalog_from_before_says_which_words_it_lacks() -> None:
    text = loop("{{ index }}: {{ item.pitch }}")
    before = po(**{"x-a.narration": ("{index}: {pitch}", "Nummer {index}: {pitch}")})
    for video in (film(text, before), film(text, before, allow_stale=True)):
        (hold,) = video.holds
        assert hold.reason == (
            "'x-a.narration' would say “we search whole questions”, since {pitch} is not translated"
        )
        assert "locale sync" in str(hold.hint)
    assert film(text, before, fallback=True).holds, "half a translation is no missing one"


@pytest.mark.parametrize(
    ("narration", "top"),
    [
        ("{{ said }}", "localize: {de: {vars: {said: mehr davon}}}"),
        ("{{ said }}", "localize: {de: {vars: {said: more of it}}}"),
        ("{{ motto[locale] }}", ""),
        ("{{ 'mehr davon' if locale == 'de' else 'more of it' }}", ""),
        ("{{ chosen }}", ""),
        ("{{ third }}", ""),
    ],
)
def test_what_the_author_says_by_locale_is_his_translation(narration: str, top: str) -> None:
    own = (
        "vars:\n  said: more of it\n  motto: {en: more of it, de: mehr davon}\n"
        "  chosen: '{{ motto[locale] }}'\n  third: '{{ chosen }}'\n"
    )
    text = board(narration, own + top)
    assert wanted(text) == {}
    assert film(text).holds == ()
    said = film(text).scenes[0].narration
    assert said == ("more of it" if "of it}}}" in top else "mehr davon")


def test_items_of_a_locale_are_translated_by_their_author() -> None:
    own = "vars: {items: {en: [{id: a, t: one thing}], de: [{id: a, t: ein Ding}]}}"
    text = board("{{ item.t }}", own, scene="for_each: '{{ items[locale] }}', ")
    text = text.replace("{id: x,", "{id: 'x-{{ item.id }}',")
    assert film(text).holds == ()
    assert film(text).scenes[0].narration == "ein Ding"


def test_only_the_words_that_are_not_localized_are_asked_for() -> None:
    top = "vars: {hi: good day, rest: all of you}\nlocalize: {de: {vars: {hi: guten Tag}}}"
    assert wanted(board("{{ hi ~ ', dear friends' }}", top)) == {
        "x.narration.value.1": ", dear friends"
    }
    assert wanted(board("{{ hi }}, {{ rest }}", top)) == {"x.narration": "{hi}, all of you"}


def test_each_of_an_expressions_own_words_is_translated_once_whatever_is_said_today() -> None:
    german = po(
        **{
            "x.narration": ("It is {value}.", "Das ist {value}."),
            "x.narration.value.1": ("very urgent", "sehr dringend"),
            "x.narration.value.2": ("not urgent", "nicht dringend"),
        }
    )
    for urgent, said in (("true", "sehr dringend"), ("false", "nicht dringend")):
        text = board(
            "It is {{ 'very urgent' if urgent else 'not urgent' }}.", f"vars: {{urgent: {urgent}}}"
        )
        assert film(text, german).scenes[0].narration == f"Das ist {said}."
        part = german.replace("nicht dringend", "")
        (hold,) = film(text, part).holds
        assert hold.reason == "'x.narration.value.2' is not translated"
        assert film(text, part, fallback=True).scenes[0].narration == (
            "It is very urgent." if urgent == "true" else "It is not urgent."
        )


PLURAL = "{{ n }} {{ n | plural(one='new file', other='new files') }}"
POLISH = po(
    **{
        "x.narration": ("{n} {n_2}", "{n} {n_2}"),
        "x.narration.n_2.1.one": ("new file", "nowy plik"),
        "x.narration.n_2.1.few": ("new files", "nowe pliki"),
        "x.narration.n_2.1.many": ("new files", "nowych plików"),
        "x.narration.n_2.1.other": ("new files", "nowego pliku"),
    }
)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("1", "1 nowy plik"),
        ("3", "3 nowe pliki"),
        ("5", "5 nowych plików"),
        ("22", "22 nowe pliki"),
        ("1.5", "1.5 nowego pliku"),
    ],
)
def test_a_plural_has_the_forms_of_the_locales_language(number: str, said: str) -> None:
    text = board(PLURAL, f"vars: {{n: {number}}}", tag="pl")
    asked = wanted(text, "pl")
    assert asked == {
        "x.narration.n_2.1.one": "new file",
        "x.narration.n_2.1.few": "new files",
        "x.narration.n_2.1.many": "new files",
        "x.narration.n_2.1.other": "new files",
    }
    assert film(text, POLISH, tag="pl").scenes[0].narration == said


@pytest.mark.parametrize("number", ["1", "2", "5"])
def test_the_sources_own_plural_goes_by_the_sources_rules(number: str) -> None:
    """English words in a film for Poland, by `--fallback`, have English forms."""
    text = board(PLURAL, f"vars: {{n: {number}}}", tag="pl")
    said = film(text, tag="pl", fallback=True).scenes[0].narration
    assert said == f"{number} new file" + ("" if number == "1" else "s")
    above = f"vars: {{n: {number}, files: \"{{{{ n | plural(one='file', other='files') }}}}\"}}"
    indirect = board("{{ files }}", above, tag="ja")
    assert wanted(indirect, "ja") == {"x.narration": "file" if number == "1" else "files"}


@pytest.mark.parametrize(
    ("number", "english", "german"),
    [("1", "1 lift", "der Aufzug"), ("1200", "1,200 lifts", "1.200 Aufzüge")],
)
def test_a_form_may_leave_its_number_out(number: str, english: str, german: str) -> None:
    plural = "{{ n | plural(one='# lift', other='# lifts') }}"
    text = board(f"We have {plural}.", f"vars: {{n: {number}}}")
    forms = {
        "x.narration": ("We have {n}.", "Wir haben {n}."),
        "x.narration.n.1.one": ("# lift", "der Aufzug"),
        "x.narration.n.1.other": ("# lifts", "# Aufzüge"),
    }
    assert film(text, po(**forms)).scenes[0].narration == f"Wir haben {german}."
    assert film(text, fallback=True).scenes[0].narration == f"We have {english}."
    (rewrite,), _ = synced_files(project(text))
    assert "for numbers like 1; # is the number, which may be left out" in str(rewrite.after)


@pytest.mark.parametrize(
    ("form", "said"),
    [("# course in C#", "3 course in C#"), ("#1 of (#)", "#1 of (3)"), ("共#节课", "共3节课")],
)
def test_only_a_number_sign_of_its_own_is_the_number(form: str, said: str) -> None:
    text = board(f"{{{{ n | plural(one='-', other='{form}') }}}}", "vars: {n: 3}")
    assert film(text, fallback=True).scenes[0].narration == said


def test_a_remark_tells_a_translator_what_a_word_is_a_part_of() -> None:
    files = project(board(PLURAL, "vars: {n: 2}", tag="pl"))
    (rewrite,), _ = synced_files(files)
    assert (
        "#. a part of 'x.narration': {n_2}, for numbers like 2, 3, 4, 22"
        in (rewrite.after or b"").decode()
    )


def test_words_of_the_command_line_are_words_too() -> None:
    text = board("{{ motto }}", "vars: {motto: Acme}")
    files = project(text)
    (rewrite,), _ = synced_files(files, Selection(variables={"motto": "more for less"}))
    assert b'msgid "more for less"' in (rewrite.after or b"")
    german = compile_project(files, variables={"motto": "more for less"}).videos[1]
    assert [hold.code for hold in german.holds] == ["translation-missing"]


def test_a_translation_of_words_is_data() -> None:
    top = "vars: {urgent: true, secret: hidden}"
    text = board("It is {{ 'very urgent' if urgent else 'not' }}.", top)
    german = po(
        **{
            "x.narration": ("It is {value}.", "Das ist {value}."),
            "x.narration.value.1": ("very urgent", "{{{{ secret }}}}"),
            "x.narration.value.2": ("not", "nicht"),
        }
    )
    assert film(text, german).scenes[0].narration == "Das ist {{ secret }}."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        *((name, False) for name in ("Acme", "Q1", "Jane Doe", "Acme Corp.", "iPhone", "v2", "3M")),
        *((name, False) for name in ("macOS 15", "ann@example.org", "q1-training", "1,234", "")),
        *((name, False) for name in ("München", "COVID-19", "艾克美", "アクメ", "K")),
        *(
            (text, True)
            for text in ("the new search", "urgent", "Go!", "e-mail", "don't", "(beta)")
        ),
        *((text, True) for text in ("новый поиск", "新しい検索はとても速いです", "삼성 전자")),
        *((text, True) for text in ("Leonardo da Vinci", "“quoted words”", "end.")),
    ],
)
def test_words_and_names(text: str, words: bool) -> None:
    assert is_prose(text) is words


@pytest.mark.parametrize(
    ("text", "words"),
    [("Urgent", True), ("urgent", True), ("Q1", False), ("USA", False), ("3", False)],
)
def test_words_in_quotes(text: str, words: bool) -> None:
    assert is_written_prose(text) is words


def test_classes_of_numbers() -> None:
    assert list(plural_examples("en")) == ["one", "other"]
    assert list(plural_examples("ja")) == ["other"]
    assert list(plural_examples("pl")) == ["one", "few", "many", "other"]
    assert list(plural_examples("ar")) == ["zero", "one", "two", "few", "many", "other"]
    assert plural_examples("pl")["few"][:3] == (2, 3, 4)
    assert list(plural_examples("pt-BR")) == ["one", "other"]
    assert list(plural_examples("en-XA")) == ["one", "other"]
    assert list(plural_examples("xog")), "a language that CLDR hardly knows"
    assert list(plural_examples("zza")) == ["other"], "and one that it does not"
