"""Every code of compiling, and what it means; other parts have tables of their own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "file-refused": "a file cannot be read, or is no part of the project",
        "no-storyboards": "no file matches the project's globs",
        "storyboards-refused": "a glob leads out of the project",
        "project-file": "the project's file holds a storyboard",
        "duplicate-storyboard": "two storyboards have one id",
        "bad-locale": "a locale is no language tag, or is spelt unlike others spell it",
        "unknown-locale": "a locale that the storyboard does not have",
        "scene-id-needed": "a scene needs an id where there is more than one locale",
        "include-refused": "an included file cannot be read, or is no part of the project",
        "include-cycle": "a file includes itself",
        "include-too-deep": "files include each other too deep",
        "include-too-many": "a storyboard includes too many files",
        "for-each": "for_each has no list, or too long a one",
        "when": "a condition is neither true nor false",
        "scene-id": "a scene's id is neither a text nor a number",
        "duplicate-scene": "two scenes of one video have one id",
        "unknown-scene": "a locale overrides a scene that is not there",
        "unknown-avatar": "neither an avatar nor a template has the name",
        "unknown-entry": "no entry has the name",
        "entry-id-needed": "an entry has no entry id in this environment",
        "timecode": "a time is not written as one",
        "too-many-scenes": "a video has more scenes than the studio takes",
        "broll-needed": "a scene shows a clip and has none",
        "unknown-check": "the project sets the severity of a check that does not exist",
    }
)
"""Code to one line of explanation."""
