"""What planning a request told before, told again where nothing that it depends on has changed.

A plan depends on the files, on the states of the project's environments and on what the studio
answers. All are looked at again. The studio in this process is not opened if its records are the
same; every other studio is asked all that it was asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from storyboard.commands.compiled_before import Asking, CompiledBefore
from storyboard.commands.environment import Environment, resolve_environment
from storyboard.commands.film_folders import workspace_of
from storyboard.commands.packed_report import pack_report, unpack_report
from storyboard.commands.request import Request
from storyboard.counting import Count
from storyboard.disk.inside import FileRefused
from storyboard.kaltura.answers import Answers
from storyboard.local_studio.records import records_digest
from storyboard.source.diagnostic import Report
from storyboard.source.files import ProjectFiles
from storyboard.state.content_digest import content_digest

if TYPE_CHECKING:
    from storyboard.compiler import Compilation
    from storyboard.kaltura.objects import Principal
    from storyboard.plan.plan import Plan

_OPERATORS: Final = "STORYBOARD_"
"""What the names of all variables begin with that may change a plan of the same answers."""


@dataclass(frozen=True, slots=True)
class PlanTold:
    """What a plan told: its text, and what decides the exit code."""

    text: str
    kinds: frozenset[str]
    has_changes: bool


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """What was told, of which findings and environment, and what else has to be as it was."""

    told: PlanTold
    report: Report
    errors_elsewhere: int
    environment: Environment
    sides: dict[str, Any]
    principal: Any
    answers: Sequence[Any]

    @property
    def asks_nobody(self) -> bool:
        """Whether the studio is in this process, whose records lie here."""
        return self.environment.settings is None


class PlannedBefore:
    """Owns what was kept of planning a request; `asked` says all else that decides its text.

    `answers` are those of a remote studio in this run.
    """

    def __init__(self, request: Request, asked: Sequence[Any]) -> None:
        operators = sorted(pair for pair in request.shell.items() if pair[0].startswith(_OPERATORS))
        self._request = request
        self._before = CompiledBefore(request)
        self._part = f"plan\n{asked!r}\n{operators!r}"
        self._asking: Asking | None = None
        self._sides: Any = None
        self.answers = Answers()

    def find(self) -> KeptPlan | None:
        """Return what was kept, if the files are as they were; state and studio may be others."""
        kept = self._before.find(self._part)
        if kept is None:
            return None
        request, (text, kinds, has_changes) = self._request, kept["told"]
        report = unpack_report(kept["report"], ProjectFiles(request.root))
        if report is None:
            return None
        return KeptPlan(
            PlanTold(text, frozenset(kinds), has_changes),
            report,
            kept["elsewhere"],
            resolve_environment(request.environment, kept["declared"], request.shell, request.root),
            kept["sides"],
            kept["principal"],
            kept["answers"],
        )

    def is_same_here(self, kept: KeptPlan) -> bool:
        """Whether states are as they were, and so is the studio in this process."""
        sides = _sides_of(kept.environment)
        return sides is not None and sides == kept.sides

    async def is_same_there(self, kept: KeptPlan) -> bool:
        """Whether a remote studio answers as it did; raises as a plan does."""
        # Most of what a client needs is of no use for whoever asks no studio.
        from storyboard.commands.connection import connect

        async with connect(kept.environment) as client:
            is_same_user = _row_of(client.principal) == kept.principal
            return is_same_user and await client.check_answers(kept.answers, self.answers)

    def begin(self, told: Count | None) -> Asking:
        """Begin to compile, with what was kept of storyboards."""
        self._asking = self._before.asking(told, keeps=True, keeps_videos=True)
        return self._asking

    def look(self, compilation: Compilation) -> None:
        """Look at what the plan depends on, before it is made."""
        self._sides = _sides_of(self._environment(compilation))

    def keep(self, told: PlanTold, compilation: Compilation, plan: Plan) -> None:
        """Keep what a plan told, unless something changed meanwhile or cannot be compared."""
        environment = self._environment(compilation)
        sides, is_local = _sides_of(environment), environment.settings is None
        is_steady = sides is not None and _without_partner(sides) == _without_partner(self._sides)
        if self._asking is None or not is_steady or not (is_local or self.answers.is_whole):
            return
        # What compiles has imported it by now.
        from storyboard.commands.compiled_project import declared_environments

        declared = declared_environments(compilation.project)
        value = {
            "told": [told.text, sorted(told.kinds), told.has_changes],
            "report": pack_report(compilation.report),
            "elsewhere": compilation.errors_elsewhere,
            "declared": declared,
            "sides": sides,
            "principal": _row_of(plan.principal),
            "answers": [] if is_local else self.answers.rows,
        }
        self._before.keep(self._part, value, self._asking, declared)

    def _environment(self, compilation: Compilation) -> Environment:
        from storyboard.commands.compiled_project import environment_of

        return environment_of(self._request, compilation.project)


def _sides_of(environment: Environment) -> dict[str, Any] | None:
    """Return digests of what lies on this machine beside the files; None if they do not tell all.

    A state that machines share is read from where it is, and so are names that are keys.
    """
    is_local = environment.settings is None
    if environment.shared or environment.by_name or (environment.other_shared and not is_local):
        return None
    places = (environment.state_path, *environment.other_states.values())
    states = [content_digest(path, environment.root) for path in places]
    records = list(_records_of(environment) or ()) if is_local else None
    return None if None in states or records == [] else {"states": states, "records": records}


def _records_of(environment: Environment) -> tuple[int, str] | None:
    try:
        return records_digest(workspace_of(environment.root), environment.variables)
    except FileRefused:  # told by who opens the studio
        return None


def _without_partner(sides: dict[str, Any] | None) -> Any:
    """Return what the first plan of a new workspace leaves as it is."""
    return sides and (sides["states"], (sides["records"] or [])[1:])


def _row_of(principal: Principal) -> list[Any]:
    return [principal.partner_id, principal.user_id, principal.studio]
