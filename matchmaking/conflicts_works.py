"""When two printed publications are the same one: by DOI, or by title."""

import re
import unicodedata
from functools import lru_cache

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_TAG = re.compile(r"</?[a-zA-Z]{1,6}>")
_LEAST_LETTERS = 16
# A Hangul syllable says about as much as two Latin letters.
_HANGUL_WORTH = 2
# The same works are looked at for every list in which their authors stand.
_KEPT = 20_000


@lru_cache(_KEPT)
def doi_key(doi: str) -> str:
    """Return a DOI in one spelling, as DOIs do not tell case; empty when there is none.

    >>> doi_key("https://doi.org/10.1000/ABC.1") == doi_key("doi: 10.1000/abc.1")
    True
    """
    found = _DOI.search(doi.casefold())
    return found.group().rstrip(".,;") if found else ""


@lru_cache(_KEPT)
def title_key(title: str) -> str:
    """Return a title's letters and digits alone; empty when it is too short to tell two works.

    Case, accents, punctuation, markup and the width or place of a digit do not count: "HfO<sub>2
    </sub> memristors" is "HfO₂ Memristors".
    """
    text = _TAG.sub("", title).casefold()
    if not text.isascii():
        # Once more in small letters: a mathematical capital becomes an ordinary one.
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = unicodedata.normalize("NFC", "".join(filter(str.isalnum, text)))
    hangul = 0 if bare.isascii() else sum("가" <= sign <= "힣" for sign in bare)
    return bare if len(bare) + (_HANGUL_WORTH - 1) * hangul >= _LEAST_LETTERS else ""
