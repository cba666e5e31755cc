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
    Code(
        "yaml-unquoted-expression",
        Severity.ERROR,
        "a value starts with '{{' and has no quotes",
        "In YAML, an unquoted `{` starts a mapping, so the expression would not be a text. "
        "Put quotes around the whole value.",
        bad="""\
name: {{ product }} tour
vars: {product: Acme}
scenes:
  - Welcome to the tour of our new search engine.
""",
        good="""\
name: "{{ product }} tour"
vars: {product: Acme}
scenes:
  - Welcome to the tour of our new search engine.
""",
    ),
    Code(
        "yaml-statement",
        Severity.ERROR,
        "'{%' starts a template statement, and only expressions exist",
        "Templates are expressions, so that files stay valid YAML. Use `when` to leave a "
        "scene out, `for_each` to repeat it, and `{{ a if condition else b }}` inside a text.",
        bad="""\
- {% if new %}Welcome to our new search engine.{% endif %}
""",
        good="""\
name: Tour
vars: {new: true}
scenes:
  - when: "{{ new }}"
    narration: Welcome to the tour of our new search engine.
""",
    ),
    Code(
        "yaml-comment-in-expression",
        Severity.ERROR,
        "' #' starts a comment inside an expression",
        "In YAML, a space and `#` start a comment, so the rest of the expression is lost. Put "
        "quotes around the whole value.",
        bad="""\
- narration: Welcome to the tour of {{ product # ours }}.
""",
        good="""\
name: Tour
vars: {product: "Acme #1"}
scenes:
  - narration: "Welcome to the tour of {{ product }} # ours."
""",
    ),
    Code(
        "yaml-comment-for-value",
        Severity.ERROR,
        "'#' makes a comment of what should be the value",
        "In YAML, a space and `#` start a comment, so a color without quotes is no value at "
        "all. Put quotes around it.",
        bad="""\
avatar:
  templateId: jane
  background: #CEEEDB
""",
        good="""\
name: Tour
avatar:
  templateId: jane
  background: "#CEEEDB"
scenes:
  - Welcome to the tour of our new search engine.
""",
    ),
    Code(
        "yaml-comment-in-text",
        Severity.ERROR,
        "' #' cuts a text off",
        "In YAML, a space and `#` start a comment, and what follows is not spoken. A "
        "comment has a space behind its `#`, so a text is meant here. Put quotes around the "
        "whole text.",
        bad="""\
scenes:
  - We are now the #1 choice of hospitals.
""",
        good="""\
scenes:
  - "We are now the #1 choice of hospitals."
""",
    ),
    Code(
        "yaml-colon-in-text",
        Severity.ERROR,
        "': ' makes a mapping of a scene's text",
        "In YAML, a colon and a space make a key of what stands before them, and no scene has "
        "such a key. Put quotes around the whole text.",
        bad="""\
scenes:
  - Remember: be kind to everybody you meet.
""",
        good="""\
scenes:
  - "Remember: be kind to everybody you meet."
""",
    ),
    Code(
        "yaml-lookalike",
        Severity.ERROR,
        "a character only looks like a space or a colon",
        "Word processors, web pages and Asian keyboards write no-break spaces and full-width "
        "colons, which YAML takes for letters. Type the line again with a plain space or "
        "colon.",
        bad="""\
name： Tour
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
        "yaml-conflict",
        Severity.ERROR,
        "a merge conflict is left in the file",
        "Git could not merge two changes, and marked both. Keep what is right of the two, and "
        "delete the lines that start with `<<<<<<<`, `=======` and `>>>>>>>`.",
        bad=(
            "<<<<<<< HEAD\n"
            "name: Tour\n"
            "=======\n"
            "name: The tour\n"
            ">>>>>>> topic\n"
            "scenes:\n"
            "  - Welcome to the tour of our new search engine.\n"
        ),
        good="""\
name: The tour
scenes:
  - Welcome to the tour of our new search engine.
""",
    ),
)
