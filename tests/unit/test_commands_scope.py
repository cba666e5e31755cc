"""Every command answers in the same words when an address names nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from storyboard.commands.compiled_project import compile_request
from storyboard.commands.destroy import destroy_applied
from storyboard.commands.locale_texts import Selection
from storyboard.commands.outputs import read_outputs
from storyboard.commands.request import Request
from storyboard.commands.scope import NOTHING_APPLIED, name_one_of, names_none
from storyboard.commands.state import adopt_videos, move_addresses
from storyboard.commands.wait import recorded
from storyboard.errors import UsageError
from storyboard.plan.plan import Plan
from storyboard.source.files import ProjectFiles
from storyboard.video import Address
from tests.support.plans import applied
from tests.support.syncing import synced_files

BOARD = "name: Tour\nlocales: [en]\nscenes: [{narration: Welcome to the tour of our product.}]\n"


def refuse(_: Plan) -> bool:
    return False


def destroy(root: Path, name: str) -> None:
    request = Request(root, scope=(name,), shell={})
    asyncio.run(destroy_applied(request, approve=refuse))


def adopt(root: Path, name: str) -> None:
    compilation = compile_request(Request(root, shell={}))
    request = Request(root, shell={})
    asyncio.run(adopt_videos(request, compilation, address=Address(name), video_id=None))


COMMANDS: dict[str, Callable[[Path, str], object]] = {
    "plan": lambda root, name: compile_request(Request(root, scope=(name,), shell={})),
    "locale": lambda root, name: synced_files(ProjectFiles(root), Selection(scope=(name,))),
    "outputs": lambda root, name: read_outputs(Request(root, scope=(name,), shell={})),
    "wait": lambda _, name: recorded(applied(), (name,)),
    "destroy": destroy,
    "state mv": lambda root, name: move_addresses(
        Request(root, shell={}), Address(name), Address("other")
    ),
    "state adopt": adopt,
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_is_told_from_a_name(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "media").mkdir()
    (tmp_path / "tour.storyboard.yaml").write_text(BOARD)
    with pytest.raises(UsageError) as folder:
        COMMANDS[command](tmp_path, "media")
    assert "'media' is a folder and names no" in folder.value.message
    assert folder.value.hint == "to work on the project in it: storyboard -C media …"
    (tmp_path / "media" / "intro.yaml").write_text(BOARD)
    with pytest.raises(UsageError) as parts:
        COMMANDS[command](tmp_path, "media")
    assert parts.value.hint == "to name the files in it: media/*.yaml"
    with pytest.raises(UsageError) as nothing:
        COMMANDS[command](tmp_path, "nothing")
    assert "'nothing' names no" in nothing.value.message
    assert nothing.value.hint in ("name one of: tour@en", NOTHING_APPLIED)


def test_a_hint_names_some_in_their_order() -> None:
    known = [Address("b", "de"), Address("b"), *(Address(f"c{n}") for n in range(9)), Address("a")]
    assert name_one_of(known) == "name one of: a, b, b@de, c0, c1, c2, c3, c4, c5, c6 and 2 more"
    assert name_one_of(()) is None
    assert names_none("x", ()).hint is None


@pytest.mark.parametrize(
    ("pattern", "hint"),
    [
        ("tour@2:75", "write a locale behind '@'; 'tour' has en, pt-BR"),
        ("tour@", "write a locale behind '@'; 'tour' has en, pt-BR"),
        ("tour@de", "write a locale behind '@'; 'tour' has en, pt-BR"),
        ("tour@EN", "did you mean 'tour@en'?"),
        ("tour@pt_br", "did you mean 'tour@pt-BR'?"),
        ("@en", "write a name or '*' before '@': '*@en'"),
        ("plain@en", "'plain' has no locales: name it without '@'"),
        ("tuor@en", "did you mean 'tour@en'?"),
        ("tuor", "did you mean 'tour'?"),
        ("tour", "name one of: tour@en, tour@pt-BR"),
        ("zzz", "name one of: plain, tour@en, tour@pt-BR"),
    ],
)
def test_the_hint_says_how_the_nearest_address_is_written(pattern: str, hint: str) -> None:
    known = (Address("tour", "en"), Address("tour", "pt-BR"), Address("plain"))
    assert names_none(pattern, known).hint == hint
