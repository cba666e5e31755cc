"""The file of `--var-file`: a mapping, or the one error of a wrong use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from storyboard.commands.var_files import read_var_file
from storyboard.compiler import compile_project
from storyboard.errors import UsageError
from storyboard.source.files import MemoryFiles
from tests.fuzz.surface import Broken, Law, Surface, words

_BOARD = "vars: {x: 1}\navatar: jane\nscenes: [{narration: 'Welcome to {{ x }} and {{ y }}.'}]\n"


@contextmanager
def _opened(folder: Path) -> Iterator[Law]:
    path = folder / "vars.yaml"

    def law(text: bytes) -> None:
        path.write_bytes(text)
        try:
            variables = read_var_file(path)
        except UsageError:
            return
        if not isinstance(variables, Mapping):
            raise Broken("variables that are no mapping")
        compile_project(MemoryFiles({"storyboards/a.yaml": _BOARD}), variables=variables)

    yield law


SURFACE = Surface(
    "var_files",
    _opened,
    (*words("x: y: - {{ x }} {{ locale }} { } [ ] : locale item __x 1 1.5 true null ~ é |"), b": "),
    rounds=2000,
)
