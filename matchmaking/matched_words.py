"""Words that two texts share, to be marked where both stand side by side.

Public: ``Part``, ``matched_parts(text, other)``, ``excerpt(text, other, limit)``, ``stem(word)``,
``is_common(word)``. This only helps a reader to see; no score comes from it.
"""

import re
from dataclasses import dataclass

WORD = re.compile(r"\w+(?:-\w+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?。])\s+")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
# What a Korean noun may end with, longest first; two syllables of the word itself must stay.
_PARTICLES = re.compile(
    r"(?<=[\uac00-\ud7a3]{2})(?:으로|에서|에게|까지|부터|들의|들을|은|는|이|가|을|를|의|에|로|과|와|도)$"
)
_COMMON = frozenset(
    """
    about above after again also although among an and another any are around as at be because
    been before being below between both but by can cannot could did do does doing done down
    during each either else etc even every few for from further get give given had has have having
    he help here how however if in into is it its itself just know known large last less like long
    look low made main make many may me might more most much must my need needs new next no not
    now of off often on once one only onto or other others our out over own per possible same
    several should since small so some still such take than that the their them then there these
    they thing this those three through thus to too two under until up upon us use used useful
    uses using very via want was way we well were what when where whether which while who whose
    why will with within without work working works would year years yet you your
    """.split()  # noqa: SIM905 - a list to read, not a list of a hundred quoted words
)
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text, and whether it is a word that the other text has too."""

    text: str
    found: bool


def matched_parts(text: str, other: str) -> tuple[Part, ...]:
    """Cut a text into pieces, so that the words it shares with another stand alone.

    Joined again, the pieces are the text. Common words, and short ones that are no symbols such as
    GaN or 6G, are not marked.
    """
    there = _stems(other)
    parts: list[Part] = []
    end = 0
    for match in WORD.finditer(text):
        if _tells(match[0]) and stem(match[0]) in there:
            if match.start() > end:
                parts.append(Part(text[end : match.start()], found=False))
            parts.append(Part(match[0], found=True))
            end = match.end()
    if end < len(text) or not parts:
        parts.append(Part(text[end:], found=False))
    return tuple(parts)


def excerpt(text: str, other: str, limit: int = 160) -> str:
    """Return the sentence of a text that shares most words with another, cut at a word's end.

    Parameters
    ----------
    limit
        How many characters at most, the sign of omission included.
    """
    sentences = [part for part in _SENTENCE_END.split(text.strip()) if part]
    there = _stems(other)
    best = max(sentences, key=lambda part: len(_stems(part) & there), default="")
    if len(best) <= limit:
        return best
    cut = best[: limit - 1]
    kept = cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut
    return f"{kept.rstrip(' ,;:')}…"


def stem(word: str) -> str:
    """Return what forms of a word have in common: lower case, no plural's s, no Korean particle."""
    low = word.lower()
    if _HANGUL.search(low):
        return _PARTICLES.sub("", low)
    if len(low) > _SHORT and low.endswith("s") and not low.endswith(("ss", "us", "is")):
        return low[:-1]
    return low


def is_common(word: str) -> bool:
    """Tell whether a word is one that every text has."""
    return word.lower() in _COMMON


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in WORD.findall(text) if _tells(word))


def _tells(word: str) -> bool:
    """Whether it says something that two texts have this word in common."""
    if is_common(word) or word.replace("-", "").isdecimal():
        return False
    if len(word) >= _SHORT or _HANGUL.search(word):
        return len(stem(word)) > 1
    # Short ones are symbols when they hold a capital after the first letter, or a digit.
    return any(sign.isupper() or sign.isdigit() for sign in word[1:])
