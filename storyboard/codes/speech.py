"""What makes a generation fail or a film sound wrong: narrations and the voices that say them."""

from __future__ import annotations

from typing import Final

from storyboard.codes.code import Code, Severity
from storyboard.wire import MIN_SPEECH_SECONDS

CODES: Final = (
    Code(
        "narration-missing",
        Severity.ERROR,
        "a scene has no narration",
        "A scene lasts as long as its narration; the studio refuses a scene without one. "
        "Write one, or leave the scene out with `when`.",
        bad="""\
- broll: 1_metrics@0:30
""",
        good="""\
- broll: 1_metrics@0:30
  narration: Here we see the key metrics from last quarter.
""",
    ),
    Code(
        "narration-too-short",
        Severity.ERROR,
        "a narration is far too short",
        f"Kaltura needs {MIN_SPEECH_SECONDS:g} seconds of speech in each scene; the generation of "
        "a shorter one fails without a reason. Say more, or join the scene to its neighbor.",
        bad="""\
- Hello.
""",
        good="""\
- Welcome to the tour of our new search engine.
""",
        can_change=True,
    ),
    Code(
        "narration-short",
        Severity.WARNING,
        "a narration may be too short",
        f"The estimate is near the {MIN_SPEECH_SECONDS:g} seconds of speech that a generation "
        "needs, or the narration has very few words. Say more, as the hint shows.",
        bad="""\
- Questions? Ask us.
""",
        good="""\
- Do you have questions? Ask us at any time.
""",
        can_change=True,
    ),
    Code(
        "unspeakable",
        Severity.WARNING,
        "a narration has what a voice cannot say",
        "Markup, links and emoji are read out letter by letter, or swallowed; so are marks that "
        "other services take, such as `[pause 2s]`. Write what shall be heard.",
        bad="""\
- Welcome to **our new** search engine and its many features.
""",
        good="""\
- Welcome to our new search engine and its many features.
""",
        can_change=True,
    ),
    Code(
        "unspoken-sign",
        Severity.WARNING,
        "a narration has a sign that no voice says",
        "Amounts, units and common signs are read out in words. Other signs are left out of the "
        "speech, in the local studio and probably in Kaltura, so the film says less than the text. "
        "Write them in words, or delete them. `storyboard listen --text` shows what is said.",
        bad="""\
- The price of our new search engine† is from now on the same for all.
""",
        good="""\
- The price of our new search engine is from now on the same for all, taxes aside.
""",
        can_change=True,
    ),
    Code(
        "spelled-out",
        Severity.WARNING,
        "a word made of initials is probably said letter by letter",
        "Most voices say `JSON`, `FAQ` or `SQL` letter by letter, and many people say them as "
        "words. Tell how yours is said with `say`; if letter by letter is right, write "
        "`say: {SQL: S Q L}`. Which words these are depends on the language.",
        bad="""\
name: Tour
scenes:
  - Our new search engine speaks JSON from now on.
""",
        good="""\
name: Tour
say: {JSON: jay-son}
scenes:
  - Our new search engine speaks JSON from now on.
""",
        can_change=True,
    ),
    Code(
        "initials",
        Severity.INFO,
        "initials are said letter by letter",
        "Initials such as `GDPR`, `KPI` and `USB` are said letter by letter, which is right for "
        "most. The note names those of a storyboard once. If one is said otherwise, tell how with "
        "`say`.",
        bad="""\
- Our new search engine follows the GDPR from now on.
""",
        good="""\
- Our new search engine follows the law from now on.
""",
        can_change=True,
    ),
    Code(
        "hidden-character",
        Severity.WARNING,
        "a text has invisible characters",
        "They come with texts that are copied from web pages, and change how a voice speaks. "
        "Type the word again. The marks of direction that Arabic and Hebrew are written with "
        "(U+200E, U+200F, U+061C) may stand in texts of such scripts, and so may isolates (U+2066, "
        "U+2067, U+2068) that U+2069 ends in their line.",
        bad="""\
- Welcome to the tour of our new sea\\u200brch engine.
""",
        good="""\
- Welcome to the tour of our new search engine.
""",
        can_change=True,
    ),
    Code(
        "voice-missing",
        Severity.ERROR,
        "the local studio has no voice for the locale",
        "The film would be noise. Leave the locale out of `locales`, film it in another "
        "environment (`-e`), or turn the check off.",
        bad="""\
name: Tour
locales: [ii]
scenes:
  - {id: welcome, narration: Welcome to the tour of our new search engine.}
""",
        good="""\
name: Tour
locales: [en]
scenes:
  - {id: welcome, narration: Welcome to the tour of our new search engine.}
""",
        can_change=True,
    ),
    Code(
        "voice-unclear",
        Severity.WARNING,
        "the local studio's voice guesses the vowels of the locale",
        "Some scripts leave vowels out, and no package that adds them is installed, so words "
        "may sound wrong. The hint says what helps.",
        bad="""\
name: Tour
locales: [fa]
scenes:
  - {id: welcome, narration: Welcome to the tour of our new search engine.}
""",
        good="""\
name: Tour
locales: [en]
scenes:
  - {id: welcome, narration: Welcome to the tour of our new search engine.}
""",
        can_change=True,
    ),
    Code(
        "voice-language",
        Severity.WARNING,
        "the local studio will speak another language than the locale's",
        "No request names a language: the local studio recognizes it from the words of the whole "
        "video. Here it recognizes another one than the locale says, so the film would be spoken "
        "by a voice of that language. Write the narrations in the language of the locale, or "
        "correct `locales`.",
        bad="""\
name: Rondleiding
locales: [en]
scenes:
  - {id: welcome, narration: Welkom bij de rondleiding door onze nieuwe zoekmachine.}
""",
        good="""\
name: Rondleiding
locales: [nl]
scenes:
  - {id: welcome, narration: Welkom bij de rondleiding door onze nieuwe zoekmachine.}
""",
        can_change=True,
    ),
)
