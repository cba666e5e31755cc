"""What compiling gave before is told again only where it is the result of today."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from storyboard.checks.studio_facts import StudioFacts
from storyboard.cli.compiling import compile_clean, here
from storyboard.commands import check as check_module
from storyboard.commands import compiled_project
from storyboard.commands.check import Checked, check_files
from storyboard.commands.compiled_before import CompiledBefore
from storyboard.commands.request import Request
from storyboard.compile_cache import forked, kept_units, requests, trace
from storyboard.compile_cache.code_version import code_version
from storyboard.compile_cache.entries import FOLDER, Entries
from storyboard.compile_cache.packing import packer, unpacker
from storyboard.compile_cache.plain_videos import plain_of
from storyboard.compile_cache.trace import TraceCheck, TracedFiles
from storyboard.compiler import Compilation, compile_project
from storyboard.disk.inside import FileRefused
from storyboard.errors import UsageError
from storyboard.source.files import ProjectFiles
from storyboard.source.span import Span
from storyboard.units.compiling import UnitCompiler
from storyboard.units.unit import Unit
from storyboard.video import Video
from tests.unit.test_compile_cases import CASES

LATER = time.time() + 3600
"""When all files of a test were written long ago."""


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


TOUR = "name: Tour\navatar: jane\nscenes: [Welcome to the tour of our new product.]\n"
PROJECT = {"storyboard.yaml": "locales: [en]\n", "storyboards/tour.yaml": TOUR}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that is large enough to be worth it."""
    monkeypatch.setattr(trace, "MANY", 1)
    return write(tmp_path, PROJECT)


def check(root: Path, **request: Any) -> Checked:
    """Check with the cache; the answer is that of no cache."""
    asked = Request(root, **{"environment": "kaltura", "shell": {}, **request})
    found = check_files(asked)
    assert found == check_files(asked, uses_cache=False)
    return found


def entries(root: Path) -> list[Path]:
    return sorted((root / FOLDER).glob("*.entry"))


def test_every_unit_is_read_back_as_it_was_written() -> None:
    count = 0
    for case in sorted(CASES.iterdir()):
        units: list[Unit] = []

        def kept(compiler: UnitCompiler, paths: Any, units: list[Unit] = units) -> list[Unit]:
            units += map(compiler.compile, paths)
            return units

        compile_project(
            ProjectFiles(case),
            units=kept,
            studio=StudioFacts(voices=frozenset(["en"]).__contains__),
        )
        for unit in units:
            told = json.loads(json.dumps(packer(Unit)(unit)))
            assert unpacker(Unit)(told) == unit
        count += len(units)
    assert count > 60


def test_a_second_run_compiles_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = check(root)
    with monkeypatch.context() as patched:
        patched.delattr(UnitCompiler, "compile")
        assert check_files(Request(root, environment="kaltura", shell={})) == first


def test_an_edit_compiles_one_storyboard(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, {"storyboards/other.yaml": TOUR.replace("Tour", "Other")})
    check(root)
    write(root, {"storyboards/other.yaml": TOUR.replace("Tour", "Another")})
    compiled: list[str] = []
    real = UnitCompiler.compile
    monkeypatch.setattr(
        UnitCompiler, "compile", lambda self, path: compiled.append(path) or real(self, path)
    )
    check_files(Request(root, environment="kaltura", shell={}))
    assert compiled == ["storyboards/other.yaml"]


@pytest.mark.parametrize("other", ["program", "project file"])
def test_storyboards_are_kept_for_one_program_and_one_project_file(
    root: Path, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    check(root)
    if other == "program":
        for module in (requests, kept_units):
            monkeypatch.setattr(module, "code_version", lambda: f"{code_version()} and a change")
    else:
        write(root, {"storyboard.yaml": "locales: [en]\ndefaults: {avatar: adam}\n"})
    compiled: list[str] = []
    real = UnitCompiler.compile
    monkeypatch.setattr(
        UnitCompiler, "compile", lambda self, path: compiled.append(path) or real(self, path)
    )
    check_files(Request(root, environment="kaltura", shell={}))
    assert compiled == ["storyboards/tour.yaml"]


@pytest.mark.parametrize(
    ("scope", "compiled"),
    [("tour", []), ("nothing*@en", []), ("*@de", ["both"]), ("both", []), ("both@de", ["both"])],
)
def test_an_address_compiles_only_what_it_parts(
    root: Path, monkeypatch: pytest.MonkeyPatch, scope: str, compiled: list[str]
) -> None:
    """All of a project was compiled anew for each address that nobody had asked for before."""
    write(root, {"storyboards/both.yaml": f"locales: [en, de]\n{TOUR.replace('Tour', 'Both')}"})
    check(root)
    found: list[str] = []
    real = UnitCompiler.compile

    def noted(self: UnitCompiler, path: str) -> Unit:
        found.append(Path(path).stem)
        return real(self, path)

    asked = Request(root, environment="kaltura", shell={}, scope=(scope,))
    with monkeypatch.context() as patched, suppress(UsageError):
        patched.setattr(UnitCompiler, "compile", noted)
        first = check_files(asked)
        assert check_files(asked) == first
    assert found == compiled


def test_what_an_address_parts_is_kept_too(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    both = f"locales: [en, de]\n{TOUR.replace('Tour', 'Both')}"
    write(root, {"storyboards/both.yaml": both})
    check(root, scope=("both@de",))
    write(root, {"storyboards/tour.yaml": TOUR.replace("Tour", "Another")})
    compiled: list[str] = []
    real = UnitCompiler.compile
    monkeypatch.setattr(
        UnitCompiler, "compile", lambda self, path: compiled.append(path) or real(self, path)
    )
    check_files(Request(root, environment="kaltura", shell={}, scope=("both@de",)))
    assert compiled == ["storyboards/tour.yaml"]


@pytest.mark.parametrize("uses_cache", [True, False])
@pytest.mark.parametrize("board", ["clean", "faulty"])
def test_one_file_is_checked_by_its_own_files_alone(
    root: Path, monkeypatch: pytest.MonkeyPatch, board: str, uses_cache: bool
) -> None:
    """In a project of 5,000 it takes as long as in a project of its own."""
    asked: list[tuple[str, Any]] = []

    def noted(name: str) -> Callable[..., Any]:
        real = getattr(ProjectFiles, name)
        return lambda self, *words: (asked.append((name, words)), real(self, *words))[1]

    for name in ("open", "path", "glob", "search", "pinned"):
        monkeypatch.setattr(ProjectFiles, name, noted(name))
    text = TOUR if board == "clean" else TOUR.replace("jane", "nobody").replace("the", "{{ x }}")
    files = {f"locales/de/{name}.po": "" for name in ("tour", "other")}
    write(root, files | {"storyboard.yaml": "locales: [en, de]\n", "storyboards/tour.yaml": text})
    request = Request(root, environment="kaltura", shell={}, paths=("storyboards/tour.yaml",))
    alone = check_files(request, uses_cache=False)
    first, asked[:] = asked[:], []
    write(root, {f"storyboards/{number}.yaml": TOUR for number in range(40)})
    write(root, {f"locales/de/{number}.po": "" for number in range(40)})
    assert check_files(request, uses_cache=uses_cache) == alone
    assert asked == first
    assert {name for name, _ in asked} == {"open"}, "folders are not looked through"


def test_a_check_keeps_no_scene(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are most of a video, and 50,000 videos are checked in one go."""
    compiled: list[Compilation] = []
    real = compiled_project.compile_asking

    def noted(*words: Any) -> Compilation:
        compiled.append(real(*words))
        return compiled[-1]

    monkeypatch.setattr(compiled_project, "compile_asking", noted)
    check(root)
    assert [(len(each.outlines), each.videos) for each in compiled] == [(1, ())] * 2


def bad_seal(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def swapped(path: Path) -> None:
    others = [other for other in path.parent.glob("*.entry") if other != path]
    path.write_bytes(others[0].read_bytes())


def made_a_link(path: Path) -> None:
    path.rename(path.with_suffix(".moved"))
    path.symlink_to(path.with_suffix(".moved"))


@pytest.mark.parametrize(
    "spoil",
    [
        bad_seal,
        swapped,
        lambda path: path.chmod(0o644),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:100]),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: (path.unlink(), os.mkfifo(path)),
        lambda path: os.truncate(path, 1 << 33),
    ],
)
def test_a_spoiled_entry_is_none(root: Path, spoil: Callable[[Path], Any]) -> None:
    first = check(root)
    for path in entries(root):
        spoil(path)
    assert check(root) == first
    write(root, {"storyboards/tour.yaml": TOUR.replace("jane", "nobody")})
    assert check(root).report.has_errors


@pytest.mark.parametrize("forged", ["another value", "another key's", "open to others"])
def test_only_what_was_kept_under_a_key_is_told_of_it(tmp_path: Path, forged: str) -> None:
    """Each of these is JSON that could be believed: nothing else than the check is in its way."""
    kept = Entries(tmp_path)
    kept.keep("one", "good")
    (one,) = entries(tmp_path)
    kept.keep("other", "evil")
    (other,) = {*entries(tmp_path)} - {one}
    assert (kept.find("one"), kept.find("other")) == ("good", "evil")
    match forged:
        case "another value":
            one.write_bytes(one.read_bytes().replace(b"good", b"evil"))
        case "another key's":
            one.write_bytes(other.read_bytes())
        case _:
            one.chmod(0o644)
    assert (kept.find("one"), kept.find("other")) == (None, "evil")


@pytest.mark.parametrize("sent", ["modes", "time"])
def test_entries_that_came_with_the_repository_are_not_believed(
    root: Path, tmp_path: Path, sent: str
) -> None:
    """Git keeps neither the time of a file nor that only its owner reads it."""
    write(root, {"storyboards/tour.yaml": TOUR.replace("jane", "nobody")})
    assert check(root).report.has_errors
    forged = Request(root, environment="kaltura", shell={})
    good = check_files(Request(write(tmp_path / "good", PROJECT), environment="kaltura", shell={}))
    before = CompiledBefore(forged)
    asking = before.asking(None, keeps=True)
    for path in PROJECT:
        asking.files.read(path)
    before.keep("check", check_module._packed(good), asking, {})
    assert check_files(forged) == good, "whoever has the secret is believed"
    secret = root / FOLDER / "secret"
    if sent == "modes":
        secret.chmod(0o644)
    else:
        os.utime(secret)
    assert check_files(forged).report.has_errors
    assert check(root).report.has_errors


def test_a_folder_that_cannot_be_written_is_done_without(root: Path) -> None:
    (root / ".storyboard").write_text("a file in its place")
    assert check(root).ready == 1
    assert check(root).ready == 1
    (root / ".storyboard").unlink()
    outside = root.parent / "outside"
    outside.mkdir(exist_ok=True)
    (root / ".storyboard").symlink_to(outside)
    assert check(root).ready == 1
    assert list(outside.iterdir()) == []


def test_a_small_project_gets_no_folder(tmp_path: Path) -> None:
    check(write(tmp_path, PROJECT))
    assert not (tmp_path / ".storyboard").exists()


def test_the_folder_stays_below_its_limit(tmp_path: Path) -> None:
    kept = Entries(tmp_path, limit=10_000)
    seen: set[Path] = set()
    for number in range(30):
        kept.keep(f"key {number}", "x" * 900)
        for path in {*entries(tmp_path)} - seen:
            os.utime(path, (number, number))
        seen |= {*entries(tmp_path)}
    assert 5 <= len(entries(tmp_path)) <= 10
    assert kept.find("key 29") == "x" * 900
    assert (tmp_path / FOLDER / ".gitignore").read_text() == "*\n"


def replaced_by_a_link(path: Path) -> None:
    path.parent.rename(path.parent.with_name(".hidden"))
    path.parent.symlink_to(path.parent.with_name(".hidden"))


def rewritten_with_its_old_time(path: Path) -> None:
    told = path.stat()
    path.write_text(path.read_text().swapcase())
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))


CHANGES: list[Callable[[Path], Any]] = [
    lambda path: path.write_text("longer than before"),
    rewritten_with_its_old_time,
    lambda path: path.unlink(),
    lambda path: (path.unlink(), path.mkdir()),
    lambda path: path.with_name("b.yaml").write_text("one more"),
    replaced_by_a_link,
]


@pytest.mark.parametrize("now", [LATER, 0.0], ids=["known by its state", "read again"])
@pytest.mark.parametrize("change", [None, *CHANGES])
def test_a_trace_holds_while_nothing_changes(
    tmp_path: Path, now: float, change: Callable[[Path], Any] | None
) -> None:
    path = write(tmp_path, {"folder/a.yaml": "text", "film.mp4": "a film"}) / "folder" / "a.yaml"
    files = TracedFiles(tmp_path, clock=lambda: now)
    files.read("folder/a.yaml")
    files.search("folder/*.yaml")
    files.glob("**/*.po")
    with pytest.raises(FileRefused):
        files.read("folder/missing.yaml")
    with files.pinned("film.mp4", 100):
        pass
    assert files.is_settled is (now == LATER)
    rows = json.loads(json.dumps(files.trace))
    assert (rows[0][3] is not None) is (now == LATER)
    assert TraceCheck(tmp_path).all_hold(rows)
    if change is not None:
        change(path)
        assert not TraceCheck(tmp_path).all_hold(rows)


@pytest.mark.parametrize("name", ["folder/missing.yaml", "film.mp4", "locales/de/a.po"])
def test_a_trace_ends_with_each_of_its_answers(tmp_path: Path, name: str) -> None:
    test_a_trace_holds_while_nothing_changes(tmp_path, LATER, None)
    files = TracedFiles(tmp_path, clock=lambda: LATER)
    files.glob("**/*.po")
    with pytest.raises(FileRefused):
        files.read("folder/missing.yaml")
    with files.pinned("film.mp4", 100):
        pass
    rows = files.trace
    write(tmp_path, {name: "another text"})
    assert not TraceCheck(tmp_path).all_hold(rows)


def test_a_file_that_a_link_leads_to_now_is_read_again(tmp_path: Path) -> None:
    """It is the very file that was read, by its state; but no file of the project any more."""
    root = write(tmp_path / "project", {"folder/a.yaml": "text"})
    files = TracedFiles(root, clock=lambda: LATER)
    files.read("folder/a.yaml")
    assert TraceCheck(root).all_hold(files.trace)
    (root / "folder").rename(tmp_path / "elsewhere")
    (root / "folder").symlink_to(tmp_path / "elsewhere")
    assert not TraceCheck(root).all_hold(files.trace)


def test_files_that_change_while_they_are_read_are_not_kept(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": "one"})
    files = TracedFiles(tmp_path, clock=lambda: LATER)
    files.read("a.yaml")
    write(tmp_path, {"a.yaml": "two"})
    files.read("a.yaml")
    assert not files.is_settled


def test_what_is_not_a_file_is_judged_again(root: Path) -> None:
    settings = "locales: [en]\nenvironments: {big: {studio: kaltura, avatarUrl: 'https://%s'}}\n"
    write(root, {"storyboard.yaml": settings % "avatar.example.com"})
    allowed = {"STORYBOARD_ALLOW_HOSTS": "avatar.example.com"}
    assert not check(root, environment="big", shell=allowed).report.has_errors
    assert check(root, environment="big").report.has_errors
    assert not check(root, environment="big", shell=allowed).report.has_errors


def test_each_question_has_its_own_answer(root: Path) -> None:
    texts = TOUR.replace("[Welcome to the tour of our new product.]", "['{{ which }} tour is it?']")
    texts += "vars: {which: Our new and fine}\n"
    write(root, {"storyboards/tour.yaml": texts})
    assert not check(root).report.has_errors
    assert check(root, variables={"which": 1}) == check(root, variables={"which": "1"})
    assert check(root, variables={"which": "`Our new and fine`"}).report.diagnostics
    assert not check(root, scope=("tour",)).report.has_errors
    assert not check(root, paths=("storyboards/tour.yaml",)).report.has_errors


def test_another_program_compiles_anew(tmp_path: Path) -> None:
    package = tmp_path / "storyboard"
    write(package, {"a.py": "one"})
    code_version.cache_clear()
    versions = [code_version(package)]
    for name, text in (("b.py", "two"), ("a.py", "another")):
        write(package, {name: text})
        code_version.cache_clear()
        versions.append(code_version(package))
    record = tmp_path / "storyboard_as_code-1.dist-info" / "RECORD"
    for text in ("a digest", "another digest"):
        write(tmp_path, {str(record.relative_to(tmp_path)): text})
        code_version.cache_clear()
        versions.append(code_version(package))
    code_version.cache_clear()
    assert len(set(versions)) == 5


PATHS = [f"{number}.yaml" for number in range(30)]


def have_cores(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Have as many cores, also where whoever runs the tests has threads of its own."""
    monkeypatch.setattr(forked, "cores", lambda: count)
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def test_a_process_with_threads_is_not_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What another thread locks would stay locked in the child."""
    have_cores(monkeypatch, 3)
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert {*forked.in_order(lambda _: os.getpid(), PATHS)} == {os.getpid()}


def test_work_of_many_processes_comes_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    have_cores(monkeypatch, 3)
    found = list(forked.in_order(lambda path: (path, os.getpid()), PATHS * 2))
    assert [path for path, _ in found] == PATHS * 2
    assert len({pid for _, pid in found} - {os.getpid()}) == 3


@pytest.mark.parametrize(("boards", "processes"), [(60, 3), (30, 2), (5, 0)])
@pytest.mark.parametrize("uses_cache", [True, False])
def test_a_large_project_is_compiled_on_all_cores(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    boards: int,
    processes: int,
    uses_cache: bool,
) -> None:
    have_cores(monkeypatch, 3)
    begun: list[int] = []
    real = forked._child
    monkeypatch.setattr(forked, "_child", lambda *words: (begun.append(1), real(*words))[1])
    names = [f"storyboards/{number}.yaml" for number in range(boards)]
    write(tmp_path, {name: TOUR.replace("Tour", name) for name in names})
    request = Request(tmp_path, environment="kaltura", shell={})
    assert check_files(request, uses_cache=uses_cache).ready == boards
    assert len(begun) == processes


def test_what_is_applied_is_compiled_on_all_cores_and_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    have_cores(monkeypatch, 2)
    begun: list[int] = []
    real = forked._child
    monkeypatch.setattr(forked, "_child", lambda *words: (begun.append(1), real(*words))[1])
    names = [f"storyboards/{number}.yaml" for number in range(30)]
    write(tmp_path, {name: TOUR.replace("Tour", name) for name in names})
    request = Request(tmp_path, environment="kaltura", shell={})
    alone = compile_clean(request, here)
    assert not begun
    found = compile_clean(request)
    assert len(begun) == 2
    assert list(map(plain_of, found.videos)) == list(map(plain_of, alone.videos))
    assert [fields_of(video) for video in found.videos] == [fields_of(v) for v in alone.videos]
    assert found.report == alone.report
    assert not entries(tmp_path)


def fields_of(video: Video) -> list[dict[str, Span]]:
    return [dict(scene.origin.fields) for scene in video.scenes]


def test_a_process_that_dies_takes_nothing_along(monkeypatch: pytest.MonkeyPatch) -> None:
    have_cores(monkeypatch, 2)
    parent = os.getpid()

    def work(path: str) -> str:
        if path == PATHS[10] and os.getpid() != parent:
            os._exit(9)
        return path

    assert list(forked.in_order(work, PATHS)) == PATHS


def test_processes_end_with_who_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    have_cores(monkeypatch, 2)
    work = forked.in_order(lambda path: os.getpid(), PATHS)
    pid = next(work)
    assert pid != os.getpid()
    work.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
