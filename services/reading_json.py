"""JSON in which every object remembers the line on which it begins."""

import json
import re
from typing import Any

from services.reading import Unreadable

LINE = "\N{SYMBOL FOR NULL}line"
"""The key of the line in each object; no registry writes a key like it."""

DEEPEST = 60
_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|\{\s*\}|[{}\[\]\n]')


def load(text: str) -> Any:  # noqa: ANN401 - whatever the JSON holds
    """Read JSON.

    Raises
    ------
    Unreadable
        When it is not valid, with the line, or nested deeper than ``DEEPEST``.
    """
    numbered = _numbered(text)
    try:
        json.loads(text)
        return json.loads(numbered)
    except json.JSONDecodeError as error:
        raise Unreadable("json-broken", error.lineno, column=error.colno) from None
    except ValueError:
        # A number of more digits than Python reads.
        raise Unreadable("json-broken", 1, column=1) from None


def line_of(node: object) -> int:
    """Give the line on which an object begins; 0 for anything else."""
    return int(node.get(LINE, 0)) if isinstance(node, dict) else 0


def _numbered(text: str) -> str:
    """Write its line into each object, and refuse to go too deep."""
    line = depth = 0
    parts: list[str] = []
    end = 0
    line = 1
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign[0] in "{[" and len(sign) == 1:
            depth += 1
            if depth > DEEPEST:
                raise Unreadable("too-deep", line, limit=DEEPEST)
        elif sign in "}]":
            depth -= 1
        parts.append(text[end : token.end()])
        if sign == "{":
            parts.append(f'"{LINE}":{line},')
        line += sign.count("\n")
        end = token.end()
    return "".join([*parts, text[end:]])
