"""An endpoint that really speaks: with a voice of ours, in the silence that services send."""

from __future__ import annotations

import json
import threading
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any

import numpy as np

from storyboard.studio.voice.casting import voice_for

_BEFORE, _BEHIND = 0.25, 0.35
"""Seconds around a sentence."""

_NOISE = 0.0005
"""What a service's silence is: -66 dB."""


@contextmanager
def speech_server() -> Iterator[str]:
    """Serve speech at the address given; the name of the voice is a language."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/audio/speech"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        sound = _spoken(told["input"], told["voice"])
        self.send_response(200)
        self.end_headers()
        self.wfile.write(sound)

    def log_message(self, format: str, *args: Any) -> None:
        pass


def _spoken(text: str, language: str) -> bytes:
    speech = voice_for("cristina", language).speak(text)
    around = round(_BEFORE * speech.rate), round(_BEHIND * speech.rate)
    samples = np.pad(speech.samples, around)
    samples = samples + np.random.default_rng(1).normal(0, _NOISE, len(samples))
    file = BytesIO()
    with wave.open(file, "wb") as written:
        written.setparams((1, 2, speech.rate, 0, "NONE", ""))
        written.writeframes((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())
    return file.getvalue()
