"""Headless Chromium, driven over a pipe by its DevTools protocol: no driver, no package."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.support.passing_time import eventually
from tests.support.shaking import SHAKEN

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--mute-audio", "--autoplay-policy=no-user-gesture-required"),
)
_SHAKEN_RATE = 6
_SHAKEN_NETWORK = {
    "offline": False, "latency": 60, "downloadThroughput": -1, "uploadThroughput": -1,
}  # fmt: skip
_PATIENCE = 60.0
_NO_SESSION = -32001
_LEFT = "Inspected target navigated or closed"
_KEYS = {
    "Tab": 9, "Enter": 13, "Escape": 27, "End": 35, "Home": 36,
    "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "Delete": 46,
}  # fmt: skip


STEADY = """async (node, seen = node) => {
  const drawn = () => new Promise((done) => { requestAnimationFrame(done); });
  const look = () => {
    seen.scrollIntoView({ block: "center", behavior: "instant" });
    return seen.getBoundingClientRect();
  };
  for (let before = look(), turn = 0; ; turn += 1) {
    await drawn();
    const { left, top, width, height } = look();
    const place = { x: left + width / 2, y: top + height / 2 };
    const stays = left === before.left && top === before.top
      && width === before.width && height === before.height;
    const hit = document.elementFromPoint(place.x, place.y);
    if (turn > 100 || (stays && (seen.contains(hit) || node.contains(hit)))) return place;
    before = { left, top, width, height };
  }
}"""
"""Where to press a node: its middle, once it stays where it is and nothing lies over it.

A page that is still being drawn moves what is pressed away under the mouse."""


ACTIVATE = """(selector, number) => {
  const node = [...document.querySelectorAll(selector)].at(number);
  if (!node || node.disabled) return false;
  node.click();
  return true;
}"""
"""Activates a node, if it is there; a page that is still being drawn gets it later."""


def chromium() -> str:
    """Return the browser's program; a machine without one fails, and skips nothing."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    raise AssertionError("no Chromium on this machine: apt-get install chromium, or a Chrome")


class Detached(AssertionError):
    """The frame that was spoken to is gone."""


class Left(AssertionError):
    """The document that was asked made place for another before it answered."""


class Pipe:
    """Speaks with the browser; `troubles` are what consoles, policies and scripts complained of.

    A page that asks before it is left is left; `leavings` has its address.
    """

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._out, self._in = to_browser, from_browser
        self._buffer = b""
        self._last = 0
        self.troubles: list[str] = []
        self.said: list[str] = []
        self.dialogs: list[str] = []
        self.requests: list[str] = []
        self.choosers: list[int] = []
        self.leavings: list[str] = []
        self.frames: dict[str, str] = {}
        self._new: list[str] = []

    def ask(self, session: str | None, method: str, params: dict[str, Any]) -> dict[str, Any]:
        """Carry a command out in a session, and listen to the frames that came meanwhile."""
        result = self._ask(session, method, params)
        while self._new:
            with suppress(Detached):
                self.listen(self._new.pop())
        return result

    def listen(self, session: str) -> None:
        """Hear of all that happens in a session, and of frames of other sites in it."""
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._ask(session, f"{domain}.enable", {})
        if SHAKEN:
            self._ask(session, "Emulation.setCPUThrottlingRate", {"rate": _SHAKEN_RATE})
            self._ask(session, "Network.emulateNetworkConditions", _SHAKEN_NETWORK)
        waiting = {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": True}
        self._ask(session, "Target.setAutoAttach", waiting)
        self._ask(session, "Runtime.runIfWaitingForDebugger", {})

    def _ask(self, session: str | None, method: str, params: dict[str, Any]) -> dict[str, Any]:
        mine = self._send(session, method, params)
        deadline = time.monotonic() + _PATIENCE
        while True:
            told = self._read(deadline)
            if told.get("id") == mine:
                if told.get("error", {}).get("code") == _NO_SESSION:
                    raise Detached(method)
                if told.get("error", {}).get("message") == _LEFT:
                    raise Left(method)
                assert "error" not in told, (method, told["error"])
                return dict(told["result"])

    def _send(self, session: str | None, method: str, params: dict[str, Any]) -> int:
        self._last += 1
        message: dict[str, Any] = {"id": self._last, "method": method, "params": params}
        if session is not None:
            message["sessionId"] = session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        return self._last

    def _read(self, deadline: float) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._in], [], [], max(0, deadline - time.monotonic()))
            assert ready, "the browser does not answer"
            more = os.read(self._in, 1 << 16)
            assert more, "the browser is gone"
            self._buffer += more
        line, _, self._buffer = self._buffer.partition(b"\0")
        told: dict[str, Any] = json.loads(line)
        self._note(told.get("sessionId"), told.get("method", ""), told.get("params", {}))
        return told

    def _note(self, session: str | None, event: str, params: dict[str, Any]) -> None:
        match event:
            case "Page.javascriptDialogOpening" if params["type"] == "beforeunload":
                self.leavings.append(params["url"])
                self._send(session, "Page.handleJavaScriptDialog", {"accept": True})
            case "Log.entryAdded" if params["entry"]["level"] == "error":
                self.troubles.append(f"{params['entry']['text']} {params['entry'].get('url', '')}")
            case "Runtime.exceptionThrown":
                self.troubles.append(str(params["exceptionDetails"]))
            case "Page.javascriptDialogOpening":
                self.dialogs.append(params["message"])
            case "Page.fileChooserOpened":
                self.choosers.append(params["backendNodeId"])
            case "Network.requestWillBeSent":
                self.requests.append(params["request"]["url"])
            case "Runtime.consoleAPICalled":
                said = " ".join(str(a.get("description", a.get("value"))) for a in params["args"])
                self.said.append(f"{params['type']}: {said}")
                if params["type"] == "error":
                    self.troubles.append(said)
            case "Target.attachedToTarget" if params["targetInfo"]["type"] == "iframe":
                self.frames[params["sessionId"]] = params["targetInfo"]["targetId"]
                self._new.append(params["sessionId"])
            case "Target.detachedFromTarget":
                self.frames.pop(params["sessionId"], None)


class Frame:
    """One document that scripts run in: a tab's own, or that of a frame of another site in it."""

    def __init__(self, pipe: Pipe, session: str | None) -> None:
        self._pipe, self._session = pipe, session

    def do(self, method: str, **params: Any) -> dict[str, Any]:
        """Carry a command out and return its result."""
        return self._pipe.ask(self._session, method, params)

    def run(self, script: str) -> Any:
        """Return what an expression comes to, promises awaited."""
        told = self.do(
            "Runtime.evaluate",
            # A promise that nothing holds may be collected before it comes to anything.
            expression=f"(globalThis.awaitedByTests = ({script}))",
            awaitPromise=True,
            returnByValue=True,
            userGesture=True,
        )
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def wait(self, script: str, seconds: float = _PATIENCE) -> Any:
        """Return what an expression comes to, once that is something."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with suppress(Left):
                if found := self.run(script):
                    return found
            time.sleep(0.05)
        raise AssertionError(f"never true: {script}\n{self.run('document.body.innerText')}")

    def activate(self, selector: str, number: int = 0) -> None:
        """Activate one of the elements that a selector names by script, once it is there."""
        self.wait(f"({ACTIVATE})({json.dumps(selector)}, {number})")


class Tab(Frame):
    """One tab, with what happened in it and in its frames."""

    def __init__(self, pipe: Pipe) -> None:
        super().__init__(pipe, None)
        target = self.do("Target.createTarget", url="about:blank")["targetId"]
        attached = self.do("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self.troubles, self.said = pipe.troubles, pipe.said
        self.dialogs, self.requests, self.choosers = pipe.dialogs, pipe.requests, pipe.choosers
        self.leavings = pipe.leavings
        pipe.listen(attached["sessionId"])

    def frames(self) -> list[Frame]:
        """Return the frames of other sites, in the order in which they came."""
        self.run("1")
        return [Frame(self._pipe, session) for session in self._pipe.frames]

    def frame(self) -> Frame:
        """Return the newest frame of another site, once there is one."""
        deadline = time.monotonic() + _PATIENCE
        while not (found := self.frames()):
            assert time.monotonic() < deadline, "no frame of another site"
            time.sleep(0.05)
        return found[-1]

    def complaints(self, *words: str) -> list[str]:
        """Return all complaints, once each of the words is in one of them, and forget them.

        A console tells of a thing later than the script that did it returns, in whichever frame.
        """
        for word in words:
            eventually(lambda word=word: self.run("true") and word in "\n".join(self.troubles))
        told = [*self.troubles]
        self.troubles.clear()
        return told

    def open(self, url: str) -> None:
        """Go to an address.

        An empty page is waited for: while the browser asks a page and its frames whether they can
        be left, it may answer the next navigation never.
        """
        self.do("Page.navigate", url=url)
        if url == "about:blank":
            self.wait("location.href === 'about:blank' && document.readyState === 'complete'")

    def press(
        self,
        key: str,
        *,
        code: str = "",
        alt: bool = False,
        control: bool = False,
        shift: bool = False,
    ) -> None:
        """Press a key that is called as it is, such as Tab, Enter, ArrowUp or z.

        `code` is where it is on the keyboard, such as KeyZ, if its letter does not tell.
        """
        text = {"Enter": "\r"}.get(key, "")
        number = _KEYS.get(key) or ord(code[-1:] or key.upper())
        held = {"modifiers": alt * 1 | control * 2 | shift * 8}
        named = {"key": key, "code": code or key, "windowsVirtualKeyCode": number}
        for kind in ("keyDown", "keyUp"):
            given = {"type": kind, **named, **held}
            self.do("Input.dispatchKeyEvent", **given, text=text if kind == "keyDown" else "")

    def type(self, text: str) -> None:
        """Write a text where the caret is."""
        self.do("Input.insertText", text=text)

    def click(self, selector: str) -> None:
        """Press the mouse in the middle of the first element that a selector names."""
        place = self._middle(selector)
        for kind in ("mousePressed", "mouseReleased"):
            self.do("Input.dispatchMouseEvent", type=kind, **place, button="left", clickCount=1)

    def enter(self, selector: str) -> None:
        """Press into a field until the caret is there: what comes up above it may push it away."""

        def has_the_caret() -> bool:
            self.click(selector)
            return bool(self.run(f"!!document.activeElement?.matches({json.dumps(selector)})"))

        eventually(has_the_caret)

    @contextmanager
    def dragging(self, selector: str, onto: str, *, touch: bool = False) -> Iterator[None]:
        """Hold one element over the middle of another with the mouse or a finger; then let go."""
        at = self._middle(selector)
        end = self._box(onto)
        self._point("Pressed", at, touch=touch)
        for step in range(1, 6):
            between = {axis: at[axis] + (end[axis] - at[axis]) * step / 5 for axis in at}
            self._point("Moved", between, touch=touch)
        yield
        self._point("Released", end, touch=touch)

    def _point(self, what: str, place: dict[str, float], *, touch: bool) -> None:
        if touch:
            kind = {"Pressed": "touchStart", "Moved": "touchMove", "Released": "touchEnd"}[what]
            points = [] if what == "Released" else [place]
            self.do("Input.dispatchTouchEvent", type=kind, touchPoints=points)
            return
        held = {"button": "left", "buttons": 0 if what == "Released" else 1, "clickCount": 1}
        self.do("Input.dispatchMouseEvent", type=f"mouse{what}", **place, **held)

    def _middle(self, selector: str) -> dict[str, float]:
        """Return the middle of an element, which is scrolled to the middle of the screen."""
        node = f"document.querySelector({json.dumps(selector)})"
        self.wait(f"!!{node}")
        place: dict[str, float] = self.run(f"({STEADY})({node})")
        return place

    def _box(self, selector: str) -> dict[str, float]:
        node = f"document.querySelector({json.dumps(selector)})"
        box = self.run(f"{node}.getBoundingClientRect().toJSON()")
        return {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}

    def screen(self, width: int, height: int = 900, *, dark: bool = False) -> None:
        """Become as large as this, in a light or dark theme."""
        shape = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.do("Emulation.setDeviceMetricsOverride", **shape)
        feature = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.do("Emulation.setEmulatedMedia", features=[feature])

    def picture(self, path: Path) -> None:
        """Write what is seen as PNG."""
        path.write_bytes(base64.b64decode(self.do("Page.captureScreenshot")["data"]))


class InFrame(Tab):
    """A tab whose frame of another site fills it: scripts run there, hands are the whole tab's."""

    def __init__(self, tab: Tab, frame: Frame) -> None:
        Frame.__init__(self, frame._pipe, frame._session)
        self._tab = tab
        self.troubles, self.said = tab.troubles, tab.said
        self.dialogs, self.requests, self.choosers = tab.dialogs, tab.requests, tab.choosers
        self.leavings = tab.leavings

    def do(self, method: str, **params: Any) -> dict[str, Any]:
        """Carry a command out in the frame; what a hand does, in the tab around it."""
        is_hand = method.startswith("Input.")
        return self._tab.do(method, **params) if is_hand else super().do(method, **params)


@contextmanager
def browser(profile: Path) -> Iterator[Tab]:
    """Start the browser with an empty profile, and end it and all of its processes."""
    theirs_read, ours_write = os.pipe()
    ours_read, theirs_write = os.pipe()
    command = [chromium(), *_FLAGS, f"--user-data-dir={profile}", "--remote-debugging-pipe"]
    # The browser reads commands on descriptor 3 and answers on 4.
    script = f'exec 3<&{theirs_read} 4>&{theirs_write}; exec "$@"'
    process = subprocess.Popen(
        ["bash", "-c", script, "bash", *command],
        pass_fds=(theirs_read, theirs_write),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(theirs_read)
    os.close(theirs_write)
    try:
        yield Tab(Pipe(ours_write, ours_read))
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        os.close(ours_write)
        os.close(ours_read)
