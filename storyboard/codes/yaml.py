"""What is wrong with the YAML of a file."""

from __future__ import annotations

from typing import Final

from storyboard.codes.code import Code, Severity

CODES: Final = (
    Code(
        "yaml-syntax",
        Severity.ERROR,
        "the text is not YAML",
        "The file cannot be read past this place. Usually a text holds a colon or starts with "
        "a special character and needs quotes, or a line is indented by a tab or by a wrong "
        "number of spaces.",
        bad="""\
name: Tour: the search
scenes:
  - Welcome to the tour of our new search engine.
""",
        good="""\
name: "Tour: the search"
scenes:
  - Welcome to the tour of our new search engine.
""",
    ),
    Code(
        "yaml-duplicate-key",
        Severity.ERROR,
        "a mapping has the same key twice",
        "Most YAML readers keep the last of two keys and drop the first in silence, so a "
        "review sees a value that is never used. Keep one of them.",
        bad="""\
name: Tour
name: Tour of the search
scenes:
  - Welcome to the tour of our new search engine.
""",
        good="""\
name: Tour of the search
scenes:
  - Welcome to the tour of our new search engine.
""",
    ),
    Code(
        "yaml-key",
        Severity.ERROR,
        "a key is not a text",
        "A number, a boolean or a list cannot name anything in a storyboard. Put quotes "
        "around the key.",
        bad="""\
name: Tour
vars: {offices: {1: Berlin}}
scenes:
  - Welcome to the tour of our new search engine in {{ offices['1'] }}.
""",
        good="""\
name: Tour
vars: {offices: {"1": Berlin}}
scenes:
  - Welcome to the tour of our new search engine in {{ offices['1'] }}.
""",
    ),
    Code(
        "yaml-alias",
        Severity.ERROR,
        "a file uses an anchor or an alias",
        "Anchors and aliases can grow a small file into a huge one, and hide where a value "
        "comes from. Name what is shared in `vars`, `avatars` or `entries`, or put it in a "
        "file and `include` it. If the text only starts with `&` or `*`, quote it.",
        bad="""\
name: &title Tour
scenes:
  - Welcome to the tour of our new search engine.
""",
        good="""\
name: Tour
scenes:
  - Welcome to the tour of our new search engine.
""",
    ),
    Code(
        "yaml-merge",
        Severity.ERROR,
        "a file uses a merge key",
        "YAML 1.2 has no merge key (`<<`), and readers disagree on it. Write the keys out, or "
        "name what is shared in `vars`, `avatars` or `entries`.",
        bad="""\
name: Tour
<<: {notes: for reviewers}
scenes:
  - Welcome to the tour of our new search engine.
""",
        good="""\
name: Tour
notes: for reviewers
scenes:
  - Welcome to the tour of our new search engine.
""",
    ),
    Code(
        "yaml-tag",
        Severity.ERROR,
        "a file uses a tag",
        "A tag (`!!str`, `!include`) asks the reader to build something else from the value, "
        "which storyboards never need. Delete it; quotes make a text.",
        bad="""\
name: !!str Tour
scenes:
  - Welcome to the tour of our new search engine.
""",
        good="""\
name: "Tour"
scenes:
  - Welcome to the tour of our new search engine.
""",
    ),
    Code(
        "yaml-directive",
        Severity.ERROR,
        "a file uses a directive",
        "Lines that start with `%` change how YAML is read. Storyboards are always YAML 1.2. "
        "Delete the line.",
        bad="""\
%YAML 1.2
---
name: Tour
scenes:
  - Welcome to the tour of our new search engine.
""",
        good="""\
name: Tour
scenes:
  - Welcome to the tour of our new search engine.
""",
    ),
    Code(
        "yaml-documents",
        Severity.ERROR,
        "a file holds more than one document",
        "A line of `---` starts a second document, which would never be read. Put each "
        "storyboard into a file of its own.",
        bad="""\
name: Tour
scenes:
  - Welcome to the tour of our new search engine.
---
name: Second tour
""",
        good="""\
name: Tour
scenes:
  - Welcome to the tour of our new search engine.
""",
    ),
    Code(
        "yaml-number",
        Severity.ERROR,
        "a number is read differently by different YAML readers, or is too large",
        "`010` is 8 for some readers, and 10 for others, and an identifier without quotes "
        "loses its digits. Quote it if it is a text, or write the number plainly.",
        bad="""\
name: Tour
entries: {metrics: {entryId: 1_metrics, duration: 060}}
scenes:
  - {narration: Here we see the key metrics from last quarter., broll: metrics}
""",
        good="""\
name: Tour
entries: {metrics: {entryId: 1_metrics, duration: 60}}
scenes:
  - {narration: Here we see the key metrics from last quarter., broll: metrics}
""",
    ),
)
