"""A page that embeds the studio as the guide does (section 11), and a server of another port."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

_PAGE = """<!doctype html>
<html><head><meta charset="utf-8"><title>A portal</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body {{ margin: 0 }}</style></head><body>
<div id="avatar-studio" style="width: 100%; height: 100vh;"></div>
<script type="module">
import {{ loader }} from "{base}/loader/index.esm.js";
const settings = {{ ...{settings}, ...{functions} }};
const options = {{
  serverUrl: "{base}",
  appId: "my-app",
  appVersion: "1.0.0",
  session: {session},
  runtimes: [{{
    widgetName: "unisphere.widget.vod-avatars",
    runtimeName: "studio",
    settings,
    visuals: [{{ type: "page", target: "avatar-studio", settings: {{}} }}],
  }}],
  ...{more},
}};
const workspace = await loader(options);
window.workspace = workspace;
window.studio = await workspace.getRuntimeAsync("unisphere.widget.vod-avatars", "studio");
window.isDone = true;
</script></body></html>
"""


def host_page(
    base: str,
    ks: str,
    partner_id: Any,
    *,
    functions: str = "{}",
    more: str = "{}",
    **settings: Any,
) -> str:
    """Return the page's HTML; `functions` and `more` are JavaScript objects."""
    given = {"ks": ks, "partnerId": partner_id, "kalturaServerURI": "https://www.kaltura.com"}
    return _PAGE.format(
        base=base,
        session=json.dumps({"ks": ks, "partnerId": partner_id}),
        settings=json.dumps(given | settings),
        functions=functions,
        more=more,
    )


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def portal(folder: Path) -> Iterator[str]:
    """Serve a folder on another port and name of this machine; return where."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
