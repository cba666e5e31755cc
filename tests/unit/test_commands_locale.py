"""Catalogs follow their storyboards and lose nothing that a translator wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.catalogs.po_reader import read_catalog
from storyboard.catalogs.translation import TranslationState as State
from storyboard.commands.locale import Progress, Selection, measure_catalogs
from storyboard.commands.rewriting import Rewrite
from storyboard.commands.rewriting_files import put_rewrites
from storyboard.compiler import compile_project
from storyboard.disk.inside import FileRefused
from storyboard.errors import ConflictError, UsageError
from storyboard.expand.texts import Leniency
from storyboard.source.files import MemoryFiles, ProjectFiles
from tests.support.syncing import synced_files

BOARD = """\
name: "{{ product }} in short"
locales: [en, de]
vars: {product: Acme, steps: [{id: a, pitch: One}, {id: b, pitch: Two}]}
scenes:
  - id: hello
    narration: Welcome to {{ product }}.
    notes: wave your hand
  - for_each: "{{ steps }}"
    id: "step-{{ item.id }}"
    narration: "Step {{ index }}: {{ item.pitch }}"
  - id: only-english
    when: "{{ locale == 'en' }}"
    narration: For English ears.
  - id: bare
    narration: "{{ product }}"
"""
PATH = "locales/de/a.po"


def synced(files: dict[str, str]) -> dict[str, str]:
    rewrites, report = synced_files(MemoryFiles(files))
    assert not report.has_errors
    new = {**files, **{rewrite.path: (rewrite.after or b"").decode() for rewrite in rewrites}}
    assert not any(rewrite.changes for rewrite in synced_files(MemoryFiles(new))[0])
    return new


def translated(text: str, **translations: str) -> str:
    for context, translation in translations.items():
        head, mark, tail = text.partition(f'msgctxt "{context.replace("_", "-")}.narration"\n')
        assert mark
        text = head + mark + tail.replace('msgstr ""', f'msgstr "{translation}"', 1)
    return text


def progress(files: dict[str, str]) -> Progress:
    (found,), _ = measure_catalogs(MemoryFiles(files))
    return found


def test_a_new_catalog() -> None:
    text = synced({"storyboards/a.yaml": BOARD})[PATH]
    catalog, findings = read_catalog(PATH, text.encode())
    assert catalog is not None
    assert findings == ()
    assert list(catalog.entries) == [
        "name",
        "hello.narration",
        "step-a.narration",
        "step-b.narration",
    ]
    assert catalog.language == "de"
    hello, step = catalog.entries["hello.narration"], catalog.entries["step-a.narration"]
    assert hello.source == "Welcome to {product}."
    assert hello.remarks == ("wave your hand", "{product}: for example “Acme”")
    assert step.source == "Step {index}: {pitch}"
    assert step.remarks == (
        "{index}: for example “1”",
        "{pitch}: item.pitch, for example “One”",
    )


def test_the_life_of_a_text() -> None:
    files = synced({"storyboards/a.yaml": BOARD})
    assert progress(files).contexts(State.MISSING) == tuple(progress(files).states)
    assert progress(files).name is State.MISSING
    files[PATH] = translated(
        files[PATH], hello="Willkommen bei {product}.", step_a="Erstens.", step_b="Zweitens."
    )
    assert "step-a.narration" in progress(files).contexts(State.BROKEN)

    files["storyboards/a.yaml"] = BOARD.replace("Welcome to", "Hello from").replace(
        "{id: b, pitch: Two}", "{id: c, pitch: Two}"
    )
    assert progress(files).contexts(State.STALE) == ("hello.narration",)
    assert progress(files).orphans == ("step-b.narration",)
    new = synced(files)
    assert progress(new).contexts(State.STALE) == ("hello.narration",)
    assert progress(new).orphans == ()
    assert "#, fuzzy" in new[PATH]
    assert '#| msgid "Welcome to {product}."' in new[PATH]
    assert 'msgctxt "step-c.narration"' in new[PATH], "the same words under another key"
    assert "Zweitens." in new[PATH]

    back = synced({**new, "storyboards/a.yaml": BOARD})
    assert "Willkommen bei {product}." in back[PATH]
    assert "fuzzy" not in back[PATH]
    assert "#~" not in back[PATH]


SHORT = "name: A\nlocales: [en, de]\nscenes:\n- {id: x, narration: Welcome to this film.}\n"


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("", State.MISSING),
        ('msgctxt "name"\nmsgid "A"\nmsgstr ""\n\n', State.MISSING),
        ('msgctxt "name"\nmsgid "Before"\nmsgstr "Vorher"\n\n', State.STALE),
        ('#, fuzzy\nmsgctxt "name"\nmsgid "A"\nmsgstr "Vorher"\n\n', State.STALE),
    ],
)
def test_a_name_holds_no_video_and_the_source_serves_for_it(name: str, state: State) -> None:
    text = 'msgctxt "x.narration"\nmsgid "Welcome to this film."\nmsgstr "Willkommen."\n'
    files = {"storyboards/a.yaml": SHORT, PATH: name + text}
    assert progress(files).is_whole
    assert progress(files).name is state
    german = compile_project(MemoryFiles(files)).videos[1]
    assert (german.holds, german.name) == ((), "A")
    lenient = compile_project(MemoryFiles(files), leniency=Leniency(allow_stale=True)).videos[1]
    assert lenient.name == ("Vorher" if state is State.STALE else "A")


BY_NAME = """\
environments:
  prod: {region: irp2, identity: name, userId: videos@example.com}
checks: {name-of-other-locale: SEVERITY}
"""


@pytest.mark.parametrize("severity", ["warning", "error", "off"])
@pytest.mark.parametrize(
    ("translation", "is_held"),
    [("", True), ("Welcome to {product}", True), ("Willkommen bei {product}", False)],
)
def test_a_name_that_is_a_key_and_is_anothers_holds_its_video(
    translation: str, is_held: bool, severity: str
) -> None:
    name = 'name: "Welcome to {{ product }}"\nvars: {product: Acme}\n'
    text = f'msgctxt "name"\nmsgid "Welcome to {{product}}"\nmsgstr "{translation}"\n\n'
    text += 'msgctxt "x.narration"\nmsgid "Welcome to this film."\n'
    text += 'msgstr "Willkommen in diesem langen Film."\n'
    files = MemoryFiles(
        {
            "storyboard.yaml": BY_NAME.replace("SEVERITY", severity),
            "storyboards/a.yaml": SHORT.replace("name: A\n", name),
            PATH: text,
        }
    )
    (found,), report = measure_catalogs(files, Selection(environment="prod"))
    compilation = compile_project(files, environment="prod")
    code = "name-of-other-locale"
    assert bool(compilation.videos[1].holds) is is_held
    assert found.is_whole is not is_held
    checked = [d for d in compilation.report.diagnostics if d.code == code]
    assert [d for d in report.diagnostics if d.code == code] == checked
    assert bool(checked) is (is_held and severity != "off")
    assert report.has_errors is compilation.report.has_errors
    (found,), report = measure_catalogs(files)
    assert found.is_whole, "an environment with a state knows its videos by their ids"
    assert not [d for d in report.diagnostics if d.code == code]


def test_check_and_status_count_the_same_texts() -> None:
    files = MemoryFiles({"storyboards/a.yaml": BOARD})
    (found,), _ = measure_catalogs(files)
    german = compile_project(files).videos[1]
    assert len(german.holds) == len(found.contexts(State.MISSING)) == len(found.states)


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ("#, fuzzy\n{a}#, fuzzy\n{b}", "2 texts marked fuzzy"),
        ("{a}#, fuzzy\n{b}", "1 text marked fuzzy"),
        ('{a}#, fuzzy\n#| msgid "And"\n{b}', "1 text translated from an older source"),
        ("{a}{c}", "1 text translated from an older source"),
        ("#, fuzzy\n{a}{c}", "1 text marked fuzzy, 1 text translated from an older source"),
    ],
)
def test_a_held_video_says_what_is_the_matter_with_each_text(entries: str, told: str) -> None:
    board = "name: A\nlocales: [en, de]\nscenes:\n- {id: a, narration: A first text to be said.}\n"
    board += "- {id: b, narration: And a second text to be said.}\n"
    a = 'msgctxt "a.narration"\nmsgid "A first text to be said."\nmsgstr "Ein erster Text."\n\n'
    b = 'msgctxt "b.narration"\nmsgid "And a second text to be said."\nmsgstr "Zwei."\n\n'
    text = entries.format(a=a, b=b, c=b.replace("And a", "Another"))
    compilation = compile_project(MemoryFiles({"storyboards/a.yaml": board, PATH: text}))
    (found,) = [d for d in compilation.report.diagnostics if d.code == "translation-stale"]
    assert found.message == f"'a@de' is held: {told}"
    assert ("`fuzzy`" in (found.hint or "")) == ("older" not in told)


@pytest.mark.parametrize("stated", ["German", "Deutsch", "LANGUAGE", "fr", "x"])
def test_a_header_that_names_another_language_or_none_is_told(stated: str) -> None:
    catalog = f'msgid ""\nmsgstr "Language: {stated}\\n"\n'
    files = MemoryFiles({"storyboards/a.yaml": BOARD, PATH: catalog})
    for report in (measure_catalogs(files)[1], compile_project(files).report):
        (told,) = [found for found in report.diagnostics if found.code == "catalog-language"]
        assert told.message.startswith(f"the header says that the language is '{stated}', ")
        assert "'de'" in told.message
        assert 'write "Language: de\\n" in the header' in (told.hint or "")


def test_a_header_may_name_no_language() -> None:
    for header in ('msgid ""\nmsgstr "Language: \\n"\n', 'msgid ""\nmsgstr "X: y\\n"\n', ""):
        files = MemoryFiles({"storyboards/a.yaml": BOARD, PATH: header})
        found = {finding.code for finding in measure_catalogs(files)[1].diagnostics}
        assert "catalog-language" not in found


def test_a_parent_locale_serves() -> None:
    board = BOARD.replace("[en, de]", "[en, de-AT]")
    files = {"storyboards/a.yaml": board, PATH: ""}
    files[PATH] = translated(
        synced({"storyboards/a.yaml": BOARD})[PATH], hello="Willkommen bei {product}."
    )
    assert progress(files).contexts(State.OK) == ("hello.narration",)


def test_a_broken_catalog_is_left_alone_and_the_others_are_not() -> None:
    files = {"storyboards/a.yaml": BOARD.replace("[en, de]", "[en, de, fr]"), PATH: "garbage\n"}
    rewrites, report = synced_files(MemoryFiles(files))
    assert report.has_errors
    assert [rewrite.path for rewrite in rewrites] == ["locales/fr/a.po"]


@pytest.mark.parametrize(
    ("before", "after"), [("- id: hello\n    narr", "- narr"), ("[en, de]", "[en, ../de]")]
)
def test_nothing_is_written_where_the_storyboard_has_errors(before: str, after: str) -> None:
    assert before in BOARD
    files = MemoryFiles({"storyboards/a.yaml": BOARD.replace(before, after)})
    rewrites, report = synced_files(files)
    assert report.has_errors
    assert rewrites == ()


def test_a_scope_chooses_and_must_name_something() -> None:
    files = MemoryFiles({"storyboards/a.yaml": BOARD.replace("[en, de]", "[en, de, fr]")})
    assert [r.path for r in synced_files(files, Selection(scope=("a@fr",)))[0]] == [
        "locales/fr/a.po"
    ]
    assert synced_files(files, Selection(scope=("a@en",)))[0] == ()
    with pytest.raises(UsageError, match="'b' names no video"):
        synced_files(files, Selection(scope=("b",)))


texts = st.lists(st.text("abcä {}\"'\\", min_size=1, max_size=20), min_size=1, max_size=4)


@given(texts, texts)
def test_no_edit_of_the_source_loses_a_translation(before: list[str], after: list[str]) -> None:
    def board(narrations: list[str]) -> str:
        rows = (
            f"- {{id: s{i}, narration: '{text.replace(chr(39), chr(39) * 2)}'}}\n"
            for i, text in enumerate(narrations)
        )
        return "name: A\nlocales: [en, de]\nscenes:\n" + "".join(rows)

    def sync(files: dict[str, str]) -> dict[str, str]:
        rewrites, _ = synced_files(MemoryFiles(files))
        return {**files, **{rewrite.path: (rewrite.after or b"").decode() for rewrite in rewrites}}

    files = sync({"storyboards/a.yaml": board(before)})
    if PATH not in files:
        return
    head, *entries = files[PATH].split("\n\n")
    filled = [e.replace('msgstr ""', f'msgstr "T{i}"') for i, e in enumerate(entries)]
    files[PATH] = "\n\n".join([head, *filled])
    changed = sync({**files, "storyboards/a.yaml": board(after)})
    for index in range(len(filled)):
        if f'msgstr "T{index}"' in files[PATH]:
            assert f'msgstr "T{index}"' in changed[PATH]


def test_files_are_put_whole_with_their_rights_and_only_where_they_changed(tmp_path: Path) -> None:
    kept, new = tmp_path / "kept.yaml", tmp_path / "deep" / "new.po"
    kept.write_bytes(b"old")
    kept.chmod(0o640)
    put_rewrites(
        tmp_path, [Rewrite("kept.yaml", b"old", b"new"), Rewrite("deep/new.po", None, b"x")]
    )
    assert (kept.read_bytes(), kept.stat().st_mode & 0o777) == (b"new", 0o640)
    assert new.read_bytes() == b"x"
    stamp = kept.stat().st_mtime_ns
    put_rewrites(tmp_path, [Rewrite("kept.yaml", b"new", b"new")])
    assert kept.stat().st_mtime_ns == stamp
    with pytest.raises(ConflictError):
        put_rewrites(tmp_path, [Rewrite("kept.yaml", b"old", b"newer")])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deep", "kept.yaml"]


@pytest.mark.parametrize("path", ["../out.po", "link/out.po", "/tmp/out.po"])
def test_nothing_is_put_outside_of_the_project(tmp_path: Path, path: str) -> None:
    root, outside = tmp_path / "project", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "link").symlink_to(outside)
    with pytest.raises(FileRefused):
        put_rewrites(root, [Rewrite(path, None, b"x")])
    assert list(outside.iterdir()) == []
    assert sorted(path.name for path in root.iterdir()) == ["link"]
    # A folder that leads out is named, so that whoever reads it is told; what is in it is not.
    assert ProjectFiles(root).glob("**") == ["link"]


def test_a_scene_hangs_on_values_of_the_environment_and_the_command_line() -> None:
    board = BOARD + '  - {id: beta, narration: More to come., when: "{{ beta }}"}\n'
    files = MemoryFiles(
        {
            "storyboards/a.yaml": board,
            "storyboard.yaml": "environments: {preview: {studio: local, vars: {beta: true}}}\n",
        }
    )
    _, unknown = synced_files(files)
    assert unknown.has_errors
    for selection in (Selection(environment="preview"), Selection(variables={"beta": True})):
        [rewrite] = synced_files(files, selection)[0]
        assert b'msgctxt "beta.narration"' in (rewrite.after or b"")
