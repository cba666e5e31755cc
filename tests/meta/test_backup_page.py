"""The backup of one workspace among several in a database, with the commands of its page."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from storyboard.studio.local import open_studio
from tests.support.pages import Reader, blocks_of, commands_of
from tests.support.postgres_server import postgres_server, program

pytestmark = pytest.mark.scale
PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "operate.md"
_, _, BEHIND = PAGE.read_text("utf-8").partition("### With a database and a bucket\n")
SECTION, _, _ = BEHIND.partition("\n## ")
SAVED, RESTORED = (
    [*commands_of(block.text)]
    for block in blocks_of(SECTION)
    if block.kind == "text" and "studio.dump" in block.text
)
TOKEN = "storyboard studio token"
[REVOKED] = (
    line
    for block in blocks_of(SECTION)
    for line in commands_of(block.text)
    if line.startswith(f"{TOKEN} revoke --all")
)
BUCKET = "s3://acme-films"


def reader_of(folder: Path, url: str) -> Reader:
    """A reader with the programs of PostgreSQL, and with a folder where the page has a bucket."""
    bucket = folder / "bucket"
    places = {"STORYBOARD_DATABASE": url, "STORYBOARD_FILES": (bucket / "team").as_uri()}
    reader = Reader(folder, places)
    for name in ("pg_dump", "pg_restore", "psql"):
        reader.add_tool(name, f'exec {program(name)} "$@"')
    here = f'printf %s "$1" | sed "s|^{BUCKET}|{bucket}|"'
    copy = 'mkdir -p "$(here "$4")" && cp -Rp "$(here "$3")/." "$(here "$4")"'
    reader.add_tool("aws", f"here() {{ {here}; }}\n{copy}")
    return reader


def add(reader: Reader, workspace: str, name: str) -> None:
    (reader.place / name).write_text(f"# {name}\n\nIt has words.\n", encoding="utf-8")
    reader.run(f"storyboard studio media add {name} --workspace {workspace}")


def names(reader: Reader, workspace: str) -> list[str]:
    listed = reader.run(f"storyboard studio media list --workspace {workspace}")
    return sorted(line.split("\t")[2].strip() for line in listed.splitlines())


def started(reader: Reader, workspace: str, database: str, files: str) -> list[str]:
    """Start a server, which looks for what may go, and end it; return what it knows."""
    with open_studio(reader.place / workspace, database=database, files=files, workers=0) as studio:
        return sorted(each["name"] for each in studio.list_media())


def test_a_backup_that_is_tried_beside_the_studio_removes_none_of_its_files(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The variables of the second database named the same files, whose newer ones it did not know.

    It named the place as its own, with the ids that were in the dump.
    """
    with postgres_server() as server:
        reader = reader_of(tmp_path / "reader", server.url)
        place = (tmp_path / "reader" / "bucket" / "team").as_uri()
        live, drill = (server.url, place), (server.url.replace("/postgres?", "/drill?"), place)
        add(reader, "team", "first.md")
        reader.run(next(each for each in SAVED if each.startswith("pg_dump")))
        add(reader, "team", "second.md")
        reader.run('psql -c "CREATE DATABASE drill" "$STORYBOARD_DATABASE"')
        reader.run(f'pg_restore --dbname="{drill[0]}" studio.dump')
        reader.run("mkdir -m 700 dr && cp -p team/identity.json dr/")
        stored = [path for path in tmp_path.rglob("blobs/*/*") if path.is_file()]
        assert len(stored) == 2
        for path in stored:
            os.utime(path, (0, 0))
        assert started(reader, "dr", *drill) == ["first.md"]
        assert "were used by another copy of this database" in caplog.text
        assert all(path.exists() for path in stored)
        assert started(reader, "team", *live) == ["first.md", "second.md"]
        # Once the former one is out of use, its files go.
        reader.run(f"storyboard studio pair --workspace dr --database '{drill[0]}'")
        caplog.clear()
        assert started(reader, "dr", *drill) == ["first.md"]
        assert "another copy" not in caplog.text
        assert sum(path.exists() for path in stored) == 1


@pytest.mark.parametrize("is_lost", [True, False], ids=["lost", "still there"])
def test_a_workspace_is_restored_and_its_neighbor_is_left_alone(
    tmp_path: Path, *, is_lost: bool
) -> None:
    with postgres_server() as server:
        reader = reader_of(tmp_path / "reader", server.url)
        for workspace in ("team", "others"):
            add(reader, workspace, "first.md")
        token = json.loads(reader.run(f"{TOKEN} add ana@example.com --json --workspace team"))["id"]
        for command in SAVED:
            reader.run(command)
        reader.run(f"{TOKEN} revoke {token} --workspace team")
        for workspace in ("team", "others"):
            add(reader, workspace, "second.md")
        schema = reader.run("storyboard studio name database --workspace team").strip()
        shutil.rmtree(reader.place / "team")
        if is_lost:
            reader.run(f'psql -c "DROP SCHEMA {schema} CASCADE" "$STORYBOARD_DATABASE"')
        for command in RESTORED:
            printed = reader.run(command)
        assert "first.md" in printed
        assert names(reader, "team") == ["first.md"]
        assert token in reader.run(f"{TOKEN} list --workspace team"), "revoked since the backup"
        assert token in reader.run(REVOKED)
        assert reader.run(f"{TOKEN} list --workspace team") == "no app tokens\n"
        assert names(reader, "others") == ["first.md", "second.md"]
