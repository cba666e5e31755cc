"""Two ways to use a page: with the mouse alone, and with the keyboard alone.

Both find what they use as a screen reader does: by its role and its name.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, Protocol

from tests.browser.chromium import STEADY, Tab

_PATIENCE = 60.0
_STOPS = 150
"""Presses of the Tab key after which a control counts as out of reach."""

_MIDDLE = f"""function () {{
  const seen = this.type === "radio" || this.type === "checkbox" ? this.labels?.[0] ?? this : this;
  return ({STEADY})(this, seen);
}}"""
_AT = """function () {
  const at = document.activeElement;
  if (at === this) return true;
  if (this.type === "radio") return at.type === "radio" && at.name === this.name;
  const [mine, its] = [this.role ?? "", at.role ?? ""];
  return ["tab", "menuitem"].includes(mine) && mine === its
    && at.parentElement === this.parentElement;
}"""
_ARROWS = {"radio": "ArrowDown", "tab": "ArrowRight", "menuitem": "ArrowDown"}


class Control:
    """One control of a page, as its accessibility tree names it."""

    def __init__(self, tab: Tab, role: str, name: str, nth: int = 0) -> None:
        self._tab, self.role, self.name = tab, role, name
        deadline = time.monotonic() + _PATIENCE
        while len(found := self._found()) <= nth:
            seen = [self._named(node) for node in self._all()]
            assert time.monotonic() < deadline, f"no {role} '{name}' among {seen}"
            time.sleep(0.05)
        self._id = found[nth]["backendDOMNodeId"]
        self._object = tab.do("DOM.resolveNode", backendNodeId=self._id)["object"]["objectId"]

    def _all(self) -> list[dict[str, Any]]:
        root = self._tab.do("DOM.getDocument", depth=0)["root"]["nodeId"]
        try:
            told = self._tab.do("Accessibility.queryAXTree", nodeId=root, role=self.role)["nodes"]
        except AssertionError as cause:
            if "Could not find node" not in str(cause):
                raise
            return []  # another document took its place meanwhile: ask again
        return [node for node in told if not node["ignored"]]

    def _found(self) -> list[dict[str, Any]]:
        """Return those with the very name; if there are none, those whose name has the words."""
        controls = self._all()
        exact = [node for node in controls if self._named(node) == self.name]
        return exact or [node for node in controls if self.name in self._named(node)]

    def _named(self, node: dict[str, Any]) -> str:
        return str(node.get("name", {}).get("value", "")).strip()

    def ask(self, function: str) -> Any:
        """Return what a JavaScript function of `this` control comes to."""
        told = self._tab.do(
            "Runtime.callFunctionOn",
            objectId=self._object,
            functionDeclaration=function,
            awaitPromise=True,
            returnByValue=True,
        )
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def usable(self) -> Control:
        """Wait until it says that it can be used."""
        deadline = time.monotonic() + _PATIENCE
        while not self.ask("function () { return this.ariaDisabled !== 'true' && !this.disabled }"):
            assert time.monotonic() < deadline, f"{self.role} '{self.name}' stays disabled"
            time.sleep(0.05)
        return self


class Hands(Protocol):
    """Whoever uses a page."""

    tab: Tab

    def press(self, role: str, name: str, nth: int = 0) -> None:
        """Use a button, a tab, a row of a menu, a radio button or a check box."""

    def write(self, name: str, text: str) -> None:
        """Write a text in place of what a field has."""

    def slide(self, name: str, steps: int) -> None:
        """Move a slider to later by about so many steps."""


class Mouse:
    """Points at things, and types only where a text belongs."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab

    def press(self, role: str, name: str, nth: int = 0) -> None:
        self._click(Control(self.tab, role, name, nth).usable())

    def write(self, name: str, text: str) -> None:
        control = Control(self.tab, "textbox", name)
        for clicks in (1, 2, 3):
            self._click(control, clicks)
        self.tab.type(text)

    def slide(self, name: str, steps: int) -> None:
        at = Control(self.tab, "slider", name).ask(_MIDDLE)
        to = at | {"x": at["x"] + 6 * steps}
        for kind, place in (("Pressed", at), ("Moved", to), ("Released", to)):
            held = {"button": "left", "buttons": int(kind != "Released"), "clickCount": 1}
            self.tab.do("Input.dispatchMouseEvent", type=f"mouse{kind}", **place, **held)

    def _click(self, control: Control, clicks: int = 1) -> None:
        place = control.ask(_MIDDLE)
        for kind in ("mousePressed", "mouseReleased"):
            told = {**place, "button": "left", "clickCount": clicks}
            self.tab.do("Input.dispatchMouseEvent", type=kind, **told)


class Keyboard:
    """Goes from stop to stop by Tab, and through groups by arrows."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab

    def press(self, role: str, name: str, nth: int = 0) -> None:
        self._go(Control(self.tab, role, name, nth).usable())
        if role == "checkbox":
            self.tab.press(" ")
        elif role not in ("radio", "tab"):  # arrows chose those
            self.tab.press("Enter")

    def write(self, name: str, text: str) -> None:
        self._go(Control(self.tab, "textbox", name))
        self.tab.press("Home", control=True)
        self.tab.press("End", control=True, shift=True)
        self.tab.type(text)

    def slide(self, name: str, steps: int) -> None:
        self._go(Control(self.tab, "slider", name))
        for _ in range(steps):
            self.tab.press("ArrowRight")

    def _go(self, control: Control) -> Control:
        """Go to a control; of a group, to the group and on by arrows."""
        for _ in range(_STOPS):
            if control.ask(_AT):
                break
            self.tab.press("Tab")
        else:
            raise AssertionError(f"Tab never leads to {control.role} '{control.name}'")
        there = "this.checked" if control.role == "radio" else "document.activeElement === this"
        for _ in range(_STOPS):
            if control.ask(f"function () {{ return {there} }}"):
                return control
            assert control.role in _ARROWS, f"{control.role} '{control.name}' lost the focus"
            self.tab.press(_ARROWS[control.role])
        raise AssertionError(f"arrows never lead to {control.role} '{control.name}'")


def upload(hands: Hands, button: str, path: Path) -> None:
    """Use a button that opens the chooser of files, and choose a file there."""
    tab = hands.tab
    tab.do("Page.setInterceptFileChooserDialog", enabled=True)
    hands.press("button", button)
    deadline = time.monotonic() + _PATIENCE
    while not tab.choosers:
        assert time.monotonic() < deadline, "no chooser of files has opened"
        tab.run("true")
    tab.do("DOM.setFileInputFiles", backendNodeId=tab.choosers.pop(), files=[str(path)])
    tab.do("Page.setInterceptFileChooserDialog", enabled=False)
