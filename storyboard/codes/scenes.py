"""What is wrong with scenes, locales and names."""

from __future__ import annotations

from typing import Final

from storyboard.codes.code import Code, Severity

CODES: Final = (
    Code(
        "bad-locale",
        Severity.ERROR,
        "a locale is not a language tag, or is spelled in an unusual way",
        "Catalogs and addresses are named by the locale, so each has one spelling: `pt-BR`, "
        "not `pt_br`. The message shows the usual one.",
        bad="""\
name: Tour
locales: [EN]
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
        "unknown-locale",
        Severity.WARNING,
        "a locale is named that the storyboard does not have",
        "What `localize` says about this locale has no effect: neither the locale nor one that "
        "falls back to it is among the `locales`. Add it there, correct the tag, or delete it.",
        bad="""\
name: Tour
locales: [en]
localize: {de: {avatar: julia}}
scenes:
  - Welcome to the tour of our new search engine.
""",
        good="""\
name: Tour
locales: [en]
localize: {en: {avatar: julia}}
scenes:
  - Welcome to the tour of our new search engine.
""",
        block="locales",
    ),
    Code(
        "scene-id-needed",
        Severity.ERROR,
        "a scene has no id, and the storyboard has more than one locale",
        "Translations are kept by the scene's id, so that they survive edits and moves. Add "
        "an `id`; `storyboard fmt --ids` writes all that are missing.",
        bad="""\
locales: [en, en-GB]
scenes:
  - narration: Welcome to the tour of our new search engine.
""",
        good="""\
locales: [en, en-GB]
scenes:
  - id: welcome
    narration: Welcome to the tour of our new search engine.
""",
    ),
    Code(
        "for-each",
        Severity.ERROR,
        "`for_each` has no list, or too long a one",
        "The scene is made once for each item of a list. Write a list, or one whole "
        "expression that gives a list.",
        bad="""\
name: Tour
vars: {product: search}
scenes:
  - for_each: "{{ product }}"
    narration: Welcome to the tour of our new {{ item }}.
""",
        good="""\
name: Tour
vars: {products: [search]}
scenes:
  - for_each: "{{ products }}"
    narration: Welcome to the tour of our new {{ item }}.
""",
    ),
    Code(
        "when",
        Severity.ERROR,
        "a condition is neither true nor false",
        "`when` takes `true`, `false` or one whole expression that gives one of them, so that "
        'a text such as "no" is never taken for yes.',
        bad="""\
name: Tour
vars: {audience: staff}
scenes:
  - Welcome to the tour of our new search engine.
  - when: "{{ audience }}"
    narration: Here we see the key metrics from last quarter.
""",
        good="""\
name: Tour
vars: {audience: staff}
scenes:
  - Welcome to the tour of our new search engine.
  - when: "{{ audience == 'staff' }}"
    narration: Here we see the key metrics from last quarter.
""",
    ),
    Code(
        "no-scenes",
        Severity.ERROR,
        "a video has no scene left",
        "Each `when` is false, or each `for_each` has an empty list. The studio makes no film of "
        "no scenes. Leave at least one scene, or take the locale out of `locales`.",
        bad="""\
name: Tour
vars: {products: []}
scenes:
  - for_each: "{{ products }}"
    narration: Welcome to the tour of our new {{ item }}.
""",
        good="""\
name: Tour
vars: {products: [search]}
scenes:
  - for_each: "{{ products }}"
    narration: Welcome to the tour of our new {{ item }}.
""",
    ),
    Code(
        "scene-id",
        Severity.ERROR,
        "a scene's id is neither a text nor a number",
        "The id names the scene in translations, so it has to come out as a word. Name a "
        "field of the item, not the item.",
        bad="""\
- for_each: [{id: search, name: search engine}]
  id: "{{ item }}"
  narration: Welcome to the tour of our new {{ item.name }}.
""",
        good="""\
- for_each: [{id: search, name: search engine}]
  id: "{{ item.id }}"
  narration: Welcome to the tour of our new {{ item.name }}.
""",
    ),
    Code(
        "duplicate-scene",
        Severity.ERROR,
        "two scenes of one video have one id",
        "Translations and plans tell scenes apart by their ids. Give each its own; with "
        "`for_each`, let the id depend on the item.",
        bad="""\
- {id: welcome, narration: Welcome to the tour of our new search engine.}
- {id: welcome, narration: Here we see the key metrics from last quarter.}
""",
        good="""\
- {id: welcome, narration: Welcome to the tour of our new search engine.}
- {id: metrics, narration: Here we see the key metrics from last quarter.}
""",
    ),
    Code(
        "unknown-scene",
        Severity.ERROR,
        "a locale overrides a scene that is not there",
        "The override has no effect. Correct the id, or delete the override.",
        bad="""\
name: Tour
locales: [en]
localize: {en: {scenes: {welcom: {avatar: adam}}}}
scenes:
  - {id: welcome, narration: Welcome to the tour of our new search engine.}
""",
        good="""\
name: Tour
locales: [en]
localize: {en: {scenes: {welcome: {avatar: adam}}}}
scenes:
  - {id: welcome, narration: Welcome to the tour of our new search engine.}
""",
    ),
    Code(
        "unknown-avatar",
        Severity.ERROR,
        "a name is neither an avatar nor a template",
        "`avatar` takes a name from `avatars` or one of the templates; `storyboard avatars` "
        "lists both.",
        bad="""\
name: Tour
avatar: janet
scenes:
  - Welcome to the tour of our new search engine.
""",
        good="""\
name: Tour
avatar: jane
scenes:
  - Welcome to the tour of our new search engine.
""",
        block="avatars",
    ),
    Code(
        "unknown-entry",
        Severity.ERROR,
        "no entry has the name",
        "`broll` takes a name from `entries`, or an entry id like `1_xyz789`. Define the "
        "entry or correct the name.",
        bad="""\
name: Tour
entries: {metrics: 1_metrics}
scenes:
  - {narration: Here we see the key metrics from last quarter., broll: metrix@0:30}
""",
        good="""\
name: Tour
entries: {metrics: 1_metrics}
scenes:
  - {narration: Here we see the key metrics from last quarter., broll: metrics@0:30}
""",
        block="entries",
    ),
    Code(
        "entry-id-needed",
        Severity.ERROR,
        "an entry has no entry id in this environment",
        "A clip is shown by its entry id in the account. Give the entry an `entryId`, or give "
        "one in the environment's own `entries`.",
        bad="""\
name: Tour
entries: {metrics: {duration: 60}}
scenes:
  - {narration: Here we see the key metrics from last quarter., broll: metrics@0:30}
""",
        good="""\
name: Tour
entries: {metrics: {entryId: 1_metrics, duration: 60}}
scenes:
  - {narration: Here we see the key metrics from last quarter., broll: metrics@0:30}
""",
        block="entries",
    ),
    Code(
        "timecode",
        Severity.ERROR,
        "an expression gives what is not a time",
        'Times are seconds (30, 12.5) or texts like "0:30" and "1:02:03.500". The expression '
        "gave something else.",
        bad="""\
name: Tour
vars: {start: half a minute}
scenes:
  - narration: Here we see the key metrics from last quarter.
    broll: {entryId: 1_metrics, startTime: "{{ start }}"}
""",
        good="""\
name: Tour
vars: {start: "0:30"}
scenes:
  - narration: Here we see the key metrics from last quarter.
    broll: {entryId: 1_metrics, startTime: "{{ start }}"}
""",
    ),
    Code(
        "too-many-scenes",
        Severity.ERROR,
        "a video has more scenes than the studio takes",
        "The studio takes 20 scenes, counted after `for_each`, `include` and `when`. Split "
        "the storyboard, or leave scenes out with `when`.",
        bad="""\
- Welcome to the tour of our new search engine.
""",
        good="""\
- for_each: [search, sort, filter]
  narration: Welcome to the tour of our new {{ item }}.
""",
        bad_where="the line is repeated 21 times",
    ),
    Code(
        "broll-needed",
        Severity.ERROR,
        "a scene has the layout 'broll', and no clip to show",
        "This layout shows a clip with the presenter over it. Add a `broll`, or leave "
        "`layoutType` out.",
        bad="""\
- layoutType: broll
  narration: Here we see the key metrics from last quarter.
""",
        good="""\
- layoutType: broll
  narration: Here we see the key metrics from last quarter.
  broll: 1_metrics@0:30
""",
    ),
)
