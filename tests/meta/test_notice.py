"""NOTICE names every distribution that the product installs, with the license that it names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from storyboard.distribution import DISTRIBUTION

ROOT = Path(__file__).parents[2]
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
EXTRAS = ("studio", "documents", "ar", "cloud", "ja", "metrics", "otel", "postgres")
OWN = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ELSEWHERE = {"colorama", "greenlet", "typing-extensions", "tzdata"}
"""Installed on some systems or versions of Python only."""

LISTED = dict(re.findall(r"^  ([a-z0-9-]+) {2,}(.+)$", NOTICE, re.MULTILINE))
SPDX = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}


def required_by(name: str, extra: str) -> Sequence[str]:
    """Return what a distribution needs; of ours, what its file says now, installed or not."""
    if name != DISTRIBUTION:
        return distribution(name).requires or []
    return [*(OWN["optional-dependencies"][extra] if extra else OWN["dependencies"])]


def installed() -> set[str]:
    found: set[tuple[str, str]] = set()
    todo = [(DISTRIBUTION, extra) for extra in ("", *EXTRAS)]
    while todo:
        name, extra = todo.pop()
        if (name, extra) in found:
            continue
        try:
            requires = required_by(name, extra)
        except PackageNotFoundError:
            assert name in ELSEWHERE, name
            continue
        found.add((name, extra))
        for requirement in map(Requirement, requires):
            if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
                wanted = canonicalize_name(requirement.name)
                todo += [(wanted, more) for more in ("", *requirement.extras)]
    return {name for name, _ in found} - {DISTRIBUTION}


def test_every_installed_distribution_is_listed() -> None:
    assert len(installed()) > 30
    assert installed() - LISTED.keys() == set()
    assert LISTED.keys() - installed() <= ELSEWHERE


def test_every_license_is_the_one_that_the_distribution_names() -> None:
    wrong = {}
    for name in installed() & LISTED.keys():
        told = distribution(name).metadata
        classifiers = [c.rpartition(" :: ")[2] for c in told.get_all("Classifier") or []]
        expected = told.get("License-Expression") or next(
            (SPDX[c] for c in classifiers if c in SPDX), None
        )
        listed = LISTED[name].partition(" (")[0]
        if expected is not None and not listed.startswith(expected):
            wrong[name] = (listed, expected)
    assert wrong == {}


def test_what_runs_in_our_process_under_the_gpl_is_named() -> None:
    import av
    from av._core import library_meta

    libraries = {path.name for path in (Path(av.__file__).parents[1] / "av.libs").glob("*")}
    configured = " ".join(str(meta["configuration"]) for meta in library_meta.values())
    for library in ("x264", "x265"):
        carried = any(library in name for name in libraries)
        assert (carried or f"--enable-lib{library}" in configured) == (library in NOTICE)
    for meta in library_meta.values():
        assert f'"{meta["license"]}"' in NOTICE


def test_the_build_is_pinned() -> None:
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    backend = re.search(r'^requires = \["(hatchling==[0-9.]+)"\]$', project, re.MULTILINE)
    assert backend is not None
    pinned = {canonicalize_name(line.partition("==")[0]) for line in pins.splitlines()}
    assert backend[1] in pins.splitlines()
    for tool in ("build", "hatchling"):
        requires = map(Requirement, distribution(tool).requires or [])
        needed = {r.name for r in requires if r.marker is None or r.marker.evaluate({"extra": ""})}
        assert {canonicalize_name(name) for name in needed} <= pinned
