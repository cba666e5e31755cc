"""What a page needs to show the studio: whose widget, from where, with which settings.

Asks no server, and holds no session: a page gets that from its own server.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from storyboard.commands.environment import Environment, Settings
from storyboard.commands.remote_studio import avatar_url_of, partner_id_of
from storyboard.environment_variables import BY_KEY
from storyboard.errors import CredentialsError, UsageError
from storyboard.nearest import did_you_mean
from storyboard.origins import canonical, origin_of, origin_or_none
from storyboard.strict_json import NotJson, parse_json
from storyboard.widget_settings import ENTRY_ID, SETTABLE, WidgetSetting
from storyboard.wire import AVATAR_HOSTS, SERVICE_HOST, WIDGET_HOSTS

_API: Final = re.compile(r"/api/v1/?$")


@dataclass(frozen=True, slots=True)
class Embedding:
    """The widget of one studio with checked settings.

    `settings` are JSON values; `links` are addresses with `{entryId}` in them, by the name of the
    setting that is a function in the page.
    """

    server_url: str
    service_uri: str
    partner_id: int
    settings: Mapping[str, Any]
    links: Mapping[str, str]


def embedding_of(
    environment: Environment,
    assignments: Sequence[str],
    *,
    near_url: str,
    partner: int | None = None,
) -> Embedding:
    """Put together what a page needs for an environment's studio.

    `near_url` is where the local studio is served if no setting tells it. Raises `UsageError` for a
    setting, `CredentialsError` where the account or the address is not told.
    """
    given = environment.settings or Settings(environment.name, {}, environment.variables)
    values = dict(_setting(each) for each in assignments)
    if environment.settings is None and not given.text("avatarUrl"):
        avatar_url = f"{near_url}/api/v1"
    else:
        avatar_url = avatar_url_of(given)
    return Embedding(
        _widget_url(avatar_url),
        f"https://{SERVICE_HOST}",
        _partner(given, partner, is_local=environment.settings is None),
        {name: value for name, value in values.items() if SETTABLE[name].type != "function"},
        {name: value for name, value in values.items() if SETTABLE[name].type == "function"},
    )


def _widget_url(avatar_url: str) -> str:
    """Return where the loader is: of Kaltura, the same region's; of others, beside their API."""
    origin = origin_of(avatar_url)
    for region, name in AVATAR_HOSTS.items():
        if origin.host == name:
            return f"https://{WIDGET_HOSTS[region]}/v1"
    if not _API.search(avatar_url):
        raise CredentialsError(
            "the address of the API has no widget beside it: expected one that ends with /api/v1",
            hint="set KALTURA_REGION, or an address that ends with /api/v1",
        )
    return f"{_API.sub('', canonical(avatar_url))}/v1"


def _partner(given: Settings, told: int | None, *, is_local: bool) -> int:
    if told is not None:
        return told
    found = partner_id_of(given)
    if found is not None:
        return found
    key = BY_KEY["partnerId"].name
    raise CredentialsError(
        "the number of the account is missing",
        hint=f"set {key}, as `storyboard studio` prints it, or give --partner-id"
        if is_local
        else f"set {key}, or give --partner-id",
    )


def _setting(assignment: str) -> tuple[str, Any]:
    name, equals, text = assignment.partition("=")
    if not equals:
        raise UsageError(f"'--set {assignment}' sets nothing", hint="write it as: --set NAME=VALUE")
    setting = SETTABLE.get(name)
    if setting is None:
        known = ", ".join(SETTABLE)
        raise UsageError(
            f"the widget has no setting '{name}'"
            if name not in ("ks", "partnerId", "kalturaServerURI")
            else f"'{name}' is not for --set: it comes from the environment",
            hint=did_you_mean(name, SETTABLE) or f"choose one of: {known}",
        )
    return name, _READERS[setting.type](setting, text)


def _link(setting: WidgetSetting, text: str) -> str:
    if origin_or_none(text) is None or ENTRY_ID not in text:
        raise UsageError(
            f"invalid {setting.name} '{text}': expected an address with {ENTRY_ID} in it",
            hint=f"write it as: --set '{setting.name}=https://example.com/media/{ENTRY_ID}'",
        )
    return text


def _word(setting: WidgetSetting, text: str) -> str:
    if setting.values and text not in setting.values:
        raise UsageError(
            f"'{setting.name}' cannot be '{text}'",
            hint=did_you_mean(text, setting.values)
            or f"choose one of: {', '.join(setting.values)}",
        )
    return text


def _words(setting: WidgetSetting, text: str) -> list[str]:
    return [_word(setting, each.strip()) for each in text.split(",") if each.strip()]


def _flag(setting: WidgetSetting, text: str) -> bool:
    if text not in ("true", "false"):
        raise UsageError(f"'{setting.name}' cannot be '{text}'", hint="write true or false")
    return text == "true"


def _object(setting: WidgetSetting, text: str) -> dict[str, Any]:
    try:
        value = parse_json(text)
    except NotJson as cause:
        raise UsageError(
            f"invalid {setting.name}: expected JSON; {cause}",
            hint=f"write it as: --set '{setting.name}="
            '{"objectType": "KalturaESearchEntryItem", "fieldName": "tags", "itemType": 1, '
            '"searchTerm": "training"}\'',
        ) from cause
    if not isinstance(value, dict):
        raise UsageError(f"invalid {setting.name}: expected a JSON object", hint="write it as: {…}")
    return value


_READERS: Final = {
    "function": _link,
    "string": _word,
    "array": _words,
    "boolean": _flag,
    "object": _object,
}
"""How the text of `--set` is read, by the setting's type."""
