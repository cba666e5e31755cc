"""The locales that a project or a storyboard names, each with the place where it does."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.expand.compiled import Compiled
from storyboard.language.project import Project
from storyboard.source.span import Span


def named_locales(compiled: Compiled, project: Project) -> Iterator[tuple[str, Span]]:
    """Yield the locales that a storyboard is made in."""
    wanted = {expansion.address.locale for expansion in compiled.expansions}
    own = compiled.storyboard.locales
    place = compiled.storyboard.place if own or project.place is None else project.place
    for index, tag in enumerate(own or project.locales or ()):
        if tag in wanted:
            yield tag, place.at("locales", index).span
