"""One door: whatever is printed passes the guard of `printing.py`, and no module goes around it."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tests.support.python_names import dotted, full_name, imported, modules_with, names, nodes

PRINTERS = {
    "printing": "is the guard",
    "views.progress": "writes to the stream that it is given: a guarded one",
    "views.apply_text": "draws a table into a text",
    "studio.film.process_worker": "answers its parent in pickles, on a descriptor of its own",
    "studio.film.program_log": "prints the trace of a bug of a program where nothing is logged",
    "studio.voice.espeak_worker": "answers its parent in JSON and samples",
    "studio.voice.model_worker": "answers its parent likewise",
}
"""Modules outside `cli/` that name a stream, or what writes to one, and why they may."""

AROUND = {"__stdout__", "__stderr__", "buffer", "detach"}
"""Attributes of streams, and of `sys`, that lead past what guards them."""


@cache
def modules() -> dict[str, tuple[set[str], set[str]]]:
    """Return what of each module can write to a stream, and what leads past the guard."""
    return {dotted(path): (writers(tree), ways_around(tree)) for path, tree in modules_with()}


_WRITING = re.compile(
    r"print|builtins\.print|sys\.(?!stdin$)\w*std\w*|traceback\.print_\w+|click\.(echo|secho)"
    r"|rich\.print"
)


def writers(tree: ast.AST) -> set[str]:
    """Return what of a module can write to stdout or stderr."""
    known = imported(tree)
    found = {name for _, name in names(tree) if _WRITING.fullmatch(name)}
    for node in nodes(tree):
        match node:
            case ast.Call(func=ast.Name(id="Console")):
                found.add("Console")
            case ast.Call(func=func, args=[ast.Constant(), *_]):
                found |= {full_name(func, known)} & {"os.write", "os.writev"}
            case ast.Call(func=func):
                found |= {full_name(func, known)} & {"rich.console.Console"}
    return found


def ways_around(tree: ast.AST) -> set[str]:
    """Return what of a module leads past the guard, or to a stream's descriptor."""
    return {
        ast.unparse(node)
        for node in nodes(tree)
        if isinstance(node, ast.Attribute)
        and (node.attr in AROUND - {"buffer"} or _is_bytes_of_a_stream(node))
    }


def _is_bytes_of_a_stream(node: ast.Attribute) -> bool:
    return node.attr in ("buffer", "fileno") and ast.unparse(node.value).endswith(
        ("stdout", "stderr")
    )


def test_only_the_command_line_writes_to_a_stream() -> None:
    assert len(modules()) > 500
    writing = {name for name, (found, _) in modules().items() if found}
    assert {name for name in writing if name.split(".")[0] != "cli"} == set(PRINTERS)


def test_no_module_goes_around_the_guard() -> None:
    around = {name: found for name, (_, found) in modules().items() if found}
    workers = ("film.process_worker", "voice.espeak_worker", "voice.model_worker")
    for name in (f"studio.{worker}" for worker in workers):
        around.pop(name, None)
    assert around == {"cli": {"sys.stdout.fileno"}}, "it is led nowhere once a reader has gone"


@pytest.mark.parametrize(
    "text",
    [
        "print(1)",
        "tell = print",
        "sys.stderr.write('a')",
        "from sys import stdout as s; s.write('a')",
        "import sys as s; s.__stderr__",
        "click.echo(a)",
        "from click import secho; map(secho, a)",
        "import traceback as t; t.print_exc()",
        "import os as o; o.write(1, b'')",
        "Console()",
        "from rich.console import Console as C; C()",
    ],
)
def test_what_writes_is_seen(text: str) -> None:
    assert writers(ast.parse(text))


@pytest.mark.parametrize("text", ["sys.__stdout__.write('a')", "sys.stdout.buffer.write(b'')"])
def test_a_way_around_is_seen(text: str) -> None:
    assert ways_around(ast.parse(text))
