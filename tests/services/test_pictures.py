"""Sums for an organiser's pictures: by day, field, topic and country."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from models import Edition, Pairing, Profile, Round
from services.pictures import SidedCount, country_pairs, fields, registrations, topics
from tests.factories import Factory


def _round(session: Session, edition: Edition, now: datetime, number: int, **given: Any) -> int:
    row = Round(edition_id=edition.id, number=number, state="done", created_at=now, **given)
    session.add(row)
    session.flush()
    return row.id


def _pair(session: Session, round_id: int, left: Profile, right: Profile) -> None:
    session.add(
        Pairing(round_id=round_id, left_id=left.id, right_id=right.id, score=0.5, grade="good")
    )
    session.flush()


def test_registrations_add_up_by_the_days_of_the_left_side(
    make: Factory, session: Session, now: datetime
) -> None:
    edition = make.edition()
    for days, country in ((0, "DE"), (0, "KR"), (2, "KR")):
        joined = make.participation(edition, make.profile(country=country))
        # in Brussels it is the day after already
        joined.joined_at = datetime(2026, 11, 1, 23, 30, tzinfo=now.tzinfo) + timedelta(days=days)
    session.commit()
    assert registrations(session, edition) == {
        date(2026, 11, 2): SidedCount(1, 1),
        date(2026, 11, 4): SidedCount(1, 2),
    }


def test_an_edition_without_people_has_nothing_to_draw(make: Factory, session: Session) -> None:
    edition = make.edition()
    assert registrations(session, edition) == {}
    assert fields(session, edition) == []
    assert topics(session, edition) == []
    assert country_pairs(session, edition).counts == {}


def test_somebody_in_two_fields_counts_in_both(make: Factory, session: Session) -> None:
    edition = make.edition()
    make.field("quantum", position=2)
    make.field("neuromorphic", position=1)
    make.profile(edition, fields=["quantum", "neuromorphic"])
    make.profile(edition, country="KR", fields=["quantum"])
    make.profile(country="KR", fields=["quantum"])
    found = [(field.slug, count) for field, count in fields(session, edition)]
    assert found == [("neuromorphic", SidedCount(1, 0)), ("quantum", SidedCount(1, 1))]


def test_the_most_frequent_topics_come_first(make: Factory, session: Session) -> None:
    edition = make.edition()
    make.profile(edition, topics=["memristors", "spin qubits"])
    make.profile(edition, country="KR", topics=["spin qubits", "spin qubits"])
    assert topics(session, edition) == [
        ("spin qubits", SidedCount(1, 1)),
        ("memristors", SidedCount(1, 0)),
    ]


def test_countries_are_those_of_the_published_round_or_else_of_the_newest(
    make: Factory, session: Session, now: datetime
) -> None:
    edition = make.edition()
    german, french = make.profile(edition), make.profile(edition, country="FR")
    korean, other = (make.profile(edition, country="KR") for _ in range(2))
    published = _round(session, edition, now, 1, published_at=now)
    _pair(session, published, german, korean)
    _pair(session, published, german, other)
    _pair(session, published, french, korean)
    newest = _round(session, edition, now, 2)
    _pair(session, newest, french, korean)

    found = country_pairs(session, edition)
    assert (found.round, found.total) == (1, 3)
    assert found.counts == {("DE", "KR"): 2, ("FR", "KR"): 1}
    assert (found.left, found.right) == (("DE", "FR"), ("KR",))

    session.get_one(Round, published).withdrawn_at = now
    session.flush()
    assert country_pairs(session, edition).counts == {("FR", "KR"): 1}
