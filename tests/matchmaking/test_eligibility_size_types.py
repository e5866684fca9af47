"""How many partners, and of which kinds: borders on both sides, and the smallest fix."""

from typing import Any

import pytest

from matchmaking.eligibility import check
from matchmaking.eligibility_consortium import Consortium, Partner
from matchmaking.eligibility_preset import Preset, country_lists, read_preset


def _preset(*rules: dict[str, Any], teams: dict[str, list[str]] | None = None) -> Preset:
    data = {"name": "x", "version": 1, "date": "2026-11-23", "source": "", "rules": rules}
    return read_preset(data | {"teams": teams}, country_lists())


SIZE = {"rule": "size", "kind": "size", "least": 3, "most": 4}
FIRMS = {"rule": "firms", "kind": "types", "least": 1, "types": ["company"]}


def _team(*types: str) -> Consortium:
    return Consortium(tuple(Partner(f"P{n}", "DE", kind) for n, kind in enumerate(types)))


@pytest.mark.parametrize(
    ("count", "holds"), [(0, False), (2, False), (3, True), (4, True), (5, False)]
)
def test_a_size_has_two_borders(count: int, holds: bool) -> None:
    verdict = check(_team(*["university"] * count), _preset(SIZE))
    assert verdict.eligible is holds
    assert verdict.fix is not None
    assert len(verdict.fix) == max(3 - count, count - 4, 0)


def test_two_entries_of_one_entity_count_once_for_the_size() -> None:
    partners = (
        Partner("SNU", "KR"),
        Partner("SNU R&DB", "KR", same_entity_as="SNU"),
        Partner("CEA", "FR"),
    )
    assert not check(Consortium(partners), _preset(SIZE)).eligible


@pytest.mark.parametrize(
    ("types", "holds"),
    [(("university",), False), (("company",), True), (("rto", "university"), False)],
)
def test_a_kind_is_there_or_somebody_of_it_is_to_be_found(
    types: tuple[str, ...], holds: bool
) -> None:
    verdict = check(_team(*types), _preset(FIRMS))
    assert verdict.eligible is holds
    if not holds:
        assert verdict.fix is not None
        [change] = verdict.fix
        assert (change.action, change.type) == ("add", "company")


def test_one_newcomer_mends_a_kind_and_a_country_at_once() -> None:
    countries = {
        "rule": "three-countries", "kind": "countries", "lists": ["member-states"], "least": 2,
    }  # fmt: skip
    verdict = check(_team("university"), _preset(countries, FIRMS))
    assert verdict.fix is not None
    assert [(one.rule, one.type) for one in verdict.fix] == [("three-countries", "company")]


def test_a_kind_may_be_asked_of_one_team_alone() -> None:
    teams = {"left": ["member-states"], "right": ["korea"]}
    preset = _preset(FIRMS | {"team": "right"}, teams=teams)
    assert not check(_team("company"), preset).eligible
    korean = Consortium((Partner("Samsung", "KR", "company"),))
    assert check(korean, preset).eligible
