"""Videos that are held, by reason: what the rules about them start from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from storyboard.catalogs.translation import MARKED, RENAMED, RENAMED_HINT
from storyboard.checks.spoken_texts import faulty_sources
from storyboard.checks.subject import Finding, Subject
from storyboard.counting import NAMES_IN_LINE, counted, listed
from storyboard.source.diagnostic import Note
from storyboard.source.span import Span
from storyboard.video import Address, Hold


def held_videos(
    subject: Subject, code: str, otherwise: str, *, is_marked: bool = False
) -> Iterator[Finding]:
    """Yield one finding a video that has holds of this code.

    `otherwise` says how to go on without a translation. `is_marked` where a sync marks the texts
    as fuzzy: before it, a catalog has the old source and no mark to remove.
    """
    if not any(hold.code == code for video in subject.videos for hold in video.holds):
        return
    is_faulty = faulty_sources(subject)
    written = subject.compiled.assembled.findings
    # Their scenes have to get an id first: no catalog can have the texts yet.
    unnamed = [finding.span for finding in written if finding.code == "scene-id-needed"]
    for video in subject.videos:
        waiting = (hold for hold in video.holds if hold.code == code)
        holds = [
            hold
            for hold in waiting
            if hold.source is None
            or not (_is_inside(hold.source, unnamed) or is_faulty(hold.source))
        ]
        if holds:
            briefs = Counter(hold.brief or hold.reason for hold in holds)
            texts = ", ".join(f"{counted(n, 'text')} {brief}" for brief, n in briefs.items())
            hint = f"{_way(holds, is_marked)}; {otherwise}"
            yield Finding(
                f"'{video.address}' is held: {texts}",
                holds[0].span,
                # No option reads a token by a name that is gone.
                RENAMED_HINT if briefs.keys() == {RENAMED} else hint,
                tuple(_others(holds)),
            )


def _is_inside(text: Span, spans: Sequence[Span | None]) -> bool:
    """Whether a text's scene waits for an id, without which no catalog can have the text."""
    return any(span is not None and span.holds(text) for span in spans)


def _others(holds: Sequence[Hold]) -> Iterator[Note]:
    """Yield the texts after the first; of many, only how many more there are."""
    for hold in holds[1:NAMES_IN_LINE]:
        yield Note(hold.reason, hold.span)
    if len(holds) > NAMES_IN_LINE:
        yield Note(f"and {counted(len(holds) - NAMES_IN_LINE, 'more text')}", None)


def _way(holds: Sequence[Hold], is_marked: bool) -> str:
    """Say in which files to translate, and first how to get the texts into them."""
    files = " and ".join(dict.fromkeys(hold.catalog for hold in holds if hold.catalog is not None))
    if all(hold.brief == MARKED for hold in holds):
        return f"look at {files} again, and remove the mark `fuzzy` where the translation is right"
    if is_marked:
        return f"run `storyboard locale sync`, then translate {files} and remove the fuzzy mark"
    is_there = all(hold.span is not None and hold.span.file == hold.catalog for hold in holds)
    first = "" if is_there else "run `storyboard locale sync`, then "
    return f"{first}translate {files}"


def tell_once(holds: Iterable[tuple[Hold, Address]]) -> Iterator[Finding]:
    """Yield one finding a hold, with the videos that wait for it."""
    held: dict[Hold, dict[str, bool]] = {}
    for hold, address in holds:
        held.setdefault(hold, {})[str(address)] = hold.composed_from is not None
    for hold, addresses in held.items():
        yield Finding(hold.reason, hold.span, hold.hint, tuple(held_notes(addresses)))


def held_notes(addresses: Mapping[str, bool]) -> Iterator[Note]:
    """Name the first held videos and count the others; true for those that only composing needs.

    No check knows which of these are composed: a plan does.
    """
    for until, is_only in (("", False), (" until composed", True)):
        named = [address for address, composing in addresses.items() if composing is is_only]
        if named:
            yield Note(f"held{until}: {listed(named, NAMES_IN_LINE)}", None)
