"""Compiles as cases say it: the options of the studio, of leniency and of the compiler in one."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from storyboard.checks.studio_facts import StudioFacts
from storyboard.compiler import Compilation, compile_project
from storyboard.expand.texts import Leniency
from storyboard.source.files import Files


def compile_with(files: Files, **options: Any) -> Compilation:
    studio = {f.name: options.pop(f.name) for f in fields(StudioFacts) if f.name in options}
    leniency = {f.name: options.pop(f.name) for f in fields(Leniency) if f.name in options}
    return compile_project(
        files, studio=StudioFacts(**studio), leniency=Leniency(**leniency), **options
    )
