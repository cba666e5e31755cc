"""The program that loads libespeak-ng (GPL-3): one request as JSON on stdin, one answer on stdout.

It runs by its path in an interpreter of its own (`python -I -S`), imports nothing but the standard
library and is imported by nobody: this process is where the library's license ends. The library
keeps state from one text to the next, so that a text would sound otherwise behind another one: a
child of this process speaks each and ends.

Request: `{"library", "data", "voice", "rate", "pitch", "range", "texts": [text]}`, or `{"library",
"data", "voice", "clauses": [text]}` for the letters alone, which are answered as `{"letters":
[IPA]}`. Answer: a line of JSON `{"rate", "said": [{"samples", "phones": [[symbol, sample]],
"words": [[position, length, sample]]}]}`, then all samples, 16-bit in the machine's order; or
`{"error"}`. Positions are code points from 0.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from typing import Any

_MOST_SECONDS = 60
"""A child that speaks for longer hangs."""

_SYNCHRONOUS = 2
_PHONEME_EVENTS, _PHONEMES_IN_IPA, _DO_NOT_EXIT = 0x1, 0x2, 0x8000
_UTF8, _END_PAUSE = 0x1, 0x1000
_LETTERS_IN_IPA = 0x2
_RATE, _PITCH, _RANGE = 1, 3, 4
_LAST, _WORD, _PHONEME = 0, 1, 7


class _Content(ctypes.Union):
    _fields_ = (
        ("number", ctypes.c_int),
        ("name", ctypes.c_void_p),
        ("letters", ctypes.c_ubyte * 8),
    )


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("message", ctypes.c_uint),
        ("position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("milliseconds", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("content", _Content),
    )


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


class Refused(Exception):
    """The library said no."""


def speak(request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Speak texts, each as if it were the first; gives the answer's JSON object and the samples."""
    library, rate = _opened(request)
    library.espeak_ng_SetRandSeed(ctypes.c_long(1))
    for parameter, name in ((_RATE, "rate"), (_PITCH, "pitch"), (_RANGE, "range")):
        library.espeak_SetParameter(parameter, int(request[name]), 0)
    said, samples = [], []
    for text in request["texts"]:
        head, _, wave = _of_child(library, text).partition(b"\n")
        told = json.loads(head)
        if "error" in told:
            raise Refused(told["error"])
        said.append(told)
        samples.append(wave)
    return {"rate": rate, "said": said}, b"".join(samples)


def _of_child(library: Any, text: str) -> bytes:
    """Return what a child of this process writes that says a text; end as it does where it dies."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        failed = 1
        signal.alarm(_MOST_SECONDS)  # whoever waits for this process can end this one only
        try:
            with os.fdopen(writing, "wb") as out:
                told, wave = _said(library, text)
                out.write(json.dumps(told).encode() + b"\n" + wave)
            failed = 0
        finally:
            os._exit(failed)
    os.close(writing)
    with os.fdopen(reading, "rb") as answers:
        answer = answers.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status:
        raise Refused(f"espeak-ng died with status {status}")
    return answer


def _said(library: Any, text: str) -> tuple[dict[str, Any], bytes]:
    """Say one text; gives its part of the answer, and its samples."""
    samples = bytearray()
    phones: list[tuple[str, int]] = []
    words: list[tuple[int, int, int]] = []

    def receive(wave: Any, count: int, events: Any) -> int:
        if wave and count > 0:
            samples.extend(ctypes.string_at(wave, count * 2))
        index = 0
        while (event := events[index]).type != _LAST:
            if event.type == _PHONEME:
                letters = bytes(event.content.letters).split(b"\0")[0]
                phones.append((letters.decode("utf-8", "ignore"), event.sample))
            elif event.type == _WORD:
                words.append((event.position - 1, event.length, event.sample))
            index += 1
        return 0

    callback = _Callback(receive)
    library.espeak_SetSynthCallback(callback)
    written = text.encode()
    if library.espeak_Synth(written, len(written) + 1, 0, 1, 0, _UTF8 | _END_PAUSE, None, None):
        return {"error": "espeak-ng would not speak the text"}, b""
    library.espeak_Synchronize()
    return {"samples": len(samples) // 2, "phones": phones, "words": words}, bytes(samples)


def spell(request: dict[str, Any]) -> dict[str, Any]:
    """Tell the letters that clauses are said with, without speaking them."""
    library, _ = _opened(request)
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    told = []
    for clause in request["clauses"]:
        rest = ctypes.c_char_p(clause.encode())
        letters = []
        while rest.value:
            found = library.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, _LETTERS_IN_IPA)
            letters.append((found or b"").decode("utf-8", "ignore"))
        told.append(" ".join(each for each in letters if each))
    return {"letters": told}


def _opened(request: dict[str, Any]) -> tuple[Any, int]:
    """Load the library with a voice; gives its rate, too."""
    library = ctypes.CDLL(request["library"])
    options = _PHONEME_EVENTS | _PHONEMES_IN_IPA | _DO_NOT_EXIT
    rate = library.espeak_Initialize(_SYNCHRONOUS, 0, request["data"].encode(), options)
    if rate <= 0:
        raise Refused(f"the data of espeak-ng cannot be read from '{request['data']}'")
    if library.espeak_SetVoiceByName(request["voice"].encode()) != 0:
        raise Refused(f"espeak-ng has no voice '{request['voice']}'")
    return library, rate


def main() -> None:
    """Answer the request on stdin."""
    samples = b""
    answer: dict[str, Any]
    try:
        request = json.load(sys.stdin.buffer)
        if "clauses" in request:
            answer = spell(request)
        else:
            answer, samples = speak(request)
    except (Refused, OSError) as failure:
        answer = {"error": str(failure)}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + samples)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
