"""`storyboard studio token` as whoever runs a studio sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storyboard.studio.local import open_studio
from tests.support.databases import run_sql
from tests.unit.test_studio_exec import run

DAY = 86_400.0


def told(base: Path, *words: str) -> str:
    done = run(base, "token", *words, "--workspace", "w")
    assert done.returncode == 0, done.stderr
    return done.stdout


def refused(base: Path, *words: str) -> tuple[int, str]:
    done = run(base, "token", *words, "--workspace", "w")
    assert done.stdout == ""
    return done.returncode, done.stderr


def test_no_studio_is_made_for_a_token(tmp_path: Path) -> None:
    """In a folder that was named by mistake, it would be one that no program knows."""
    (tmp_path / "w").mkdir(mode=0o700)
    for words in (["add", "ana@example.com"], ["list"], ["revoke", "1_a"]):
        code, message = refused(tmp_path, *words)
        assert (code, "there is no studio in 'w' yet" in message) == (1, True)
    assert not [*(tmp_path / "w").iterdir()]


def test_times_that_no_calendar_has_are_listed(tmp_path: Path) -> None:
    """Whoever makes a token by the API may give its expiry in milliseconds."""
    studio = open_studio(tmp_path / "w")
    made = json.loads(told(tmp_path, "add", "ana@example.com", "--days", "30", "--json"))
    with studio.workspace.store.write() as tx:
        run_sql(tx, "UPDATE app_tokens SET expiry=?, created_at=0", 1_796_000_000_000)
    studio.close()
    shown = told(tmp_path, "list")
    assert shown.startswith(f"{made['id']}  ana@example.com  made by command  never used")
    assert "never expires" in shown
    assert json.loads(told(tmp_path, "list", "--json"))[0]["expiresAt"] is None


def test_a_token_is_made_listed_and_revoked(tmp_path: Path) -> None:
    code, message = refused(tmp_path, "list")
    assert (code, "there is no studio in 'w' yet" in message) == (1, True)
    open_studio(tmp_path / "w").close()
    assert told(tmp_path, "list") == "no app tokens\n"
    made = json.loads(told(tmp_path, "add", "ana@example.com", "--days", "30", "--json"))
    shown = told(tmp_path, "list")
    assert shown.startswith(f"{made['id']}  ana@example.com  made 20")
    assert "by command  never used  expires 20" in shown
    assert made["token"] not in shown + told(tmp_path, "list", "--json")
    code, message = refused(tmp_path, "revoke", made["id"], "1_other")
    assert (code, "there is no app token '1_other'; nothing was changed" in message) == (1, True)
    assert told(tmp_path, "revoke", made["id"]) == f"revoked {made['id']}\n"
    assert told(tmp_path, "list") == "no app tokens\n"


@pytest.mark.parametrize("named", ["the place", "none", "another"])
def test_a_token_is_revoked_while_the_place_of_files_is_away(tmp_path: Path, named: str) -> None:
    """Whoever has it uses the servers still: they ask the rows."""
    place = tmp_path / "shared"
    open_studio(tmp_path / "w", files=place.as_uri()).close()
    place.rename(tmp_path / "unmounted")
    files = {"the place": place.as_uri(), "none": "", "another": (tmp_path / "b").as_uri()}[named]
    variables = {"STORYBOARD_FILES": files}

    def told_away(*words: str) -> str:
        done = run(tmp_path, *words, "--workspace", "w", **variables)
        assert done.returncode == 0, done.stderr
        return done.stdout

    made = json.loads(told_away("token", "add", "ana@example.com", "--json"))["id"]
    assert told_away("token", "list").startswith(made)
    assert told_away("token", "revoke", made) == f"revoked {made}\n"
    assert told_away("key")
    assert not place.exists()
    assert not (tmp_path / "b").exists()


def test_tokens_that_nobody_uses_are_revoked_together(tmp_path: Path) -> None:
    studio = open_studio(tmp_path / "w")
    old, used, young = (json.loads(told(tmp_path, "add", "a", "--json"))["id"] for _ in range(3))
    now = studio.workspace.clock()
    with studio.workspace.store.write() as tx:
        for token, made, last in ((old, 200, 100), (used, 200, 3)):
            times = (now - made * DAY, now - made * DAY, now - last * DAY, token)
            told_by = "UPDATE app_tokens SET created_at=?, watched_from=?, used_at=? WHERE id=?"
            run_sql(tx, told_by, *times)
    page = studio.page_key
    assert [line.split()[0] for line in told(tmp_path, "list").splitlines()][1:] == [
        young, used, old,
    ]  # fmt: skip
    assert told(tmp_path, "list", "--unused-days", "90").startswith(f"{old}  a  made ")
    code, message = refused(tmp_path, "revoke", "--unused-days", "90")
    assert (code, "needs confirmation" in message) == (64, True)
    assert told(tmp_path, "revoke", "--unused-days", "90", "--yes") == f"revoked {old}\n"
    assert told(tmp_path, "revoke", "--unused-days", "90", "--yes") == "nothing to revoke\n"
    assert "never expires  page key" in told(tmp_path, "list").splitlines()[0]
    assert studio.page_key == page
    studio.close()


def test_it_is_said_which_tokens_are_meant(tmp_path: Path) -> None:
    open_studio(tmp_path / "w").close()
    for words in (
        [],
        ["1_x", "--unused-days", "3"],
        ["1_x", "--all"],
        ["--all", "--unused-days", "3"],
    ):
        code, message = refused(tmp_path, "revoke", *words)
        assert (code, "needs one of ID, --unused-days and --all" in message) == (64, True)


def test_all_tokens_that_a_restored_database_has_are_revoked(tmp_path: Path) -> None:
    """Those that were revoked since the backup are in it; sessions of theirs end too."""
    studio = open_studio(tmp_path / "w")
    page = studio.page_key
    made = {json.loads(told(tmp_path, "add", user, "--json"))["id"] for user in ("a", "b")}
    assert refused(tmp_path, "revoke", "--all")[0] == 64
    revoked = json.loads(told(tmp_path, "revoke", "--all", "--yes", "--json"))["revoked"]
    assert made < {*revoked}
    assert told(tmp_path, "list") == "no app tokens\n"
    assert told(tmp_path, "revoke", "--all", "--yes") == "nothing to revoke\n"
    assert studio.page_key != page
    studio.close()
