"""Texts of a file that YAML reads otherwise than their author: as comments, keys, brackets."""

from __future__ import annotations

from typing import Final

from storyboard.codes.code import Code, Severity

CODES: Final = (
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
