"""What is wrong with what a film shows: clips, their files, backgrounds."""

from __future__ import annotations

from typing import Final

from storyboard.codes.code import Code, Severity
from storyboard.wire import RATE_WORDS

CODES: Final = (
    Code(
        "too-many-sources",
        Severity.ERROR,
        "a video shows more than 5 different clips",
        "The studio refuses more sources in one video. Show fewer clips, or split the storyboard.",
        bad="""\
- {narration: Here you see the clip with the number 1., broll: 1_clip1}
- {narration: Here you see the clip with the number 2., broll: 1_clip2}
- {narration: Here you see the clip with the number 3., broll: 1_clip3}
- {narration: Here you see the clip with the number 4., broll: 1_clip4}
- {narration: Here you see the clip with the number 5., broll: 1_clip5}
- {narration: Here you see the clip with the number 6., broll: 1_clip6}
""",
        good="""\
- {narration: Here you see the clip with the number 1., broll: 1_clip1}
- {narration: Here you see the clip with the number 2., broll: 1_clip2}
- {narration: Here you see the clip with the number 3., broll: 1_clip3}
- {narration: Here you see the clip with the number 4., broll: 1_clip4}
- {narration: Here you see the clip with the number 5., broll: 1_clip5}
""",
        can_change=True,
    ),
    Code(
        "too-many-highlights",
        Severity.ERROR,
        "session highlights name several entries, and the studio takes one",
        "The newest generation of the API makes highlights of one entry: the profile `next`. Keep "
        "one, or compose a `video-explainer`.",
        bad="""\
name: Tour
compose: {formatType: session-highlights, duration: 60, entryIds: [1_hall, 1_stage]}
""",
        good="""\
name: Tour
compose: {formatType: session-highlights, duration: 60, entryIds: [1_hall]}
""",
        can_change=True,
        bad_where="the environment has `profile: next`",
        good_where="the environment has `profile: next`",
    ),
    Code(
        "broll-past-end",
        Severity.ERROR,
        "a clip is started at or after its end",
        "The scene would have nothing to show. Start earlier. The length is the entry's "
        "`duration`, or is measured from its `media`.",
        bad="""\
entries: {metrics: {entryId: 1_metrics, duration: 60}}
scenes:
  - {narration: Here we see the key metrics from last quarter., broll: metrics@1:30}
""",
        good="""\
entries: {metrics: {entryId: 1_metrics, duration: 60}}
scenes:
  - {narration: Here we see the key metrics from last quarter., broll: metrics@0:30}
""",
        can_change=True,
    ),
    Code(
        "broll-budget",
        Severity.WARNING,
        "a clip is shorter than its narration",
        "The clip ends while the presenter speaks. Say less, start the clip earlier, or split "
        "the scene.",
        bad="""\
entries: {metrics: {entryId: 1_metrics, duration: 60}}
scenes:
  - {narration: Here we see the key metrics from last quarter., broll: metrics@0:59}
""",
        good="""\
entries: {metrics: {entryId: 1_metrics, duration: 60}}
scenes:
  - {narration: Here we see the key metrics from last quarter., broll: metrics@0:30}
""",
        can_change=True,
    ),
    Code(
        "broll-frame-rate",
        Severity.WARNING,
        f"a clip's frame rate is not {RATE_WORDS}",
        f"Kaltura generates from clips of {RATE_WORDS} frames a second. Convert the clip, as the "
        "hint shows.",
        bad="""\
entries: {metrics: {entryId: 1_metrics, duration: 60, frameRate: 24}}
scenes:
  - {narration: Here we see the key metrics from last quarter., broll: metrics@0:30}
""",
        good="""\
entries: {metrics: {entryId: 1_metrics, duration: 60, frameRate: 30}}
scenes:
  - {narration: Here we see the key metrics from last quarter., broll: metrics@0:30}
""",
        can_change=True,
    ),
    Code(
        "media-missing",
        Severity.WARNING,
        "the local file that stands in for an entry is not there",
        "With `-e local`, an entry's `media` is used in its place. The videos that show it, or "
        "are composed from it, are held, and the others are made. Put the file there, or correct "
        "the path, which starts at the project's folder. The local studio needs a file for an "
        "entry without `media`, too: add one with `storyboard studio media add`.",
        bad="""\
entries: {metrics: {entryId: 1_metrics, media: media/metrics.mp4}}
scenes:
  - {narration: Here we see the key metrics from last quarter., broll: metrics}
""",
        good="""\
entries: {metrics: {entryId: 1_metrics, media: media/metrics.mp4}}
scenes:
  - {narration: Here we see the key metrics from last quarter., broll: metrics}
""",
        can_change=True,
        bad_where="media/metrics.mp4 is not in the project",
        good_where="media/metrics.mp4 is in the project",
    ),
    Code(
        "media-outside",
        Severity.ERROR,
        "a stand-in, or the captions beside it, is outside the project",
        "The path is absolute, climbs out by `..`, or a link on the way leads out. With `-e "
        "local`, the file would be shown in a film, and whoever sends a storyboard could have any "
        "file of the machine shown. Copy the file into the project.",
        bad="""\
entries: {metrics: {entryId: 1_metrics, media: ../metrics.mp4, duration: 60}}
scenes:
  - {narration: Here we see the key metrics from last quarter., broll: metrics}
""",
        good="""\
entries: {metrics: {entryId: 1_metrics, media: media/metrics.mp4}}
scenes:
  - {narration: Here we see the key metrics from last quarter., broll: metrics}
""",
        bad_where="metrics.mp4 is beside the project's folder",
        good_where="media/metrics.mp4 is in the project",
    ),
    Code(
        "media-unusable",
        Severity.WARNING,
        "the local studio does not take a stand-in, or not for its use",
        "The file is of another kind than its name says, cut off, or a picture where a clip "
        "is needed. The videos that show it are held, and the others are made. The hint "
        "says how to convert it.",
        bad="""\
entries: {metrics: {entryId: 1_metrics, media: media/metrics.mp4}}
scenes:
  - {narration: Here we see the key metrics from last quarter., broll: metrics}
""",
        good="""\
entries: {metrics: {entryId: 1_metrics, media: media/metrics.mp4}}
scenes:
  - {narration: Here we see the key metrics from last quarter., broll: metrics}
""",
        can_change=True,
        bad_where="media/metrics.mp4 is a text under another name",
        good_where="media/metrics.mp4 is an MP4 clip",
    ),
    Code(
        "media-breaks-off",
        Severity.WARNING,
        "a clip's file is damaged before its end",
        "The last good frame is shown from there on. Export the clip again, or copy it again "
        "from where it came.",
        bad="""\
entries: {metrics: {entryId: 1_metrics, media: media/torn.mp4}}
scenes:
  - {narration: Here we see the key metrics from last quarter., broll: metrics}
""",
        good="""\
entries: {metrics: {entryId: 1_metrics, media: media/whole.mp4}}
scenes:
  - {narration: Here we see the key metrics from last quarter., broll: metrics}
""",
        can_change=True,
        bad_where="media/torn.mp4 ends in the middle of a frame",
        good_where="media/whole.mp4 is whole",
    ),
    Code(
        "unknown-background",
        Severity.ERROR,
        "the local studio has no library background of that id",
        "A film in the local studio cannot be made without it. The hint names the nearest, or "
        "all. Kaltura has a library of its own, so the check runs only where films are made "
        "by the local studio.",
        bad="""\
name: Tour
avatar: {templateId: jane, background: {type: library, id: ofice-1}}
scenes:
  - Welcome to the tour of our new search engine.
""",
        good="""\
name: Tour
avatar: {templateId: jane, background: {type: library, id: office-1}}
scenes:
  - Welcome to the tour of our new search engine.
""",
        can_change=True,
    ),
)
