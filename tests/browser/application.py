"""The studio's application in a tab: open it at its own door, and run its modules by themselves."""

from __future__ import annotations

from typing import Any

from storyboard.studio.local import Studio
from tests.browser.chromium import Tab

FILES = "document.querySelector('script[src]').src.replace(/app\\/main\\.js$/, '')"


def open_studio_page(tab: Tab, studio: Studio) -> None:
    """Open `/studio/` by its key, and wait until a view is shown."""
    tab.open(studio.studio_url)
    tab.wait("!!document.querySelector('#main h1')")


def module_result(tab: Tab, path: str, expression: str) -> Any:
    """Return what an expression of `m`, the module at `path`, comes to, promises awaited.

    `path` is below `storyboard/studio/web`, such as `app/router.js`; the tab shows the studio.
    """
    return tab.run(f"import({FILES} + {path!r}).then((m) => ({expression}))")
