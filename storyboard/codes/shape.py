"""What is wrong with keys and values: what the JSON Schemas refuse."""

from __future__ import annotations

from typing import Final

from storyboard.codes.code import Code, Severity

CODES: Final = (
    Code(
        "unknown-key",
        Severity.ERROR,
        "a key does not belong there",
        "A key that is not known has no effect, and a mistyped one would change the video in "
        "silence. The hint lists the keys that fit; put your own values in `vars` and "
        "comments in `notes`.",
        bad="""\
- narratoin: Welcome to the tour of our new search engine.
  narration: Welcome to the tour of our new search engine.
""",
        good="""\
- narration: Welcome to the tour of our new search engine.
""",
    ),
    Code(
        "missing-key",
        Severity.ERROR,
        "a key that has to be there is missing",
        "Without this key the video cannot be made. The hint says what to add.",
        bad="""\
scenes:
""",
        good="""\
name: Tour
scenes:
  - Welcome to the tour of our new search engine.
""",
    ),
    Code(
        "wrong-type",
        Severity.ERROR,
        "a value is of another kind than the key takes",
        "A number where a text belongs, or a text where a list belongs. The message names "
        "what the key takes. A number that is meant as a text needs quotes.",
        bad="""\
- narration: 2024
""",
        good="""\
- narration: "In 2024 we opened three new offices."
""",
    ),
    Code(
        "not-a-choice",
        Severity.ERROR,
        "a value is not among those that the key takes",
        "The key takes one of a fixed set of words. The hint names the nearest, or lists them.",
        bad="""\
- layoutType: fullscreen
  narration: Welcome to the tour of our new search engine.
""",
        good="""\
- layoutType: full-screen
  narration: Welcome to the tour of our new search engine.
""",
    ),
    Code(
        "bad-format",
        Severity.ERROR,
        "a text is not written as the key needs it",
        "Ids, times, colors and language tags have a fixed form. The hint shows it.",
        bad="""\
name: Tour
avatar: {templateId: jane, background: "#CEE"}
scenes:
  - Welcome to the tour of our new search engine.
""",
        good="""\
name: Tour
avatar: {templateId: jane, background: "#CEEEDB"}
scenes:
  - Welcome to the tour of our new search engine.
""",
    ),
    Code(
        "out-of-range",
        Severity.ERROR,
        "a number is smaller or larger than the key takes",
        "The studio refuses such a value, or the video makes no sense with it. The message "
        "names the limit.",
        bad="""\
- narration: Here we see the key metrics from last quarter.
  broll: {entryId: 1_metrics, startTime: -5}
""",
        good="""\
- narration: Here we see the key metrics from last quarter.
  broll: {entryId: 1_metrics, startTime: 5}
""",
    ),
    Code(
        "wrong-length",
        Severity.ERROR,
        "a text or a list is empty, too short or too long",
        "The message names the limit. A list or a text that is empty is best left out with "
        "its key.",
        bad="""\
name: Tour
scenes: []
""",
        good="""\
name: Tour
scenes:
  - Welcome to the tour of our new search engine.
""",
    ),
    Code(
        "repeated-item",
        Severity.ERROR,
        "a list holds the same item twice",
        "One of the two is surely meant otherwise. Delete it or correct it.",
        bad="""\
name: Tour
locales: [en, en]
scenes:
  - id: welcome
    narration: Welcome to the tour of our new search engine.
""",
        good="""\
name: Tour
locales: [en]
scenes:
  - id: welcome
    narration: Welcome to the tour of our new search engine.
""",
    ),
    Code(
        "not-together",
        Severity.ERROR,
        "keys exclude each other",
        "Each of the keys says something else about the same thing. Keep one. A storyboard "
        "has either `scenes` that you write or `compose`, which has the studio write them.",
        bad="""\
name: Tour
scenes:
  - Welcome to the tour of our new search engine.
compose: {formatType: session-highlights, duration: 60, entryIds: [1_hall]}
""",
        good="""\
name: Tour
scenes:
  - Welcome to the tour of our new search engine.
composed: {formatType: session-highlights, duration: 60, entryIds: [1_hall]}
""",
    ),
    Code(
        "secret-in-file",
        Severity.ERROR,
        "a file holds a secret, or what looks like one",
        "Files go into git, and what is in git stays readable. Name the environment variable "
        "that holds the secret, in the key that ends in `Env`; change a secret that was "
        "already committed.",
        bad="""\
environments:
  production: {studio: kaltura, adminSecret: hunter2}
""",
        good="""\
environments:
  production: {studio: kaltura, adminSecretEnv: KALTURA_ADMIN_SECRET}
""",
    ),
)
