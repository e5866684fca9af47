"""For whom a mailing is: each group holds exactly its people."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from models import Edition, Meeting, Pairing, Participation, Profile, Round, WaitingPlace
from models.mailing import MAILING_GROUPS
from services.consents import withdraw
from services.mailing_audience import GROUPS, audience, count_audience, group_counts
from tests.factories import Factory
from tests.services.mailing_example import MailingExample, mailing_example


@pytest.fixture
def example(make: Factory, session: Session, now: datetime) -> MailingExample:
    """Publish a round of Lena and Kim, who agreed to meet, and of Jana and Kim, who have not."""
    made = mailing_example(make)
    row = publish(session, made.edition, now)
    for left, right in ((made.lena, made.kim), (made.jana, made.kim)):
        session.add(
            Pairing(round_id=row.id, left_id=left.id, right_id=right.id, score=0.5, grade="good")
        )
    meet(session, made, made.lena, made.kim, "accepted", now)
    places = {row.profile_id: row for row in session.exec(select(Participation))}
    places[made.lena.id].checked_in_at = places[made.jana.id].no_show_at = now
    choi = make.profile(name="Choi", country="KR")
    session.add(WaitingPlace(edition_id=made.edition.id, profile_id=choi.id, since=now))
    session.commit()
    return made


def publish(session: Session, edition: Edition, now: datetime) -> Round:
    row = Round(edition_id=edition.id, number=1, state="done", created_at=now, published_at=now)
    session.add(row)
    session.flush()
    return row


def meet(
    session: Session,
    example: MailingExample,
    left: Profile,
    right: Profile,
    state: str,
    now: datetime,
) -> None:
    session.add(
        Meeting(
            uid=f"{left.id}-{right.id}",
            edition_id=example.edition.id,
            left_id=left.id,
            right_id=right.id,
            starts_at=now,
            ends_at=now + timedelta(minutes=20),
            state=state,
            created_at=now,
            changed_at=now,
        )
    )


def names(session: Session, example: MailingExample, group: str, side: str = "both") -> set[str]:
    query = select(Profile.name).where(audience(example.edition.id, group, side))
    return set(session.exec(query))


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("everybody", {"Lena", "Kim", "Jana", "Lee"}),
        ("unconfirmed", {"Jana", "Lee"}),
        ("unagreed", set()),
        ("published", {"Lena", "Kim", "Jana"}),
        ("unpaired", {"Lee"}),
        ("meeting", {"Lena", "Kim"}),
        ("no-meeting", {"Jana", "Lee"}),
        ("unplaced", {"Jana", "Kim"}),
        ("checked-in", {"Lena"}),
        ("no-show", {"Jana"}),
        ("waiting", {"Choi"}),
    ],
)
def test_a_group_holds_its_people(
    session: Session, example: MailingExample, group: str, expected: set[str]
) -> None:
    assert names(session, example, group) == expected
    assert group_counts(session, example.edition.id)[group] == len(expected)


def test_a_side_narrows_a_group(session: Session, example: MailingExample) -> None:
    assert names(session, example, "published", "right") == {"Kim"}
    assert count_audience(session, example.edition.id, "everybody", "left") == 2


def test_a_withdrawn_round_is_nobodys(
    session: Session, example: MailingExample, now: datetime
) -> None:
    session.exec(select(Round)).one().withdrawn_at = now
    session.commit()
    assert names(session, example, "published") == set()
    assert names(session, example, "unpaired") == {"Lena", "Kim", "Jana", "Lee"}


def test_who_has_not_agreed_is_a_group(
    session: Session, example: MailingExample, now: datetime
) -> None:
    withdraw(session, example.kim.account_id or 0, ["matching"], "en", now)
    example.make.participation(example.edition, example.kim)
    assert names(session, example, "unagreed") == {"Kim"}


def test_people_of_another_edition_are_in_no_group(
    session: Session, example: MailingExample, make: Factory
) -> None:
    make.profile(make.edition(), name="Elsewhere")
    assert all("Elsewhere" not in names(session, example, group) for group in GROUPS)


def test_the_database_knows_every_group() -> None:
    assert set(GROUPS) <= set(MAILING_GROUPS)
