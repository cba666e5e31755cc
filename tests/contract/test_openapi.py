"""The document that the studio serves of itself: it is true, and nothing that it rules out passes.

Schemathesis writes the requests, those that the document allows and those that it forbids.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from storyboard.strict_json import NotJson, parse_json
from storyboard.studio.api.requests import NEXT_REQUESTS, REQUESTS
from storyboard.studio.behavior.contract import Contract
from storyboard.studio.local import Studio
from storyboard.wire import CATALOG_ACTIONS, GUIDE, GUIDE_ACTIONS, NEXT, NEXT_ACTIONS
from tests.contract.studio_rig import HELLO, Caller, caller, open_test_studio
from tests.support.examples import examples

FEW = settings(
    max_examples=examples(15),
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[*HealthCheck],
)
COLOR = {"type": "color", "color": "#CEEEDB"}


ACTIONS = [
    *((GUIDE, action.value) for action in GUIDE_ACTIONS),
    *((NEXT, action.value) for action in (*NEXT_ACTIONS, *CATALOG_ACTIONS)
      if action not in GUIDE_ACTIONS or "scenes" in REQUESTS[action] or action in NEXT_REQUESTS),
]  # fmt: skip
"""Every action, in the newest generation those that differ there."""

each_action = pytest.mark.parametrize(("profile", "action"), ACTIONS, indirect=["profile"])


@pytest.fixture(scope="module")
def studios(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Caller]]:
    with ExitStack() as stack:

        @cache
        def opened(profile: str) -> Caller:
            folder = tmp_path_factory.mktemp(profile)
            contract = Contract({"generations_at_once": "any"}, profile)
            return caller(
                stack.enter_context(open_test_studio(folder, workers=1, contract=contract))
            )

        yield opened


@pytest.fixture(scope="module")
def profile(request: pytest.FixtureRequest) -> str:
    return str(getattr(request, "param", GUIDE))


@pytest.fixture(scope="module")
def user(studios: Callable[[str], Caller], profile: str) -> Caller:
    return studios(profile)


@pytest.fixture(scope="module")
def document(user: Caller) -> dict[str, Any]:
    return dict(user.control("GET", "openapi.json"))


def reply_schema(document: dict[str, Any], action: str) -> dict[str, Any]:
    content = document["paths"][f"/{action}"]["post"]["responses"]["200"]["content"]
    return {**content["application/json"]["schema"], "components": document["components"]}


def body_schema(document: dict[str, Any], action: str) -> dict[str, Any]:
    content = document["paths"][f"/{action}"]["post"]["requestBody"]["content"]
    return dict(content["application/json"]["schema"])


def checked(document: dict[str, Any], user: Caller, action: str, body: Any) -> Any:
    """Send a body; whatever comes back is what the document says, and no accident."""
    headers = {"Authorization": f"Bearer {user.ks}", "Content-Type": "application/json"}
    content = json.dumps(body).encode()
    servers = document["paths"][f"/{action}"].get("servers", document["servers"])
    path = f"{servers[0]['url']}/{action}"
    response = user.send("POST", path, content=content, headers=headers)
    assert response.status_code == 200, response.text
    kind = response.headers["content-type"]
    assert "Traceback" not in response.text
    if kind != "application/json":
        assert kind in ("image/png", "audio/mpeg")
        return None
    if response.content:
        jsonschema.validate(response.json(), reply_schema(document, action))
        return response.json()
    assert action in ("video/delete", "avatar/delete")
    return None


@pytest.mark.parametrize("profile", [GUIDE, NEXT], indirect=True)
def test_every_action_is_described(document: dict[str, Any], profile: str) -> None:
    there = GUIDE_ACTIONS if profile == GUIDE else (*NEXT_ACTIONS, *CATALOG_ACTIONS)
    assert set(document["paths"]) == {f"/{action.value}" for action in there}
    for action in there:
        jsonschema.Draft202012Validator.check_schema(body_schema(document, action.value))


def test_only_an_admin_reads_it(user: Caller) -> None:
    reply = user.send("GET", "/__studio/openapi.json").json()
    assert reply["code"] == "MISSING_KS"


def test_a_switch_is_seen(tmp_path: Any) -> None:
    contract = {"unknown_fields": "ignore", "avatar_required_on_add": "false"}
    contract["validation_status"] = "400"
    studio: Studio = open_test_studio(tmp_path, contract=contract)
    told = Caller(studio, "").control("GET", "openapi.json")
    body = body_schema(told, "video/add")
    assert body["required"] == ["name"]
    assert "additionalProperties" not in body
    assert "400" in told["paths"]["/video/add"]["post"]["responses"]
    studio.close()


@each_action
def test_requests_that_the_document_allows(
    document: dict[str, Any], user: Caller, action: str
) -> None:
    @FEW
    @given(requests(document, action, "positive"))
    def allowed(case: Any) -> None:
        reply = checked(document, user, action, case.body)
        assert reply is None or reply.get("code") != "VALIDATION_ERROR", (case.body, reply)

    allowed()


@each_action
def test_requests_that_the_document_forbids(
    document: dict[str, Any], user: Caller, action: str
) -> None:
    validator = jsonschema.Draft202012Validator(body_schema(document, action))

    @FEW
    @given(requests(document, action, "negative"))
    def forbidden(case: Any) -> None:
        if not is_json(case.body) or validator.is_valid(case.body):
            return
        refused_by_name(document, user, action, case.body)

    forbidden()


WRONG = st.sampled_from(
    [None, True, 1.5, -1, "", "\0", "x" * 20_000, [], {}, ["x"], {"x": 1}, 1e300]
)


@each_action
def test_one_field_that_is_wrong_or_unknown(
    document: dict[str, Any], user: Caller, profile: str, action: str
) -> None:
    properties = body_schema(document, action)["properties"]
    validator = jsonschema.Draft202012Validator(body_schema(document, action))
    good = {"name": "x", "avatarId": "a" * 24, "id": "0" * 24, "templateId": "jane", "sceneId": 0}
    good |= {"formatType": "video-explainer", "duration": 60, "entryIds": ["1_abcd1234"]}
    good |= {"url": "https://example.com/a", "sources": [{"entryId": "1_abcd1234"}]}
    good["background"] = COLOR if profile == GUIDE else {"type": "color", "value": "#CEEEDB"}
    if profile == NEXT:
        good["formatType"] = "explainer-video"
    base = {name: good[name] for name in properties if name in good}

    @FEW
    @given(st.sampled_from([*properties, "nonsense", "constructor"]), WRONG)
    def one(name: str, value: Any) -> None:
        body = {**base, name: value}
        if not validator.is_valid(body):
            refused_by_name(document, user, action, body)

    one()


def test_what_is_answered_to_good_requests_is_described(
    document: dict[str, Any], user: Caller
) -> None:
    avatar = checked(document, user, "avatar/upsert", {"templateId": "jane", "background": COLOR})
    body = {"name": "x", "avatarId": avatar["id"], "scenes": [HELLO]}
    video = checked(document, user, "video/add", body)
    only_id = {"id": video["id"]}
    assert checked(document, user, "avatar/get", {"id": avatar["id"]}) == avatar
    for action in ("video/get", "video/update", "video/generate"):
        assert checked(document, user, action, only_id)["id"] == video["id"]
    user.wait(video["id"], "ready")
    for action in ("video/list", "avatarTemplate/list", "partner/checkConfiguration"):
        assert "code" not in checked(document, user, action, {})
    for action in ("video/previewAudio", "video/previewAudioStream"):
        assert checked(document, user, action, {**only_id, "sceneId": 0}) is None
    assert checked(document, user, "video/delete", only_id) is None


def requests(document: dict[str, Any], action: str, mode: str) -> Any:
    """Return a strategy of requests that the document allows (`positive`) or forbids."""
    schemathesis = pytest.importorskip("schemathesis", reason="the dev extra installs it")
    operation = schemathesis.openapi.from_dict(document)[f"/{action}"]["POST"]
    return operation.as_strategy(generation_mode=schemathesis.GenerationMode(mode))


def is_json(body: Any) -> bool:
    try:
        json.dumps(body, allow_nan=False).encode()
    except (TypeError, ValueError):
        return False
    return True


def unreadable(body: Any) -> str | None:
    """Return why a body is no JSON to the studio's strict reader, `None` where it is."""
    try:
        parse_json(json.dumps(body))
    except NotJson as cause:
        return str(cause)
    return None


def refused_by_name(document: dict[str, Any], user: Caller, action: str, body: Any) -> None:
    """The refusal names a field that the document finds fault with, if there are fields at all."""
    reply = checked(document, user, action, body)
    assert reply is not None
    assert reply["code"] == "VALIDATION_ERROR", (body, reply)
    fault = unreadable(body)
    if fault is not None:  # refused as a whole, before there are fields
        assert reply["message"] == f"the body is no JSON: {fault}"
        return
    if not isinstance(body, dict):
        assert reply["message"] == "the body is no JSON object"
        return
    validator = jsonschema.Draft202012Validator(body_schema(document, action))
    blamed = {str(part) for error in validator.iter_errors(body) for part in error.absolute_path}
    blamed |= {name for name in body if name not in body_schema(document, action)["properties"]}
    blamed |= {name for name in body_schema(document, action)["required"] if name not in body}
    told = reply["message"]
    assert any(name in told or repr(name)[1:-1][:20] in told for name in blamed), (told, blamed)
