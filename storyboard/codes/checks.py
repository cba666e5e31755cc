"""What makes a film embarrass: names, definitions that are left over, and comments in texts."""

from __future__ import annotations

from typing import Final

from storyboard.codes.code import Code, Severity

CODES: Final = (
    Code(
        "duplicate-name",
        Severity.WARNING,
        "two videos have one name",
        "The studio lists videos by name, so the two cannot be told apart. Change one of them.",
        bad="""\
name: Tour
scenes:
  - Welcome to the tour of our new search engine.
""",
        good="""\
name: Tour
scenes:
  - Welcome to the tour of our new search engine.
""",
        can_change=True,
        bad_where="storyboards/other.yaml has `name: Tour`, too",
        good_where="storyboards/other.yaml has `name: Other tour`",
    ),
    Code(
        "name-not-unique",
        Severity.ERROR,
        "a video cannot be found by its name, in an environment with `identity: name`",
        "Such an environment has no other way to know its videos, so each of them needs a name of "
        "its own, that the studio does not write. Held videos are not checked; two locales of one "
        "storyboard are [another finding](#name-of-other-locale).",
        bad="""\
name: Tour
scenes:
  - Welcome to the tour of our new search engine.
""",
        good="""\
name: Tour
scenes:
  - Welcome to the tour of our new search engine.
""",
        bad_where="storyboards/other.yaml has `name: Tour`, too, and the environment of the check, "
        "`-e production`, has `identity: name`",
        good_where="storyboards/other.yaml has `name: Other tour`",
    ),
    Code(
        "name-of-other-locale",
        Severity.WARNING,
        "a video is held, because another locale of it has its name, in an environment with "
        "`identity: name`",
        "Such an environment has no other way to know its videos, so each of them needs a name of "
        "its own, in every locale. Write `{{ locale }}` into the name, or translate it: until then "
        "the source's name serves. The video of the locale that is written first is made, and the "
        "others wait.",
        bad="""\
name: Tour
locales: [en, de]
scenes:
  - {id: welcome, narration: Welcome to the tour of our new search engine.}
""",
        good="""\
name: "Tour ({{ locale }})"
locales: [en, de]
scenes:
  - {id: welcome, narration: Welcome to the tour of our new search engine.}
""",
        can_change=True,
        bad_where="the environment of the check, `-e production`, has `identity: name`",
    ),
    Code(
        "unused-avatar",
        Severity.WARNING,
        "an avatar is defined and never used",
        "Either a scene lacks its presenter, or the definition is left over. Use it or delete it.",
        bad="""\
name: Tour
avatars: {host: jane, guest: adam}
avatar: host
scenes:
  - Welcome to the tour of our new search engine.
""",
        good="""\
name: Tour
avatars: {host: jane}
avatar: host
scenes:
  - Welcome to the tour of our new search engine.
""",
        can_change=True,
    ),
    Code(
        "unused-entry",
        Severity.WARNING,
        "an entry is defined and never shown",
        "Either a scene lacks its clip, or the definition is left over. Use it or delete it.",
        bad="""\
name: Tour
entries: {metrics: 1_metrics}
scenes:
  - Welcome to the tour of our new search engine.
""",
        good="""\
name: Tour
entries: {metrics: 1_metrics}
scenes:
  - {narration: Here we see the key metrics from last quarter., broll: metrics}
""",
        can_change=True,
    ),
    Code(
        "say-phonemes",
        Severity.WARNING,
        "`say` tells a word in phonemes to a voice that takes none",
        "Only the English voice of the local studio takes phonemes. Videos of other locales, and "
        "all videos in Kaltura, have the word as it is written, so it may be said wrongly there. "
        "Respell it in letters under `localize`.",
        bad="""\
name: Rundgang
locales: [de]
say: {Acme: /ˈækmi/}
scenes:
  - {id: welcome, narration: Wir zeigen Ihnen heute die neue Suche von Acme.}
""",
        good="""\
name: Rundgang
locales: [de]
say: {Acme: /ˈækmi/}
localize: {de: {say: {Acme: Äckmi}}}
scenes:
  - {id: welcome, narration: Wir zeigen Ihnen heute die neue Suche von Acme.}
""",
        can_change=True,
    ),
    Code(
        "say-language",
        Severity.WARNING,
        "a word is said in one language as in another",
        "The rows of `say` of the project and of the storyboard are for the voices of all locales. "
        "A respelling such as `sequel` is for an English voice: a German one reads it out as "
        "German. Under `localize`, tell how the locale says the word; if the same is right there, "
        "write it again.",
        bad="""\
name: Tour
locales: [en, de]
say: {SQL: sequel}
scenes:
  - {id: welcome, narration: Welcome to the tour of our new SQL server.}
""",
        good="""\
name: Tour
locales: [en, de]
say: {SQL: sequel}
localize: {de: {say: {SQL: Es Ku El}}}
scenes:
  - {id: welcome, narration: Welcome to the tour of our new SQL server.}
""",
        can_change=True,
        bad_where="the German translation has `SQL` too",
        good_where="the German translation has `SQL` too",
    ),
    Code(
        "unused-say",
        Severity.WARNING,
        "`say` tells of a word that no narration has",
        "The word was renamed, or narrations write it otherwise: a word counts as it is written, "
        "capitals included. Correct the word or delete the row.",
        bad="""\
name: Tour
say: {acme: ACK-mee}
scenes:
  - Our new search engine answers questions in Acme from now on.
""",
        good="""\
name: Tour
say: {Acme: ACK-mee}
scenes:
  - Our new search engine answers questions in Acme from now on.
""",
        can_change=True,
    ),
    Code(
        "unused-title",
        Severity.WARNING,
        "a title is of a presenter who appears in no scene",
        "Titles go by the name of an avatar, or by the id of a template. No scene is presented by "
        "that one: correct the name or delete the title.",
        bad="""\
name: Tour
avatar: adam
titles: {jane: {name: Jane Miller}}
scenes:
  - Welcome to the tour of our new search engine.
""",
        good="""\
name: Tour
avatar: jane
titles: {jane: {name: Jane Miller}}
scenes:
  - Welcome to the tour of our new search engine.
""",
        can_change=True,
    ),
    Code(
        "letters-missing",
        Severity.WARNING,
        "a video is held, because no font of this machine has the letters of a text in the picture",
        "Titles and burned-in captions are set in the fonts of the machine that makes the film. "
        "The package brings Latin, Greek and Cyrillic. Install a font that has the letters; for "
        "scripts whose letters join, or run from right to left, also FriBiDi. Until then the video "
        "is skipped, and the other videos are applied.",
        bad="""\
name: Tour
avatar: jane
titles: {jane: {name: 𗼇𗟲}}
scenes:
  - Welcome to the tour of our new search engine.
""",
        good="""\
name: Tour
avatar: jane
titles: {jane: {name: Jane Miller}}
scenes:
  - Welcome to the tour of our new search engine.
""",
        can_change=True,
    ),
    Code(
        "unused-variable",
        Severity.WARNING,
        "a variable is defined and never read",
        "Either a text lacks it, or the definition is left over. Use it or delete it.",
        bad="""\
name: Tour
vars: {product: Acme}
scenes:
  - Welcome to the tour of our new search engine.
""",
        good="""\
name: Tour
vars: {product: Acme}
scenes:
  - Welcome to the tour of {{ product }}, our new search engine.
""",
        can_change=True,
    ),
    Code(
        "comment-after-text",
        Severity.WARNING,
        "a comment follows a text that has no end",
        "In YAML, a space and `#` start a comment, and what follows is not spoken. Here the "
        "text ends without a full stop, or a number follows the `#`, so the comment may be "
        "meant as text. Put quotes around the whole text, or write the comment on a line of "
        "its own.",
        bad="""\
scenes:
  - Welcome to the tour of our new search # check with Ann
""",
        good="""\
scenes:
  # check with Ann
  - Welcome to the tour of our new search engine.
""",
        can_change=True,
    ),
)
