"""What is wrong with a project's files, and how many videos are ready."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from storyboard.commands.compiled_before import CompiledBefore
from storyboard.commands.packed_report import pack_report, unpack_report
from storyboard.commands.request import Request
from storyboard.counting import Count
from storyboard.source.diagnostic import Report
from storyboard.source.files import ProjectFiles

_PART: Final = "check"


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings; how many of the videos that were asked for are ready, and how many held.

    `files` are those that the videos are written in, `errors_elsewhere` how many errors there are
    that no address needs that was asked for.
    """

    report: Report
    errors_elsewhere: int
    ready: int
    held: int
    files: frozenset[str]


def check_files(
    request: Request,
    *,
    uses_cache: bool = True,
    told: Count | None = None,
) -> Checked:
    """Read all files and find what is wrong; raises as `compile_request`, and `ProjectError`.

    What was found before is told again where nothing has changed. `told` is called with how many
    storyboards of how many are done.
    """
    before = CompiledBefore(request)
    known = before.find(_PART) if uses_cache else None
    checked = None if known is None else _unpacked(known, request)
    if checked is not None:
        return checked
    # What compiles takes as long to import as a small project to check.
    from storyboard.commands.compiled_project import compile_asking, declared_environments
    from storyboard.commands.found_project import require_project

    asking = before.asking(told, keeps=uses_cache)
    compilation = compile_asking(request, asking)
    require_project(request, compilation)
    wanted = [v for v in compilation.outlines if v.address.matches(request.scope)]
    held = sum(1 for video in wanted if video.holds)
    checked = Checked(
        compilation.report,
        compilation.errors_elsewhere,
        len(wanted) - held,
        held,
        compilation.files,
    )
    if uses_cache:
        before.keep(_PART, _packed(checked), asking, declared_environments(compilation.project))
    return checked


def _packed(checked: Checked) -> Any:
    numbers = [checked.errors_elsewhere, checked.ready, checked.held]
    return [pack_report(checked.report), numbers, sorted(checked.files)]


def _unpacked(kept: Any, request: Request) -> Checked | None:
    """Return what was kept, with the texts that it shows; None where one of them went away."""
    packed, (elsewhere, ready, held), names = kept
    report = unpack_report(packed, ProjectFiles(request.root))
    return None if report is None else Checked(report, elsewhere, ready, held, frozenset(names))
