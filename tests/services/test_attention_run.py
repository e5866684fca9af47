"""The worker computes who is seen how often, keeps it with the participants, and tells it."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from matchmaking.attention import AttentionSettings
from models import Edition, Participation, Profile
from models.database import SessionMaker, make_sessions
from services.attention import read_prices
from services.attention_run import REST, due, shown_people, spread_attention
from services.exposure import exposure_report, unseen
from tests.factories import Factory
from tests.word_encoder import encode_everybody

LISTS = AttentionSettings(length=2)


@pytest.fixture
def sessions(engine: Engine) -> SessionMaker:
    return make_sessions(engine)


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition()


@pytest.fixture
def people(make: Factory, edition: Edition, session: Session) -> list[Profile]:
    """Make six readers on the left; on the right one whom all want, and five they do not."""
    found = [make.profile(edition, research=f"quantum photon topic{i}") for i in range(6)]
    found.append(make.profile(edition, country="KR", research="quantum photon"))
    found += [
        make.profile(edition, country="KR", research=f"quantum noise turbine{i}") for i in range(5)
    ]
    encode_everybody(session)
    return found


def spread(sessions: SessionMaker, make: Factory, edition: Edition) -> None:
    edition_id = edition.id
    make.session.commit()  # one connection serves the test and the worker
    spread_attention(sessions, edition_id, lambda: make.now, LISTS)


def participation(session: Session, person: Profile) -> Participation:
    query = select(Participation).where(Participation.profile_id == person.id)
    return session.exec(query).one()


def test_everybody_who_may_be_shown_gets_a_price_and_is_counted(
    session: Session,
    sessions: SessionMaker,
    make: Factory,
    edition: Edition,
    people: list[Profile],
) -> None:
    spread(sessions, make, edition)

    wanted = participation(session, people[6])
    assert wanted.lists_before == 6
    assert wanted.lists_after is not None
    assert wanted.lists_after <= wanted.lists_before
    assert set(read_prices(session, edition.id)) == {one.id for one in people}
    counts = [participation(session, one).lists_after or 0 for one in people[6:]]
    assert sum(counts) == 12


def test_the_report_tells_both_sides_before_and_after(
    session: Session,
    sessions: SessionMaker,
    make: Factory,
    edition: Edition,
    people: list[Profile],
) -> None:
    assert exposure_report(session, edition) is None
    spread(sessions, make, edition)
    session.refresh(edition)

    report = exposure_report(session, edition)

    assert report is not None
    assert (report.length, report.made_at) == (2, make.now)
    assert (report.left.before.people, report.right.before.people) == (6, 6)
    for side in report.sides:
        assert side.after.gini <= side.before.gini
        assert side.after.never <= side.before.never
        assert sum(bar.before for bar in side.bars) == side.before.people
        assert sum(bar.after for bar in side.bars) == side.after.people
        assert side.bars[0].before == side.before.never
        assert -0.05 < side.cost < 0.2


def test_whoever_is_on_no_list_is_named_and_whether_the_correction_helped(
    session: Session,
    sessions: SessionMaker,
    make: Factory,
    edition: Edition,
    people: list[Profile],
) -> None:
    spread(sessions, make, edition)
    row, other = (participation(session, people[number]) for number in (7, 8))
    row.lists_before, row.lists_after = 0, 1
    other.lists_before = other.lists_after = 0
    session.add_all([row, other])
    session.commit()

    found = unseen(session, edition)

    told = {one.profile_id: one.helped for one in found}
    assert told[people[7].id] is True
    assert told[people[8].id] is False
    assert [one.helped for one in found] == sorted(one.helped for one in found)
    assert {one.side for one in found} <= {"left", "right"}


def test_whoever_shows_themselves_to_organisers_only_or_was_not_read_yet_has_no_price(
    session: Session,
    sessions: SessionMaker,
    make: Factory,
    edition: Edition,
    people: list[Profile],
) -> None:
    hidden = make.profile(edition, country="KR", research="quantum", visibility="organisers")
    imported = make.profile(edition, country="KR", research="quantum", confirmed_at=None)
    encode_everybody(session)
    late = make.profile(edition, country="KR", research="quantum")

    spread(sessions, make, edition)

    known = read_prices(session, edition.id)
    assert not {hidden.id, imported.id, late.id} & set(known)
    assert late.id in shown_people(session, edition, "right")


def test_it_is_due_when_texts_changed_and_it_has_rested(
    session: Session,
    sessions: SessionMaker,
    make: Factory,
    edition: Edition,
    people: list[Profile],
) -> None:
    draft = make.edition(state="draft")
    assert due(session, make.now) == [edition.id]
    spread(sessions, make, edition)
    later = make.now + REST
    session.expire_all()
    assert due(session, later) == []
    session.commit()

    make.profile(edition, country="KR", research="laser")
    encode_everybody(session)
    assert due(session, make.now + timedelta(seconds=1)) == []
    assert due(session, later) == [edition.id]
    assert draft.id not in due(session, later)


def test_what_takes_long_is_done_more_seldom(
    session: Session,
    sessions: SessionMaker,
    make: Factory,
    edition: Edition,
    people: list[Profile],
) -> None:
    moments = iter([make.now, make.now + timedelta(minutes=2), make.now + timedelta(minutes=2)])
    edition_id = edition.id
    session.commit()
    spread_attention(sessions, edition_id, lambda: next(moments), LISTS)
    make.profile(edition, country="KR", research="laser")
    encode_everybody(session)
    session.expire_all()
    assert due(session, make.now + timedelta(minutes=30)) == []
    assert due(session, make.now + timedelta(minutes=43)) == [edition_id]


def test_an_edition_without_people_gets_an_empty_report(
    session: Session, sessions: SessionMaker, make: Factory, edition: Edition
) -> None:
    spread(sessions, make, edition)
    session.refresh(edition)
    report = exposure_report(session, edition)
    assert report is not None
    assert report.left.before.people == 0
    assert unseen(session, edition) == []
