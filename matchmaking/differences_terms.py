"""The terms of somebody's texts that weigh most and do not stand in one's own.

Public: ``Rarity``, ``new_terms(mine, theirs, told, rarity)``.

A term is a word or two neighbours, weighed as in TF-IDF (Salton and Buckley, 1988): by how rare it
is and by the root of how often it stands there. Only the scripts are compared in which both write:
that a Korean word is missing in an English text says nothing.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from math import sqrt

from matchmaking.matched_words import is_common, stem
from matchmaking.passages import has_hangul

Rarity = Callable[[str], float]
"""How rare a word in lower case is, from 0 to 1."""

MOST = 5
_RARE = 0.86
_PAIR = 1.5
_SYMBOL = 1.25
_OFTEN = 9
_LEAST_LETTERS = 5
_TOKEN = re.compile(r"[^\W\d_][\w-]*\w|\S")
_LATIN = re.compile(r"[a-z]{3}")
# Words that describe rather than name: adverbs, participles and verbs made of nouns.
_NO_NAME = re.compile(r"(?:ly|ed|i[sz]es?|i[sz]ing|able)$")
_UNIT = re.compile(r"[fpnumkMGTµμ]?(?:A|V|W|Hz|Pa|eV|K|J|F|H|m|s|g|l|dB|dBm|bar|Ω|Ohm)h?$")
_SENTENCE_ENDS = frozenset(".!?:;")
# A Korean verb or adjective, most words of which end so; what is left is taken for a noun.
_KOREAN_VERB = re.compile(
    r"(?:다|고|며|면서?|지만|는데|어서|아서|여서|도록|거나|하는|되는|있는|없는|[가-힣]는|하여|해|해서|하게|"
    r"되어|된|될|한|할|했던|적|적인|적으로|이며|이고|인|운|던|려는|려고|하던|하기|되기|으며|저희|우리|제가|저는)$"
)
# Particles that agree with the last sound before them, so that the end of a noun is not cut off.
_PARTICLES = re.compile(r"(?<=[가-힣]{2})(?:으로|에서|에게|까지|부터|[을를은는이가과와의에])$")
_AFTER_CONSONANT, _AFTER_VOWEL = frozenset("을은이과"), frozenset("를는가와")
_KOREAN_COMMON = frozenset(
    """
    연구 개발 기술 방법 결과 사용 이용 활용 제공 지원 경험 공동 협력 분야
    관련 필요 가능 통해 위해 대해 대한 또는 또한 그리고 다양 현재 기반 기존
    새로 문제 목표 중심 과정 조건 이상 이하 정도 모두 함께 실제 동료 단계
    유럽 한국 국내 논문 분석 측정 데이터 평가 설계 시험 시스템 소자 특히
    다음 이후 이를 이는 구조 온도 우리 저희 여러 가장 최근 각각 경우 부분
    수준 작업 장비 공정
    """.split()  # noqa: SIM905 - a list to read, not a list of quoted words
)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it is written, and without endings; ``bare``: it had none."""

    text: str
    stem: str
    bare: bool
    weight: float


@dataclass(slots=True)
class _Term:
    """A word or a pair: how often it stands there, and how it is written."""

    stems: tuple[str, ...]
    weight: float = 0.0
    spellings: Counter[str] = field(default_factory=Counter)

    @property
    def worth(self) -> float:
        times = min(self.spellings.total(), _OFTEN)
        return self.weight * sqrt(times)


def new_terms(
    mine: Iterable[str], theirs: Iterable[str], told: Collection[str], rarity: Rarity
) -> tuple[str, ...]:
    """Name at most five terms of theirs that are not mine, the weightiest first.

    Parameters
    ----------
    mine, theirs
        The texts of both; of theirs, those that the reader may see.
    told
        What is said of them already, as topics: no term repeats only that.
    """
    own = " ".join(mine)
    known = {stem(word) for word in _words(own)}
    scripts = {korean for korean, there in ((True, has_hangul(own)), (False, _latin(own))) if there}
    said = {stem(word) for text in told for word in _words(text)}
    terms = [
        term
        for term in _terms(theirs, rarity)
        if any(one not in known for one in term.stems)
        and not set(term.stems) <= said | known
        and {has_hangul(one) for one in term.stems} <= scripts
    ]
    return tuple(_chosen(sorted(terms, key=lambda term: -term.worth)))


def _chosen(terms: Iterable[_Term]) -> Iterator[str]:
    """Take the first terms that have no word in common."""
    taken: set[str] = set()
    count = 0
    for term in terms:
        if count < MOST and taken.isdisjoint(term.stems):
            taken.update(term.stems)
            count += 1
            yield term.spellings.most_common(1)[0][0]


def _terms(texts: Iterable[str], rarity: Rarity) -> Iterable[_Term]:
    found: dict[tuple[str, ...], _Term] = {}
    for text in texts:
        words = _weighed(_TOKEN.findall(text), rarity)
        for word in words:
            _count(found, word.weight, word)
        for one, other in pairwise(words):
            # A Korean word with a particle ends its phrase: it is no part of a compound.
            if one.weight and other.weight and (not has_hangul(one.text) or one.bare):
                _count(found, _PAIR * (one.weight + other.weight) / 2, one, other)
    return found.values()


def _count(found: dict[tuple[str, ...], _Term], weight: float, *words: _Word) -> None:
    if weight < _RARE:
        return
    stems = tuple(word.stem for word in words)
    term = found.setdefault(stems, _Term(stems, weight))
    term.spellings[" ".join(word.text for word in words)] += 1


def _weighed(tokens: list[str], rarity: Rarity) -> list[_Word]:
    """Weigh words, and write them as within a sentence: names such as FeFET keep capitals."""
    words: list[_Word] = []
    for before, token in pairwise([".", *tokens]):
        text = _noun(token) if has_hangul(token) else token
        if before in _SENTENCE_ENDS and token[1:].islower():
            text = token.lower()
        words.append(_Word(text, stem(token), text == token, _weight(token, text, rarity)))
    return words


def _weight(token: str, noun: str, rarity: Rarity) -> float:
    """Weigh a word by its rarity; 0 when it names nothing."""
    if has_hangul(token):
        names = len(noun) > 1 and noun not in _KOREAN_COMMON and not _KOREAN_VERB.search(token)
        return 1.0 if names else 0.0
    symbol = any(sign.isupper() for sign in token[1:])
    if is_common(token) or _UNIT.match(token) or (len(token) < _LEAST_LETTERS and not symbol):
        return 0.0
    if _NO_NAME.search(token.lower()):
        return 0.0
    return _SYMBOL if symbol else rarity(stem(token))


def _noun(word: str) -> str:
    """Take the particle off a Korean word, if it agrees with the sound before it."""
    noun = _PARTICLES.sub("", word)
    particle = word[len(noun) :]
    closed = (ord(noun[-1]) - ord("가")) % 28 > 0
    if (particle in _AFTER_CONSONANT and not closed) or (particle in _AFTER_VOWEL and closed):
        return word
    return noun


def _words(text: str) -> list[str]:
    return [token for token in _TOKEN.findall(text) if len(token) > 1]


def _latin(text: str) -> bool:
    return _LATIN.search(text.lower()) is not None
