"""A plan as JSON: the schema `plan` says what is in it."""

from __future__ import annotations

from typing import Any, Final

from storyboard.plan.action import Action
from storyboard.plan.change import Change
from storyboard.plan.diff import FieldChange
from storyboard.plan.grouping import definition_of
from storyboard.plan.plan import Plan
from storyboard.plan.refusal import Refusal
from storyboard.plan.words import words_markup
from storyboard.source.span import Span
from storyboard.views.json_text import json_text
from storyboard.views.leftovers import leftovers_json

FORMAT_VERSION: Final = 1


def render_plan_json(plan: Plan, *, elsewhere: int | None = None) -> str:
    """Return the plan as one JSON object."""
    return json_text(plan_to_dict(plan, elsewhere=elsewhere))


def plan_to_dict(plan: Plan, *, elsewhere: int | None = None) -> dict[str, Any]:
    """Return the plan as values that JSON has; what stays as it is is only counted.

    `elsewhere` counts the errors that no target needs.
    """
    actions = [_action(change, action) for change, action in plan.actions]
    actions += [
        {
            "address": str(item.address),
            "action": Action.DELETE.value,
            "reasons": ["its successor is published"],
            "changes": [],
            "source": None,
            "film": None,
        }
        for item in plan.retirements
    ]
    return {
        "format_version": FORMAT_VERSION,
        "principal": plan.principal.body(),
        "actions": actions,
        "summary": plan.summary,
        "films": _films(plan),
        "orphans": [str(address) for address in plan.orphans],
        **({"leftovers": leftovers_json(plan.leftovers)} if plan.leftovers else {}),
        **_saved_films(plan),
        **({"remarks": list(plan.remarks)} if plan.remarks else {}),
        **_policy(plan),
        "refusals": [
            {
                "rule": refusal.rule,
                "message": refusal.message,
                "addresses": [str(address) for address in refusal.addresses],
                "flag": refusal.flag,
                **_limits(refusal),
            }
            for refusal in plan.refusals
        ],
        "digest": plan.digest,
        **({} if elsewhere is None else {"elsewhere": elsewhere}),
    }


def _films(plan: Plan) -> dict[str, Any]:
    """Return all films together; how long they take is null before the first was made here."""
    return {
        "count": len(plan.films),
        "inTheMaking": sum(1 for film in plan.films if film.attach),
        "speechSeconds": round(sum(film.speech_seconds for film in plan.films), 1),
        "workSeconds": round(sum(film.work_seconds for film in plan.films), 1),
        "expectedWaitSeconds": plan.expected_wait,
        "atOnce": plan.films_at_once,
    }


def _limits(refusal: Refusal) -> dict[str, Any]:
    """Return what a refusal counted and the limits that it rests on, where it rests on some."""
    if not refusal.limits:
        return {}
    limits = [{"limit": str(each.limit), "source": each.source} for each in refusal.limits]
    return {"number": refusal.number, "limits": limits}


def _policy(plan: Plan) -> dict[str, Any]:
    """Return what of the policy is not as at the last apply, if anything is."""
    changes = [
        {
            "key": item.key,
            "before": list(item.before),
            "after": list(item.after),
            "looser": item.is_looser,
        }
        for item in plan.policy_changes
    ]
    return {"policyChanges": changes} if changes else {}


def _saved_films(plan: Plan) -> dict[str, Any]:
    """Return the films of gone videos, where there are any."""
    if not plan.films_removed and not plan.films_left:
        return {}
    both = (("removed", plan.films_removed), ("left", plan.films_left))
    told = {key: {str(a): path for a, path in sorted(films.items())} for key, films in both}
    return {"savedFilms": told}


def _action(change: Change, action: Action) -> dict[str, Any]:
    film = change.film if action is Action.GENERATE else None
    return {
        "address": str(change.address),
        "action": action.value,
        "reasons": list(change.reasons(action)),
        "changes": [_field(item) for item in change.changes_of(action)],
        "source": _place(change.source),
        "film": None
        if film is None
        else {
            "speechSeconds": film.speech_seconds,
            "workSeconds": film.work_seconds,
            "expectedSeconds": film.expected_seconds,
            "attach": film.attach,
        },
    }


def _field(item: FieldChange) -> dict[str, Any]:
    seconds = item.seconds
    return {
        "path": item.path,
        "kind": item.kind.value,
        "before": item.before,
        "after": item.after,
        "diff": words_markup(item.pieces) if item.pieces else None,
        "seconds": None if seconds is None else {"before": seconds[0], "after": seconds[1]},
        "needsFilm": item.shows,
        "drift": item.drift,
        "source": _place(item.span),
        "cause": _cause(item),
    }


def _cause(item: FieldChange) -> dict[str, Any] | None:
    """Return the variable that the new words come from, if that is certain."""
    definition = definition_of(item)
    if definition is None:
        return None
    return {"name": definition.name, "source": _place(definition.span)}


def _place(span: Span | None) -> dict[str, Any] | None:
    if span is None:
        return None
    return {"file": span.file, "line": span.line, "column": span.column}
