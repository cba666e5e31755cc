"""A v3 reply as Kaltura's XML, which is what a call gets that names no format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from xml.sax.saxutils import escape

_NOT_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot say, however it is written."""


def xml_of(value: Any, seconds: float) -> str:
    """Return the document of a result that took so long; an error is one inside the result."""
    result = "".join(_written(_in_its_place(value)))
    return (
        f'<?xml version="1.0" encoding="utf-8"?><xml><result>{result}</result>'
        f"<executionTime>{seconds:.6f}</executionTime></xml>"
    )


def _written(value: Any) -> Iterator[str]:
    """Yield the inside of an element; a field that is null is left out, as Kaltura does."""
    match value:
        case None:
            return
        case bool():
            yield "1" if value else "0"
        case Mapping():
            for name, inner in value.items():
                if inner is not None:
                    yield f"<{name}>"
                    yield from _written(_arguments(inner) if name == "args" else inner)
                    yield f"</{name}>"
        case list():
            for item in value:
                yield "<item>"
                yield from _written(_in_its_place(item))
                yield "</item>"
        case _:
            yield escape(_NOT_XML.sub("\ufffd", str(value)))


def _in_its_place(value: Any) -> Any:
    """Return an answer; an error is one inside of it."""
    failed = isinstance(value, Mapping) and value.get("objectType") == "KalturaAPIException"
    return {"error": value} if failed else value


def _arguments(values: Any) -> list[dict[str, Any]]:
    """Return an error's `args` as the objects that they are in XML."""
    named = values.items() if isinstance(values, Mapping) else ()
    return [{"objectType": "KalturaApiExceptionArg", "name": n, "value": v} for n, v in named]
