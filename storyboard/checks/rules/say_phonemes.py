"""Words that `say` tells in phonemes, in a locale whose voice takes none."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.said_words import said_words
from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.expand.localization import localized
from storyboard.narration.phonemes import has_phonemes, takes_phonemes
from storyboard.narration.pronunciation import say_of


def _check(subject: Subject) -> Iterator[Finding]:
    project, board = subject.project, subject.compiled.storyboard
    told = set[tuple[str, str]]()
    for video in subject.videos:
        locale = video.address.locale
        if locale is None or takes_phonemes(locale):
            continue
        # Each over those before it, as a narration has it.
        tables = (
            *((project.say, project.place), (board.say, board.place)),
            *((block.say, block.place) for block in localized(board, locale).blocks),
        )
        words = {word: (said, place) for say, place in tables for word, said in say.items()}
        rows = {word: row for word, row in words.items() if has_phonemes(row[0])}
        for word in said_words([video], say_of({word: said for word, (said, _) in rows.items()})):
            place = rows[word][1]
            if place is not None and (word, locale) not in told:
                told.add((word, locale))
                yield Finding(
                    f"the voice of '{locale}' takes no phonemes: it says '{word}' as it is written",
                    place.at("say", word).key_span,
                    f"respell it in letters for '{locale}', under `localize`",
                )


RULE = Rule("say-phonemes", _check)
