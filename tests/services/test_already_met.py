"""Who met in an earlier edition is not brought together again, unless the edition says so."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from models import Edition, Meeting, MeetingReview, Pairing, Profile, Round
from services.already_met import Encounter, allow_meeting_again, already_met, met_by
from services.conflicts import conflicts_of, forbidden_pairs
from tests.factories import Factory


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition()


@pytest.fixture
def last_year(make: Factory) -> Edition:
    held = make.now - timedelta(days=300)
    return make.edition(state="over", starts_at=held, ends_at=held + timedelta(days=1))


@pytest.fixture
def people(make: Factory, edition: Edition) -> tuple[Profile, Profile]:
    return make.profile(edition), make.profile(edition, country="KR")


def meet(session: Session, edition: Edition, pair: tuple[Profile, Profile], state: str) -> Meeting:
    row = Meeting(
        uid=f"{edition.id}-{state}",
        edition_id=edition.id,
        left_id=pair[0].id,
        right_id=pair[1].id,
        starts_at=edition.starts_at,
        ends_at=edition.starts_at + timedelta(minutes=20),
        state=state,
        created_at=edition.created_at,
        changed_at=edition.created_at,
    )
    session.add(row)
    session.commit()
    return row


def pair_up(
    session: Session, edition: Edition, pair: tuple[Profile, Profile], number: int = 1
) -> None:
    row = Round(edition_id=edition.id, number=number, state="done", created_at=edition.created_at)
    session.add(row)
    session.flush()
    session.add(
        Pairing(round_id=row.id, left_id=pair[0].id, right_id=pair[1].id, score=0.5, grade="good")
    )
    session.commit()


def encounter(pair: tuple[Profile, Profile]) -> Encounter:
    return Encounter(*sorted((pair[0].id, pair[1].id)))


def test_an_agreed_meeting_of_an_earlier_edition_counts(
    session: Session, edition: Edition, last_year: Edition, people: tuple[Profile, Profile]
) -> None:
    meet(session, last_year, people, "accepted")

    assert already_met(session, edition) == {encounter(people)}
    left, right = people
    assert met_by(session, edition, left.id) == {right.id}
    assert met_by(session, edition, right.id) == {left.id}


@pytest.mark.parametrize("state", ["proposed", "declined", "cancelled"])
def test_a_meeting_that_was_not_agreed_does_not(
    session: Session,
    edition: Edition,
    last_year: Edition,
    people: tuple[Profile, Profile],
    state: str,
) -> None:
    meet(session, last_year, people, state)
    assert already_met(session, edition) == frozenset()


def test_a_meeting_of_which_one_says_that_it_did_not_take_place_does_not(
    session: Session, edition: Edition, last_year: Edition, people: tuple[Profile, Profile]
) -> None:
    held = meet(session, last_year, people, "accepted")
    pair_up(session, last_year, people)
    review = MeetingReview(
        meeting_id=held.id, profile_id=people[0].id, met=False, changed_at=edition.created_at
    )
    session.add(review)
    session.commit()
    assert already_met(session, edition) == frozenset()


def test_of_rounds_without_meetings_the_last_one_counts(
    session: Session,
    make: Factory,
    edition: Edition,
    last_year: Edition,
    people: tuple[Profile, Profile],
) -> None:
    others = make.profile(edition), make.profile(edition, country="KR")
    pair_up(session, last_year, others, number=1)
    pair_up(session, last_year, people, number=2)
    assert already_met(session, edition) == {encounter(people)}


def test_of_several_rounds_the_published_one_counts(
    session: Session,
    edition: Edition,
    last_year: Edition,
    people: tuple[Profile, Profile],
) -> None:
    pair_up(session, last_year, people, number=1)
    first = session.exec(select(Round)).one()
    first.published_at = last_year.created_at
    session.add(first)
    session.add(
        Round(edition_id=last_year.id, number=2, state="done", created_at=last_year.created_at)
    )
    session.commit()
    assert already_met(session, edition) == {encounter(people)}
    first.withdrawn_at = last_year.created_at
    session.add(first)
    session.commit()
    assert already_met(session, edition) == frozenset()


def test_a_pair_whose_meeting_was_called_off_has_not_met(
    session: Session, edition: Edition, last_year: Edition, people: tuple[Profile, Profile]
) -> None:
    pair_up(session, last_year, people)
    meet(session, last_year, people, "cancelled")
    assert already_met(session, edition) == frozenset()


def test_what_happens_in_this_edition_or_in_a_later_one_is_no_earlier_encounter(
    session: Session, edition: Edition, last_year: Edition, people: tuple[Profile, Profile]
) -> None:
    pair_up(session, edition, people)
    assert already_met(session, edition) == frozenset()
    assert already_met(session, last_year) == frozenset()


def test_neither_a_round_nor_a_list_of_conflicts_overlooks_it(
    session: Session, edition: Edition, last_year: Edition, people: tuple[Profile, Profile]
) -> None:
    left, right = people
    # a year ago they sat on the other sides
    pair_up(session, last_year, (right, left))

    found = forbidden_pairs(session, [left.id], [right.id], already_met(session, edition))
    assert found.tolist() == [[0, 0]]
    codes = [(one.profile_id, one.code.value) for one in conflicts_of(session, edition, left.id)]
    assert codes == [(right.id, "already-met")]


def test_an_organiser_may_let_people_meet_again(
    session: Session, edition: Edition, last_year: Edition, people: tuple[Profile, Profile]
) -> None:
    pair_up(session, last_year, people)
    allow_meeting_again(session, edition, allowed=True)
    assert already_met(session, edition) == frozenset()
    assert met_by(session, edition, people[0].id) == frozenset()

    allow_meeting_again(session, edition, allowed=False)
    assert met_by(session, edition, people[0].id) == {people[1].id}
