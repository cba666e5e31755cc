"""A background that the local studio does not have is found by check, where films are made here."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyboard.commands.compiled_project import compile_request
from storyboard.commands.request import Request
from storyboard.local_studio.backgrounds import library_backgrounds
from storyboard.source.diagnostic import Diagnostic
from storyboard.source.schema import read_schema

PROJECT = """\
avatars:
  host: {templateId: jane, background: {type: library, id: ofice-1}}
environments:
  production: {studio: kaltura, region: irp2, partnerId: 1, ksEnv: KALTURA_KS}
  drafts: {studio: local}
"""
STORYBOARD = """\
name: Tour
avatar: host
scenes:
  - Welcome to the tour of our new search engine.
  - narration: Here we see the key metrics from last quarter.
    avatar: {templateId: adam, background: {type: library, id: zzz}}
  - narration: That was all for this quarter, thank you.
    avatar: {templateId: maya, background: {type: library, id: cafe-1}}
"""


def found(folder: Path, environment: str) -> tuple[Diagnostic, ...]:
    (folder / "storyboard.yaml").write_text(PROJECT)
    (folder / "tour.storyboard.yaml").write_text(STORYBOARD)
    shell = {"KALTURA_KS": "x"}
    return compile_request(Request(folder, environment=environment, shell=shell)).report.diagnostics


@pytest.mark.parametrize("environment", ["local", "drafts"])
def test_where_films_are_made_here(tmp_path: Path, environment: str) -> None:
    one, other = found(tmp_path, environment)
    assert one.code == other.code == "unknown-background"
    assert one.message == "the local studio has no background 'ofice-1'"
    assert str(one.span) == "storyboard.yaml:2:60"
    assert one.hint == "did you mean 'office-1'?"
    assert str(other.span) == "tour.storyboard.yaml:6:64"
    assert other.hint == f"known: {', '.join(library_backgrounds())}"


def test_kaltura_may_have_more(tmp_path: Path) -> None:
    assert found(tmp_path, "production") == ()


def test_editors_offer_all_of_them() -> None:
    background = read_schema("storyboard")["definitions"]["background"]["properties"]["id"]
    assert tuple(background["examples"]) == library_backgrounds()
