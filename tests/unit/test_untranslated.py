"""A translation that is its source again is told of, and no name, brand or word alone is."""

from __future__ import annotations

import pytest

from storyboard.catalogs.translation import TranslationState as State
from storyboard.checks.studio_facts import StudioFacts, Unset
from storyboard.commands.locale import measure_catalogs
from storyboard.compiler import compile_project
from storyboard.expand.texts import Leniency
from storyboard.source.diagnostic import Diagnostic
from storyboard.source.files import MemoryFiles
from tests.support.syncing import synced_files

CODE = "translation-same"
HELP = "Call the help desk if you need a new password."
HELLO = "Welcome to the tour of {product}."
BOARD = """\
name: The tour of it all
locales: [LOCALES]
vars: {product: Acme, price: 12}
avatars: {host: jane}
avatar: host
titles: {host: {name: Jo Doe, role: Head of the support team}}
scenes:
- {id: a, narration: "Welcome to the tour of {{ product }}."}
- {id: d, narration: Call the help desk if you need a new password.}
- {id: e, narration: "From today on it is {{ 'ready to use' if price else 'free' }} for you."}
"""


def entry(context: str, source: str, translation: str, *flags: str) -> str:
    flag = f"#, {', '.join(flags)}\n" if flags else ""
    return f'{flag}msgctxt "{context}"\nmsgid "{source}"\nmsgstr "{translation}"\n\n'


REST = entry(
    "e.narration", "From today on it is {value} for you.", "Ab heute ist es {value} für Sie."
)
REST += entry("e.narration.value.1", "ready to use", "bereit")
REST += entry("e.narration.value.2", "free", "frei")


def files(
    *entries: str, locales: str = "en, de", project: str = "", rest: str = REST
) -> MemoryFiles:
    written = {
        "storyboards/t.yaml": BOARD.replace("LOCALES", locales),
        "locales/de/t.po": "".join(entries) + rest,
        "locales/en-GB/t.po": "".join(entries) + rest,
    }
    return MemoryFiles(written | ({"storyboard.yaml": project} if project else {}))


def told(project: MemoryFiles, leniency: Leniency | None = None) -> list[Diagnostic]:
    report = compile_project(project, leniency=leniency or Leniency()).report
    return [found for found in report.diagnostics if found.code == CODE]


GERMAN = entry("a.narration", HELLO, "Willkommen bei {product}.")
CALL = "Rufen Sie an, wenn Sie ein neues Passwort brauchen."
SAME = entry("d.narration", HELP, HELP)


def test_check_status_and_sync_tell_where_it_stands() -> None:
    project = files(GERMAN, SAME)
    (found,) = told(project)
    assert found.message == "the translation of 'd.narration' says what its source says"
    assert found.span is not None
    assert (found.span.file, found.span.line) == ("locales/de/t.po", 7)
    (progress,), measured = measure_catalogs(project)
    assert progress.contexts(State.SAME) == ("d.narration",)
    assert progress.is_whole
    _, synced = synced_files(project)
    for report in (measured, synced):
        assert [d for d in report.diagnostics if d.code == CODE] == [found]


def test_texts_of_one_file_are_told_together() -> None:
    (found,) = told(files(entry("a.narration", HELLO, HELLO), SAME))
    assert found.message == "2 texts of locales/de/t.po say what the source says"
    assert [note.message for note in found.notes] == ["'d.narration' too"]


def test_words_inside_an_expression_count_too() -> None:
    rest = REST.replace('"bereit"', '"ready to use"')
    (found,) = told(files(GERMAN, entry("d.narration", HELP, CALL), rest=rest))
    assert "'e.narration.value.1'" in found.message


def test_another_wrapping_is_the_same_text_and_so_is_an_older_source_that_is_allowed() -> None:
    wrapped = f'msgctxt "d.narration"\nmsgid "{HELP}"\nmsgstr ""\n"Call the help desk "\n'
    wrapped += '"if you need  a new password."\n\n'
    assert len(told(files(GERMAN, wrapped))) == 1
    older = "Call the desk if you need a new password."
    for old in (
        entry("d.narration", older, older),
        f'#, fuzzy\n#| msgid "{older}"\n{entry("d.narration", HELP, older)}',
    ):
        assert told(files(GERMAN, old)) == []
        assert len(told(files(GERMAN, old), Leniency(allow_stale=True))) == 1


@pytest.mark.parametrize(
    ("context", "source"),
    [
        ("name", "The tour of it all"),
        ("titles.host.role", "Head of the support team"),
    ],
)
def test_a_name_and_a_title_are_asked_about_as_narrations_are(context: str, source: str) -> None:
    german = entry("d.narration", HELP, CALL)
    assert told(files(GERMAN, german, entry(context, source, ""))) == []
    project = files(GERMAN, german, entry(context, source, source))
    (found,) = told(project)
    assert found.message == f"the translation of '{context}' says what its source says"
    assert found.hint is not None
    assert "waits" not in found.hint, "the source's words serve without a translation, too"
    (progress,), measured = measure_catalogs(project)
    assert [d for d in measured.diagnostics if d.code == CODE] == [found]
    assert (progress.name is State.SAME) is (context == "name")
    assert progress.contexts(State.SAME) == (() if context == "name" else (context,))
    assert progress.is_whole


def test_texts_are_told_in_the_order_of_their_file() -> None:
    name, role = "The tour of it all", "Head of the support team"
    title = entry("titles.host.role", role, role)
    project = files(GERMAN, title, SAME, entry("name", name, name))
    (found,) = told(project)
    (again,) = (d for d in measure_catalogs(project)[1].diagnostics if d.code == CODE)
    assert found == again
    assert [note.message for note in found.notes] == ["'d.narration' too", "'name' too"]
    assert "then the video waits" in str(found.hint)


@pytest.mark.parametrize(
    ("source", "is_told"),
    [
        ("Stop.", False),
        ("Microsoft Teams, SharePoint.", False),
        ("Acme Cloud 365!", False),
        ("{{ product }}: {{ price }}.", False),
        ("{{ product }} Online, {{ price }} h.", False),
        ("Stop now.", True),
        ("Open {{ product }} and sign in.", True),
        ("打开设置，选择您的团队。", True),
        ("小米", False),
    ],
)
def test_names_tokens_and_single_words_may_be_the_same(source: str, is_told: bool) -> None:
    scene = f"scenes: [{{id: a, narration: '{source}'}}]\n"
    board = f"name: T\nlocales: [en, de]\nvars: {{product: Acme, price: 12}}\n{scene}"
    seen = source.replace("{{ ", "{").replace(" }}", "}")
    catalog = entry("a.narration", seen, seen)
    project = MemoryFiles({"storyboards/t.yaml": board, "locales/de/t.po": catalog})
    assert bool(told(project)) is is_told


def test_a_variety_of_the_language_may_say_the_same() -> None:
    project = files(GERMAN, SAME, locales="en, en-GB")
    assert told(project) == []
    assert measure_catalogs(project)[0][0].contexts(State.SAME) == ()


def test_a_title_that_no_font_has_holds_its_video_and_no_other() -> None:
    role = entry("titles.host.role", "Head of the support team", "チームの長")
    german = entry("d.narration", HELP, CALL)
    names = StudioFacts(True, voices=lambda _: True, unset=lambda text: Unset(f"no {text}", False))
    compilation = compile_project(files(GERMAN, german, role), studio=names)
    (found,) = [d for d in compilation.report.diagnostics if d.code == "letters-missing"]
    assert not compilation.report.has_errors
    assert found.message == "no チームの長 for 'de'"
    assert [note.message for note in found.notes] == ["held: t@de"]
    assert found.span is not None
    assert (found.span.file, found.span.line) == ("locales/de/t.po", 11)
    english, held = compilation.videos
    assert (english.holds, [hold.code for hold in held.holds]) == ((), [found.code])


@pytest.mark.parametrize("token", ["{produkt}", "", "{product"])
def test_wrong_tokens_hold_their_video_and_no_other(token: str) -> None:
    german = entry("a.narration", HELLO, f"Willkommen bei {token}.")
    project = files(german, entry("d.narration", HELP, CALL))
    compilation = compile_project(project)
    assert not compilation.report.has_errors
    (found,) = [d for d in compilation.report.diagnostics if d.code == "translation-tokens"]
    assert found.message.startswith("'t@de' is held: ")
    english, held = compilation.videos
    assert (english.holds, [hold.code for hold in held.holds]) == ((), [found.code])
    assert not measure_catalogs(project)[0][0].is_whole


def test_an_entry_can_be_marked_as_right() -> None:
    marked = entry("d.narration", HELP, HELP, "ignore-same")
    assert told(files(GERMAN, marked)) == []
    assert measure_catalogs(files(GERMAN, marked))[0][0].contexts(State.SAME) == ()


def test_a_project_can_silence_it_everywhere() -> None:
    project = files(GERMAN, SAME, project=f"checks: {{{CODE}: off}}\n")
    reports = (measure_catalogs(project)[1], synced_files(project)[1])
    assert told(project) == []
    assert not [d for report in reports for d in report.diagnostics if d.code == CODE]
