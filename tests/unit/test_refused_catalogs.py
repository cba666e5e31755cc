"""What every command says of a catalog that it cannot use, and of a translation that holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from storyboard.catalogs.translation import TranslationState
from storyboard.cli import run
from storyboard.commands.locale import measure_catalogs
from storyboard.compiler import compile_project
from storyboard.source.diagnostic import Severity
from storyboard.source.files import MemoryFiles, ProjectFiles
from storyboard.views.rewriting import render_progress_text
from tests.support.syncing import synced_files

BOARD = """\
name: '{{ n }} days'
vars: {n: 3}
locales: [en, de]
scenes:
  - id: hi
    narration: Hello to all of you and welcome to our tour.
"""
HELLO = "Hello to all of you and welcome to our tour."
HALLO = "Hallo zusammen und willkommen zu unserer Tour."
PO = "locales/de/tour.po"


def link_out(path: Path) -> None:
    outside = path.parents[3] / "outside.po"
    outside.write_text("")
    path.symlink_to(outside)


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("make", [link_out, folder])
def test_a_catalog_that_is_not_read_is_told_with_its_reason(
    make: Callable[[Path], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`check` and `locale sync` said nothing, and `plan` that the catalog has errors."""
    root = tmp_path / "project"
    (root / "storyboards").mkdir(parents=True)
    (root / "locales/de").mkdir(parents=True)
    (root / "storyboards/tour.yaml").write_text(BOARD)
    make(root / PO)
    for command in (("check",), ("plan",), ("locale", "sync"), ("locale", "status")):
        assert run(["-C", str(root), *command]) == 3
        told = "".join(capsys.readouterr())
        assert f"{PO}:1:1: error[file-refused] '{PO}' " in told, told
    _, report = synced_files(ProjectFiles(root))
    assert [finding.code for finding in report.diagnostics] == ["file-refused"]


def project(name: str, hello: str, source: str = HELLO) -> MemoryFiles:
    return MemoryFiles(
        {
            "storyboards/tour.yaml": BOARD,
            PO: 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
            f'msgctxt "name"\nmsgid "{{n}} days"\nmsgstr "{name}"\n\n'
            f'msgctxt "hi.narration"\nmsgid "{source}"\nmsgstr "{hello}"\n',
        }
    )


@pytest.mark.parametrize("name", ["{m} Tage", "Tage", "{n} Tage {"])
def test_a_broken_name_holds_its_video_in_every_command(name: str) -> None:
    files = project(name, HALLO)
    [finding] = compile_project(files).report.diagnostics
    assert finding.severity is Severity.WARNING
    assert finding.message.startswith("'tour@de' is held: in the translation of 'name', ")
    assert [item.is_whole for item in measure_catalogs(files)[0]] == [False]


@pytest.mark.parametrize("name", ["{n} Tage", "{n} {n} Tage", ""])
def test_a_name_that_serves_or_is_missing_holds_nothing(name: str) -> None:
    files = project(name, HALLO)
    assert compile_project(files).report.diagnostics == ()
    assert [item.is_whole for item in measure_catalogs(files)[0]] == [True]


def test_a_stale_text_is_synced_first() -> None:
    """Before a sync, the file has the old source and no mark that could be dropped."""
    [finding] = compile_project(project("", HALLO, "Hello, all.")).report.diagnostics
    assert finding.code == "translation-stale"
    steps = ("run `storyboard locale sync`", PO, "remove the fuzzy mark")
    places = [(finding.hint or "").find(step) for step in steps]
    assert -1 < places[0] < places[1] < places[2], finding.hint


@pytest.mark.parametrize(
    ("folder", "is_refused"), [("DE", True), ("de_DE", True), ("De-de", True), ("de-DE", False)]
)
def test_no_catalog_is_written_beside_the_folder_that_was_meant(
    folder: str, is_refused: bool
) -> None:
    """`locale sync` wrote an empty locales/de beside the translations, without a word."""
    content = project("", HALLO).read(PO)
    files = {"storyboards/tour.yaml": BOARD, f"locales/{folder}/tour.po": content.decode()}
    rewrites, report = synced_files(MemoryFiles(files))
    assert [rewrite.path for rewrite in rewrites] == ([] if is_refused else [PO])
    [finding] = report.diagnostics
    assert (finding.code, report.has_errors) == ("catalog-unread", is_refused)
    assert f"locales/{folder}/" in finding.message
    assert (finding.hint or "").startswith("rename the folder to locales/de/")
    read = compile_project(MemoryFiles(files)).report.diagnostics
    assert finding.hint in [each.hint for each in read]


@pytest.mark.parametrize("other", ["fr/tour", "DE/trip", "pt-BR/tour"])
def test_other_folders_keep_no_catalog_from_being_written(other: str) -> None:
    content = project("", HALLO).read(PO).decode()
    files = {"storyboards/tour.yaml": BOARD, f"locales/{other}.po": content}
    rewrites, report = synced_files(MemoryFiles(files))
    assert [rewrite.path for rewrite in rewrites] == [PO]
    assert report.diagnostics == ()


def test_an_unreadable_catalog_is_no_missing_translation() -> None:
    files = project("", HALLO).read(PO).decode()
    broken = MemoryFiles({"storyboards/tour.yaml": BOARD, PO: files + "nonsense\n"})
    progress, _ = measure_catalogs(broken)
    assert set(progress[0].states.values()) == {TranslationState.UNREADABLE}
    assert not progress[0].is_whole
    assert "unreadable" in render_progress_text(progress)


def test_a_plan_counts_a_shared_text_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "storyboards").mkdir()
    (tmp_path / "outro.yaml").write_text("- {id: end, narration: That was all for today.}\n")
    for number in range(3):
        own = BOARD.replace("tour", f"tour {number}") + "  - include: outro.yaml\n"
        (tmp_path / f"storyboards/t{number}.yaml").write_text(own)
    at = ("-C", str(tmp_path))
    for command in (("plan",), ("locale", "sync"), ("plan",)):
        assert run([*at, *command]) == 0
    assert capsys.readouterr().out.count("3 videos, 4 texts:") == 2


@pytest.mark.parametrize(
    ("count", "last"), [(5, None), (6, "and 1 more text"), (9, "and 4 more texts")]
)
def test_held_texts_that_are_not_named_are_counted(count: int, last: str | None) -> None:
    scenes = "".join(
        f"  - {{id: s{number}, narration: Here is the sentence that has number {number}.}}\n"
        for number in range(count)
    )
    board = f"name: A\nlocales: [en, de]\nscenes:\n{scenes}"
    [finding] = compile_project(MemoryFiles({"storyboards/a.yaml": board})).report.diagnostics
    assert len(finding.notes) == 4 + (last is not None)
    assert last in (None, finding.notes[-1].message)
