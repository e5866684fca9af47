"""An edition promises partners to those who start; a round keeps it within their own most."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from models import Edition, Profile
from services.edition_promises import (
    EARLY_STAGES,
    promised,
)
from services.round_input import read_input
from services.round_parameters import RoundParameters, parameters_for
from tests.factories import Factory
from tests.services.round_example import forum, known


def parameters(early: int | None = None, new: int | None = None, **rest: int) -> RoundParameters:
    bounds: dict[str, Any] = {"least": 0, "most": 5} | rest
    return RoundParameters(**bounds, least_early_career=early, least_newcomers=new)


def test_promises_are_kept_with_the_edition_and_go_into_its_rounds(
    session: Session, make: Factory
) -> None:
    edition = make.edition(least_early_career=3, least_newcomers=2)
    given = parameters_for(edition, fair="both")
    assert (given.least_early_career, given.least_newcomers, given.fair) == (3, 2, "both")


@pytest.mark.parametrize("stage", EARLY_STAGES)
def test_whoever_is_early_in_a_career_is_promised_so_many(
    session: Session, make: Factory, stage: str
) -> None:
    edition = make.edition()
    young, old = (make.profile(edition, career_stage=one) for one in (stage, "established"))
    silent = make.profile(edition)
    assert promised(session, edition, parameters(early=3), [young, old, silent]) == {young.id: 3}


def earlier(make: Factory, edition: Edition, **given: object) -> Edition:
    return make.edition(starts_at=edition.starts_at - timedelta(days=365), **given)


def test_whoever_took_part_in_no_earlier_edition_is_new(session: Session, make: Factory) -> None:
    edition = make.edition()
    last, next_year = earlier(make, edition), make.edition(starts_at=edition.ends_at)
    new, known_before, ahead = (make.profile(edition) for _ in range(3))
    make.participation(last, known_before)
    make.participation(next_year, ahead)
    people = [new, known_before, ahead]
    assert promised(session, edition, parameters(new=2), people) == {new.id: 2, ahead.id: 2}


def test_of_two_promises_the_larger_counts(session: Session, make: Factory) -> None:
    edition = make.edition()
    person = make.profile(edition, career_stage="student")
    assert promised(session, edition, parameters(early=1, new=3), [person]) == {person.id: 3}


def test_without_promises_nobody_is_looked_up(session: Session, make: Factory) -> None:
    edition = make.edition()
    assert promised(session, edition, parameters(), [make.profile(edition)]) == {}


def least_of(session: Session, edition: Edition, given: RoundParameters) -> list[int]:
    found: list[int] = read_input(session, edition, given, known).problem.left.least.tolist()
    return found


def change(session: Session, person: Profile, **given: object) -> None:
    for name, value in given.items():
        setattr(person, name, value)
    session.add(person)
    session.commit()


def test_a_round_raises_their_least_but_never_above_their_own_most(
    session: Session, make: Factory
) -> None:
    edition, left, _ = forum(make)
    change(session, left[0], career_stage="doctoral")
    change(session, left[1], career_stage="doctoral", least_partners=0, most_partners=1)
    assert least_of(session, edition, parameters(early=3)) == [3, 1, 0]


def test_a_promise_never_lowers_what_somebody_asked_for(session: Session, make: Factory) -> None:
    edition, left, _ = forum(make)
    change(session, left[0], career_stage="doctoral", least_partners=3)
    assert least_of(session, edition, parameters(early=1))[0] == 3


def test_the_promises_change_the_fingerprint_of_the_input(session: Session, make: Factory) -> None:
    edition, left, _ = forum(make)
    change(session, left[0], career_stage="doctoral")
    plain = read_input(session, edition, parameters(), known).hash
    assert read_input(session, edition, parameters(early=2), known).hash != plain
