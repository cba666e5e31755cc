"""Draws one part of the application by itself in a tab, and gives it texts and files."""

from __future__ import annotations

import json
from pathlib import Path

from tests.browser.application import module_result
from tests.browser.chromium import Tab


def stand(tab: Tab, module: str, name: str, props: str, width: str = "30rem") -> None:
    """Draw a component of `app/{module}.js` in place of the view; `got` collects what it tells.

    `props` is JavaScript, an object; in it `got.push` is at hand.
    """
    module_result(
        tab,
        "vendor/preact-htm-signals.js",
        f"""(async () => {{
            const files = document.querySelector('script[src]').src.replace(/main\\.js$/, '');
            const part = await import(files + {json.dumps(module)} + '.js');
            const box = document.createElement('div');
            box.style.maxInlineSize = {json.dumps(width)};
            document.getElementById('main').replaceChildren(box);
            globalThis.got = [];
            globalThis.redraw = (props) => m.render(m.h(part[{json.dumps(name)}], props), box);
            redraw({props});
        }})()""",
    )


def write(tab: Tab, selector: str, text: str) -> None:
    """Write a text into a field in place of what it has."""
    tab.run(f"(() => {{ const it = {_one(selector)}; it.focus(); it.select(); }})()")
    tab.type(text)


def choose_files(tab: Tab, selector: str, *paths: Path) -> None:
    """Give a file field its files, as its chooser would."""
    root = tab.do("DOM.getDocument")["root"]["nodeId"]
    node = tab.do("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
    tab.do("DOM.setFileInputFiles", nodeId=node, files=[str(path) for path in paths])


def drop_files(tab: Tab, selector: str, *paths: Path) -> None:
    """Drop files on an element."""
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    box = tab.run(f"{_one(selector)}.getBoundingClientRect().toJSON()")
    place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    for kind in ("dragEnter", "dragOver", "drop"):
        tab.do("Input.dispatchDragEvent", type=kind, **place, data=data)


def text_of(tab: Tab, selector: str) -> str:
    """Return the text of the one element."""
    return str(tab.run(f"{_one(selector)}?.textContent ?? ''"))


def _one(selector: str) -> str:
    return f"document.querySelector({json.dumps(selector)})"
