"""What a catalog may say, how its mistakes are told, and when a translation can be used."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from storyboard.catalogs.entry import Catalog, Entry
from storyboard.catalogs.po_reader import read_catalog
from storyboard.catalogs.po_writer import write_catalog
from storyboard.catalogs.syncing import SourceText, sync_catalog
from storyboard.catalogs.tokens import message_of
from storyboard.catalogs.translation import (
    Problem,
    TranslationState,
    check_translation,
    serving_entry,
    translate,
)
from storyboard.templates.expressions import TemplateFault
from tests.support.passing_time import soon

HEADER = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def read(text: str | bytes) -> Catalog:
    found, findings = read_catalog("fr.po", text.encode() if isinstance(text, str) else text)
    assert not findings, findings
    assert found is not None
    return found


def problems(text: str | bytes) -> list[tuple[int, int, str]]:
    content = text.encode() if isinstance(text, str) else text
    found, findings = read_catalog("fr.po", content)
    assert found is None
    assert all(finding.span is not None and finding.span.file == "fr.po" for finding in findings)
    return [(f.span.line, f.span.column, f.message) for f in findings if f.span is not None]


def test_everything_a_translator_writes_is_read() -> None:
    catalog = read(
        "# The team\n"
        + HEADER
        + """\
# sounds odd, ask Ann
#. speaker: Jane
#: stories/tour.storyboard.yaml
#, fuzzy, python-brace-format
#| msgctxt "intro.narration"
#| msgid ""
#| "Hello "
#| "{product}"
msgctxt "intro.narration"
msgid ""
"Hello {product}, "
"\\"dear\\"\\n"
"\\ttwo\\\\"
msgstr "Bonjour {product}"

msgctxt "name"
  msgid "Tour"
msgstr ""
#~ msgctxt "gone.narration"
#~ msgid "Bye"
#~ msgstr ""
#~ "Au revoir"
"""
    )
    intro, name = catalog.entries.values()
    assert intro == Entry(
        context="intro.narration",
        source='Hello {product}, "dear"\n\ttwo\\',
        translation="Bonjour {product}",
        stale=True,
        previous="Hello {product}",
        remarks=("speaker: Jane",),
        notes=("sounds odd, ask Ann",),
        references=("stories/tour.storyboard.yaml",),
    )
    assert name == Entry(context="name", source="Tour")
    assert [entry.translation for entry in catalog.retired] == ["Au revoir"]
    assert (catalog.language, catalog.header.notes) == ("fr", ("The team",))
    assert intro.span is not None
    assert intro.translation_span is not None
    assert (intro.span.line, intro.span.column) == (15, 1)
    assert (intro.translation_span.line, intro.translation_span.column) == (20, 1)


def test_windows_line_ends_and_a_byte_order_mark_do_not_matter() -> None:
    text = HEADER + 'msgctxt "name"\nmsgid "A"\nmsgstr "B"\n'
    with_mark = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    assert read(with_mark).entries == read(text).entries


ENTRY = 'msgctxt "a"\nmsgid "A"\nmsgstr "B"\n'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('msgctxt "a"\nmsgid "x\nmsgstr "y"\n', [(2, 7, "not in double quotes")]),
        ('msgctxt "a"\nmsgid x\nmsgstr "y"\n', [(2, 7, "not in double quotes")]),
        ('msgctxt "a"\nmsgid "x" "y"\nmsgstr "y"\n', [(2, 7, "not in double quotes")]),
        ('msgctxt "a"\nmsgid "\\q"\nmsgstr "y"\n', [(2, 8, "unknown escape '\\q'")]),
        ('msgctxt "a"\nmsgid "x"\n', [(1, 1, "without msgstr")]),
        ('msgctxt "a"\nmsgstr "x"\n', [(1, 1, "without msgid")]),
        ('msgid "x"\nmsgstr "y"\n', [(1, 1, "without msgctxt")]),
        ('msgid "x"\nmsgid "y"\nmsgctxt "a"\nmsgstr "z"\n', [(2, 1, "second msgid")]),
        ('"x"\n' + ENTRY, [(1, 1, "without a keyword")]),
        ("hello\n" + ENTRY, [(1, 1, "unexpected 'hello'")]),
        (ENTRY + "\n" + ENTRY, [(5, 1, "a second entry for 'a'")]),
        (HEADER + HEADER, [(6, 1, "a second header")]),
        (
            'msgctxt "a"\nmsgid "x"\nmsgid_plural "y"\nmsgstr[0] "z"\nmsgstr[1] "z"\n',
            [(3, 1, "plural entries")],
        ),
        (HEADER.replace("UTF-8", "ISO-8859-1"), [(1, 1, "'ISO-8859-1'")]),
        (b'msgctxt "a"\nmsgid "\xe9"\nmsgstr "y"\n', [(2, 8, "not UTF-8")]),
        ('msgctxt "a"\nmsgid "\x00"\nmsgstr "y"\n', [(2, 8, "U+0000")]),
        ('msgctxt "a"\n', [(1, 1, "without msgid")]),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, found: list[tuple[int, int, str]]) -> None:
    told = problems(text)
    assert [place[:2] for place in told] == [place[:2] for place in found]
    assert all(part[2] in message[2] for part, message in zip(found, told, strict=True))


CONFLICT = """\
msgctxt "a"
msgid "A"
<<<<<<< HEAD
msgstr "B"
=======
msgstr "C"
>>>>>>> topic
"""


def test_a_merge_conflict_is_told_as_one_mistake() -> None:
    _, (finding,) = read_catalog("fr.po", CONFLICT.encode())
    assert (finding.code, finding.span and finding.span.line) == ("catalog-syntax", 3)
    assert "merge conflict" in finding.message
    assert "'<<<<<<<'" in str(finding.hint)
    (note,) = finding.notes
    assert note.span is not None
    assert note.span.line == 7


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("Très".encode("latin-1"), "the file is not UTF-8"),
        (HEADER.replace("UTF-8", "ISO-8859-1").encode() + b"# \xe9\n", "seems to be 'ISO-8859-1'"),
        ('msgid "é"\n'.encode("utf-16"), "seems to be UTF-16"),
    ],
)
def test_another_encoding_is_named(content: bytes, told: str) -> None:
    _, (finding,) = read_catalog("fr.po", content)
    assert told in finding.message
    assert "as UTF-8" in str(finding.hint)


def test_all_mistakes_are_told_at_once() -> None:
    text = 'msgid "x"\nmsgstr "y"\n\nmsgctxt "a"\nmsgid "b"\nmsgstr "\\z"\n\nmsgid "q"\nmsgstr ""\n'
    assert [line for line, _, _ in problems(text)] == [1, 6, 8]


def test_a_second_entry_points_to_the_first() -> None:
    _, (finding,) = read_catalog("fr.po", (ENTRY + "\n" + ENTRY).encode())
    assert finding.code == "catalog-duplicate"
    (note,) = finding.notes
    assert note.span is not None
    assert note.span.line == 1


def test_large_and_broken_files_are_refused_soon() -> None:
    with soon(10):
        many = "".join(f'msgctxt "{n}"\nmsgid "a"\nmsgstr "b"\n\n' for n in range(10_001))
        assert "more than 10,000 entries" in problems(many)[0][2]
        assert "larger than 5 MiB" in problems(b"#" * (5 * 2**20 + 1))[0][2]
        assert len(problems("nonsense\n" * 100_000)) == 100
        assert len(problems('"' * 100_000)) == 1
        assert len(problems('msgid "' + '\\"' * 1_000_000)) >= 1


@pytest.mark.parametrize(
    ("text", "msgid"),
    [
        ("Plain.", "Plain."),
        ("Hi {{ product }}", "Hi {product}"),
        ("{{ a.b.name }} and {{ c['x'] }}, {{ xs[0] }}", "{name} and {x}, {xs}"),
        ("{{ price|currency('EUR') }} or {{ price|number }}", "{price} or {price_2}"),
        ("{{ x }} {{x}} {{ x }}", "{x} {x} {x}"),
        ("{{ a.name }} {{ b.name }} {{ name }}", "{name} {name_2} {name_3}"),
        ("{{ 1 + 2 }} {{ 'x' if y else 'z' }}", "{value} {value_2}"),
        ("a {b} {{ c }} }", "a {{b}} {c} }}"),
    ],
)
def test_a_translator_sees_tokens(text: str, msgid: str) -> None:
    assert message_of(text).msgid == msgid


SCOPE = {"product": "Acme {x} {{ boom }}", "price": 1234.5, "n": 2}


@pytest.mark.parametrize(
    ("source", "translation", "text"),
    [
        ("Hi {{ product }}", "Salut {product}", "Salut Acme {x} {{ boom }}"),
        ("{{ n }} of {{ n }}", "de {n}: {n}", "de 2: 2"),
        ("{{ price|number }} is {{ n }}", "{n} ! {price}", "2 ! 1\u202f234,5"),
        ("Braces {a}", "Accolades {{a}}", "Accolades {a}"),
        ("Hello.", "{{{{ product }}}}", "{{ product }}"),
        ("Hello.", "{{% for x in y %}}", "{% for x in y %}"),
        ("One\n  two", "Un deux", "Un deux"),
    ],
)
def test_a_translation_is_filled_in_and_never_read_as_a_template(
    source: str, translation: str, text: str
) -> None:
    entry = Entry("a", message_of(source).msgid, translation)
    assert translate(entry, message_of(source), SCOPE, "fr") == text


@pytest.mark.parametrize(
    ("source", "entry", "state", "message"),
    [
        ("Hi", None, TranslationState.MISSING, "is not translated"),
        ("Hi", Entry("a", "Hi"), TranslationState.MISSING, "is not translated"),
        ("Hi", Entry("a", "Hi", " \n"), TranslationState.MISSING, "is not translated"),
        ("Hi", Entry("a", "Hi!", "Salut"), TranslationState.STALE, "has changed since"),
        ("Hi", Entry("a", "Hi", "Salut", stale=True), TranslationState.STALE, "marked fuzzy"),
        ("{{ n }} x", Entry("a", "{n} x", "y"), TranslationState.BROKEN, "{n} is missing"),
        ("{{ n }} x", Entry("a", "{n} x", "{N}"), TranslationState.BROKEN, "{N} is not a token"),
        ("{{ n }} x", Entry("a", "{n} x", "{ n }"), TranslationState.BROKEN, "{ n } is not"),
        ("{{ n }} x", Entry("a", "{n} x", "{n"), TranslationState.BROKEN, "a brace"),
        ("{{ n }} x", Entry("a", "{n} x", "{{n}}"), TranslationState.BROKEN, "{n} is missing"),
        ("x", Entry("a", "x", "{% raw %}"), TranslationState.BROKEN, "not a token"),
        ("x", Entry("a", "x", "{}"), TranslationState.BROKEN, "not a token"),
    ],
)
def test_a_translation_that_does_not_fit_is_a_problem(
    source: str, entry: Entry | None, state: TranslationState, message: str
) -> None:
    found = check_translation("a", entry, message_of(source))
    assert found is not None
    assert found.state is state
    assert message in found.message
    assert isinstance(serving_entry("a", message_of(source), [entry]), Problem)


@pytest.mark.parametrize(
    ("translation", "said"),
    [
        ("{Product} in {month}", "{Product} is not a token of the source; {n} is missing"),
        ("{Product} { n }", "{ n }, {Product} are not tokens of the source; {month} is missing"),
        ("{product", "a brace that belongs to no token; {month}, {n}, {product} are missing"),
        (
            "{product} {old} {neu}",
            "{neu} is not a token of the source; {old} is not a token of the "
            "source any more; {month}, {n} are missing",
        ),
    ],
)
def test_all_wrong_tokens_of_a_translation_are_told_at_once(translation: str, said: str) -> None:
    message = message_of("{{ product }} in {{ n }} of {{ month }}")
    entry = Entry("a", message.msgid, translation, previous="{product} of {old}")
    found = check_translation("a", entry, message)
    assert found is not None
    assert found.message == f"in the translation of 'a', {said}"


@pytest.mark.parametrize(
    ("source", "translation", "hint"),
    [
        ("{{ product }} x", "{prodict} x", "did you mean 'product'?"),
        ("{{ product }} x", "{प्रोडक्ट} x", "write a token of the source: {product}"),
        ("{{ a }} x {{ b }}", "{} x", "write a token of the source: {a}, {b}"),
        ("x", "{product} x", "delete it: the source has no token; for a brace, write it twice"),
        ("{A-7} of {{ n }}", "{A-7} {n}", "double the braces, as the source has them: {{A-7}}"),
        (
            "{{ product }} in {{ n }} of {{ month }}",
            "{Product} { n }",
            "{ n }: did you mean 'n'?; {Product}: did you mean 'product'?; "
            "copy {month} from the source",
        ),
    ],
)
def test_a_token_that_is_none_of_the_source_has_a_way_out(
    source: str, translation: str, hint: str
) -> None:
    entry = Entry("a", message_of(source).msgid, translation)
    found = check_translation("a", entry, message_of(source))
    assert found is not None
    assert found.hint == hint


@pytest.mark.parametrize(
    ("source", "translation"),
    [("{{ n }} x", "{n} y {n}"), ("{{ n }} x {{ n }}", "{n} y"), ("{A} {{ n }}", "{n}, {{A}}")],
)
def test_how_often_a_token_stands_is_the_languages_matter(source: str, translation: str) -> None:
    message = message_of(source)
    assert check_translation("a", Entry("a", message.msgid, translation), message) is None


def test_wrapping_and_unicode_spelling_make_nothing_stale() -> None:
    entry = Entry("a", "Cafe\u0301  is\nopen ", "Le café est ouvert")
    assert check_translation("a", entry, message_of("Café is open")) is None


def test_a_text_of_expressions_only_needs_no_entry() -> None:
    message = message_of("{{ n }}, {{ n }}!")
    assert not message.has_words
    assert serving_entry("a", message, [None]) is None
    assert translate(None, message, SCOPE, "fr") == "2, 2!"


def test_a_fault_in_an_expression_keeps_its_place_in_the_source() -> None:
    source = "Hi {{ nope }}"
    with pytest.raises(TemplateFault) as caught:
        translate(Entry("a", "Hi {nope}", "Salut {nope}"), message_of(source), SCOPE, "fr")
    assert caught.value.offset == 6


def test_the_nearest_entry_that_can_serve_does_else_the_nearest_problem_is_told() -> None:
    good, stale, empty = (
        Entry("a", "Hi", "Salut"),
        Entry("a", "Ho", "Salut", stale=True),
        Entry("a", "Hi"),
    )
    message = message_of("Hi")
    assert serving_entry("a", message, [None, stale, good, Entry("a", "Hi", "Allo")]) is good
    for entries, state in (
        ([], TranslationState.MISSING),
        ([None, empty], TranslationState.MISSING),
        ([empty, stale], TranslationState.STALE),
        ([Entry("a", "Hi", "{x}"), stale], TranslationState.BROKEN),
    ):
        found = serving_entry("a", message, entries)
        assert isinstance(found, Problem)
        assert found.state is state


def texts(**sources: str) -> tuple[SourceText, ...]:
    return tuple(
        SourceText(f"{name}.narration", message_of(text)) for name, text in sources.items()
    )


def synced(old: Catalog | None, **sources: str) -> Catalog:
    return sync_catalog(texts(**sources), old, path="fr.po", language="fr")


def translated(catalog: Catalog) -> Catalog:
    text = write_catalog(catalog)
    for context, entry in catalog.entries.items():
        empty = f'msgctxt "{context}"\nmsgid "{entry.source}"\nmsgstr ""'
        text = text.replace(empty, empty[:-1] + f'fr {entry.source}"')
    return read(text)


def test_a_changed_source_keeps_its_translation_as_stale() -> None:
    first = translated(synced(None, a="Hello {{ n }}", b="Bye"))
    assert not check_translation(
        "a.narration", first.entries["a.narration"], message_of("Hello {{ n }}")
    )
    second = synced(first, b="Bye", a="Good morning {{ n }}")
    entry = second.entries["a.narration"]
    assert (entry.stale, entry.previous) == (True, "Hello {n}")
    assert entry.translation == "fr Hello {n}"
    third = synced(second, a="Good evening {{ n }}", b="Bye")
    assert third.entries["a.narration"].previous == "Hello {n}"
    back = synced(third, a="Hello {{ n }}", b="Bye")
    assert back.entries == first.entries


LIVE = 'msgctxt "name"\nmsgid "Hi"\nmsgstr "Salut"\n'


@pytest.mark.parametrize(
    "old",
    [
        '#~ msgid "no context"\n#~ msgstr "kein Kontext"\n',
        '# a note\n#, fuzzy\n#~| msgid "was"\n#~ msgid "no context"\n#~ msgstr "x"\n',
        '#~ msgid "%d day"\n#~ msgid_plural "%d days"\n#~ msgstr[0] "ein"\n#~ msgstr[1] "zwei"\n',
        '#~ msgctxt "name"\n#~ msgid "no translation"\n',
        '#~ msgid ""\n#~ msgstr "Language: fr\\n"\n',
        '#~ msgid "never closed\n#~ msgstr "an \\escape"\n',
        "#~ whatever a merge left\n",
    ],
)
@pytest.mark.parametrize("parting", ["", "\n"])
def test_what_is_commented_out_holds_nothing_up_and_stays(old: str, parting: str) -> None:
    gone = '#~ msgctxt "gone.narration"\n#~ msgid "Bye"\n#~ msgstr "Au revoir"\n'
    last = LIVE.replace('"name"', '"a.narration"')
    for text in (LIVE + parting + old, old + parting + LIVE, old + parting + gone + "\n" + LIVE):
        catalog, findings = read_catalog("fr.po", (text + "\n" + last).encode())
        assert catalog is not None, findings
        assert list(catalog.entries) == ["name", "a.narration"]
        written = write_catalog(catalog)
        assert f"\n{old}" in written
        again, _ = read_catalog("fr.po", written.encode())
        assert again is not None
        assert write_catalog(again) == written


def test_an_entry_that_counts_is_whole_whatever_is_commented_out_around_it() -> None:
    for text in ('msgctxt "name"\nmsgid "Hi"\n#~ msgstr "Salut"\n', f'#~ msgid "x"\nmsgid{LIVE}'):
        assert read_catalog("fr.po", text.encode())[0] is None


def test_what_is_gone_is_retired_and_comes_back() -> None:
    first = translated(synced(None, a="Hello", b="Bye"))
    second = read(write_catalog(synced(first, a="Hello")))
    assert [entry.context for entry in second.retired] == ["b.narration"]
    third = synced(second, b="Bye", a="Hello")
    assert third.entries["b.narration"].translation == "fr Bye"
    assert not third.retired


def test_a_written_catalog_reads_well() -> None:
    sources = (
        SourceText("name", message_of("Tour"), (), "a tour.yaml"),
        SourceText(
            "a.narration",
            message_of('Say "{{ product }}"\nand {x}'),
            ("speaker: Jane", "≈ 3 s"),
            "tour.yaml",
        ),
        SourceText("b.narration", message_of("{{ product }}")),
    )
    first = sync_catalog(sources, None, path="fr.po", language="fr")
    assert write_catalog(first) == (
        'msgid ""\n'
        'msgstr ""\n'
        '"Language: fr\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        "\n"
        "#: \u2068a tour.yaml\u2069\n"
        'msgctxt "name"\n'
        'msgid "Tour"\n'
        'msgstr ""\n'
        "\n"
        "#. speaker: Jane\n"
        "#. ≈ 3 s\n"
        "#: tour.yaml\n"
        "#, python-brace-format\n"
        'msgctxt "a.narration"\n'
        'msgid ""\n'
        '"Say \\"{product}\\"\\n"\n'
        '"and {{x}}"\n'
        'msgstr ""\n'
    )


def test_syncing_a_thousand_entries_takes_no_time() -> None:
    sources = {f"s{n}": f"Scene {n} is about {{{{ product }}}} and more" for n in range(1000)}
    old = translated(synced(None, **sources))
    changed = {name: text + "!" for name, text in sources.items()}
    with soon(4):
        text = write_catalog(synced(read(write_catalog(old)), **changed))
    assert text.count("#, fuzzy") == 1000


def test_two_translators_merge_without_a_conflict(tmp_path: Path) -> None:
    path = tmp_path / "fr.po"

    def git(*arguments: str) -> None:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", "-C", str(tmp_path), *who, *arguments], check=True, timeout=30)

    base = synced(None, **{name: f"Text {name}" for name in "abcdef"})
    git("init", "-q", "-b", "main")
    path.write_text(write_catalog(base))
    git("add", ".")
    git("commit", "-qm", "base")
    for branch, letter in (("ann", "b"), ("bo", "e")):
        git("checkout", "-q", "-b", branch, "main")
        empty = f'msgid "Text {letter}"\nmsgstr "'
        path.write_text(path.read_text().replace(empty, empty + f"Texte {letter}"))
        git("commit", "-qam", branch)
    git("merge", "-q", "-m", "both", "ann")
    merged = read(path.read_bytes())
    done = [entry.translation for entry in merged.entries.values() if entry.translation]
    assert done == ["Texte b", "Texte e"]
    assert write_catalog(merged) == path.read_text()
