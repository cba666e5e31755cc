"""What is wrong with translations."""

from __future__ import annotations

from typing import Final

from storyboard.codes.code import Code, Severity

CODES: Final = (
    Code(
        "catalog-syntax",
        Severity.ERROR,
        "a catalog is not a PO file",
        "The translations of this file cannot be read, so its videos cannot be made. Most PO "
        "editors write a correct file when they save it again.",
        bad="""\
msgctxt "welcome.narration"
msgid "Welcome to the tour of our new search engine."
msgstr Willkommen zur Führung.
""",
        good="""\
msgctxt "welcome.narration"
msgid "Welcome to the tour of our new search engine."
msgstr "Willkommen zur Führung durch unsere neue Suchmaschine."
""",
    ),
    Code(
        "catalog-limit",
        Severity.ERROR,
        "a catalog is larger than the reader takes",
        "At most 5 MiB and 10,000 entries are read. A catalog holds the texts of one "
        "storyboard, so a larger file is something else.",
        bad="""\
msgctxt "welcome.narration"
msgid "Welcome to the tour of our new search engine."
msgstr "Willkommen zur Führung durch unsere neue Suchmaschine."
#. a comment for translators, repeated until the file has more than five mebibytes
""",
        good="""\
msgctxt "welcome.narration"
msgid "Welcome to the tour of our new search engine."
msgstr "Willkommen zur Führung durch unsere neue Suchmaschine."
""",
    ),
    Code(
        "catalog-duplicate",
        Severity.ERROR,
        "a catalog has two entries for one text",
        "It is unclear which translation is spoken. Delete one of them.",
        bad="""\
msgctxt "welcome.narration"
msgid "Welcome to the tour of our new search engine."
msgstr "Willkommen zur Führung durch unsere neue Suchmaschine."

msgctxt "welcome.narration"
msgid "Welcome to the tour of our new search engine."
msgstr "Willkommen zur Führung durch die neue Suchmaschine."
""",
        good="""\
msgctxt "welcome.narration"
msgid "Welcome to the tour of our new search engine."
msgstr "Willkommen zur Führung durch unsere neue Suchmaschine."
""",
    ),
    Code(
        "translation-missing",
        Severity.WARNING,
        "a video is held, because texts are not translated",
        "A film in two languages at once embarrasses, so the video is skipped until its "
        "catalog is complete. Translate the texts (`storyboard locale sync` writes them into "
        "the catalog), or use the source's with `--fallback`.",
        bad="""\
msgctxt "welcome.narration"
msgid "Welcome to the tour of our new search engine."
msgstr ""
""",
        good="""\
msgctxt "welcome.narration"
msgid "Welcome to the tour of our new search engine."
msgstr "Willkommen zur Führung durch unsere neue Suchmaschine."
""",
        can_change=True,
    ),
    Code(
        "translation-stale",
        Severity.WARNING,
        "a video is held, because the source changed after the translation",
        "The translation says what the source said earlier, or a translator marked it `fuzzy`. "
        "Translate the text again, and "
        "take the mark `fuzzy` away, or use it as it is with `--allow-stale`.",
        bad="""\
msgctxt "welcome.narration"
msgid "Welcome to the tour of our search engine."
msgstr "Willkommen zur Führung durch unsere neue Suchmaschine."
""",
        good="""\
msgctxt "welcome.narration"
msgid "Welcome to the tour of our new search engine."
msgstr "Willkommen zur Führung durch unsere neue Suchmaschine."
""",
        can_change=True,
    ),
    Code(
        "translation-same",
        Severity.WARNING,
        "a translation says what its source says",
        "Some services write the source where a text was not translated, and the film would speak "
        "the source's language in the voice of another one. Translate the text, or leave its "
        "`msgstr` empty: then the video is held. The name of a video and a title hold none: there "
        "the source's words serve. Names of people and products, single words and numbers are not "
        "asked about, nor is a variety of the source's language. If the text is right as it is, "
        "add the flag `ignore-same` to its entry.",
        bad="""\
msgctxt "welcome.narration"
msgid "Welcome to the tour of our new search engine."
msgstr "Welcome to the tour of our new search engine."
""",
        good="""\
msgctxt "welcome.narration"
msgid "Welcome to the tour of our new search engine."
msgstr "Willkommen zur Führung durch unsere neue Suchmaschine."
""",
        can_change=True,
    ),
    Code(
        "words-or-name",
        Severity.WARNING,
        "a value passes as a name, and may be words to translate",
        "A value without a word in small letters is taken for a name, which is the same in every "
        "language. One of three words or more may be a title. Say what it is, in the text that "
        "shows it: `| translate` for words, `| verbatim` for a name.",
        bad="""\
vars: {tagline: Fast And Simple Search}
scenes:
  - {id: welcome, narration: "Welcome to the tour of it all: {{ tagline }}."}
""",
        good="""\
vars: {tagline: Fast And Simple Search}
scenes:
  - {id: welcome, narration: "Welcome to the tour of it all: {{ tagline | verbatim }}."}
""",
        can_change=True,
        bad_where="the storyboard has more than one locale",
        good_where="the storyboard has more than one locale",
    ),
    Code(
        "translation-tokens",
        Severity.WARNING,
        "a video is held, because a translation does not have the tokens of its source",
        "A token such as `{product}` stands for an expression of the source. If it is missing "
        "or changed, the film says something else, so the video is skipped. Copy the tokens from "
        "the source; one may stand in the translation more often. For a brace itself, write it "
        "twice.",
        bad="""\
#, python-brace-format
msgctxt "welcome.narration"
msgid "Welcome to the tour of {product}, our new search engine."
msgstr "Willkommen zur Führung durch {produkt}, unsere neue Suchmaschine."
""",
        good="""\
#, python-brace-format
msgctxt "welcome.narration"
msgid "Welcome to the tour of {product}, our new search engine."
msgstr "Willkommen zur Führung durch {product}, unsere neue Suchmaschine."
""",
        can_change=True,
    ),
    Code(
        "catalog-unread",
        Severity.WARNING,
        "a catalog is there that no video reads",
        "Its folder is not one of the locales, or its name is that of no storyboard and of no "
        "included file. Folders are spelled as in `locales`: `pt-BR`, not `pt_BR`. After a "
        "storyboard was renamed, `storyboard locale sync` moves its translations.",
        bad="""\
# locales/de_DE/tour.po
msgctxt "welcome.narration"
msgid "Welcome to the tour of our new search engine."
msgstr "Willkommen zur Führung durch unsere neue Suchmaschine."
""",
        good="""\
# locales/de/tour.po
msgctxt "welcome.narration"
msgid "Welcome to the tour of our new search engine."
msgstr "Willkommen zur Führung durch unsere neue Suchmaschine."
""",
        can_change=True,
    ),
    Code(
        "catalog-language",
        Severity.WARNING,
        "the header of a catalog names another language than its folder",
        "The videos of the folder's locale speak what the file says, so one of the two is wrong: "
        "move the file, or write the right language into its header.",
        bad="""\
msgid ""
msgstr "Language: fr\\n"

msgctxt "welcome.narration"
msgid "Welcome to the tour of our new search engine."
msgstr "Bienvenue dans notre nouveau moteur de recherche."
""",
        good="""\
msgid ""
msgstr "Language: de\\n"

msgctxt "welcome.narration"
msgid "Welcome to the tour of our new search engine."
msgstr "Willkommen zur Führung durch unsere neue Suchmaschine."
""",
        can_change=True,
    ),
)
