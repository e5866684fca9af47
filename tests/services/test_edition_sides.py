"""The two lists of countries never overlap, and nobody who takes part loses their side."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from services.edition_sides import (
    ParticipantsWouldLose,
    SideEmpty,
    Sides,
    SidesOverlap,
    UnknownCountries,
    read_sides,
    set_sides,
)
from tests.factories import Factory


def _sides(left: str, right: str) -> Sides:
    return Sides(frozenset(left.split()), frozenset(right.split()))


def test_the_lists_are_replaced(session: Session, make: Factory) -> None:
    edition = make.edition()
    set_sides(session, edition.id, _sides("DE NO", "JP"))
    session.commit()
    assert read_sides(session, edition.id) == _sides("DE NO", "JP")


def test_another_edition_keeps_its_own(session: Session, make: Factory) -> None:
    one, other = make.edition(), make.edition()
    before = read_sides(session, other.id)
    set_sides(session, one.id, _sides("DE", "JP"))
    assert read_sides(session, other.id) == before


@pytest.mark.parametrize(
    ("wished", "error", "words"),
    [
        (_sides("DE KR", "KR JP"), SidesOverlap, "KR"),
        (_sides("DE QQ", "KR"), UnknownCountries, "QQ"),
        (_sides("DE", ""), SideEmpty, "each side"),
        (_sides("", "KR"), SideEmpty, "each side"),
    ],
)
def test_lists_that_cannot_be_change_nothing(
    session: Session, make: Factory, wished: Sides, error: type[Exception], words: str
) -> None:
    edition = make.edition()
    before = read_sides(session, edition.id)
    with pytest.raises(error, match=words):
        set_sides(session, edition.id, wished)
    assert read_sides(session, edition.id) == before


@pytest.mark.parametrize("wished", [_sides("FR", "KR"), _sides("FR", "KR DE")])
def test_a_country_that_people_take_part_from_keeps_its_side(
    session: Session, make: Factory, wished: Sides
) -> None:
    edition = make.edition()
    for country in ("DE", "DE", "KR"):
        make.profile(edition, country=country)
    with pytest.raises(ParticipantsWouldLose, match=r"DE \(2\)") as refused:
        set_sides(session, edition.id, wished)
    assert refused.value.people == {"DE": 2}


def test_people_who_take_part_elsewhere_do_not_matter(session: Session, make: Factory) -> None:
    edition = make.edition()
    make.profile(make.edition(), country="DE")
    make.profile(country="DE")
    set_sides(session, edition.id, _sides("FR", "KR"))
    assert read_sides(session, edition.id) == _sides("FR", "KR")


_CODES = st.frozensets(st.sampled_from(["DE", "FR", "NO", "KR", "JP"]), max_size=4)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(left=_CODES, right=_CODES)
def test_whatever_is_wished_the_lists_never_overlap_nor_stand_empty(
    session: Session, make: Factory, left: frozenset[str], right: frozenset[str]
) -> None:
    edition = make.edition()
    try:
        set_sides(session, edition.id, Sides(left, right))
    except (SidesOverlap, SideEmpty):
        session.rollback()
    now = read_sides(session, edition.id)
    assert now.left
    assert now.right
    assert not now.left & now.right
