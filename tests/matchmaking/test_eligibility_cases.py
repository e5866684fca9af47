"""The presets, case by case: on both sides of every rule's border, and the awkward kinds.

A consortium is written as countries: ``DE FR*`` is a German partner and a French one who
coordinates; ``KR=a KR=a`` are two that are one entity; ``-`` is an international organisation.
"""

from collections import Counter
from collections.abc import Sequence

import pytest

from matchmaking.eligibility import check
from matchmaking.eligibility_consortium import Consortium, Partner
from matchmaking.eligibility_preset import preset

BOTH = {"left": True, "right": True}
RIA, MIRROR, QUANTERA, NONE = "horizon-ria", "chips-ju-nrf-mirror", "quantera", "none"
MEMBER, COUNTRY, KOREAN = "add member-state", "add three-countries", "add korean-team"
FUNDED = "add three-participating-countries"
LEFT, RIGHT, OTHER = "attach-letter left", "attach-letter right", "unname-coordinator"

RIA_CASES = [
    # the usual ways in
    ("DE FR IT", []),
    ("DE FR KR", []),
    ("DE KR CH", []),
    ("DE* FR KR", []),
    ("DE FR KR*", []),
    ("DE CH* GB", []),
    ("DE FR IT ES KR KR US", []),
    # one entity too few, and none at all
    ("DE FR", [COUNTRY]),
    ("DE KR", [COUNTRY]),
    ("KR CH", [MEMBER]),
    ("DE", [COUNTRY, COUNTRY]),
    ("KR", [COUNTRY, MEMBER]),
    ("", [COUNTRY, COUNTRY, MEMBER]),
    # three entities, two countries
    ("DE DE FR", [COUNTRY]),
    ("DE DE DE", [COUNTRY, COUNTRY]),
    ("KR KR DE", [COUNTRY]),
    ("DE DE DE DE DE FR", [COUNTRY]),
    # nobody from a Member State
    ("KR CH GB", [MEMBER]),
    ("NO IS GB", [MEMBER]),
    ("KR CA NZ", [MEMBER]),
    ("TR UA IL RS", [MEMBER]),
    # third countries take part and do not count
    ("DE FR US", [COUNTRY]),
    ("DE FR JP", [COUNTRY]),
    ("DE FR IT US JP", []),
    ("US JP CN", [COUNTRY, COUNTRY, MEMBER]),
    # a Swiss partner counts as associated, and is no Member State
    ("DE FR CH", []),
    ("CH CH DE", [COUNTRY]),
    ("CH GB NO", [MEMBER]),
    # two entities of one university that alone would tip the verdict
    ("DE FR KR=kaist KR=kaist", []),
    ("DE KR=kaist KR=kaist", [COUNTRY]),
    ("DE=a FR KR=a", [COUNTRY]),
    # a Korean company with an EU subsidiary is one partner, in whichever country helps
    ("KR=firm DE=firm FR", [COUNTRY]),
    ("KR=firm DE=firm FR IT", []),
    ("KR=firm DE=firm CH GB", []),
    ("KR=firm DE=firm DE CH", []),
    ("KR=firm DE=firm DE KR", [COUNTRY]),
    ("KR=firm DE=firm KR CH", []),
    # an international organisation is in no country
    ("DE FR -", [COUNTRY]),
    ("- - -", [COUNTRY, COUNTRY, MEMBER]),
    ("DE FR IT -", []),
    # the coordinator
    ("DE FR IT US*", [OTHER]),
    ("DE FR IT -*", [OTHER]),
    ("DE* FR* IT", [OTHER]),
    ("DE* FR* IT*", [OTHER, OTHER]),
    ("DE FR US*", [OTHER, COUNTRY]),
    ("DE FR CA*", []),
]

MIRROR_CASES = [
    # two teams of equal size, or of one more
    ("DE FR IT KR KR KR", BOTH, []),
    ("DE FR IT KR KR", BOTH, []),
    ("DE FR IT KR KR KR KR", BOTH, []),
    ("DE FR IT ES KR KR KR", BOTH, []),
    # a difference of two
    ("DE FR IT KR", BOTH, [KOREAN]),
    ("DE FR IT ES KR KR", BOTH, [KOREAN]),
    ("DE FR IT KR KR KR KR KR", BOTH, [COUNTRY]),
    ("DE FR IT ES NL KR KR", BOTH, [KOREAN, KOREAN]),
    # one team only
    ("DE FR IT", BOTH, [KOREAN, KOREAN]),
    ("KR KR KR", BOTH, [COUNTRY, COUNTRY, MEMBER]),
    ("", BOTH, [COUNTRY, COUNTRY, MEMBER, KOREAN, KOREAN]),
    # the European team stands by itself: Korea does not fill it
    ("DE FR KR KR", BOTH, [COUNTRY]),
    ("DE DE FR KR KR KR", BOTH, [COUNTRY]),
    # whoever comes may tip the balance of the teams
    ("DE DE FR KR KR", BOTH, [COUNTRY, KOREAN]),
    ("CH GB NO KR KR", BOTH, [MEMBER, KOREAN]),
    ("CH GB NO KR KR KR", BOTH, [MEMBER]),
    ("DE CH GB KR KR", BOTH, []),
    # a university and its foundation are one partner in the Korean team
    ("DE FR IT KR=u KR=u", BOTH, [KOREAN]),
    ("DE FR IT KR=u KR=u KR", BOTH, []),
    ("DE FR IT ES KR=u KR=u KR=v KR=v", BOTH, [KOREAN]),
    # a Korean company with an EU subsidiary stands where it helps
    ("DE FR KR=firm IT=firm KR KR", BOTH, []),
    ("DE FR IT KR=firm NL=firm KR", BOTH, []),
    ("DE FR KR=firm IT=firm", BOTH, [COUNTRY, KOREAN]),
    # others are in neither team
    ("DE FR IT KR KR US JP", BOTH, []),
    ("DE FR IT KR KR -", BOTH, []),
    # letters of intent
    ("DE FR IT KR KR", {}, [LEFT, RIGHT]),
    ("DE FR IT KR KR", {"left": True}, [RIGHT]),
    ("DE FR IT KR KR", {"right": True}, [LEFT]),
    ("DE FR IT KR KR", {"left": False, "right": True}, [LEFT]),
    ("DE FR IT KR", {"left": True}, [RIGHT, KOREAN]),
    # a coordinator in each team
    ("DE* FR IT KR* KR", BOTH, []),
    ("DE* FR* IT KR* KR", BOTH, [OTHER]),
    ("DE FR IT KR* KR*", BOTH, [OTHER]),
    ("DE FR IT KR KR US*", BOTH, [OTHER]),
]

QUANTERA_CASES = [
    ("DE FR KR", []),
    ("DE CH GB", []),
    ("KR CH GB", []),
    ("DE FR", [FUNDED]),
    ("DE KR KR", [FUNDED]),
    ("DE DE DE", [FUNDED, FUNDED]),
    ("", [FUNDED, FUNDED, FUNDED]),
    # Portugal and Denmark did not take part in 2025: on own funds, and not counted
    ("DE FR PT", [FUNDED]),
    ("DE FR KR PT DK", []),
    ("DE FR US", [FUNDED]),
    # one university with two entities
    ("DE KR=u KR=u CH", []),
    ("DE KR=u KR=u", [FUNDED]),
    # the coordinator is funded through the call
    ("DE FR KR*", []),
    ("DE FR KR PT*", [OTHER]),
    ("DE* FR* KR", [OTHER]),
    ("DE FR -", [FUNDED]),
]

NONE_CASES: list[tuple[str, list[str]]] = [("", []), ("US", []), ("KR=u KR=u", []), ("DE* FR*", [])]


def consortium(text: str, letters: dict[str, bool]) -> Consortium:
    """Read a consortium as this file writes it."""
    partners: list[Partner] = []
    for number, word in enumerate(text.split()):
        country, _, entity = word.rstrip("*").partition("=")
        earlier = [one.organisation for one in partners if one.pic == entity]
        partners.append(
            Partner(
                f"partner {number}",
                "" if country == "-" else country,
                pic=entity if not earlier else "",
                same_entity_as=earlier[0] if entity and earlier else "",
                coordinator=word.endswith("*"),
            )
        )
    return Consortium(tuple(partners), letters)


def _assert_verdict(name: str, draft: Consortium, fix: Sequence[str]) -> None:
    verdict = check(draft, preset(name))
    assert verdict.fix is not None
    found = [" ".join(filter(None, (one.action, one.team, one.rule))) for one in verdict.fix]
    assert Counter(found) == Counter(fix)
    assert verdict.eligible == (not fix)


@pytest.mark.parametrize(("text", "fix"), RIA_CASES)
def test_horizon_ria(text: str, fix: list[str]) -> None:
    _assert_verdict(RIA, consortium(text, {}), fix)


@pytest.mark.parametrize(("text", "letters", "fix"), MIRROR_CASES)
def test_chips_ju_nrf_mirror(text: str, letters: dict[str, bool], fix: list[str]) -> None:
    _assert_verdict(MIRROR, consortium(text, letters), fix)


@pytest.mark.parametrize(("text", "fix"), QUANTERA_CASES)
def test_quantera(text: str, fix: list[str]) -> None:
    _assert_verdict(QUANTERA, consortium(text, {}), fix)


@pytest.mark.parametrize(("text", "fix"), NONE_CASES)
def test_no_rules(text: str, fix: list[str]) -> None:
    _assert_verdict(NONE, consortium(text, {}), fix)
