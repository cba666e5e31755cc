"""A person who renames a video again and again, at whatever server is there.

`python -m tests.crash.editor URL KS VIDEO`: the names are numbers. It says which it sends, and
which one was answered; one that was not is sent again, as a person would.
"""

from __future__ import annotations

import json
import sys
import time
from http.client import HTTPException
from typing import Final
from urllib.request import Request, urlopen

SENDS: Final = "sends"
KEPT: Final = "kept"
_PATIENCE: Final = 600.0


def is_answered(url: str, ks: str, video: str, name: str) -> bool:
    """Rename the video once; return whether the answer says so."""
    told = json.dumps({"id": video, "name": name}).encode()
    headers = {"Authorization": f"Bearer {ks}", "Content-Type": "application/json"}
    try:
        with urlopen(Request(f"{url}/api/v1/video/update", told, headers), None, _PATIENCE) as got:
            return bool(json.load(got)["name"] == name)
    except (OSError, HTTPException):
        return False


def main() -> None:
    """Rename until somebody ends it."""
    url, ks, video = sys.argv[1:]
    number = 1
    while True:
        print(SENDS, number, flush=True)
        if is_answered(url, ks, video, str(number)):
            print(KEPT, number, flush=True)
            number += 1
        time.sleep(0.1)


if __name__ == "__main__":
    main()
