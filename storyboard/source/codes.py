"""Every code of reading and of shape, and what it means; other parts keep tables of their own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "text-encoding": "the file is not UTF-8",
        "text-control": "a control character, a lone surrogate or another invisible stands there",
        "text-size": "the file is larger than the reader takes",
        "yaml-syntax": "the text is not YAML",
        "yaml-empty": "the file has nothing in it",
        "yaml-depth": "lists and mappings are nested too deep",
        "yaml-nodes": "the file has too many values",
        "yaml-scalar-size": "one text is too long",
        "yaml-duplicate-key": "a mapping has the same key twice",
        "yaml-key": "a key is not a text",
        "yaml-alias": "anchors and aliases are not part of the language",
        "yaml-merge": "merge keys are not part of the language",
        "yaml-tag": "tags are not part of the language",
        "yaml-directive": "directives are not part of the language",
        "yaml-documents": "the file holds more than one document",
        "yaml-number": "a number that readers of YAML understand differently, or that is too large",
        "yaml-unquoted-expression": "a value that starts with '{{' needs quotes",
        "yaml-statement": "'{%' starts a template statement, and there are only expressions",
        "yaml-comment-in-expression": "' #' started a comment inside an expression",
        "yaml-comment-for-value": "'#' made a comment of what should have been the value",
        "unknown-key": "a key that does not belong there",
        "missing-key": "a key that has to be there is not",
        "wrong-type": "a value of another kind than the key takes",
        "not-a-choice": "a value that is not among the ones allowed",
        "bad-format": "a text that is not written as the key wants it",
        "out-of-range": "a number beyond what the key takes",
        "wrong-length": "too few or too many items or characters",
        "repeated-item": "a list holds the same item twice",
        "not-together": "keys that exclude each other",
        "secret-in-file": "a secret stands in the file, where only its variable's name belongs",
        "bad-shape": "the value does not have the shape that the key takes",
    }
)
"""Code to one line of explanation."""
