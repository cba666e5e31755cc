"""The page that shows the studio, and the same as JSON. No decisions, and never a session."""

from __future__ import annotations

import json
from typing import Any, Final

from storyboard.commands.embed import Embedding
from storyboard.views.json_text import json_text
from storyboard.widget_settings import ENTRY_ID, RUNTIME, WIDGET

PLACEHOLDER: Final = "KALTURA_KS"
"""What stands where the page's own server puts a session."""

_PAGE: Final = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Avatar studio</title>
<style>body { margin: 0 } #avatar-studio { height: 100vh }</style>
</head>
<body>
<div id="avatar-studio"></div>
<script type="module">
import { loader } from %(loader)s;

// Put a user session here on your server: whoever opens the page can read it.
const ks = "%(placeholder)s";
const partnerId = %(partner)d;

const workspace = await loader({
  serverUrl: %(server)s,
  appId: "storyboard",
  appVersion: "1.0.0",
  session: { ks, partnerId },
  runtimes: [{
    widgetName: "%(widget)s",
    runtimeName: "%(runtime)s",
    settings: {
%(settings)s
    },
    visuals: [{ type: "page", target: "avatar-studio", settings: {} }],
  }],
});

// Before the session ends: workspace.session.setData((was) => ({ ...was, ks: newSession }));
// When the page goes on without the studio: workspace.kill();
</script>
</body>
</html>
"""


def render_embedding_page(embedding: Embedding) -> str:
    """Return an HTML page with the widget in it."""
    lines = ["ks", "partnerId", f"kalturaServerURI: {_script(embedding.service_uri)}"]
    lines += [f"{name}: {_script(value)}" for name, value in embedding.settings.items()]
    lines += [f"{name}: {_function(name, url)}" for name, url in embedding.links.items()]
    return _PAGE % {
        "loader": _script(f"{embedding.server_url}/loader/index.esm.js"),
        "server": _script(embedding.server_url),
        "placeholder": PLACEHOLDER,
        "partner": embedding.partner_id,
        "widget": WIDGET,
        "runtime": RUNTIME,
        "settings": "\n".join(f"      {line}," for line in lines),
    }


def render_embedding_json(embedding: Embedding) -> str:
    """Return `{"serverUrl", "loader", "widgetName", "runtimeName", "partnerId", …, "page"}`."""
    return json_text(
        {
            "serverUrl": embedding.server_url,
            "loader": f"{embedding.server_url}/loader/index.esm.js",
            "widgetName": WIDGET,
            "runtimeName": RUNTIME,
            "partnerId": embedding.partner_id,
            "kalturaServerURI": embedding.service_uri,
            "settings": {**embedding.settings, **embedding.links},
            "page": render_embedding_page(embedding),
        }
    )


def _function(name: str, url: str) -> str:
    address = f"{_script(url)}.replaceAll({_script(ENTRY_ID)}, encodeURIComponent(entryId))"
    if name == "entryLink":
        return f"(entryId) => {address}"
    return f"(entryId) => open({address}, '_blank', 'noopener')"


def _script(value: Any) -> str:
    """Return a value as a script may have it inside of HTML: nothing in it ends the element.

    Nor has it the placeholder: a server that puts the session there puts it into no address.
    """
    text = json.dumps(value, ensure_ascii=True).replace(PLACEHOLDER, "KALTURA\\u005fKS")
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
