"""A variable with another name costs no translation; what is allowed to be old says why not."""

from __future__ import annotations

import pytest

from storyboard.catalogs.tokens import renamed_token, with_token
from storyboard.catalogs.translation import TranslationState as State
from storyboard.commands.locale import measure_catalogs
from storyboard.compiler import Compilation, compile_project
from storyboard.expand.texts import Leniency
from storyboard.source.files import MemoryFiles
from tests.support.syncing import synced_files

PO = "locales/de/t.po"
BOARD = """\
name: The leave of {{ vac | unit('day') }}
locales: [en, de]
vars: {vac: 30}
scenes:
- {id: a, narration: "You have {{ vac | unit('day') }} of paid leave each year, {A-7}."}
"""
CATALOG = """\
msgctxt "name"
msgid "The leave of {vac}"
msgstr "Der Urlaub von {vac}"

msgctxt "a.narration"
msgid "You have {vac} of paid leave each year, {{A-7}}."
msgstr "Nach {{A-7}} haben Sie jedes Jahr {vac} bezahlten Urlaub."
"""
RENAMED = BOARD.replace("vac", "holidays")
LENIENT = Leniency(allow_stale=True)


def files(board: str, catalog: str = CATALOG) -> MemoryFiles:
    return MemoryFiles({"storyboards/t.yaml": board, PO: catalog})


def compiled(board: str, catalog: str = CATALOG) -> Compilation:
    return compile_project(files(board, catalog), leniency=LENIENT)


def synced(board: str, catalog: str = CATALOG) -> tuple[str, tuple[str, ...]]:
    (rewrite,), _ = synced_files(files(board, catalog))
    return (rewrite.after or b"").decode(), rewrite.news


@pytest.mark.parametrize("leniency", [LENIENT, Leniency()])
def test_a_renamed_variable_is_told_as_what_a_sync_mends(leniency: Leniency) -> None:
    compilation = compile_project(files(RENAMED), leniency=leniency)
    (found,) = compilation.report.diagnostics
    assert found.code == "translation-stale"
    assert found.message == "'t@de' is held: 1 text with a variable that got another name"
    assert found.hint == "run `storyboard locale sync`: a variable got another name"
    held = compilation.videos[1]
    assert held.name == "The leave of 30 days", "a name that is old keeps no video back"


def test_other_words_beside_a_renamed_variable_are_told_as_what_can_be_done() -> None:
    board = RENAMED.replace("paid leave", "vacation")
    (strict,) = compile_project(files(board)).report.diagnostics
    assert "translate locales/de/t.po and remove the fuzzy mark" in str(strict.hint)
    (lenient,) = compiled(board).report.diagnostics
    assert lenient.hint == "run `storyboard locale sync`: a variable got another name"
    text, _ = synced(board)
    assert compiled(board, text).report.diagnostics == (), "the hint leads on"


def test_a_stale_text_that_cannot_be_used_says_why() -> None:
    board = BOARD.replace("{{ vac | unit('day') }} of paid leave", "paid leave of {{ n }} {{ m }}")
    (found,) = compiled(board.replace("{vac: 30}", "{vac: 30, n: 3, m: 4}")).report.diagnostics
    assert found.code == "translation-tokens"
    assert "{vac} is not a token of the source any more" in found.message
    assert "{n}" in (found.hint or "")
    assert "--allow-stale" not in (found.hint or "")


@pytest.mark.parametrize("leniency", [LENIENT, Leniency(), Leniency(fallback=True)])
def test_a_text_of_the_source_is_no_mixture(leniency: Leniency) -> None:
    catalog = CATALOG if leniency.allow_stale else ""
    german = compile_project(files(RENAMED, catalog), leniency=leniency).videos[1]
    assert bool(german.holds) is not leniency.fallback
    assert german.scenes[0].narration == "You have 30 days of paid leave each year, {A-7}."


def test_sync_renames_a_token_and_the_translation_stays() -> None:
    commented, _ = synced(BOARD)
    text, news = synced(RENAMED, commented)
    assert 'msgstr "Nach {{A-7}} haben Sie jedes Jahr {holidays} bezahlten Urlaub."' in text
    assert "fuzzy" not in text
    assert "2 with a renamed token" in news
    german = compile_project(files(RENAMED, text)).videos[1]
    assert (german.holds, german.name) == ((), "Der Urlaub von 30 Tage")
    assert synced(RENAMED, text) == (text, ()), "a second sync changes nothing"
    assert "holidays" not in synced(BOARD, text)[0]


OTHERS = {
    "a thing": ("{{ vac | unit('day') }}", "{{ pay | currency('EUR') }}", "vac: 30, pay: 500"),
    "a value": ("{{ vac | unit('day') }}", "{{ pay | unit('day') }}", "vac: 30, pay: 500"),
}


@pytest.mark.parametrize("what", OTHERS)
def test_another_variable_is_looked_at_again(what: str) -> None:
    """Five hundred euros of paid leave passed in all languages, and so did a land for a city."""
    old, new, values = OTHERS[what]
    commented, _ = synced(BOARD)
    board = BOARD.replace(old, new).replace("vac: 30", values)
    text, _ = synced(board, commented)
    assert '#| msgid "You have {vac} of paid leave' in text
    assert "{pay} bezahlten Urlaub" in text
    (progress,), _ = measure_catalogs(files(board, text))
    assert progress.contexts(State.STALE) == ("a.narration",)
    back, _ = synced(BOARD, text)
    assert "{vac} bezahlten Urlaub" in back
    assert "fuzzy" not in back


def test_a_token_that_no_comment_tells_of_may_be_another_one() -> None:
    text, _ = synced(RENAMED)
    assert '#| msgid "You have {vac} of paid leave' in text
    assert "{holidays} bezahlten Urlaub" in text


def test_other_words_beside_the_renamed_token_are_looked_at_again() -> None:
    board = RENAMED.replace("paid leave", "vacation")
    text, _ = synced(board)
    assert "{holidays} bezahlten Urlaub" in text
    assert '#| msgid "You have {holidays} of paid leave' in text
    (progress,), _ = measure_catalogs(files(board, text))
    assert progress.contexts(State.STALE) == ("a.narration",)
    assert "30 Tage bezahlten" in (compiled(board, text).videos[1].scenes[0].narration or "")


def test_one_token_is_renamed_where_no_other_differs() -> None:
    assert renamed_token("{a} x", "{b} x") == ("a", "b")
    assert renamed_token("{a} x {c} {a}", "{b} y {c} {b}") == ("a", "b")
    assert renamed_token("{a} x {b}", "{c} x {d}") is None
    assert renamed_token("{a} x {b}", "{b} x {c}") is None
    assert renamed_token("{a} x", "{a} {b} x") is None
    assert renamed_token("{a} x {a}", "{b} x {a}") is None
    assert renamed_token("{a} x", "x") is None
    assert renamed_token("{{a}} x {c}", "{{b}} x {c}") is None


def test_braces_that_are_no_tokens_are_left_alone() -> None:
    assert with_token("{{a}} {a} {{{a}}}", "a", "b") == "{{a}} {b} {{{b}}}"
    assert with_token("{a} {", "a", "b") == "{a} {"
