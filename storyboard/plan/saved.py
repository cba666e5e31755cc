"""A plan that is applied later: what it was made of, and whether it still holds. No disk, no clock.

It has what a pull request shows anyway, narrations included, and no secret. Its checksum tells
damage from a whole file, and proves nothing about who wrote it: that is why the plan is made again
from the files, and why no guard is lifted by what stands here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from storyboard.errors import ConflictError, FailureCode
from storyboard.kaltura.objects import Principal
from storyboard.plan.action import Action
from storyboard.plan.guards import same_principal
from storyboard.plan.options import PlanOptions
from storyboard.plan.plan import Plan
from storyboard.plan.refusal import shortened
from storyboard.plan.shown import desired_shown, film_fingerprint, remote_shown
from storyboard.shell import word
from storyboard.state.model import State
from storyboard.video import Video, digest

VALID_FOR: Final = timedelta(days=7)
"""A choice: a review over a weekend is within it, a forgotten artifact is not."""

AGAIN: Final = "plan again: `storyboard plan -o FILE`; nothing was changed"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the plan was asked for, as the command line had it: the same is planned again.

    Limits and permissions are not here: whoever applies gives them.
    """

    targets: tuple[str, ...] = ()
    environment: str = "local"
    variables: Mapping[str, Any] = field(default_factory=dict)
    allow_stale: bool = False
    fallback: bool = False
    generate: bool = True
    prune: bool = False
    prune_renamed: bool = False
    film_doubtful: bool = False
    forward: bool = False
    regenerate: tuple[str, ...] = ()


SHAPING: Final = (
    "generate",
    "prune",
    "prune_renamed",
    "film_doubtful",
    "forward",
    "regenerate",
)
"""The options that decide what is planned, and not how far it may go."""


@dataclass(frozen=True, slots=True)
class Observation:
    """What the studio held of one address when the plan was made; `id` is empty for nothing."""

    address: str
    id: str = ""
    status: str = ""
    entry_id: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A plan in a file. `plan` is its JSON, `text` and `markdown` how it reads.

    `findings` are what check found in the files, as JSON, and `findings_text` how that reads.
    `configuration` identifies the compiled videos. `lineage` and `serial` are of the state that
    it was made from. `checksum` is the file's own; `is_whole` says that it matches.
    """

    asked: Asked
    tool: str
    created: datetime
    expires: datetime
    principal: Principal
    lineage: str
    serial: int
    configuration: str
    observed: tuple[Observation, ...]
    plan: Mapping[str, Any]
    text: str
    markdown: str
    findings: tuple[Mapping[str, Any], ...] = ()
    findings_text: str = ""
    checksum: str = ""
    is_whole: bool = True

    @property
    def digest(self) -> str:
        """The digest of what would be done."""
        return str(self.plan["digest"])


def save_plan(
    plan: Plan,
    asked: Asked,
    videos: Sequence[Video],
    shown: tuple[Mapping[str, Any], str, str],
    found: tuple[Sequence[Mapping[str, Any]], str],
    *,
    tool: str,
    now: datetime,
) -> SavedPlan:
    """Return a plan to save; `shown` is it as JSON, text and Markdown, `found` the findings."""
    created = now.astimezone(UTC).replace(microsecond=0)
    return SavedPlan(
        asked=asked,
        tool=tool,
        created=created,
        expires=created + VALID_FOR,
        principal=plan.principal,
        lineage=plan.lineage,
        serial=plan.serial,
        configuration=configuration_digest(videos),
        observed=tuple(observe(plan)),
        plan=shown[0],
        text=shown[1],
        markdown=shown[2],
        findings=tuple(found[0]),
        findings_text=found[1],
    )


def configuration_digest(videos: Sequence[Video]) -> str:
    """Identify what the files and variables come to."""
    return digest(
        [
            [
                str(video.address),
                desired_shown(video).fingerprint,
                film_fingerprint(video, {}),
                video.protect,
                [hold.reason for hold in video.holds],
            ]
            for video in videos
        ]
    )


def observe(plan: Plan) -> Iterator[Observation]:
    """Yield what the studio holds of each address that something is planned for."""
    for change in plan.changes:
        if not change.actions:
            continue
        now = change.current
        if now is None:
            yield Observation(str(change.address))
        else:
            yield Observation(
                str(change.address),
                now.id,
                now.status.value,
                now.entry_id or "",
                remote_shown(now, plan.avatars).fingerprint,
            )


def require_saved(saved: SavedPlan, plan: Plan, state: State, videos: Sequence[Video]) -> None:
    """Raise `ConflictError` unless the plan made now is the saved one, of the very same things."""
    if not same_principal(saved.principal, plan.principal):
        raise ConflictError(
            "the saved plan is of another user, account or studio",
            hint="apply it with the credentials that it was made with; nothing was changed",
            code=FailureCode.PLAN_STALE,
        )
    if saved.checksum in state.applied_plans:
        raise ConflictError(
            "this saved plan was applied before",
            hint=_again(saved),
            code=FailureCode.PLAN_USED,
        )
    reason = _difference(saved, plan, state, videos)
    if reason is not None:
        raise ConflictError(
            f"the saved plan is stale: {reason}",
            hint=_again(saved),
            code=FailureCode.PLAN_STALE,
        )


def require_usable(saved: SavedPlan, now: datetime) -> None:
    """Raise `ConflictError` for a saved plan that was edited or is too old."""
    if not saved.is_whole:
        raise ConflictError(
            "the saved plan was damaged or edited: its checksum does not match",
            hint=AGAIN,
            code=FailureCode.PLAN_DAMAGED,
        )
    if now >= saved.expires:
        raise ConflictError(
            f"the saved plan expired at {stamp(saved.expires)}",
            hint=_again(saved),
            code=FailureCode.PLAN_EXPIRED,
        )


def _again(saved: SavedPlan) -> str:
    """Say how to plan again in the plan's environment, which its apply does not name."""
    environment = saved.asked.environment
    if environment == Asked().environment:
        return AGAIN
    return AGAIN.replace("storyboard plan", f"storyboard plan -e {word(environment)}")


def stamp(moment: datetime) -> str:
    """Return a moment as the file has it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def options_asked(asked: Asked, limits: PlanOptions) -> PlanOptions:
    """Return what the file asks for, within the limits of whoever applies it."""
    return replace(limits, **{name: getattr(asked, name) for name in SHAPING})


def _difference(saved: SavedPlan, plan: Plan, state: State, videos: Sequence[Video]) -> str | None:
    """Say what is not as it was, the cause before what follows from it."""
    # First, as it explains all below: other files make another plan.
    if saved.configuration != configuration_digest(videos):
        return "; ".join(("the files or variables changed", *_apart(saved, plan)))
    moved = [*_moved(saved.observed, tuple(observe(plan)))]
    if moved:
        return shortened(moved)
    # Before the first apply there is no state, and each look at it has a lineage of its own. Where
    # names are keys the state is a cache, and the studio alone tells.
    born = saved.serial > 0 or state.serial > 0
    if born and not plan.by_name and (saved.lineage, saved.serial) != (plan.lineage, plan.serial):
        return f"the state has serial {plan.serial}, it was made from serial {saved.serial}"
    if saved.digest != plan.digest:
        due = f"another plan is due now, id {plan.digest.removeprefix('sha256:')[:12]}"
        return "; ".join((due, *_apart(saved, plan)))
    return None


def _apart(saved: SavedPlan, plan: Plan) -> Iterator[str]:
    """Yield which actions differ between the plan that was saved and the one that is due."""
    then = [f"{each['action']} {each['address']}" for each in saved.plan["actions"]]
    now = [f"{action.value} {change.address}" for change, action in plan.actions]
    now += [f"{Action.DELETE.value} {item.address}" for item in plan.retirements]
    for told, ones, others in (("now also", now, then), ("no longer", then, now)):
        left = [each for each in dict.fromkeys(ones) if each not in others]
        if left:
            yield f"{told}: {shortened(left)}"


def _moved(then: Sequence[Observation], now: Sequence[Observation]) -> Iterator[str]:
    """Yield which videos are not as they were, each with how."""
    found = {each.address: each for each in now}
    for was in then:
        here = found.pop(was.address, None)
        if here is None:
            yield f"nothing is to be done for {was.address} any more"
        elif here != was:
            yield f"{was.address} {_how(was, here)}"
    for address in found:
        yield f"{address} is to be changed too"


def _how(was: Observation, now: Observation) -> str:
    if not now.id:
        return f"(video '{was.id}') was deleted"
    if not was.id:
        return f"is video '{now.id}' now"
    if was.id != now.id:
        return f"was video '{was.id}', now '{now.id}'"
    if was.fingerprint != now.fingerprint:
        return f"(video '{now.id}') was edited"
    if was.status != now.status:
        return f"(video '{now.id}') was {was.status}, now {now.status}"
    return f"(video '{now.id}') has another film"
