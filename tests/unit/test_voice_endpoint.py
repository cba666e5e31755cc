"""A voice behind an HTTP endpoint: what it is asked, and what it may answer."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from storyboard.errors import UsageError
from storyboard.studio.film.cache import Cache
from storyboard.studio.film.speaking import speak
from storyboard.studio.voice.boundary import BoundedVoice
from storyboard.studio.voice.casting import voice_for
from storyboard.studio.voice.endpoint_voice import EndpointVoice
from storyboard.studio.voice.own_voices import OwnVoices, own_voices
from storyboard.studio.voice.sound_reply import NoSound, sound_of
from storyboard.studio.voice.speech import Speech, VoiceError
from tests.support.passing_time import eventually

TEXT = "Guten Tag, meine Damen. Das sind 3,5 %."
RATE = 24_000


def hum(seconds: float = 2.0, hertz: float = 330.0, rate: int = RATE) -> bytes:
    """Return 16-bit samples of a tone."""
    time = np.arange(round(seconds * rate)) / rate
    return (np.sin(2 * np.pi * hertz * time) * 9000).astype("<i2").tobytes()


def wav(
    pcm: bytes,
    *,
    kind: int = 1,
    channels: int = 1,
    bits: int = 16,
    size: int = -1,
    rate: int = RATE,
) -> bytes:
    """Return samples as a WAV file; a streaming server writes a size that is not true."""
    told = len(pcm) if size < 0 else size
    frame = channels * bits // 8
    form = struct.pack("<HHIIHH", kind, channels, rate, rate * frame, frame, bits)
    head = b"RIFF" + struct.pack("<I", told) + b"WAVEfmt " + struct.pack("<I", 16) + form
    return head + b"LIST" + struct.pack("<I", 3) + b"abc\0data" + struct.pack("<I", told) + pcm


class Speaking:
    """An endpoint that answers what it was told to, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None, dict[str, Any]]] = []
        self.answers: list[tuple[int, bytes, dict[str, str]]] = []
        self.usual = wav(hum())
        self.held = threading.Event()
        self.hangs = False
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                endpoint.asked.append((self.path, self.headers["Authorization"], told))
                if endpoint.hangs:
                    endpoint.held.wait(60)
                    return
                usual = (200, endpoint.usual, {})
                status, body, headers = endpoint.answers.pop(0) if endpoint.answers else usual
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = False
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1/audio/speech"


@pytest.fixture
def endpoint() -> Iterator[Speaking]:
    made = Speaking()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield made
    made.held.set()
    made.server.shutdown()
    made.server.server_close()
    thread.join()


Rows = Callable[..., Path]


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    def write(**row: Any) -> Path:
        told = {"voice": "nova", "language": "de"} | row
        (tmp_path / "voices.json").write_text(json.dumps({"voices": [told]}), "utf-8")
        return tmp_path

    return write


def voices(folder: Path, **variables: str) -> OwnVoices:
    found = own_voices(folder, variables)
    assert found is not None
    return found


def speaking(folder: Path, language: str = "de", **variables: str) -> EndpointVoice:
    """Return the voice of a folder, which waits for nothing before it tries again."""
    voice = voice_for("jane", language, voices(folder, **variables))
    assert isinstance(voice, BoundedVoice)
    assert isinstance(voice.voice, EndpointVoice)
    return replace(voice.voice, wait=lambda seconds, stopped: None)


def test_an_endpoint_is_asked_sentence_by_sentence_for_what_is_read_out(
    endpoint: Speaking, rows: Rows
) -> None:
    folder = rows(url=endpoint.url, model="tts-1", key_env="STORYBOARD_VOICE_KEY", speed=1.5)
    voice = speaking(folder, STORYBOARD_VOICE_KEY="sk-12345678")
    speech = voice.speak(TEXT)
    said = sorted(told["input"] for _, _, told in endpoint.asked)
    assert said == ["Das sind drei Komma fünf Prozent.", "Guten Tag, meine Damen."]
    path, authorization, told = endpoint.asked[0]
    assert (path, authorization) == ("/v1/audio/speech", "Bearer sk-12345678")
    assert {name: told[name] for name in ("model", "voice", "response_format", "speed")} == {
        "model": "tts-1",
        "voice": "nova",
        "response_format": "wav",
        "speed": 1.5,
    }
    assert speech.rate == RATE
    assert speech.seconds == pytest.approx(0.04 + 2 + 0.42 + 2 + 0.1, abs=0.05)
    words = [word.text for word in speech.words]
    assert words[:5] == ["Guten", "Tag", "meine", "Damen", "Das"]
    assert speech.words[3].end == pytest.approx(2.04, abs=0.03)
    assert speech.words[4].start == pytest.approx(2.46, abs=0.03)
    assert any(phone.symbol == "ɡ" for phone in speech.phones)
    endpoint.answers = [(200, endpoint.usual, {}), (400, b"", {})]
    with pytest.raises(VoiceError):  # before anything of it flows
        next(voice.stream(TEXT))


def test_bare_samples_are_taken_too_and_all_languages(endpoint: Speaking, rows: Rows) -> None:
    endpoint.usual = hum(rate=16_000)
    folder = rows(url=endpoint.url, language="*", response_format="pcm", sample_rate=16_000)
    assert speaking(folder, "fr").speak("Bonjour à tous.").seconds == pytest.approx(2.14, abs=0.03)
    # A language that no other voice speaks: its words and its times are shared out by letters.
    speech = speaking(folder, "is").speak("Góðan daginn.")
    assert [word.text for word in speech.words] == ["Góðan", "daginn"]


def test_what_an_endpoint_is_asked_is_its_key(endpoint: Speaking, rows: Rows) -> None:
    told: list[dict[str, Any]] = [{}, {"voice": "onyx"}, {"model": "b"}, {"instructions": "Fast."}]
    keys = {speaking(rows(url=endpoint.url, **row)).key for row in told}
    assert len(keys) == 4
    same = [{"presenters": ["jane"]}, {"key_env": "STORYBOARD_VOICE_KEY_A"}]
    for row in same:
        keys.add(speaking(rows(url=endpoint.url, **row), STORYBOARD_VOICE_KEY_A="k").key)
    assert len(keys) == 4


def test_a_busy_endpoint_is_asked_again(endpoint: Speaking, rows: Rows) -> None:
    waited: list[float] = []
    endpoint.answers = [(429, b"", {"Retry-After": "7"}), (503, b"", {}), (502, b"", {})]
    voice = replace(
        speaking(rows(url=endpoint.url)), wait=lambda seconds, stopped: waited.append(seconds)
    )
    assert voice.speak("Guten Tag.").seconds > 1
    assert waited == [7.0, 3.0, 8.0]
    endpoint.answers = [(500, b"", {})] * 4
    with pytest.raises(VoiceError, match="the voice 'nova' answers 500"):
        voice.speak("Guten Tag.")


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (401, b'{"error": {"message": "Incorrect key: sk-12345678"}}', "401: Incorrect key: [red"),
        (401, b'{"error": "Basic c2stMTIzNDU2Nzg="}', "401: Basic [redacted]"),
        (400, b'{"detail": "no such\\nvoice"}', "answers 400"),
        (302, b"", "answers 302, and redirects are not followed"),
        (200, b"", "answers no sound: it is no WAV file"),
        (200, b'{"audio": "QQ=="}', "answers no sound: it is no WAV file"),
        (200, wav(b""), "is silent at 'Guten Tag.'"),
        (200, wav(bytes(96_000)), "is silent at 'Guten Tag.'"),
        (200, wav(hum(0.05)), "speaks 0.1 seconds for 'Guten Tag.'"),
        (200, wav(hum(60)), "speaks 60.0 seconds for 'Guten Tag.'"),
        (200, wav(hum())[:30], "it is a WAV file without samples"),
        (200, wav(hum(), channels=0), "0 channels"),
        (200, wav(hum(), kind=2), "samples of the kind 2"),
        (200, wav(np.full(24_000, np.nan, "<f4").tobytes(), kind=3, bits=32), "no sound"),
        (200, wav(np.full(24_000, 3e38, "<f4").tobytes(), kind=3, bits=32), "no sound"),
    ],
)  # fmt: skip
def test_what_is_no_speech_is_told_by_the_voices_name(
    endpoint: Speaking, rows: Rows, status: int, body: bytes, said: str
) -> None:
    endpoint.answers = [(status, body, {"Location": "http://127.0.0.1:1/"})]
    folder = rows(url=endpoint.url, key_env="STORYBOARD_VOICE_KEY")
    with pytest.raises(VoiceError) as failed:
        speaking(folder, STORYBOARD_VOICE_KEY="sk-12345678").speak("Guten Tag.")
    assert str(failed.value).startswith("the voice 'nova' ")
    assert said in str(failed.value)
    assert len(endpoint.asked) == 1


def test_sentences_at_several_rates_are_no_speech(endpoint: Speaking, rows: Rows) -> None:
    """They are joined as they come: one of them would be said in another pitch."""
    endpoint.answers = [(200, wav(hum(rate=16_000), rate=16_000), {})]
    with pytest.raises(VoiceError, match="'nova' speaks at 16000 and 24000 samples a second"):
        speaking(rows(url=endpoint.url)).speak(TEXT)


def test_an_endpoint_that_hangs_or_is_not_there_is_told(endpoint: Speaking, rows: Rows) -> None:
    endpoint.hangs = True
    voice = replace(speaking(rows(url=endpoint.url)), timeout=0.5)
    with pytest.raises(VoiceError, match=r"'nova' does not answer within 0\.5 s"):
        voice.speak("Guten Tag.")
    endpoint.held.set()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    with pytest.raises(VoiceError, match="'nova' cannot be reached"):
        speaking(rows(url=url)).speak("Guten Tag.")


def test_who_is_not_waited_for_any_more_gives_up(endpoint: Speaking, rows: Rows) -> None:
    endpoint.hangs = True
    stop = threading.Event()
    voice = replace(speaking(rows(url=endpoint.url)), timeout=600.0).until(stop.is_set)
    with ThreadPoolExecutor(1) as pool:
        spoken = pool.submit(voice.speak, "Eins. Zwei. Drei. Vier. Fünf.")
        eventually(lambda: len(endpoint.asked) == 2)
        stop.set()
        assert isinstance(spoken.exception(60), VoiceError)
    assert len(endpoint.asked) == 2


def test_a_size_that_is_not_true_does_no_harm() -> None:
    pcm = hum(0.5)
    for size in (0xFFFFFFFF, 0x7FFFFFFF, len(pcm)):
        assert len(sound_of(wav(pcm, size=size), "wav", RATE).samples) == 12_000
    stereo = np.repeat(np.frombuffer(pcm, "<i2"), 2).tobytes()
    assert len(sound_of(wav(stereo, channels=2), "wav", RATE).samples) == 12_000
    assert len(sound_of(pcm + b"\0", "pcm", RATE).samples) == 12_000
    for content in (b"{}", wav(pcm), b"<html>"):
        with pytest.raises(NoSound):
            sound_of(content, "pcm", RATE)


def test_narrations_go_to_hosts_that_the_operator_lists_alone(rows: Rows) -> None:
    folder = rows(url="https://api.example.com/v1/audio/speech")
    with pytest.raises(UsageError) as refused:
        voices(folder)
    assert refused.value.message == "the voice 'nova' would send narrations to 'api.example.com'"
    assert refused.value.hint == "allow that: STORYBOARD_VOICE_HOSTS=api.example.com"
    for hosts in ("api.example.com.evil.test", "example.com", "api.example.com:8443"):
        with pytest.raises(UsageError, match="would send narrations"):
            voices(folder, STORYBOARD_VOICE_HOSTS=hosts)
    assert voices(folder, STORYBOARD_VOICE_HOSTS="10.0.0.7:8880, api.example.com")
    assert voices(rows(url="http://10.0.0.7:8880/x"), STORYBOARD_VOICE_HOSTS="10.0.0.7:8880")
    with pytest.raises(UsageError, match="STORYBOARD_VOICE_HOSTS is not an address"):
        voices(folder, STORYBOARD_VOICE_HOSTS="a b")


def test_a_row_names_a_key_of_voices_and_no_other_secret(rows: Rows) -> None:
    """A folder that was downloaded could ask for any secret of the machine."""
    local = "http://127.0.0.1:9/v1/audio/speech"
    for name in ("KALTURA_ADMIN_SECRET", "sk-12345678", 77, "STORYBOARD_VOICE_KEYS"):
        with pytest.raises(UsageError, match="a key that is none of a voice's") as refused:
            voices(rows(url=local, key_env=name), KALTURA_ADMIN_SECRET="hunter2")
        assert str(name) not in refused.value.message
    folder = rows(url=local, key_env="STORYBOARD_VOICE_KEY_X")
    with pytest.raises(UsageError, match="STORYBOARD_VOICE_KEY_X, which is not set"):
        voices(folder)
    with pytest.raises(UsageError, match="no header can have"):
        voices(folder, STORYBOARD_VOICE_KEY_X="a\nb")
    folder = rows(url="http://10.0.0.7/x", key_env="STORYBOARD_VOICE_KEY")
    with pytest.raises(UsageError, match="without encryption"):
        voices(folder, STORYBOARD_VOICE_HOSTS="10.0.0.7:80", STORYBOARD_VOICE_KEY="hunter2")
    folder = rows(url=local, key_env="STORYBOARD_VOICE_KEY")
    assert "hunter2" not in repr(voices(folder, STORYBOARD_VOICE_KEY="hunter2hunter2"))
    assert "hunter2" not in repr(speaking(folder, STORYBOARD_VOICE_KEY="hunter2hunter2"))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "a voice without 'url' or 'voice'"),
        ({"url": "http://127.0.0.1/", "voice": ""}, "a voice without 'url' or 'voice'"),
        ({"url": "file:///etc/passwd"}, "has a 'url' that is not an address"),
        ({"url": "http://a:b@127.0.0.1/"}, "has a 'url' that has a login"),
        ({"url": 7}, "has the 'url' '7'"),
        ({"url": "http://127.0.0.1/", "langage": "de"}, "has the unknown setting 'langage'"),
        ({"url": "http://127.0.0.1/", "language": ["de"]}, "has the 'language'"),
        ({"url": "http://127.0.0.1/", "language": "../de"}, "has the 'language'"),
        ({"url": "http://127.0.0.1/", "response_format": "mp3"}, "the 'response_format' 'mp3'"),
        ({"url": "http://127.0.0.1/", "speed": 99}, "the 'speed' '99': expected 0.25 to 4"),
        ({"url": "http://127.0.0.1/", "presenters": "jane"}, "no list of names"),
        ({"file": "../x.onnx"}, "names the file '../x.onnx', which is no voice of the folder"),
    ],
)
def test_an_odd_row_is_refused_at_the_start_by_the_files_name(
    rows: Rows, row: dict[str, Any], said: str
) -> None:
    folder = rows(**row)
    with pytest.raises(UsageError) as refused:
        voices(folder)
    assert refused.value.message.startswith(f"'{folder / 'voices.json'}' ")
    assert said in refused.value.message


@pytest.mark.parametrize("text", ["[]", '{"voices": 7}', '{"voices": [7]}', "{", "[" * 100_000])
def test_an_odd_list_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "voices.json").write_text(text)
    with pytest.raises(UsageError, match=r"voices\.json' is no "):
        voices(tmp_path)


def test_a_sentence_that_was_paid_for_is_asked_for_once(
    endpoint: Speaking, rows: Rows, tmp_path: Path
) -> None:
    voice = speaking(rows(url=endpoint.url))
    cache = Cache(tmp_path / "cache")
    endpoint.answers = [(200, endpoint.usual, {}), (400, b"", {})]
    with pytest.raises(VoiceError):
        speak(cache, voice, TEXT)
    before = len(endpoint.asked)
    speech = speak(cache, voice, TEXT)
    assert len(endpoint.asked) == before + 1
    assert speech.seconds > 4
    speak(cache, voice, TEXT.replace("Damen", "Herren"))
    assert len(endpoint.asked) == before + 2
    assert endpoint.asked[-1][2]["input"] == "Guten Tag, meine Herren."


def test_a_sentence_that_was_kept_without_its_words_has_their_times(
    endpoint: Speaking, rows: Rows
) -> None:
    """Of a version that told no times where words and groups of sounds differ in number."""

    class Kept:
        def spoken(self, said: Sequence[Any], speak: Callable[[], Speech | None]) -> Speech | None:
            new = speak()
            return new and replace(new, words=())

    voice = speaking(rows(url=endpoint.url))
    kept, new = voice.keeping(Kept()).speak(TEXT), voice.speak(TEXT)
    assert kept.words == new.words
    assert len(new.words) > 4
