"""Whatever is sent to the v3 services, as a form or as JSON: an answer, and nothing breaks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storyboard.studio.api.service_calls import SERVICES
from tests.contract.studio_rig import Caller, caller, open_test_studio
from tests.support.examples import examples

OBJECTS = (
    "filter", "pager", "entry", "mediaEntry", "resource", "uploadToken", "captionAsset",
    "contentResource", "appToken", "searchParams", "searchOperator", "searchItems",
)  # fmt: skip
FIELDS = (
    *OBJECTS, "id", "entryId", "uploadTokenId", "captionAssetId", "token", "tokenHash", "expiry",
    "type", "privileges", "userId", "widgetId", "secret", "partnerId", "idIn", "orderBy",
    "pageSize", "pageIndex", "objectType", "mediaType", "name", "hashType",
    "fieldName", "itemType", "searchTerm", "range", "operator",
)  # fmt: skip
NAMES = st.sampled_from(FIELDS)
TEXTS = st.text(max_size=12) | st.sampled_from(
    ["\ud800", "\0", "1_clip0000", "-1", "9" * 40, "1e9", "²", "*", "a:b,c", "filter[idIn][x]"]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | TEXTS, inner, max_size=3),
    max_leaves=6,
)
BODIES = st.dictionaries(NAMES, VALUES, max_size=4)
FORMS = st.lists(
    st.tuples(NAMES | st.builds("{}[{}]".format, NAMES, NAMES) | TEXTS, TEXTS), max_size=5
)
FEW = settings(
    max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.fixture(scope="module")
def admin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    studio = open_test_studio(tmp_path_factory.mktemp("noise"))
    yield caller(studio, kind=2)
    studio.close()


def answered(admin: Caller, service: str, **options: Any) -> None:
    name, action = service.split("/")
    params = {"format": "1", "ks": admin.ks}
    if service in ("session/end", "apptoken/delete"):
        params["ks"] = admin.studio.admin_session()
    path = f"/api_v3/service/{name}/action/{action}"
    response = admin.send("POST", path, params=params, **options)
    assert response.status_code == 200, response.text
    if response.content:
        assert response.json() is None or response.json() != {}


@pytest.mark.parametrize("service", SERVICES)
def test_any_json_has_an_answer(admin: Caller, service: str) -> None:
    @FEW
    @given(BODIES)
    def one(body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        answered(admin, service, content=content, headers={"Content-Type": "application/json"})

    one()


@pytest.mark.parametrize("service", SERVICES)
def test_a_text_that_is_hard_to_keep(admin: Caller, service: str) -> None:
    """In each field alone, beside what the service cannot do without."""
    whole = {"id": "1_a", "entryId": "1_a", "secret": admin.studio.admin_secret, "tokenHash": "0"}
    for text in ("a\ud800", "\0b"):
        inner = dict.fromkeys(("token", "content", "name", "idIn", "entryIdEqual"), text)
        for field, value in [(f, text) for f in FIELDS] + [(name, inner) for name in OBJECTS]:
            content = json.dumps({**whole, field: value}).encode()
            answered(admin, service, content=content, headers={"Content-Type": "application/json"})


@pytest.mark.parametrize("service", SERVICES)
def test_any_form_has_an_answer(admin: Caller, service: str) -> None:
    @FEW
    @given(FORMS)
    def one(form: list[tuple[str, str]]) -> None:
        content = "&".join(f"{name}={text}" for name, text in form).encode("utf-8", "replace")
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        answered(admin, service, content=content, headers=kind)

    one()
