"""What a finished film says and how it is divided, as caption assets of its entry.

Knows texts and times, no picture and no route.
"""

from __future__ import annotations

from storyboard.caption_files import write_srt, write_vtt
from storyboard.spoken_tags import language_of
from storyboard.studio.film.request import Film
from storyboard.studio.records import captions
from storyboard.studio.records.captions import CHAPTERS
from storyboard.studio.records.store import Transaction


def keep_texts(tx: Transaction, entry_id: str, film: Film, now: float) -> None:
    """Store the film's captions as SRT (the default) and WebVTT, and its chapters as WebVTT."""
    language = language_name(film.language)
    texts = {CHAPTERS: write_vtt(film.chapters)}
    if film.captions:
        spoken = {language: write_srt(film.captions), "WebVTT": write_vtt(film.captions)}
        texts = spoken | texts
    for label, content in texts.items():
        captions.add(
            tx,
            entry_id,
            language=language,
            label=label,
            content=content,
            is_default=label == language,
            now=now,
        )


def language_name(tag: str) -> str:
    """Return Kaltura's name for a language, which is English; the tag itself where there is none.

    Regional voices are called by their language alone.
    """
    from storyboard.studio.voice.languages import SPOKEN

    names = {language.tag: language.name for language in SPOKEN}
    # The language first: `Portuguese (Brazil)` is a name of ours and none of Kaltura's.
    return names.get(language_of(tag)) or names.get(tag, tag)
