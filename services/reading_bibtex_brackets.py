"""BibTeX entries in round brackets, ``@book( … )``, written as the parser knows them."""

import re

_START = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+\s*[({]", re.MULTILINE)
_SIGNS = re.compile(r'\\.|[{}"()]', re.DOTALL)


def with_braces(text: str) -> str:
    """Write ``@book(…)`` as ``@book{…}``; every other sign stays, and every line its number.

    The bracket that closes an entry is the first outside braces and quotation marks, as BibTeX
    itself reads it. An entry without one becomes a broken entry, which the parser lists. Takes
    time in proportion to the text: an entry is looked through up to the next one's beginning.
    """
    starts = [found.end() for found in _START.finditer(text)]
    ends = [*starts, len(text)][1:]
    changes: dict[int, str] = {}
    for start, end in zip(starts, ends, strict=True):
        if text[start - 1] == "(":
            changes[start - 1] = "{"
            close = _closing(text, start, end)
            if close is not None:
                changes[close] = "}"
    return _changed(text, changes)


def _changed(text: str, changes: dict[int, str]) -> str:
    pieces, last = [], 0
    for place in sorted(changes):
        pieces += [text[last:place], changes[place]]
        last = place + 1
    return "".join([*pieces, text[last:]])


def _closing(text: str, start: int, end: int) -> int | None:
    depth, quoted = 0, False
    for found in _SIGNS.finditer(text, start, end):
        sign = found.group()
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif sign == '"' and depth == 0:
            quoted = not quoted
        elif sign == ")" and depth == 0 and not quoted:
            return found.start()
    return None
