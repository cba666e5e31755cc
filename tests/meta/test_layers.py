"""The house's floors: a module imports only from rows above its own."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "storyboard"

ROWS = (
    "errors",
    "source",
    "locales",
    "templates",
    "catalogs",
    "video",
    "language",
    "expand",
    "checks",
    "compiler",
    "upkeep",
    "scaffold",
    "kaltura",
    "studio",
    "clips",
    "spoken",
    "state",
    "plan",
    "apply",
    "environment",
    "connection",
    "workflow",
    "destruction",
    "pulling",
    "bookkeeping",
    "inquiries",
    "views",
    "cli",
    "entry",
)
"""From the ground up. `studio` is an island: see `ISLAND`."""

VOCABULARY = "kaltura.wire"
"""Words, limits and no behaviour: every row may speak them."""

ISLAND = {"errors", VOCABULARY}
"""All that the local studio may know of the rest."""

SOLE_IMPORTERS = {"httpx": ("kaltura",), "click": ("cli",), "rich": ("views", "cli")}
"""Packages that only some rows may name."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def dotted(path: Path) -> str:
    relative = path.relative_to(PACKAGE).with_suffix("")
    return ".".join(part for part in relative.parts if part != "__init__")


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            base = node.module or ""
            found.add(base)
            found.update(f"{base}.{alias.name}" for alias in node.names)
    return found


def own(found: set[str]) -> set[str]:
    return {name.removeprefix("storyboard.") for name in found if name.startswith("storyboard.")}


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_imports_point_upwards(path: Path) -> None:
    name = dotted(path)
    row = name.partition(".")[0]
    if row in ("", "__main__"):
        return
    for target in own(imports(path)):
        target_row = target.partition(".")[0]
        if target_row == row or target_row.startswith("__"):
            continue
        if target == "kaltura" or target.startswith(VOCABULARY):
            continue
        assert ROWS.index(target_row) < ROWS.index(row), f"{name} imports {target}"


@pytest.mark.parametrize("path", sorted((PACKAGE / "studio").rglob("*.py")), ids=dotted)
def test_the_studio_is_an_island(path: Path) -> None:
    for target in own(imports(path)):
        if target.partition(".")[0] in ("studio", "kaltura") and target == "kaltura":
            continue
        known = target.startswith("studio") or any(target.startswith(door) for door in ISLAND)
        assert known or target.startswith("__"), f"{dotted(path)} imports {target}"


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_a_package_is_named_where_it_belongs(path: Path) -> None:
    row = dotted(path).partition(".")[0]
    for found in imports(path):
        allowed = SOLE_IMPORTERS.get(found.partition(".")[0])
        assert allowed is None or row in allowed, f"{dotted(path)} imports {found}"
