"""The lines of a plan as text: an action, its facts, what differs in a field. No decisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from storyboard.counting import counted
from storyboard.plan.action import Action
from storyboard.plan.change import Change
from storyboard.plan.diff import ChangeKind, FieldChange, Part
from storyboard.plan.needs import FilmNeed
from storyboard.plan.words import Kept, Piece, shorten_same
from storyboard.views.wording import cut, duration, place, printable

Paint = Callable[[str, str], str]

RED, GREEN, YELLOW, CYAN, BOLD, DIM = "31", "32", "33", "36", "1", "2"
_SYMBOLS: Final = {
    Action.CREATE: ("+", GREEN),
    Action.ADOPT: ("+", GREEN),
    Action.UPDATE: ("~", YELLOW),
    Action.RENAME: ("~", YELLOW),
    Action.REPLACE: ("±", YELLOW),
    Action.DELETE: ("-", RED),
    Action.GENERATE: ("*", CYAN),
    Action.COMPOSE: ("*", CYAN),
    Action.MOVE: (">", CYAN),
    Action.PUBLISH: ("<", CYAN),
    Action.HOLD: ("!", RED),
    Action.KEEP: ("=", DIM),
}
_KINDS: Final = {
    ChangeKind.CHANGED: ("~", YELLOW),
    ChangeKind.ADDED: ("+", GREEN),
    ChangeKind.REMOVED: ("-", RED),
    ChangeKind.MOVED: (">", CYAN),
}
_EXCERPT = 72


def head_line(action: Action, address: str, width: int, paint: Paint) -> str:
    symbol, tone = _SYMBOLS[action]
    return f"{paint(f'{symbol} {action.value:<8}', tone)}  {paint(f'{address:<{width}}', BOLD)}"


def facts_of(change: Change, action: Action) -> list[str]:
    reasons = change.reasons(action)
    facts = [] if reasons == _PLAIN_EDIT else [printable(reason) for reason in reasons]
    video = change.desired
    if action is Action.CREATE and video is not None and video.compose is None:
        facts.append(counted(len(video.scenes), "scene"))
    if action is Action.GENERATE and change.film is not None:
        facts += film_facts([change.film])
    return facts


_PLAIN_EDIT = ("the files changed",)
"""Says what the lines below it show."""


def film_facts(films: Sequence[FilmNeed]) -> list[str]:
    """Tell how much is spoken, how much of it is rendered anew, and how long that takes here."""
    speech = sum(film.speech_seconds for film in films)
    work = sum(film.work_seconds for film in films)
    told = f"{duration(speech)} of speech"
    facts = [told if work == speech else f"{duration(work)} to render of {told}"]
    expected = [film.expected_seconds for film in films if not film.attach]
    if expected and None not in expected:
        facts.append(f"about {duration(sum(filter(None, expected)))} to make")
    return facts


def field_line(item: FieldChange, paint: Paint) -> str:
    symbol, tone = _KINDS[item.kind]
    notes = field_notes(item, paint)
    told = "".join(f"  {note}" for note in (difference(item, paint), *notes))
    return f"    {paint(symbol, tone)} {item.path}{told}"


def field_notes(item: FieldChange, paint: Paint) -> list[str]:
    """Return what is told of a difference beside its words: times, and whose edit it is."""
    notes = [_times(item)]
    notes.append(paint("(edited in the studio)", RED) if item.drift else "")
    notes.append("" if item.shows else paint("(no new film)", DIM))
    notes.append(paint(_where(item), DIM) if item.span is not None else "")
    return [note for note in notes if note]


def _where(item: FieldChange) -> str:
    """Return the line that was edited; of what has no line of its own, the file."""
    assert item.span is not None
    own = item.part is Part.SCENES and item.kind is not ChangeKind.REMOVED
    return place(item.span) if own else item.span.file


def _times(item: FieldChange) -> str:
    """Return how long a text takes to speak, before and after."""
    if item.seconds is None or item.kind is ChangeKind.MOVED:
        return ""
    before, after = item.seconds
    if item.kind is ChangeKind.CHANGED and not item.pieces:
        return ""
    times = dict.fromkeys((duration(before), duration(after))) if before and after else ()
    return " → ".join(times) if times else duration(before or after)


def difference(item: FieldChange, paint: Paint) -> str:
    match item.kind:
        case ChangeKind.MOVED:
            return f"moved from place {item.before} to {item.after}"
        case ChangeKind.ADDED:
            return f"“{cut(printable(str(item.after)), _EXCERPT)}”"
        case ChangeKind.REMOVED:
            return f"“{cut(printable(str(item.before)), _EXCERPT)}”"
        case ChangeKind.CHANGED if item.pieces:
            return f"“{words(item.pieces, paint)}”"
        case _:
            return f"{_value(item.before)} → {_value(item.after)}"


def words(pieces: tuple[Piece, ...], paint: Paint) -> str:
    shown = []
    for index, piece in enumerate(pieces):
        text = printable(piece.text)
        match piece.kept:
            case Kept.OLD:
                shown.append(paint(f"[-{text}-]", RED))
            case Kept.NEW:
                shown.append(paint(f"{{+{text}+}}", GREEN))
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


def plain(text: str, tone: str) -> str:
    return text


def painted(text: str, tone: str) -> str:
    return f"\x1b[{tone}m{text}\x1b[0m" if text else text
