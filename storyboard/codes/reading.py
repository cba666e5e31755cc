"""What is wrong with a file before it is parsed, and the limits of one file."""

from __future__ import annotations

from typing import Final

from storyboard.codes.code import Code, Severity

CODES: Final = (
    Code(
        "text-encoding",
        Severity.ERROR,
        "a file is not UTF-8",
        "Texts are spoken letter by letter, so a wrong guess of the encoding is heard in the "
        'film. Save the file as UTF-8; most editors have this under "Save with encoding".',
        bad="""\
- Willkommen zur F\\xfchrung …   # ü as the byte FC
""",
        good="""\
- Willkommen zur Führung durch die neue Suche.
""",
    ),
    Code(
        "text-control",
        Severity.ERROR,
        "a file holds a control character or another invisible one",
        "An invisible character changes what is read or spoken, and a review does not show "
        "it. Delete it, or type the line again by hand. An escape inside double quotes "
        "makes none either.",
        bad="""\
- Welcome to the \\x02tour of our …   # a real U+0002
""",
        good="""\
- Welcome to the tour of our new search engine.
""",
    ),
    Code(
        "text-size",
        Severity.ERROR,
        "a file is larger than the reader takes",
        "A storyboard is a few kilobytes; a file of over a megabyte is nearly always "
        "something else under a wrong name. Split it, and put the scenes together with "
        "`include`.",
        bad="""\
- Welcome to the tour of our new search engine.
# a comment that is repeated until the file has more than a megabyte
""",
        good="""\
- Welcome to the tour of our new search engine.
""",
    ),
    Code(
        "yaml-empty",
        Severity.ERROR,
        "a file has nothing in it",
        "An empty file, or one of comments alone, makes no video. Write a storyboard into it, "
        "or delete it.",
        bad="""\
# a tour of the search
""",
        good="""\
# a tour of the search
name: Tour
scenes:
  - Welcome to the tour of our new search engine.
""",
    ),
    Code(
        "yaml-depth",
        Severity.ERROR,
        "lists and mappings are nested too deep",
        "More than 32 levels are refused, because they serve no storyboard and can exhaust "
        "the reader. Make the value flat.",
        bad="""\
vars: {deep: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}
name: Tour
scenes:
  - Welcome to the tour of our new search engine. {{ deep | length }}
""",
        good="""\
vars: {flat: [1]}
name: Tour
scenes:
  - Welcome to the tour of our new search engine. {{ flat | length }}
""",
    ),
    Code(
        "yaml-nodes",
        Severity.ERROR,
        "a file has too many values",
        "A file of more than 50,000 values is refused before it costs time and memory. Split "
        "it, and put the scenes together with `include`.",
        bad="""\
- [[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[]]
""",
        good="""\
- Welcome to the tour of our new search engine.
""",
        bad_where="the line is repeated 3,000 times",
    ),
    Code(
        "yaml-scalar-size",
        Severity.ERROR,
        "one text is too long",
        "A text of more than 65,536 characters is no narration. A quote that is not closed is "
        "the usual reason: everything up to the next quote becomes one text.",
        bad="""\
name: Tour
notes: |
  a line of notes that is repeated until the text has more than 65,536 characters
""",
        good="""\
name: Tour
notes: a line of notes
scenes:
  - Welcome to the tour of our new search engine.
""",
    ),
)
