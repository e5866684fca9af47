"""Which Hangul syllables a Latin spelling in a Korean given name may stand for.

Few Koreans write their names by the book. Three customs meet in author lists: the *Revised
Romanization of Korean* (2000: 서연 is Seo-yeon), *McCune-Reischauer* (1939: Sŏ-yŏn, in print often
So-yon, since its breves are lost) and free spellings after the English ear (Suh-youn, 준 as Joon,
우 as Woo). Here a spelling has its *usual* readings - by the rules of 2000 or by a common free
spelling - and *rare* ones, which mostly stem from McCune-Reischauer without its breves and marks.

Only syllables that occur in given names are read freely, so that "yon" is 연 and not 욘 alone.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from matchmaking.author_names_hangul import Sounds, is_hangul, plain_syllables, sounds

IN_NAMES = (
    "가각간갑강개건걸결겸경계고곤골공관광교구국군권귀규균근금기길나낙난남내녕노누늘다단달담대덕도돈동두득든들"
    "라락란람랑래량려련렬령례로록론롱루류륜률름리린림마만말매맥명모목무문물미민바방배백범법변별병보복본봄봉부분비빈빛"
    "사산삼상새샛샘서석선설섭성세소솔송수숙순술숭슬승시식신실심아안애양어언여연열엽영예오옥온완용우욱운웅원월위유윤율융은을"
    "응의이익인일임자작장재전정제조종주준중지진찬창채천철청초총춘충치탁태택평표필하학한함해행향허헌혁현협형혜호홍화환황회"
    "효후훈휘흠흥희"
)
"""Syllables of given names, native ones too; others are read in Revised Romanization only."""

_USUAL_ONSETS = {"g": "g k", "r": "r l"}
_RARE_ONSETS = {"d": "t", "b": "p", "j": "ch z", "p": "ph"}
_USUAL_VOWELS = {
    "wo": "weo",
    "u": "oo",
    "yu": "yoo",
    "ui": "eui",
    "i": "ee",
}
_USUAL_OPEN = {"a": "ah", "eo": "uh", "o": "oh", "yu": "you"}
_USUAL_CLOSED = {"eo": "u ou", "yeo": "yu you yeou"}
_RARE_VOWELS = {
    "ae": "ai e ay",
    "e": "ae",
    "eo": "o u eu er",
    "yeo": "yo yeu yu ye",
    "u": "ou",
    "yu": "you yew",
    "eu": "u",
    "ui": "i",
    "i": "ie",
}
_USUAL_CODAS = {"k": "g", "p": "b"}
_RARE_CODAS = {"k": "ck", "l": "ll r", "t": "s d"}
# What the rules above do not reach, syllable by syllable.
_ALSO = {
    "경": "kyung gyung",
    "근": "kun",
    "빈": "bean",
    "빛": "bit",
    "승": "sung",
    "세": "sei",
    "연": "yeun youn",
    "예": "yea",
    "우": "woo wu",
    "욱": "wook wuk",
    "운": "woon",
    "윤": "youn",
    "은": "un",
    "이": "yi",
    "준": "june",
    "진": "jean gin",
    "현": "hyoun",
    "혜": "hae hea hey",
    "화": "wha",
    "환": "whan",
    "휘": "whi",
    "희": "hee hi hui heui",
}


@dataclass(frozen=True, slots=True)
class Readings:
    """The Hangul syllables that a spelling may stand for; no syllable is in both."""

    usual: frozenset[str]
    rare: frozenset[str]


def readings(spelling: str) -> Readings | None:
    """Read one syllable in small Latin letters, a Hangul one too; None when it is none.

    >>> sorted(readings("sung").usual)
    ['성', '숭', '승']
    """
    found = _table().get(spelling)
    if found is None and len(spelling) == 1 and is_hangul(spelling):
        found = Readings(frozenset((spelling,)), frozenset())
    return found


def usual_readings() -> Iterator[tuple[str, frozenset[str]]]:
    """Give every spelling that is known, with its usual readings."""
    return ((spelling, found.usual) for spelling, found in _table().items())


@cache
def first_letters(syllable: str) -> frozenset[str]:
    """Return the initials that a Hangul syllable may have in print, as ``initial`` writes them."""
    return frozenset(initial(spelling) for spelling in _usual(syllable)) | frozenset(
        initial(spelling) for spelling in _rare(syllable)
    )


def initial(spelling: str) -> str:
    """Return a spelling's first letter; of letters that stand for one Korean sound, the same."""
    return spelling[0].translate(_SAME_SOUND)


_SAME_SOUND = str.maketrans("ktpczlw", "gdbjjru")


@cache
def _table() -> dict[str, Readings]:
    usual: defaultdict[str, set[str]] = defaultdict(set)
    rare: defaultdict[str, set[str]] = defaultdict(set)
    for syllable in plain_syllables():
        usual[sounds(syllable).spelling].add(syllable)
    for syllable in IN_NAMES:
        for spelling in _usual(syllable):
            usual[spelling].add(syllable)
        for spelling in _rare(syllable):
            rare[spelling].add(syllable)
    return {spelling: _settled(usual[spelling], rare[spelling]) for spelling in {*usual, *rare}}


def _settled(usual: set[str], rare: set[str]) -> Readings:
    """Let rare readings count as usual where the usual ones are no names: "yon" is 연, not 욘."""
    if usual.isdisjoint(IN_NAMES):
        usual, rare = usual | rare, set()
    return Readings(frozenset(usual), frozenset(rare - usual))


def _usual(syllable: str) -> set[str]:
    found = sounds(syllable)
    return {found.spelling, *_ALSO.get(syllable, "").split(), *_combine(found, rare=False)}


def _rare(syllable: str) -> set[str]:
    return set(_combine(sounds(syllable), rare=True)) - _usual(syllable)


def _combine(found: Sounds, *, rare: bool) -> Iterator[str]:
    """Write the sounds in every custom that is known for each of them."""
    for onset in _onsets(found, rare):
        for vowel in _vowels(found, rare):
            for coda in _codas(found, rare):
                yield onset + vowel + coda


def _onsets(found: Sounds, rare: bool) -> list[str]:
    some = _USUAL_ONSETS.get(found.onset, found.onset).split() or [""]
    if found.onset == "s" and found.vowel == "i":
        some = [*some, "sh"]
    return some + (_RARE_ONSETS.get(found.onset, "").split() if rare else [])


def _vowels(found: Sounds, rare: bool) -> list[str]:
    some = [found.vowel, *_USUAL_VOWELS.get(found.vowel, "").split()]
    by_end = _USUAL_CLOSED if found.coda else _USUAL_OPEN
    some += by_end.get(found.vowel, "").split()
    return some + (_RARE_VOWELS.get(found.vowel, "").split() if rare else [])


def _codas(found: Sounds, rare: bool) -> list[str]:
    some = [found.coda, *_USUAL_CODAS.get(found.coda, "").split()]
    return some + (_RARE_CODAS.get(found.coda, "").split() if rare else [])
