"""The Python API: every name that a script may use, as `storyboard.NAME`, and nothing else.

A script imports `storyboard`, whose names are looked up here when they are first used. What is not
listed is internal and may change in any release; docs/reference/python-api.md has the promise.
"""

from __future__ import annotations

from typing import Final

from storyboard.apply.observer import FilmProgress, Observer, SilentObserver
from storyboard.apply.outcome import ActionOutcome, Ending, Outcome, Row
from storyboard.commands.apply import Applied, apply_changes
from storyboard.commands.compiled_project import compile_request
from storyboard.commands.destroy import destroy_applied
from storyboard.commands.outputs import FileStatus, Output, read_outputs, read_state
from storyboard.commands.plan import plan_changes
from storyboard.commands.request import Request, find_request
from storyboard.commands.status import Content, Film, Standing, fetch_standings
from storyboard.commands.wait import End, Patience, Waited, wait_for_films
from storyboard.compiler import Compilation
from storyboard.errors import (
    ApiError,
    ConflictError,
    CredentialsError,
    ExitCode,
    FailureCode,
    GuardError,
    LockedError,
    MissingExtraError,
    ProjectError,
    StateError,
    StoryboardError,
    StudioError,
    UnknownOutcomeError,
    UnreachableError,
    UsageError,
)
from storyboard.local_studio.opening import open_local_studio
from storyboard.plan.action import Action
from storyboard.plan.change import Change
from storyboard.plan.limits import Limit
from storyboard.plan.options import PlanOptions
from storyboard.plan.plan import Plan
from storyboard.plan.refusal import Refusal
from storyboard.source.diagnostic import Diagnostic, Note, Report, Severity
from storyboard.source.span import Span
from storyboard.state.model import State
from storyboard.video import Address, Scene, Video
from storyboard.views.apply_json import outcome_to_dict
from storyboard.views.outputs import outputs_to_dict
from storyboard.views.plan_json import plan_to_dict
from storyboard.views.report_json import report_to_dict

__all__: Final = (
    "Action",
    "ActionOutcome",
    "Address",
    "ApiError",
    "Applied",
    "Change",
    "Compilation",
    "ConflictError",
    "Content",
    "CredentialsError",
    "Diagnostic",
    "End",
    "Ending",
    "ExitCode",
    "FailureCode",
    "FileStatus",
    "Film",
    "FilmProgress",
    "GuardError",
    "Limit",
    "LockedError",
    "MissingExtraError",
    "Note",
    "Observer",
    "Outcome",
    "Output",
    "Patience",
    "Plan",
    "PlanOptions",
    "ProjectError",
    "Refusal",
    "Report",
    "Request",
    "Row",
    "Scene",
    "Severity",
    "SilentObserver",
    "Span",
    "Standing",
    "State",
    "StateError",
    "StoryboardError",
    "StudioError",
    "UnknownOutcomeError",
    "UnreachableError",
    "UsageError",
    "Video",
    "Waited",
    "apply_changes",
    "compile_request",
    "destroy_applied",
    "fetch_standings",
    "find_request",
    "open_local_studio",
    "outcome_to_dict",
    "outputs_to_dict",
    "plan_changes",
    "plan_to_dict",
    "read_outputs",
    "read_state",
    "report_to_dict",
    "wait_for_films",
)
