"""`storyboard embed`: a page for the widget; its settings are checked, and no session is in it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from storyboard.widget_settings import WIDGET_SETTINGS
from tests.support.project import ROOT, Project

CHECKS = ROOT / "storyboard/studio/web/loader/settings.js"
SECRET = "djJ8c2VjcmV0"
KALTURA = {"KALTURA_REGION": "irp2", "KALTURA_PARTNER_ID": "12", "KALTURA_KS": SECRET}
FILES = {
    "tour.yaml": "name: Tour\nscenes: [{id: hi, narration: Hello and welcome to our office.}]\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.of(tmp_path, FILES)


def test_the_page_loads_the_widget_of_its_region(project: Project) -> None:
    ran = project.run("embed", "-e", "kaltura", "--json", **KALTURA)
    told = ran.json()
    assert told["serverUrl"] == "https://unisphere.irp2.ovp.kaltura.com/v1"
    assert told["partnerId"] == 12
    assert f'import {{ loader }} from "{told["loader"]}";' in told["page"]
    assert "const partnerId = 12;" in told["page"]
    assert SECRET not in ran.out + ran.err
    assert 'const ks = "KALTURA_KS";' in told["page"]
    assert project.run("embed", "-e", "kaltura", **KALTURA).out == told["page"]


@pytest.mark.parametrize(
    ("given", "variables", "server"),
    [
        (
            ["-e", "kaltura", "--partner-id", "7"],
            {"KALTURA_VOD_AVATAR_URL": "http://127.0.0.1:9/api/v1"},
            "http://127.0.0.1:9/v1",
        ),
        (["--partner-id", "7"], {}, "http://127.0.0.1:8390/v1"),
        (
            ["-e", "kaltura"],
            {
                "KALTURA_VOD_AVATAR_URL": "https://video-avatar.frp2.ovp.kaltura.com/api/v1",
                "KALTURA_PARTNER_ID": "7",
            },
            "https://unisphere.frp2.ovp.kaltura.com/v1",
        ),
    ],
)
def test_the_widget_is_where_the_studio_is(
    project: Project, given: list[str], variables: dict[str, str], server: str
) -> None:
    told = project.run("embed", *given, "--json", **variables).json()
    assert (told["serverUrl"], told["partnerId"]) == (server, 7)


def test_a_session_gets_into_no_address_that_has_the_placeholder(project: Project) -> None:
    """A server that puts its session in place of each KALTURA_KS finds the one that is meant."""
    address = "http://127.0.0.1:9/KALTURA_KS"
    chosen = (f"entryLink={address}/{{entryId}}", 'additionalEsearchFilters={"KALTURA_KS": "x"}')
    given = [word for each in chosen for word in ("--set", each)]
    named = {"KALTURA_VOD_AVATAR_URL": f"{address}/api/v1", "KALTURA_PARTNER_ID": "7"}
    told = project.run("embed", "-e", "kaltura", *given, "--json", **named).json()
    assert told["page"].count("KALTURA_KS") == 1
    assert 'const ks = "KALTURA_KS";' in told["page"]
    for written in re.findall(r'"http://127.0.0.1:9/[^"]*"', told["page"]):
        assert json.loads(written).startswith(address)  # to the browser it is what was given
    assert told["settings"]["entryLink"] == f"{address}/{{entryId}}"


def test_settings_are_written_as_the_page_wants_them(project: Project) -> None:
    chosen = (
        "initialView=projectBuilder",
        "allowedProjectTypes=fromScratch, video-explainer",
        "loadThumbnailWithKS=true",
        'additionalEsearchFilters={"fieldName": "tags", "searchTerm": "</script><b>"}',
        "entryLink=https://example.com/media/{entryId}",
        "handleShare=https://example.com/share?of={entryId}",
    )
    given = [word for each in chosen for word in ("--set", each)]
    page = project.run("embed", "--partner-id", "7", *given).out
    assert 'allowedProjectTypes: ["fromScratch", "video-explainer"],' in page
    assert "loadThumbnailWithKS: true," in page
    assert page.count("</script>") == 1
    assert "<b>" not in page
    assert 'entryLink: (entryId) => "https://example.com/media/{entryId}"' in page


@pytest.mark.parametrize(
    ("setting", "said", "hint"),
    [
        ("initialVeiw=projectBuilder", "no setting 'initialVeiw'", "did you mean 'initialView'?"),
        ("initialView=library", "cannot be 'library'", "videoLibrary"),
        ("allowedProjectTypes=fromscratch", "cannot be 'fromscratch'", "'fromScratch'?"),
        ("loadThumbnailWithKS=yes", "cannot be 'yes'", "write true or false"),
        ("additionalEsearchFilters=tags", "expected JSON", '"fieldName": "tags"'),
        ("additionalEsearchFilters=[]", "expected a JSON object", "{…}"),
        ("entryLink=javascript:alert({entryId})", "expected an address", "https://"),
        ("entryLink=https://example.com/", "with {entryId} in it", "{entryId}"),
        ("ks=djJ8", "comes from the environment", "choose one of: entryLink"),
        ("initialView", "sets nothing", "--set NAME=VALUE"),
    ],
)
def test_a_setting_that_the_widget_would_refuse_is_refused(
    project: Project, setting: str, said: str, hint: str
) -> None:
    ran = project.run("embed", "--partner-id", "7", "--set", setting)
    assert (ran.code, ran.out) == (64, "")
    assert said in ran.err.splitlines()[0], ran.err
    assert hint in ran.err, ran.err


def test_a_page_without_an_account_is_none(project: Project) -> None:
    ran = project.run("embed")
    assert (ran.code, ran.out) == (4, "")
    assert "hint: set KALTURA_PARTNER_ID, as `storyboard studio` prints it" in ran.err


def test_pages_and_the_command_check_by_the_same_table() -> None:
    text = CHECKS.read_text(encoding="utf-8")
    rows = re.findall(r'^  (\w+): \["(\w+)", (true|false)\],$', text, re.MULTILINE)
    mine = [(each.name, each.type, str(each.required).lower()) for each in WIDGET_SETTINGS]
    assert rows == mine
    listed: dict[str, Any] = dict(re.findall(r"^const (TYPES|VIEWS) = \[(.+)\];$", text, re.M))
    words = {name: tuple(re.findall(r'"([^"]+)"', told)) for name, told in listed.items()}
    by_name = {each.name: each.values for each in WIDGET_SETTINGS}
    wanted = {"TYPES": by_name["allowedProjectTypes"], "VIEWS": by_name["initialView"]}
    assert words == wanted
