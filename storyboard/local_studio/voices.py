"""Which languages the local studio speaks, and how well, for those who may not know the studio."""

from __future__ import annotations

from collections.abc import Container, Sized


class SpokenLocales(Container[str], Sized):
    """Answers by language tag: `fr-CA` is spoken where `fr` is. Looks only when it is asked."""

    def __contains__(self, tag: object) -> bool:
        from storyboard.studio.voice.languages import find_language

        return isinstance(tag, str) and find_language(tag) is not None

    def __len__(self) -> int:
        from storyboard.studio.voice.languages import LANGUAGES

        return len(LANGUAGES)


class UnclearLocales(Container[str]):
    """The spoken languages whose vowels nobody writes, and nothing here can add."""

    def __contains__(self, tag: object) -> bool:
        from storyboard.studio.voice.arabic import adds_vowels
        from storyboard.studio.voice.languages import find_language

        found = find_language(tag) if isinstance(tag, str) else None
        if found is None or found.vowels_written:
            return False
        return found.tag != "ar" or not adds_vowels()
