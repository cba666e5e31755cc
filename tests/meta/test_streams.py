"""One door: whatever is printed passes the guard of `printing.py`, and no module goes around it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "storyboard"

PRINTERS = {
    "printing": "is the guard",
    "views.progress": "writes to the stream that it is given: a guarded one",
    "views.apply_text": "draws a table into a text",
    "studio.film.process_worker": "answers its parent in pickles, on a descriptor of its own",
    "studio.voice.espeak_worker": "answers its parent in JSON and samples",
}
"""Modules outside `cli/` that name a stream, or what writes to one, and why they may."""

AROUND = {"__stdout__", "__stderr__", "buffer", "detach"}
"""Attributes of streams, and of `sys`, that lead past what guards them."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def dotted(path: Path) -> str:
    relative = path.relative_to(PACKAGE).with_suffix("")
    return ".".join(part for part in relative.parts if part != "__init__")


def writers(tree: ast.AST) -> set[str]:
    """Return what of a module can write to stdout or stderr."""
    found = set()
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="sys"), attr=name) if "std" in name:
                found |= {f"sys.{name}"} - {"sys.stdin"}
            case ast.Call(func=ast.Name(id="print" | "Console" as name)):
                found.add(name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="traceback"), attr=name)):
                found |= {f"traceback.{name}"} if name.startswith("print") else set()
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="click"), attr="echo" | "secho" as name)
            ):
                found.add(f"click.{name}")
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="os"), attr="write" | "writev" as name),
                args=[ast.Constant(), *_],
            ):
                found.add(f"os.{name}")
    return found


def ways_around(tree: ast.AST) -> set[str]:
    """Return what of a module leads past the guard, or to a stream's descriptor."""
    return {
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and (node.attr in AROUND - {"buffer"} or _is_bytes_of_a_stream(node))
    }


def _is_bytes_of_a_stream(node: ast.Attribute) -> bool:
    return node.attr in ("buffer", "fileno") and ast.unparse(node.value).endswith(
        ("stdout", "stderr")
    )


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_only_the_command_line_writes_to_a_stream(path: Path) -> None:
    name = dotted(path)
    if name.split(".")[0] != "cli" and name not in PRINTERS:
        assert writers(ast.parse(path.read_text(encoding="utf-8"))) == set()


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_no_module_goes_around_the_guard(path: Path) -> None:
    around = ways_around(ast.parse(path.read_text(encoding="utf-8")))
    if dotted(path) == "cli":
        assert around == {"sys.stdout.fileno"}, "what is left is led nowhere once a reader has gone"
    elif dotted(path) not in ("studio.film.process_worker", "studio.voice.espeak_worker"):
        assert around == set()


def test_each_exemption_is_in_use() -> None:
    for name in PRINTERS:
        path = PACKAGE.joinpath(*name.split(".")).with_suffix(".py")
        assert writers(ast.parse(path.read_text(encoding="utf-8"))), name


@pytest.mark.parametrize(
    "text", ["print(1)", "sys.stderr.write('a')", "click.echo(a)", "os.write(1, b'')", "Console()"]
)
def test_what_writes_is_seen(text: str) -> None:
    assert writers(ast.parse(text))


@pytest.mark.parametrize("text", ["sys.__stdout__.write('a')", "sys.stdout.buffer.write(b'')"])
def test_a_way_around_is_seen(text: str) -> None:
    assert ways_around(ast.parse(text))
