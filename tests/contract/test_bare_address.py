"""The address that a person types leads to the page."""

from __future__ import annotations

from storyboard.studio.local import Studio
from tests.contract.studio_rig import Caller


def test_the_bare_address_leads_to_the_page(studio: Studio) -> None:
    told = Caller(studio, "").send("GET", "/")
    assert (told.status_code, told.headers["location"]) == (307, "/studio/")
    page = Caller(studio, "").send("GET", told.headers["location"])
    assert page.headers["content-type"].startswith("text/html")
    assert Caller(studio, "").send("POST", "/").status_code == 405
