"""`storyboard studio --open`: leads a browser to the studio. Knows no studio."""

from __future__ import annotations

import html
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Final

import click

from storyboard.disk.writing import written_while

LAUNCHER: Final = "open.html"
_IN_A_TERMINAL: Final = frozenset({"www-browser", "links", "elinks", "lynx", "w3m"})
_OWNERS: Final = 0o600
_PATIENCE: Final = 2.0
"""Seconds that a browser gets to start, before its address is told all the same. A choice."""

_PAGE: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Local studio</title>
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url={address}"></head>
<body><p><a href="{address}">Open the local studio</a></p></body></html>
"""


def browse(address: str) -> bool:
    """Open an address in a browser with a window of its own; return whether there is one."""
    try:
        name = Path(getattr(webbrowser.get(), "name", "")).name
    except webbrowser.Error:
        return False
    if name in _IN_A_TERMINAL:
        return False  # it would take ours, in which the studio tells what it does
    opened: list[bool] = []
    # One that `BROWSER` names may not come back before its window is closed.
    asking = Thread(target=lambda: opened.append(webbrowser.open(address)), daemon=True)
    asking.start()
    asking.join(_PATIENCE)
    return opened != [False]


@contextmanager
def shown_in_browser(
    address: str, folder: Path, *, browse: Callable[[str], bool] = browse
) -> Iterator[None]:
    """Show an address that has a key in it, by a file in `folder` which goes when the block ends.

    A browser's arguments can be read by all users of a machine; the file, by this one.
    """
    page = _PAGE.format(address=html.escape(address)).encode()
    with written_while(folder / LAUNCHER, page, inside=folder, mode=_OWNERS) as launcher:
        if not browse(launcher.absolute().as_uri()):
            text = "warning: no browser could be opened; open the address above yourself"
            click.echo(text, err=True)
        yield
