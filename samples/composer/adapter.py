"""Have a language model write the scenes: between the local studio and an OpenAI-compatible server.

    LLM_URL=http://127.0.0.1:11434/v1 LLM_MODEL=llama3.1 python samples/composer/adapter.py
    STORYBOARD_COMPOSER_URL=http://127.0.0.1:8099/compose storyboard apply

Needs Python alone. It listens on this machine only, and keeps nothing. `LLM_KEY` is sent as a
bearer token where the server asks for one. The studio refuses what is wrong with an answer, so the
adapter only asks again, once, where the length is wrong.
"""

from __future__ import annotations

import json
import os
import re
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MOST_BYTES = 50_000_000
"""Of what the studio may ask: five transcripts of a day each are less."""

FAR_SHARE = 0.2
"""How far from the words that were asked for an answer may be before it is asked for again."""

RULES = """\
You write the narration of a short video in which a presenter speaks. Answer with one JSON object
and nothing else:
{"name": "...", "scenes": [{"narration": "...", "entryId": "...", "startTime": 0}]}
Write in the language "LANGUAGE". Write about WORDS words (CHARACTERS characters) in all, in COUNT
scenes at most, each of two to four whole sentences. Use only what the sources say. Give a scene an
entryId and a startTime, in seconds, where that source should be shown while the scene is spoken;
leave both out in the first and in the last scene, and for sources without seconds."""


def compose(asked: dict[str, Any], ask: Any) -> dict[str, Any]:
    """Return the studio's answer; `ask` sends messages to the model and returns its text."""
    messages = [
        {"role": "system", "content": rules(asked)},
        {"role": "user", "content": material(asked)},
    ]
    text = ask(messages)
    told = read(text)
    words = sum(len(re.findall(r"\w+", scene["narration"])) for scene in told["scenes"])
    wanted = asked["words"]
    # Chinese and Japanese have no blanks to count words by.
    has_words = any(" " in scene["narration"] for scene in told["scenes"])
    if has_words and abs(words - wanted) > FAR_SHARE * wanted:
        again = f"These are {words} words. Write the same JSON again with about {wanted} words."
        answer = {"role": "assistant", "content": text}
        told = read(ask([*messages, answer, {"role": "user", "content": again}]))
    shown = {source["entryId"]: source["seconds"] for source in asked["sources"]}
    scenes = [scene_for_studio(scene, shown) for scene in told["scenes"][: asked["maxScenes"]]]
    return {"name": told.get("name"), "scenes": scenes}


def rules(asked: dict[str, Any]) -> str:
    """Return what the model has to keep to."""
    text = RULES.replace("LANGUAGE", asked["language"]).replace("WORDS", str(asked["words"]))
    text = text.replace("CHARACTERS", str(asked["characters"]))
    return text.replace("COUNT", str(asked["maxScenes"]))


def material(asked: dict[str, Any]) -> str:
    """Return the brief and the sources, with the second in which each caption begins."""
    lines = [f"Brief: {asked['userBrief'] or 'none'}"]
    for source in asked["sources"]:
        lines.append(f"\nSource {source['entryId']} ({source['name']}, {source['seconds']:.0f} s):")
        lines += [f"[{cue['start']:.0f}] {cue['text']}" for cue in source["captions"]]
        lines.append(source["text"])
    return "\n".join(lines)


def read(text: str) -> dict[str, Any]:
    """Return the JSON object in a model's text, which may have words or a fence around it."""
    told = json.loads(text[text.index("{") : text.rindex("}") + 1])
    scenes = [{**scene, "narration": str(scene["narration"]).strip()} for scene in told["scenes"]]
    return {"name": told.get("name"), "scenes": [scene for scene in scenes if scene["narration"]]}


def scene_for_studio(scene: dict[str, Any], shown: dict[str, float]) -> dict[str, Any]:
    """Return a scene in the API's words; b-roll that no source has is left out."""
    narration = {"text": scene["narration"]}
    entry, start = scene.get("entryId"), scene.get("startTime")
    if isinstance(start, int | float) and 0 <= start < shown.get(str(entry), 0):
        broll = {"entryId": entry, "startTime": start}
        return {"layoutType": "broll", "narration": narration, "broll": broll}
    return {"layoutType": "full-screen", "narration": narration}


def ask_server(messages: list[dict[str, str]]) -> str:
    """Return what an OpenAI-compatible server answers to messages."""
    url = os.environ.get("LLM_URL", "http://127.0.0.1:11434/v1").rstrip("/")
    body = {
        "model": os.environ.get("LLM_MODEL", "llama3.1"),
        "messages": messages,
        "temperature": 0.3,
    }
    headers = {"Content-Type": "application/json"}
    if key := os.environ.get("LLM_KEY"):
        headers["Authorization"] = f"Bearer {key}"
    request = urllib.request.Request(f"{url}/chat/completions", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=280) as reply:
        return str(json.load(reply)["choices"][0]["message"]["content"])


class Handler(BaseHTTPRequestHandler):
    """Answers the studio at `/compose`."""

    def do_POST(self) -> None:
        """Write one composition."""
        length = int(self.headers.get("Content-Length", 0))
        if self.path != "/compose":
            self.answer(404, {})
        elif self.headers.get("Origin"):  # a page in a browser, which has no business here
            self.answer(403, {})
        elif not 0 < length <= MOST_BYTES:
            self.answer(413, {})
        else:
            self.answer_composition(length)

    def answer_composition(self, length: int) -> None:
        """Have the model write, and answer with the server's status where it refuses."""
        try:
            self.answer(200, compose(json.loads(self.rfile.read(length)), ask_server))
        except urllib.error.HTTPError as cause:
            self.log_message("the server answered %s", cause.code)
            self.answer(cause.code, {})
        except (OSError, LookupError, TypeError, ValueError) as cause:
            self.log_message("no composition: %s", cause)
            self.answer(502, {})

    def answer(self, status: int, told: dict[str, Any]) -> None:
        """Send JSON."""
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main() -> None:
    """Serve until the program is ended."""
    port = int(os.environ.get("PORT", "8099"))
    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        print(f"composing at http://127.0.0.1:{server.server_port}/compose", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
