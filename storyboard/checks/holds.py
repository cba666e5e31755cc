"""Videos that are held, by reason: what the rules about translations start from."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.subject import Finding, Subject
from storyboard.source.diagnostic import Note


def held_videos(subject: Subject, code: str, what: str, otherwise: str) -> Iterator[Finding]:
    """Yield one finding a video that has holds of this code; `what` completes the message.

    `otherwise` says how to go on without a translation.
    """
    for video in subject.videos:
        holds = [hold for hold in video.holds if hold.code == code]
        if holds:
            address = video.address
            texts = "text" if len(holds) == 1 else "texts"
            yield Finding(
                f"'{address}' is held: {len(holds)} {texts} {what}",
                holds[0].span,
                f"translate locales/{address.locale}/{address.storyboard}.po, {otherwise}",
                tuple(Note(hold.reason, hold.span) for hold in holds[1:4]),
            )
