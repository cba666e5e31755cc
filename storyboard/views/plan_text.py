"""A plan as text: a symbol and a word for each action, and what differs. No decisions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import islice
from typing import Final

from storyboard.counting import counted
from storyboard.plan.change import Action, Change
from storyboard.plan.diff import ChangeKind, FieldChange
from storyboard.plan.plan import Plan
from storyboard.plan.words import Kept, Piece, shorten_same
from storyboard.views.wording import cut, duration, place, printable

Paint = Callable[[str, str], str]

_RED, _GREEN, _YELLOW, _CYAN, _BOLD, _DIM = "31", "32", "33", "36", "1", "2"
_SYMBOLS: Final = {
    Action.CREATE: ("+", _GREEN),
    Action.ADOPT: ("+", _GREEN),
    Action.UPDATE: ("~", _YELLOW),
    Action.RENAME: ("~", _YELLOW),
    Action.REPLACE: ("±", _YELLOW),
    Action.DELETE: ("-", _RED),
    Action.GENERATE: ("*", _CYAN),
    Action.COMPOSE: ("*", _CYAN),
    Action.MOVE: (">", _CYAN),
    Action.HOLD: ("!", _RED),
    Action.KEEP: ("=", _DIM),
}
_KINDS: Final = {
    ChangeKind.CHANGED: ("~", _YELLOW),
    ChangeKind.ADDED: ("+", _GREEN),
    ChangeKind.REMOVED: ("-", _RED),
    ChangeKind.MOVED: (">", _CYAN),
}
_EXCERPT = 72
_FILES = 8


def render_plan_text(plan: Plan, *, color: bool = False) -> str:
    """Return what an apply would do, most telling first line to summary; ends with a newline.

    Colour only repeats what symbols and words say.
    """
    paint: Paint = _painted if color else _plain
    lines = [paint(_principal(plan), _DIM)]
    width = max((len(str(change.address)) for change in plan.changes), default=0)
    for change in plan.changes:
        lines += _change_lines(change, paint, width)
    for item in plan.retirements:
        reason = "its successor is published"
        lines.append(_head(Action.DELETE, str(item.address), width, paint) + f"  {reason}")
    lines += _notes(plan, paint)
    lines.append(_summary(plan, paint))
    return "\n".join(line.rstrip() for line in lines).encode(errors="replace").decode() + "\n"


def _principal(plan: Plan) -> str:
    user = f"user {plan.principal.user_id} · " if plan.principal.user_id else ""
    return printable(f"partner {plan.principal.partner_id} · {user}{plan.principal.studio}")


def _change_lines(change: Change, paint: Paint, width: int) -> Iterator[str]:
    for action in change.actions:
        head = _head(action, str(change.address), width, paint)
        where = (
            paint(place(change.source), _DIM)
            if action not in (Action.GENERATE, Action.COMPOSE)
            else ""
        )
        facts = _facts(change, action)
        yield f"{head}  {'; '.join(facts)}{'  ' if facts and where else ''}{where}"
        for item in change.changes_of(action):
            yield _field_line(item, paint)


def _head(action: Action, address: str, width: int, paint: Paint) -> str:
    symbol, tone = _SYMBOLS[action]
    return f"{paint(f'{symbol} {action.value:<8}', tone)}  {paint(f'{address:<{width}}', _BOLD)}"


def _facts(change: Change, action: Action) -> list[str]:
    facts = [printable(reason) for reason in change.reasons(action)]
    video = change.desired
    if action is Action.CREATE and video is not None and video.compose is None:
        facts.append(counted(len(video.scenes), "scene"))
    if action is Action.GENERATE and change.film is not None:
        facts.append(f"{duration(change.film.speech_seconds)} of speech")
        if change.film.expected_seconds is not None:
            facts.append(f"about {duration(change.film.expected_seconds)} to make")
    return facts


def _field_line(item: FieldChange, paint: Paint) -> str:
    symbol, tone = _KINDS[item.kind]
    drift = paint("  (edited in the studio)", _RED) if item.drift else ""
    film = "" if item.shows else paint("  (no new film)", _DIM)
    return f"    {paint(symbol, tone)} {item.path}  {_difference(item, paint)}{drift}{film}"


def _difference(item: FieldChange, paint: Paint) -> str:
    speech = ""
    if item.seconds is not None:
        before, after = item.seconds
        times = (duration(before), duration(after)) if before and after else ()
        speech = "  " + (" → ".join(times) if times else duration(before or after))
    match item.kind:
        case ChangeKind.MOVED:
            return f"moved from place {item.before} to {item.after}"
        case ChangeKind.ADDED:
            return f"“{cut(printable(str(item.after)), _EXCERPT)}”{speech}"
        case ChangeKind.REMOVED:
            return f"“{cut(printable(str(item.before)), _EXCERPT)}”{speech}"
        case ChangeKind.CHANGED if item.pieces:
            return f"“{_words(item.pieces, paint)}”{speech}"
        case _:
            return f"{_value(item.before)} → {_value(item.after)}"


def _words(pieces: tuple[Piece, ...], paint: Paint) -> str:
    shown = []
    for index, piece in enumerate(pieces):
        text = printable(piece.text)
        match piece.kept:
            case Kept.OLD:
                shown.append(paint(f"[-{text}-]", _RED))
            case Kept.NEW:
                shown.append(paint(f"{{+{text}+}}", _GREEN))
            case Kept.SAME:
                last = index == len(pieces) - 1
                shown.append(shorten_same(text, first=index == 0, last=last, context=24))
    return "".join(shown)


def _value(value: str | float | bool | None) -> str:
    match value:
        case None | "":
            return "none"
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:g}"
        case _:
            return printable(str(value))


def _notes(plan: Plan, paint: Paint) -> Iterator[str]:
    if plan.orphans:
        names = ", ".join(str(address) for address in plan.orphans)
        yield f"{paint('!', _YELLOW)} no longer in the files, kept: {names} (--prune deletes)"
    if plan.films_left:
        yield f"  saved films that stay: {_files(plan.films_left.values())}"
    if plan.films_removed:
        yield f"  saved films that are deleted too: {_files(plan.films_removed.values())}"
    for refusal in plan.refusals:
        yield paint(f"! refused by {refusal.rule}: {refusal.message}", _RED)
        yield f"  allow it with {refusal.flag}"


def _files(paths: Collection[str]) -> str:
    more = f" and {len(paths) - _FILES} more" if len(paths) > _FILES else ""
    return ", ".join(printable(path) for path in islice(paths, _FILES)) + more


def _summary(plan: Plan, paint: Paint) -> str:
    counts = plan.summary
    kept = counts[Action.KEEP.value]
    if not plan.actions and not plan.retirements:
        return f"no changes: {counted(kept, 'video')} as the files say"
    told = [
        f"{count} to {word}"
        for word, count in counts.items()
        if count and word not in (Action.KEEP.value, Action.GENERATE.value, Action.HOLD.value)
    ]
    films = [change.film for change in plan.changes if change.film and change.actions]
    if films:
        speech = sum(film.speech_seconds for film in films)
        told.append(f"{counted(len(films), 'film')} to make, {duration(speech)} of speech")
    if counts[Action.HOLD.value]:
        told.append(f"{counts[Action.HOLD.value]} held back")
    if kept:
        told.append(f"{kept} unchanged")
    return f"{paint('plan:', _BOLD)} {', '.join(told)} · {plan.digest[:19]}"


def _plain(text: str, tone: str) -> str:
    return text


def _painted(text: str, tone: str) -> str:
    return f"\x1b[{tone}m{text}\x1b[0m" if text else text
