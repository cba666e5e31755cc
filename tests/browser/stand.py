"""Draws one part of the application by itself in a tab, and moves mouse, keys and files over it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.browser.application import module_result
from tests.browser.chromium import Tab

_KEYS = {
    "ArrowLeft": 37,
    "ArrowRight": 39,
    "Home": 36,
    "End": 35,
    "Enter": 13,
    "Escape": 27,
    " ": 32,
}


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


def press(tab: Tab, key: str, *, shift: bool = False) -> None:
    """Press a key on what has the focus."""
    told = {"key": key, "code": key, "windowsVirtualKeyCode": _KEYS[key], "modifiers": 8 * shift}
    text = {"Enter": "\r", " ": " "}.get(key, "")
    for kind in ("keyDown", "keyUp"):
        tab.do("Input.dispatchKeyEvent", type=kind, **told, text=text if kind == "keyDown" else "")


def write(tab: Tab, selector: str, text: str) -> None:
    """Write a text into a field in place of what it has."""
    tab.run(f"(() => {{ const it = {_one(selector)}; it.focus(); it.select(); }})()")
    tab.do("Input.insertText", text=text)


def click(tab: Tab, selector: str, share: float = 0.5) -> None:
    """Press the mouse on an element, at a share of its width."""
    place = _place(tab, selector, share)
    for kind in ("mousePressed", "mouseReleased"):
        tab.do("Input.dispatchMouseEvent", type=kind, **place, button="left", clickCount=1)


def drag(tab: Tab, selector: str, by: float) -> None:
    """Hold an element in its middle, and move it by so many pixels."""
    place = _place(tab, selector, 0.5)
    held = {"button": "left", "buttons": 1, "clickCount": 1}
    tab.do("Input.dispatchMouseEvent", type="mousePressed", **place, **held)
    for step in range(1, 5):
        moved = place | {"x": place["x"] + by * step / 4}
        tab.do("Input.dispatchMouseEvent", type="mouseMoved", **moved, **held)
    tab.do("Input.dispatchMouseEvent", type="mouseReleased", **moved, **held | {"buttons": 0})


def choose_files(tab: Tab, selector: str, *paths: Path) -> None:
    """Give a file field its files, as its chooser would."""
    root = tab.do("DOM.getDocument")["root"]["nodeId"]
    node = tab.do("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
    tab.do("DOM.setFileInputFiles", nodeId=node, files=[str(path) for path in paths])


def drop_files(tab: Tab, selector: str, *paths: Path) -> None:
    """Drop files on an element."""
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    place = _place(tab, selector, 0.5)
    for kind in ("dragEnter", "dragOver", "drop"):
        tab.do("Input.dispatchDragEvent", type=kind, **place, data=data)


def text_of(tab: Tab, selector: str) -> str:
    """Return the text of the one element."""
    return str(tab.run(f"{_one(selector)}?.textContent ?? ''"))


def _one(selector: str) -> str:
    return f"document.querySelector({json.dumps(selector)})"


def _place(tab: Tab, selector: str, share: float) -> dict[str, Any]:
    tab.run(f"{_one(selector)}.scrollIntoView({{ block: 'center', behavior: 'instant' }})")
    box = tab.run(f"{_one(selector)}.getBoundingClientRect().toJSON()")
    return {"x": box["x"] + box["width"] * share, "y": box["y"] + box["height"] / 2}
