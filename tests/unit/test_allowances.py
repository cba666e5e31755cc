"""Which hosts and variables a project's file may choose: the operator decides."""

from __future__ import annotations

import pytest

from storyboard.allowances import Allowances
from storyboard.errors import UsageError
from storyboard.origins import origin_of
from storyboard.wire import REGIONS

NOTHING = Allowances.of({})
OURS = {
    "KALTURA_VOD_AVATAR_URL": "http://127.0.0.1:8390/api/v1",
    "KALTURA_SERVICE_URL": "https://Kaltura.Corp.example/api_v3",
    "STORYBOARD_ALLOW_HOSTS": "avatar.corp.example, staging.corp.example:8443,,",
    "STORYBOARD_ALLOW_VARIABLES": "PROD_KS, STAGING_KS",
}


def allowed(url: str, variables: dict[str, str]) -> bool:
    return Allowances.of(variables).host(origin_of(url))


@pytest.mark.parametrize(
    "url",
    [
        "https://www.kaltura.com/api_v3",
        *(f"https://video-avatar.{region}.ovp.kaltura.com/api/v1" for region in REGIONS),
    ],
)
def test_kalturas_own_hosts_need_no_word_of_the_operator(url: str) -> None:
    assert allowed(url, {})


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "https://www.kaltura.com.evil.example/",
        "https://evil-www.kaltura.com/",
        "https://www.kaltura.com:8443/",
        "http://www.kaltura.com/",
        "https://video-avatar.moon.ovp.kaltura.com/",
        "https://kaltura.com/",
        "http://127.0.0.1/",
        "http://127.0.0.1:8391/",
        "http://localhost:8390/",
        "https://avatar.corp.example:8443/",
        "https://x.avatar.corp.example/",
        "https://staging.corp.example/",
    ],
)
def test_every_other_host_does(url: str) -> None:
    assert not allowed(url, OURS)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8390/other",
        "https://kaltura.corp.example/x",
        "https://avatar.corp.example/",
        "https://staging.corp.example:8443/",
    ],
)
def test_the_operator_allows_hosts_by_the_variables_of_an_address_and_by_a_list(url: str) -> None:
    assert allowed(url, OURS)
    assert not allowed(url, {})


@pytest.mark.parametrize("text", ["https://a.example", "*.example", "a.example/x", "a b", "u@a"])
def test_what_is_no_host_in_the_list_is_said(text: str) -> None:
    with pytest.raises(UsageError, match="STORYBOARD_ALLOW_HOSTS"):
        Allowances.of({"STORYBOARD_ALLOW_HOSTS": f"a.example,{text}"})


def test_a_file_names_variables_that_are_kalturas_by_their_name() -> None:
    assert NOTHING.variable("KALTURA_KS")
    assert NOTHING.variable("KALTURA_PROD_KS")
    for name in ("AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "kaltura_ks", "MY_KALTURA_KS", "KALTURA"):
        assert not NOTHING.variable(name)


def test_the_operator_allows_variables_one_by_one() -> None:
    more = Allowances.of(OURS)
    assert more.variable("PROD_KS")
    assert more.variable("STAGING_KS")
    assert not more.variable("PROD_KS2")
    assert not more.variable("")
