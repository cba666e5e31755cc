"""The modules of the browser application: each imports what is there, and no circle is made."""

from __future__ import annotations

import posixpath
import re
from graphlib import TopologicalSorter

from storyboard.studio.web.application import read_parts

IMPORT = re.compile(rb'^(?:import|export) (?:[^;]*? from )?"([^"]+)";$', re.MULTILINE | re.DOTALL)


def imports() -> dict[str, set[str]]:
    """Return which modules each module of the application imports."""
    return {
        path: {
            posixpath.normpath(posixpath.join(posixpath.dirname(path), found.decode()))
            for found in IMPORT.findall(content)
        }
        for path, content in read_parts().items()
        if path.startswith("app/") and path.endswith(".js")
    }


def test_every_import_is_there_and_none_goes_round() -> None:
    graph = imports()
    assert len(graph) > 50
    named = set().union(*graph.values())
    assert named - {*graph} == {"vendor/preact-htm-signals.js"}
    TopologicalSorter(graph).prepare()  # raises `CycleError` with the modules of a circle
    assert {*graph} - named == {"app/main.js"}, "nothing imports these"
