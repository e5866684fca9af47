"""A printed author name cut into its written parts: case, accents, marks and titles are gone."""

import re
import unicodedata
from dataclasses import dataclass

# Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ß": "ss"}
)
# McCune-Reischauer marks ㅓ and ㅡ by a breve, in print also by a caron.
_BREVES = str.maketrans({"ŏ": "eo", "ŭ": "eu", "ǒ": "eo", "ǔ": "eu"})
_BREVE_SIGNS = frozenset("ŏŭǒǔŎŬǑǓ\u0306\u030c")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|\{[^}]*\}")
_APOSTROPHE = re.compile(r"['’‘`´ʼʻ]")
_HYPHEN = re.compile(r"[‐‑‒–—−]")
_OTHER = re.compile(r"[^\w.,\- ]|[\d_]")
_TITLES = frozenset({"dr", "prof", "professor", "phd", "박사", "교수", "박사님", "교수님"})
_SUFFIXES = _TITLES | {"jr", "sr", "ii", "iii", "md", "msc"}

Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """The written parts of a name.

    Parameters
    ----------
    groups
        What stands between spaces, each cut at hyphens and full stops: "S.-Y. Kim" is
        (("s", "y"), ("kim",)).
    family
        How many of the first groups are the family name, as a comma says; 0 when unknown.
    """

    groups: tuple[Group, ...]
    family: int = 0


def printed(name: str, *, breves: bool = False) -> Printed:
    """Cut a name into its parts; with ``breves``, ŏ and ŭ are read as Korean eo and eu."""
    text = folded(name, breves=breves)
    before, *after = [part for part in text.split(",") if part.strip(" .-")] or [""]
    after = [part for part in after if not _is_suffix(part, whole=len(before.split()) > 1)]
    family = _groups(before)
    given = _groups(" ".join(after)) if after else ()
    return Printed(family + given, len(family) if given else 0)


def has_breves(name: str) -> bool:
    """Tell whether a name has a letter that Korean names read otherwise than other names."""
    return not _BREVE_SIGNS.isdisjoint(name)


def folded(name: str, *, breves: bool = False) -> str:
    """Return a name in small plain letters, with only spaces, hyphens, stops and commas kept."""
    if name.isascii():
        return _OTHER.sub(" ", _APOSTROPHE.sub("", _ASIDE.sub(" ", name.lower())))
    text = unicodedata.normalize("NFKC", name).casefold()
    text = _HYPHEN.sub("-", _APOSTROPHE.sub("", _ASIDE.sub(" ", text)))
    if breves:
        text = unicodedata.normalize("NFC", text).translate(_BREVES)
    apart = unicodedata.normalize("NFD", text.translate(_PLAIN))
    bare = "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")
    return _OTHER.sub(" ", unicodedata.normalize("NFC", bare))


def _is_suffix(part: str, *, whole: bool) -> bool:
    """Tell a title behind a comma; "Kim, MD" may be initials, "Ann Kim, MD" is none."""
    known = _SUFFIXES if whole else _SUFFIXES - {"md", "sr", "jr", "msc"}
    return "".join(sign for sign in part if sign.isalpha()) in known


def _groups(text: str) -> tuple[Group, ...]:
    cut = (
        tuple(part for part in group.replace(".", "-").split("-") if part) for group in text.split()
    )
    groups = tuple(group for group in cut if group)
    kept = tuple(group for group in groups if not set(group) <= _TITLES)
    return kept or groups
