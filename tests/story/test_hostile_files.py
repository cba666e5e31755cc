"""A project that a stranger sent: what its files, links, state and workspace say harms nobody."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sqlite3
import subprocess
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from storyboard.disk.inside import FileRefused
from storyboard.errors import ExitCode, StateError, StudioError
from storyboard.state.format import format_state, parse_state
from storyboard.state.local import LocalStore
from storyboard.studio.film.cache import Cache
from storyboard.studio.local import open_studio
from storyboard.studio.records.data_folder import data_there
from storyboard.studio.records.schema import DATABASE
from storyboard.studio.records.sqlite_file import connect
from tests.contract.studio_rig import write_movie
from tests.support.project import Project
from tests.support.videos import World, video

BOARD = """\
name: Numbers
locales: [en]
entries: {clip: {entryId: 1_clip, media: MEDIA}}
scenes:
  - {narration: Here we see the numbers of this quarter., broll: clip}
"""
HELLO = video("q1@fr", "Welcome to the overview of this quarter.")
SECRET = "the user's own"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    for name in ("kept", "state.json", "000000001.json", "q1@fr.mp4"):
        (home / name).write_text(SECRET)
    return home


@pytest.fixture
def unharmed(home: Path) -> Callable[[], bool]:
    before = sorted(path.name for path in home.iterdir())

    def look() -> bool:
        same = all((home / name).read_text() == SECRET for name in before)
        return same and sorted(path.name for path in home.iterdir()) == before

    return look


def sent(path: Path, media: str = "media/clip.mp4") -> Project:
    project = Project.of(path, {"tour.storyboard.yaml": BOARD.replace("MEDIA", media)})
    (path / "media").mkdir()
    write_movie(path / "media" / "clip.mp4", 6)
    return project


OUTSIDE: dict[str, Callable[[Path, Path], str]] = {
    "absolute": lambda root, clip: str(clip),
    "climbing": lambda root, clip: "../home/clip.mp4",
    "link": lambda root, clip: link(root / "media" / "out.mp4", clip),
    "linked folder": lambda root, clip: link(root / "out", clip.parent) + "/clip.mp4",
    "hidden": lambda root, clip: ".storyboard/studio/blobs/clip.mp4",
    "url": lambda root, clip: "concat:media/clip.mp4",
}


def link(path: Path, target: Path) -> str:
    path.symlink_to(target)
    return f"{path.parent.name}/{path.name}" if path.parent.name == "media" else path.name


@pytest.mark.parametrize("way", OUTSIDE)
def test_media_outside_the_project_is_an_error(way: str, tmp_path: Path, home: Path) -> None:
    project = sent(tmp_path / "project")
    clip = write_movie(home / "clip.mp4", 6)
    named = OUTSIDE[way](project.path, clip)
    project.write("tour.storyboard.yaml", BOARD.replace("MEDIA", json.dumps(named)))
    found = project.run("check", "--format", "json")
    assert found.code == ExitCode.FILES_HAVE_ERRORS
    assert [f["code"] for f in found.json()["diagnostics"]] == ["media-outside"]
    assert project.run("plan", "-e", "local").code == ExitCode.FILES_HAVE_ERRORS


def test_captions_outside_the_project_are_an_error(tmp_path: Path, home: Path) -> None:
    project = sent(tmp_path / "project")
    compose = "compose: {formatType: session-highlights, duration: 20, entryIds: [clip]}\n"
    text = BOARD.replace("MEDIA", "media/clip.mp4").partition("scenes:")[0] + compose
    project.write("tour.storyboard.yaml", text)
    (project.path / "media" / "clip.vtt").symlink_to(home / "kept")
    found = project.run("check", "--format", "json")
    assert [f["code"] for f in found.json()["diagnostics"]] == ["media-outside"]
    assert found.code == ExitCode.FILES_HAVE_ERRORS


@pytest.mark.parametrize("place", [".storyboard", ".storyboard/studio", "films"])
def test_our_folders_are_no_links_out(
    place: str, tmp_path: Path, home: Path, unharmed: Callable[[], bool]
) -> None:
    project = sent(tmp_path / "project")
    (project.path / place).parent.mkdir(exist_ok=True)
    (project.path / place).symlink_to(home)
    ran = project.run("apply", "-e", "local", "--yes")
    assert ran.code == ExitCode.FILES_HAVE_ERRORS
    assert "through a link" in ran.err
    assert unharmed()


def test_check_writes_its_facts_through_no_link(
    tmp_path: Path, home: Path, unharmed: Callable[[], bool]
) -> None:
    project = sent(tmp_path / "project")
    (project.path / ".storyboard").mkdir()
    (project.path / ".storyboard" / "cache").symlink_to(home)
    assert project.run("check").code == ExitCode.OK
    assert unharmed()


def test_facts_that_are_a_pipe_do_not_hang(tmp_path: Path) -> None:
    project = sent(tmp_path / "project")
    (project.path / ".storyboard" / "cache").mkdir(parents=True)
    os.mkfifo(project.path / ".storyboard" / "cache" / "files.json")
    assert project.run("check").code == ExitCode.OK


@pytest.mark.parametrize("made", ["storyboard.yaml", "storyboards", ".storyboard", ".gitignore"])
def test_init_writes_through_no_link(
    made: str, tmp_path: Path, home: Path, unharmed: Callable[[], bool]
) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / made).symlink_to(home / "kept" if "." in made[1:] else home)
    Project(tmp_path / "project").run("init")
    assert unharmed()


def store(tmp_path: Path) -> LocalStore:
    (tmp_path / "project").mkdir(exist_ok=True)
    return LocalStore(tmp_path / "project" / "s" / "state.json", inside=tmp_path / "project")


@pytest.mark.parametrize("suffix", [".lock", ".backup"])
def test_what_is_beside_the_state_is_no_link(
    suffix: str, tmp_path: Path, home: Path, unharmed: Callable[[], bool]
) -> None:
    state = store(tmp_path)
    state.path.parent.mkdir()
    target = home / "kept" if suffix == ".lock" else home
    state.path.with_name(state.path.name + suffix).symlink_to(target)
    with pytest.raises(FileRefused), state.locked():
        pass
    assert unharmed()


def test_the_states_folder_is_no_link(
    tmp_path: Path, home: Path, unharmed: Callable[[], bool], world: World
) -> None:
    state = store(tmp_path)
    state.path.parent.symlink_to(home)
    with pytest.raises(StateError, match="leads out of the project"):
        state.write(world.state)
    assert unharmed()


@pytest.fixture
def world(tmp_path: Path) -> World:
    root = tmp_path / "project"
    root.mkdir(exist_ok=True)
    world = World(root)
    world.options = replace(world.options, download=root / "films", root=root, films_inside=root)
    return world


@pytest.mark.parametrize("name", [".q1@fr.mp4.part", "q1@fr.mp4"])
def test_a_film_is_saved_through_no_link(
    name: str, world: World, home: Path, unharmed: Callable[[], bool]
) -> None:
    (world.folder / "films").mkdir()
    (world.folder / "films" / name).symlink_to(home / "kept")
    assert world.apply(HELLO).exit_code is ExitCode.OK
    assert not (world.folder / "films" / "q1@fr.mp4").is_symlink()
    assert unharmed()


def test_the_folder_of_films_is_no_link_out(
    world: World, home: Path, unharmed: Callable[[], bool]
) -> None:
    (world.folder / "films").symlink_to(home)
    assert world.apply(HELLO).exit_code is not ExitCode.OK
    assert unharmed()


def with_saved(world: World, **changed: Any) -> None:
    """Have the state tell of another saved film, as its sender likes."""
    state = world.state
    [(address, record)] = state.videos.items()
    assert record.saved is not None
    told = replace(record, saved=replace(record.saved, **changed))
    world.store.write(replace(state, videos={address: told}))


@pytest.mark.parametrize("kind", ["absolute", "climbing", "link", "another name", "no film"])
def test_prune_deletes_no_file_but_a_film_of_its_folder(
    kind: str, world: World, home: Path, unharmed: Callable[[], bool]
) -> None:
    world.apply(HELLO)
    film = world.folder / "films" / "q1@fr.mp4"
    shutil.copy(film, world.folder / "notes.txt")
    shutil.copy(film, world.folder / "copy.mp4")
    link(world.folder / "films" / "link.mp4", world.folder / "copy.mp4")
    (home / "film.mp4").write_bytes(film.read_bytes())
    script = world.folder / "films" / "script.txt"
    shutil.copy(film, script)
    place = {"absolute": str(home / "film.mp4"), "climbing": "films/../../home/film.mp4",
             "link": "films/link.mp4", "another name": "notes.txt",
             "no film": "films/script.txt"}[kind]  # fmt: skip
    with_saved(world, path=place)
    world.apply(prune=True, allow_empty=True)
    assert (world.folder / "films" / "link.mp4").is_symlink() or kind != "link"
    for path in (home / "film.mp4", world.folder / "copy.mp4", world.folder / "notes.txt", script):
        assert path.is_file()
    (home / "film.mp4").unlink()
    assert unharmed()


@pytest.mark.parametrize(
    "path", ["/dev/zero", "/dev/zero.mp4", "films/pipe.mp4", "x" * 300 + ".mp4"]
)
def test_a_saved_film_that_is_no_file_does_not_hang(path: str, world: World) -> None:
    world.apply(HELLO)
    os.mkfifo(world.folder / "films" / "pipe.mp4")
    with_saved(world, path=path)
    assert world.apply(HELLO).exit_code is ExitCode.OK


@pytest.mark.parametrize("kind", ["loop", "folders", "nowhere"])
def test_what_is_among_the_backups_and_is_none_stops_nothing(kind: str, world: World) -> None:
    folder = world.store.copies.folder
    folder.mkdir(parents=True)
    for number in range(20):
        place = folder / f"{number:09d}0.json"
        if kind == "folders":
            place.mkdir()
        else:
            place.symlink_to(place.name if kind == "loop" else "nothing")
    assert world.store.read() is None
    assert world.apply(HELLO).exit_code is ExitCode.OK
    assert len(world.store.copies.found()) == 1


@pytest.mark.parametrize("lineage", ["../../../home/kept", "/etc/passwd", "", "a" * 65])
def test_a_state_cannot_name_a_place_for_itself(lineage: str, world: World) -> None:
    text = format_state(replace(world.state, lineage=lineage))
    with pytest.raises(StateError, match="lineage"):
        parse_state(text, where="state.json")


def test_a_state_of_brackets_is_damaged() -> None:
    with pytest.raises(StateError, match="nested too deeply"):
        parse_state("[" * 200_000, where="state.json")


@pytest.mark.slow
def test_a_state_of_small_values_takes_no_large_memory() -> None:
    text = '{"lineage": "a", "format_version": 1, "videos": [' + "{}," * 8_000_000 + "{}]}"
    tracemalloc.start()
    with pytest.raises(StateError, match="values"):
        parse_state(text, where="state.json")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * len(text)


@pytest.mark.parametrize("place", ["cache", "cache/films", "tmp", "uploads", "blobs/ab/x.mp4",
                                   "serving", "snapshots", DATABASE, "identity.json"])  # fmt: skip
def test_a_workspace_with_a_link_is_refused(
    place: str, tmp_path: Path, home: Path, unharmed: Callable[[], bool]
) -> None:
    workspace = tmp_path / "studio"
    (workspace / place).parent.mkdir(parents=True)
    (workspace / place).symlink_to(home / "kept" if "." in place else home)
    with pytest.raises(FileRefused, match="is a link"):
        open_studio(workspace)
    Cache(workspace / "cache").clean()
    assert unharmed()


def data_of(workspace: Path) -> Path:
    data = data_there(workspace)
    assert data is not None
    return data


def opened_once(tmp_path: Path) -> Path:
    workspace = tmp_path / "studio"
    open_studio(workspace).close()
    return workspace


def test_a_workspace_that_came_by_git_is_refused(tmp_path: Path) -> None:
    """Git keeps no rights of reading, so the secret that it checks out is everybody's."""
    workspace = opened_once(tmp_path)
    open_studio(workspace).close()
    (workspace / "identity.json").chmod(0o644)
    with pytest.raises(StudioError, match="can be read by others") as refused:
        open_studio(workspace)
    assert "git rm -r --cached" in str(refused.value.hint)


def checked_out(folder: Path) -> None:
    """Do to a folder what git does to one that it checks out where nobody else may read files."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            path.unlink()
            path.write_bytes(content)
            path.chmod(0o600)


def test_a_workspace_that_came_by_git_to_who_lets_nobody_read_is_refused(tmp_path: Path) -> None:
    """With umask 077, git checks out a secret that is its owner's alone."""
    workspace = opened_once(tmp_path)
    checked_out(workspace)
    with pytest.raises(StudioError, match="was not made here") as refused:
        open_studio(workspace)
    hint = str(refused.value.hint)
    assert "git rm -r --cached" in hint
    keeps = hint.partition("if you copied or restored it: ")[2].partition(";")[0]
    subprocess.run(shlex.split(keeps), check=True)
    open_studio(workspace).close()


@pytest.mark.parametrize("lost", ["rights", "time", "secret"])
def test_a_hint_for_a_workspace_names_what_keeps_its_data_before_what_deletes_it(
    tmp_path: Path, lost: str
) -> None:
    """A restored backup is refused as what git brought is: its videos are not made again."""
    workspace = opened_once(tmp_path)
    secret = workspace / "identity.json"
    match lost:
        case "rights":
            secret.chmod(0o644)
        case "time":
            os.utime(secret)
        case _:
            secret.unlink()
    with pytest.raises(StudioError) as refused:
        open_studio(workspace)
    harmless, _, deleting = str(refused.value.hint).partition("if it came with the repository")
    assert harmless.startswith("if you ")
    assert "rm -r" not in harmless
    assert "with the videos and media in it: rm -r" in deleting


def test_a_workspace_that_is_kept_with_rights_and_times_opens(tmp_path: Path) -> None:
    """So do the caches of pipelines, backups and archives."""
    workspace = opened_once(tmp_path)
    copied = Path(shutil.copytree(workspace, tmp_path / "kept"))
    shutil.rmtree(workspace)
    open_studio(copied).close()


@pytest.mark.parametrize(
    "place", ["cache/films/a.mp4", "blobs/ab/x.mp4", "tmp/x", "uploads/x", "serving/x",
              "snapshots/x/data", DATABASE, f"{DATABASE}-wal"],
)  # fmt: skip
def test_a_workspace_without_its_secret_is_no_new_one(place: str, tmp_path: Path) -> None:
    """A film under a key that a stranger has worked out would be published as the user's own."""
    workspace = tmp_path / "studio"
    (workspace / place).parent.mkdir(parents=True)
    (workspace / place).write_bytes(b"a film")
    with pytest.raises(StudioError, match="no studio here made") as refused:
        open_studio(workspace)
    assert "delete" in str(refused.value.hint)
    assert not (workspace / "identity.json").exists()


def test_a_folder_with_other_files_becomes_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("where the studio keeps its data")
    open_studio(tmp_path).close()
    open_studio(tmp_path).close()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON videos BEGIN DELETE FROM videos; END",
        "CREATE VIEW v AS SELECT * FROM videos",
        "CREATE VIRTUAL TABLE f USING fts5(text)",
        "CREATE TABLE more (id TEXT)",
        "CREATE INDEX slow ON videos (hex(name))",
        "CREATE INDEX some ON videos (name) WHERE length(name) > 1",
        "ALTER TABLE videos ADD COLUMN more TEXT CHECK (length(more) > 1)",
        "ALTER TABLE entries ADD COLUMN more TEXT GENERATED ALWAYS AS (hex(name)) VIRTUAL",
        "DROP TABLE session_uses",
    ],
)
def test_a_database_with_code_in_it_is_refused(statement: str, tmp_path: Path) -> None:
    workspace = opened_once(tmp_path)
    with sqlite3.connect(data_of(workspace) / DATABASE) as database:
        database.execute(statement)
    database.close()
    with pytest.raises(StudioError, match="that no version made"):
        open_studio(workspace)


@pytest.mark.parametrize("blob", ["../../home/kept", "/etc/passwd", "ab/../../../home/kept"])
def test_a_database_cannot_name_a_file(blob: str, tmp_path: Path, home: Path) -> None:
    studio = open_studio(tmp_path / "studio")
    movie = write_movie(tmp_path / "clip.mp4", 2)
    studio.add_media(movie, "1_clip")
    with studio.workspace.store.write() as tx:
        tx.connection.execute("UPDATE entries SET blob=?", (blob,))
        tx.connection.execute(
            "INSERT INTO upload_tokens VALUES ('../../home/kept', 1, '', '', 1, 0, 0, 0, 0, '')"
        )
    blobs = studio.workspace.blobs
    assert not blobs.path(blob).exists()
    assert blobs.uploads.path("../../home/kept").parent == tmp_path / "studio" / "uploads"
    studio.close()


ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS id FROM c"


@pytest.mark.parametrize(
    "name",
    [
        *(b"x\xff\xfe.yaml", b'a\nmsgid "evil".yaml', b"a\r#.yaml", "a\u2028b.yaml".encode()),
        *("a\ufeffb.yaml".encode(), "a\x9bb.yaml".encode()),
    ],
)
def test_a_file_name_that_is_no_text_breaks_no_catalog(name: bytes, tmp_path: Path) -> None:
    """Nor does it stand there: a `#:` line would end in the middle, or be no UTF-8."""
    project = Project.of(tmp_path, {})
    folder = tmp_path / "storyboards"
    folder.mkdir()
    text = "name: Tour\nlocales: [en, de]\nid: tour\nscenes:\n  - {id: a, narration: Welcome.}\n"
    Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(text)
    ran = project.run("locale", "sync")
    assert ran.code == ExitCode.OK, ran.err
    (catalog,) = tmp_path.rglob("*.po")
    lines = catalog.read_text("utf-8").splitlines()
    assert not any(line.startswith("#:") for line in lines)
    assert project.run("locale", "sync", "--check").code == ExitCode.OK


SLOW = "(instr(zeroblob(20000000), zeroblob(9000000) || x'01'))"
SCHEMAS = {
    "a view": f"CREATE VIEW entries AS {ENDLESS}",
    "a column": f"CREATE TABLE entries (n INTEGER, id TEXT GENERATED ALWAYS AS {SLOW} VIRTUAL)",
}


@pytest.mark.parametrize("kind", SCHEMAS)
def test_check_asks_no_database_with_code_in_it(kind: str, tmp_path: Path) -> None:
    """A view in the place of the entries would never end, nor would what a column is made of."""
    project = sent(tmp_path / "project")
    (project.path / ".storyboard").mkdir()
    workspace = project.path / ".storyboard" / "studio"
    open_studio(workspace).close()
    place = data_of(workspace) / DATABASE
    place.unlink()
    with sqlite3.connect(place) as database:
        database.execute(SCHEMAS[kind].replace(SLOW, "('1_abcdef12')"))
        if kind == "a column":
            database.execute("INSERT INTO entries (n) VALUES (1)")
            database.execute("PRAGMA writable_schema=ON")
            database.execute("UPDATE sqlite_master SET sql=?", (SCHEMAS[kind],))
    database.close()
    text = BOARD.replace("entryId: 1_clip, media: MEDIA", "entryId: 1_clip")
    project.write("tour.storyboard.yaml", text)
    assert project.run("check").code == ExitCode.OK


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm", "-journal"])
def test_no_file_of_a_database_is_a_link(
    suffix: str, tmp_path: Path, home: Path, unharmed: Callable[[], bool]
) -> None:
    data = data_of(opened_once(tmp_path))
    place = data / (DATABASE + suffix)
    place.unlink(missing_ok=True)
    place.symlink_to(home / "kept")
    with pytest.raises((StudioError, FileRefused), match="is a link"):
        connect(data / DATABASE, is_read_only=True)
    assert unharmed()
