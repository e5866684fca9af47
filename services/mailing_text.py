"""The texts of mailings: a short list of words in braces, each replaced by plain text."""

import re
from collections.abc import Mapping

PLACEHOLDERS = ("name", "edition", "partners", "meetings", "deadline", "link")
_IN_BRACES = re.compile(r"\{\s*([^{}\s][^{}\n]{0,40}?)\s*\}")
_BREAKS = re.compile(r"\s+")


def unknown_placeholders(*texts: str) -> tuple[str, ...]:
    """List what stands in braces and is no placeholder, each once."""
    found = (name for text in texts for name in _IN_BRACES.findall(text))
    return tuple(dict.fromkeys(name for name in found if name not in PLACEHOLDERS))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values in; what a value holds is never read as a placeholder, nor breaks a line."""

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name not in PLACEHOLDERS:
            return found[0]
        return _BREAKS.sub(" ", values.get(name, "")).strip()

    return _IN_BRACES.sub(value, text)
