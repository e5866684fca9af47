from itertools import combinations, combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.eligibility import check
from matchmaking.eligibility_consortium import Consortium, Partner, entities_of
from matchmaking.eligibility_preset import (
    PRESETS,
    Preset,
    country_lists,
    preset,
    read_preset,
)
from matchmaking.eligibility_rules import findings
from matchmaking.errors import BadInput

BOTH = {"left": True, "right": True}
PLACES = ("DE", "FR", "CH", "KR", "US", "")
NEW = ("AT", "BE", "NO", "GB", "KR")

partners = st.lists(
    st.builds(
        Partner,
        organisation=st.sampled_from("abcdefg"),
        country=st.sampled_from(PLACES),
        coordinator=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda one: one.organisation,
).map(tuple)


def _eligible(some: tuple[Partner, ...], rules: Preset) -> bool:
    return all(found.holds for found in findings(Consortium(some, BOTH), rules))


def _fewest(some: tuple[Partner, ...], rules: Preset, most: int) -> int | None:
    """Try every concrete change: anybody leaves or stops coordinating, anybody new comes."""
    named = [one for one in some if one.coordinator]
    for count in range(most + 1):
        for leaving in range(count + 1):
            for unnamed in range(count - leaving + 1):
                for gone in combinations(some, leaving):
                    for off in combinations(named, unnamed):
                        kept = tuple(
                            Partner(one.organisation, one.country, coordinator=False)
                            if one in off
                            else one
                            for one in some
                            if one not in gone
                        )
                        for new in combinations_with_replacement(NEW, count - leaving - unnamed):
                            come = tuple(Partner(f"new {n}", code) for n, code in enumerate(new))
                            if _eligible(kept + come, rules):
                                return count
    return None


@settings(max_examples=40, deadline=None)
@given(partners, st.sampled_from(PRESETS))
def test_no_smaller_fix_exists(some: tuple[Partner, ...], name: str) -> None:
    rules = preset(name)
    fix = check(Consortium(some, BOTH), rules).fix
    assert fix is not None
    if len(fix) <= 3:
        assert _fewest(some, rules, 3) == len(fix)
    else:
        assert _fewest(some, rules, 3) is None


@settings(max_examples=25, deadline=None)
@given(partners, st.sampled_from(PRESETS))
def test_the_order_of_partners_does_not_matter(some: tuple[Partner, ...], name: str) -> None:
    one = check(Consortium(some, BOTH), preset(name))
    other = check(Consortium(some[::-1], BOTH), preset(name))
    assert one.eligible == other.eligible
    assert one.fix is not None
    assert other.fix is not None
    assert len(one.fix) == len(other.fix)


@settings(max_examples=100, deadline=None)
@given(partners)
def test_one_more_independent_partner_harms_no_consortium_without_teams(
    some: tuple[Partner, ...],
) -> None:
    rules = preset("horizon-ria")
    if _eligible(some, rules):
        assert _eligible((*some, Partner("newcomer", "US")), rules)


def test_one_pic_is_one_legal_entity_under_two_names() -> None:
    some = (Partner("KAIST", "KR", pic="999999999"), Partner("Kaist", "KR", pic="999999999"))
    assert len(entities_of(some)) == 1


def test_two_pics_are_two_legal_entities_under_one_name() -> None:
    some = (Partner("KAIST", "KR", pic="999999999"), Partner("KAIST", "KR", pic="999999998"))
    assert len(entities_of(some)) == 2


def test_one_name_without_a_pic_is_one_legal_entity() -> None:
    assert len(entities_of([Partner("TU  Dresden", "DE"), Partner("tu dresden", "DE")])) == 1


def test_being_the_same_entity_passes_on() -> None:
    chain = [
        Partner("a", "KR"),
        Partner("b", "DE", same_entity_as="a"),
        Partner("c", "FR", same_entity_as="b"),
    ]
    (entity,) = entities_of(chain)
    assert entity.members == (0, 1, 2)
    assert entity.countries == {"KR", "DE", "FR"}


def test_an_entity_is_named_by_its_pic_too_and_may_stand_later() -> None:
    some = (
        Partner("foundation", "KR", same_entity_as="123456789"),
        Partner("university", "KR", pic="123456789"),
    )
    assert len(entities_of(some)) == 1


def test_the_same_entity_as_nobody_is_refused_with_the_remedy() -> None:
    with pytest.raises(BadInput, match="write its organisation or PIC"):
        entities_of([Partner("a", "KR", same_entity_as="b")])


def test_a_letter_still_to_come_is_neither_yes_nor_no() -> None:
    some = tuple(Partner(code, code) for code in ("DE", "FR", "IT", "KR"))
    more = (*some, Partner("other", "KR"))
    verdict = check(Consortium(more, {}), preset("chips-ju-nrf-mirror"))
    assert [found.holds for found in verdict.findings if found.rule == "letters-of-intent"] == [
        None
    ]
    assert not verdict.eligible


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_has_its_version_date_and_source(name: str) -> None:
    rules = preset(name)
    assert rules.name == name
    assert rules.version >= 1
    assert rules.date
    assert rules.source


def test_an_unknown_preset_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(BadInput, match="quantera"):
        preset("eureka")


def test_korea_is_associated_and_no_member_state_is() -> None:
    lists = country_lists()
    assert "KR" in lists["associated"]
    assert not lists["associated"] & lists["member-states"]
    assert len(lists["member-states"]) == 27


BAD_RULES = [
    ({"rule": "x", "kind": "wish"}, "no kind of rule"),
    ({"rule": "x", "kind": "countries", "lists": ["mars"]}, "no list of countries"),
    ({"rule": "x", "kind": "countries", "team": "middle"}, "no team"),
    ({"rule": "x", "kind": "balance"}, "about teams"),
]


@pytest.mark.parametrize(("rule", "told"), BAD_RULES)
def test_a_preset_that_cannot_be_checked_is_refused(rule: dict[str, object], told: str) -> None:
    data = {"name": "n", "version": 1, "date": "2026", "source": "s", "rules": [rule]}
    with pytest.raises(BadInput, match=told):
        read_preset(data, country_lists())


def test_two_rules_of_one_name_are_refused() -> None:
    rule = {"rule": "x", "kind": "countries"}
    data = {"name": "n", "version": 1, "date": "2026", "source": "s", "rules": [rule, rule]}
    with pytest.raises(BadInput, match="two rules of one name"):
        read_preset(data, country_lists())
