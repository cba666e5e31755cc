"""Whatever a hint's command names is one word of it, in a shell."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from storyboard.cli import run
from storyboard.errors import ExitCode
from storyboard.language.conversion import conversion
from storyboard.shell import word, words
from tests.support.python_names import nodes, parsed, sources

_PROGRAMS = "storyboard|git|chmod|pip|ffmpeg|rm|mv|cp"
_COMMAND = re.compile(rf"(?:^|`|: |; |\n)(?:{_PROGRAMS})(?= [-a-z]|\0)[^`;]*")
_MAY_HAVE_ONE = re.compile(rf"(?:\b|\\n)(?:{_PROGRAMS})(?: [-a-z{{]|\{{)")
_VALUE = re.compile("\0(\\d+)\0")


@pytest.mark.parametrize("text", ["plain", "a b", "it's", "$HOME", "a;b", "", "`id`", "a\nb", "ü"])
def test_a_word_is_read_as_it_was(text: str) -> None:
    assert shlex.split(word(text)) == [text]
    assert shlex.split(words([text, text])) == [text, text]


def test_a_path_is_no_option() -> None:
    assert word(PurePosixPath("-rf")) == "./-rf"
    assert word("-e") == "-e"
    assert "./-a.mp4" in conversion("-a.avi")


def _values_in_commands(tree: ast.AST) -> Iterator[tuple[int, ast.expr]]:
    """Yield each value that an f-string puts into a command, and its line."""
    for node in nodes(tree):
        if not isinstance(node, ast.JoinedStr):
            continue
        parts = enumerate(node.values)
        text = "".join(
            str(p.value) if isinstance(p, ast.Constant) else f"\0{n}\0" for n, p in parts
        )
        for command in _COMMAND.finditer(text):
            for number in _VALUE.findall(command[0]):
                value = node.values[int(number)]
                assert isinstance(value, ast.FormattedValue)
                yield node.lineno, value.value


def _is_quoted(value: ast.expr) -> bool:
    if isinstance(value, ast.Name):
        return value.id.isupper()  # a constant of ours
    is_call = isinstance(value, ast.Call) and isinstance(value.func, ast.Name)
    return is_call and value.func.id in ("word", "words")


def test_every_value_of_a_command_is_quoted() -> None:
    found = 0
    quoting = [path.name for path, text in sources().items() if "shlex.quote" in text]
    assert quoting == ["shell.py"], "use storyboard.shell"
    for path in (path for path, text in sources().items() if _MAY_HAVE_ONE.search(text)):
        for line, value in _values_in_commands(parsed(path)):
            assert _is_quoted(value), f"{path}:{line}: {ast.unparse(value)} is not quoted"
            found += 1
    assert found > 12


def test_the_hint_of_init_can_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "my vids/a b"]) == 0
    assert "next: storyboard -C 'my vids/a b' apply\n" in capsys.readouterr().err


def test_the_hint_of_a_folder_can_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    run(["init"])
    (tmp_path / "a b").mkdir()
    assert run(["check", "a b"]) == ExitCode.USAGE
    assert "storyboard -C 'a b' …" in capsys.readouterr().err


def test_the_hint_of_an_open_secret_can_be_typed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "my vids"
    run(["init", str(project)])
    studio = project / ".storyboard" / "studio"
    studio.mkdir(parents=True)
    (studio / "identity.json").write_text("{}")
    (studio / "identity.json").chmod(0o644)
    assert run(["-C", str(project), "plan"]) != 0
    told = capsys.readouterr().err
    assert f"git rm -r --cached '{studio}'" in told
    assert f"chmod 600 '{studio / 'identity.json'}'" in told
