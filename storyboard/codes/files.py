"""What is wrong with the files of a project, and between them."""

from __future__ import annotations

from typing import Final

from storyboard.codes.code import Code, Severity

CODES: Final = (
    Code(
        "file-refused",
        Severity.ERROR,
        "a file cannot be read, or is not part of the project",
        "Only files below the project's folder are read, and no links out of it, since a pull "
        "request may come from a stranger.",
        bad="""\
storyboard check storyboards/tuor.yaml
""",
        good="""\
storyboard check storyboards/tour.yaml
""",
    ),
    Code(
        "no-storyboards",
        Severity.WARNING,
        "no file matches the project's globs",
        "Nothing is planned, and with `--prune` all applied videos would be deleted. "
        "Storyboards are looked for in `storyboards/` and in `*.storyboard.yaml`, unless the "
        "project file says otherwise.",
        bad="""\
storyboards: boards/*.yaml
""",
        good="""\
storyboards: storyboards/*.yaml
""",
        can_change=True,
        block="storyboards",
        bad_where="all storyboards are in storyboards/",
        good_where="all storyboards are in storyboards/",
    ),
    Code(
        "storyboards-refused",
        Severity.ERROR,
        "a glob of `storyboards`, or a folder that it looks into, leads out of the project",
        "Only files below the project's folder are read. Move the storyboards into it. A folder "
        "that is a link is followed inside the project; one that leads out or nowhere, or that "
        "cannot be read, is an error, since `--prune` would take its videos for deleted.",
        bad="""\
storyboards: [../*.yaml, storyboards/*.yaml]
""",
        good="""\
storyboards: [storyboards/*.yaml]
""",
    ),
    Code(
        "project-file",
        Severity.ERROR,
        "the project's file holds a storyboard",
        "`storyboard.yaml` has what all storyboards share, and makes no video. Name the "
        "storyboard otherwise: `tour.storyboard.yaml`, or `storyboards/tour.yaml`.",
        bad="""\
scenes:
  - Welcome to the tour of our new search engine.
""",
        good="""\
name: Tour
scenes:
  - Welcome to the tour of our new search engine.
""",
        bad_where="the file is storyboard.yaml",
        good_where="the file is tour.storyboard.yaml",
    ),
    Code(
        "duplicate-storyboard",
        Severity.ERROR,
        "two storyboards have one id",
        "The id names the videos in the state and in addresses; two with one id would "
        "overwrite each other. Give each its own `id`.",
        bad="""\
id: tour
name: Tour
scenes:
  - Welcome to the tour of our new search engine.
""",
        good="""\
id: tour
name: Tour
scenes:
  - Welcome to the tour of our new search engine.
""",
        bad_where="storyboards/other.yaml has `id: tour`, too",
        good_where="storyboards/other.yaml has `id: other`",
    ),
    Code(
        "include-refused",
        Severity.ERROR,
        "an included file cannot be read, or is not part of the project",
        "The path of `include` starts at the project's folder and stays in it. Check the spelling.",
        bad="""\
- include: shared/outtro.yaml
""",
        good="""\
- include: shared/outro.yaml
""",
        bad_where="the file is shared/outro.yaml",
        good_where="the file is shared/outro.yaml",
    ),
    Code(
        "include-cycle",
        Severity.ERROR,
        "a file includes itself, directly or through another",
        "The scenes would never end. Take one of the includes out.",
        bad="""\
- include: shared/outro.yaml
""",
        good="""\
- include: shared/outro.yaml
""",
        bad_where="shared/outro.yaml has `- include: shared/outro.yaml`",
        good_where="shared/outro.yaml has only narrations",
    ),
    Code(
        "include-too-deep",
        Severity.ERROR,
        "files include each other more than 8 levels deep",
        "So long a chain is hard to follow. Include the last files directly.",
        bad="""\
- include: shared/1.yaml
""",
        good="""\
- include: shared/9.yaml
""",
        bad_where="shared/1.yaml includes the next, down to shared/9.yaml",
        good_where="shared/9.yaml has only narrations",
    ),
    Code(
        "include-too-many",
        Severity.ERROR,
        "a storyboard includes too many files or scenes",
        "At most 200 files and 500 scenes are put together; a video has 20 scenes at most, so "
        "the rest would be left out by `when`. Split the storyboard.",
        bad="""\
- include: shared/outro.yaml
""",
        good="""\
- include: shared/outro.yaml
""",
        bad_where="the line is repeated 201 times",
        good_where="the line is there once",
    ),
    Code(
        "unknown-check",
        Severity.ERROR,
        "the project sets the severity of a check that does not exist",
        "The setting has no effect, so the check keeps its severity. `storyboard explain` "
        "lists all codes; those of files that cannot be read or made into a video have no "
        "setting.",
        bad="""\
checks: {narration-shrt: off}
""",
        good="""\
checks: {narration-short: off}
""",
    ),
    Code(
        "ids-not-written",
        Severity.ERROR,
        "the ids of scenes cannot be written without changing something else",
        "`storyboard fmt --ids` writes a file only if it reads the same afterwards, apart "
        "from the ids. Write an `id` into each scene of this file by hand.",
        bad="""\
name: Tour
scenes: [narration: Welcome to the tour of our new search engine.]
""",
        good="""\
name: Tour
scenes: [{narration: Welcome to the tour of our new search engine.}]
""",
    ),
    Code(
        "project-empty",
        Severity.WARNING,
        "the project file has no settings",
        "All settings have defaults, so nothing is wrong. A file of comments alone is often "
        "one that its author meant to fill in. Write a setting, or delete the file.",
        bad="""\
# locales: [en, de]
""",
        good="""\
locales: [en]
""",
    ),
)
