"""Korean family names, and the Latin spellings in which they are met.

The Revised Romanization leaves family names to custom (Notice 2000-8, section 3.7), so the
spellings in use are listed by hand, the common ones first; besides, the customs of
``author_names_spelling`` hold. 류 and 유, 림 and 임, 로 and 노 are one family name in two
orthographies (the South drops the first ㄹ), and so are one name here.
"""

from collections import defaultdict
from functools import cache

from matchmaking.author_names_hangul import is_hangul
from matchmaking.author_names_spelling import usual_readings

_SPELLINGS = """
김 kim gim ghim; 이 lee yi rhee i ri rhie yee li ree leigh; 박 park pak bak bahk pahk; 최
choi choe choy chwe; 정 jung jeong chung jong chong joung cheong jeung; 강 kang gang; 조
cho jo joh; 윤 yoon yun youn; 장 jang chang; 임 lim im rim yim leem rhim; 한 han hahn; 오
oh o; 서 seo suh su sur so; 신 shin sin; 권 kwon gwon kweon; 황 hwang; 안 ahn an; 송 song; 전
jeon jun chun jeun chon; 홍 hong; 유 yoo yu ryu you lyu ryoo ryou rhyu yew; 고 ko go koh
goh; 문 moon mun; 양 yang ryang lyang; 손 son sohn; 배 bae pae bai pai; 백 baek paik back
baik paek beck; 허 heo hur huh her hu; 남 nam; 심 shim sim; 노 noh roh no ro rho nho; 하 ha
hah; 곽 kwak gwak; 성 sung seong soung song; 차 cha tcha; 주 joo ju chu; 우 woo u wu; 구 koo
gu ku goo; 민 min; 나 na ra nah la rah; 진 jin chin; 지 ji jee chi; 엄 eom um uhm om; 채
chae chai; 원 won weon; 천 cheon chun chon; 방 bang pang; 공 kong gong; 현 hyun hyeon; 함
ham hahm; 변 byun byeon pyun byon; 염 yeom yum youm; 여 yeo yuh yo; 추 choo chu; 도 do doh;
소 so soh; 석 seok suk sok; 선 sun seon; 설 seol sul; 마 ma mah; 길 gil kil; 연 yeon yun
youn; 위 wi wee; 표 pyo; 명 myung myeong; 기 ki gi kee; 반 ban bahn pan; 라 na ra la; 왕
wang; 금 geum keum kum; 옥 ok ock oak; 육 yook yuk; 인 in ihn; 맹 maeng; 제 je jae che; 모
mo; 탁 tak tark; 국 kook guk kuk gook; 어 eo uh euh; 은 eun un; 편 pyun pyeon; 용 yong; 예
ye; 경 kyung kyeong; 봉 bong; 사 sa; 부 boo bu; 가 ga ka; 복 bok; 태 tae tai; 목 mok; 형 hyung
hyeong; 피 pi phee; 두 doo du; 감 kam gam; 음 eum um; 빈 bin been; 동 dong; 온 on ohn; 호 ho;
범 bum beom; 좌 jwa; 팽 paeng; 승 seung; 간 kan gan; 상 sang; 시 si shi; 갈 kal gal; 단 dan; 견
kyun kyeon; 당 dang; 화 hwa; 창 chang; 옹 ong; 순 soon sun; 빙 bing; 풍 poong pung; 남궁
namgung namkung namkoong namgoong namgong; 황보 hwangbo whangbo; 선우 sunwoo seonu sunu
seonwoo; 제갈 jegal jaegal chegal jekal; 사공 sagong sakong; 독고 dokgo dokko dokgoh tokko;
서문 seomun seomoon suhmoon; 동방 dongbang; 망절 mangjeol; 어금 eogeum; 소봉 sobong; 강전 gangjeon
"""
_OLD_STYLE = str.maketrans("류림로라량리려", "유임노나양이여")


@cache
def _table() -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for entry in _SPELLINGS.split(";"):
        family, *spellings = entry.split()
        for spelling in (family, *spellings):
            found[spelling].add(one_orthography(family))
    names = set(found)
    for spelling, usual in usual_readings():
        found[spelling] |= {one_orthography(syllable) for syllable in usual & names}
    return {spelling: frozenset(families) for spelling, families in found.items() if families}


@cache
def compound_families() -> frozenset[str]:
    """Give the family names of two syllables, in Hangul."""
    return frozenset(name for name in _table() if len(name) == 2 and is_hangul(name))


@cache
def _spellings() -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for spelling, names in _table().items():
        for name in names:
            found[name].add(spelling)
    for old, new in _OLD_STYLE.items():
        found[chr(new)].add(chr(old))
    return {family: frozenset(spellings) for family, spellings in found.items()}


def spellings_of(family: str) -> frozenset[str]:
    """Return every spelling of a family name for which ``families`` gives it.

    >>> "hwangbo" in spellings_of("황보")
    True
    """
    return _spellings().get(family, frozenset()) | {family}


def one_orthography(family: str) -> str:
    """Write a Hangul family name in the South's orthography: 류 as 유."""
    return family[0].translate(_OLD_STYLE) + family[1:]


def families(spelling: str) -> frozenset[str]:
    """Return the family names, in Hangul, that a spelling in small letters may stand for.

    >>> families("chun") == {"전", "천"}
    True
    """
    known = _table().get(spelling)
    if known is not None:
        return known
    unlisted = len(spelling) == 1 and is_hangul(spelling)
    return frozenset((one_orthography(spelling),)) if unlisted else frozenset()
