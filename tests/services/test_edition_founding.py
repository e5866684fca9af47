"""Editions are made new, or after an earlier one; a draft with nobody can be unmade."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import Session, select

from matchmaking.free_time import Span
from models import AuditEntry, Edition, EditionField, EditionSession, Participation
from services.already_met import Encounter, already_met
from services.edition_cloning import clone_edition, propose_clone
from services.edition_dates import DatesOutOfOrder, moment
from services.edition_deleting import NotADraft, PeopleTakePart, delete_draft
from services.edition_founding import BadSlug, Naming, SlugTaken, found_edition
from services.editions import edition_fields, sides
from services.programme import programme_of
from services.programme_editing import make_programme
from services.roles import roles_of
from tests.factories import Factory
from tests.services.test_programme_editing import meeting

BRUSSELS = "Europe/Brussels"
FIRST = date(2026, 12, 1)


@pytest.fixture
def last_year(make: Factory, session: Session) -> Edition:
    half = Span(moment(FIRST, time(9), BRUSSELS), moment(FIRST, time(12), BRUSSELS))
    made = make.edition(
        slug="jeju-2026",
        name_en="Jeju 2026",
        state="over",
        starts_at=moment(FIRST, time(9), BRUSSELS),
        ends_at=moment(FIRST, time(18), BRUSSELS),
        least_early_career=3,
        meet_again=True,
        programme=make_programme([half], 60, 20, (), "left"),
    )
    make.field("quantum")
    session.add(EditionField(edition_id=made.id, field_slug="quantum"))
    session.commit()
    return made


def clone(session: Session, source: Edition, make: Factory, day: date) -> Edition:
    naming = Naming("jeju-2027", "Jeju 2027")
    return clone_edition(session, source, naming, day, make.now, make.account().id)


def test_a_new_edition_is_a_draft_of_whoever_makes_it(
    session: Session, make: Factory, now: datetime
) -> None:
    actor = make.account()
    starts = now + timedelta(days=100)
    naming = Naming("busan-2027", "Busan 2027", "부산 2027")
    ends = starts + timedelta(days=1)
    made = found_edition(session, naming, starts, ends, now, actor.id)
    assert (made.state, made.name_ko) == ("draft", "부산 2027")
    assert made.opens_at < made.closes_at <= made.starts_at
    assert roles_of(session, actor.id).organises == {made.id}
    assert session.exec(select(AuditEntry.act)).all() == ["created"]


def test_a_new_edition_begins_ahead(session: Session, make: Factory, now: datetime) -> None:
    with pytest.raises(DatesOutOfOrder):
        found_edition(session, Naming("a", "A"), now, now + timedelta(days=1), now, 1)


@pytest.mark.parametrize("slug", ["", "Jeju", "jeju 2027", "-jeju", "jeju--2027", "제주", "x" * 61])
def test_a_short_name_can_stand_in_an_address(
    session: Session, make: Factory, now: datetime, slug: str
) -> None:
    starts = now + timedelta(days=9)
    ends = starts + timedelta(days=1)
    with pytest.raises(BadSlug):
        found_edition(session, Naming(slug, "A"), starts, ends, now, 1)


def test_a_clone_has_everything_but_people_rounds_and_leave_to_meet_again(
    session: Session, make: Factory, last_year: Edition
) -> None:
    make.profile(last_year)
    made = clone(session, last_year, make, date(2027, 11, 30))
    assert (made.state, made.name_en) == ("draft", "Jeju 2027")
    assert (made.least_early_career, made.meet_again) == (3, False)
    assert sides(session, made.id) == sides(session, last_year.id)
    assert [one.slug for one in edition_fields(session, made.id)] == ["quantum"]
    here = Participation.edition_id == made.id
    assert session.exec(select(Participation).where(here)).all() == []


def test_the_dates_of_a_clone_move_on_the_clock_across_summer_time(
    session: Session, make: Factory, last_year: Edition
) -> None:
    june = date(2027, 6, 15)
    made = clone(session, last_year, make, june)
    assert made.starts_at == moment(june, time(9), BRUSSELS)
    programme = programme_of(made)
    assert [slot.start for slot in programme.slots] == [
        moment(june, time(hour), BRUSSELS) for hour in (9, 10, 11)
    ]
    assert (programme.tables, programme.length) == (20, timedelta(hours=1))


def test_sessions_come_along_without_anybody_and_without_what_was_cancelled(
    session: Session, make: Factory, last_year: Edition, now: datetime
) -> None:
    for title, cancelled in (("Visit", None), ("Called off", now)):
        session.add(
            EditionSession(
                uid=title,
                edition_id=last_year.id,
                kind="visit",
                title_en=title,
                capacity=12,
                starts_at=moment(FIRST, time(13), BRUSSELS),
                ends_at=moment(FIRST, time(17), BRUSSELS),
                sign_up_until=moment(FIRST, time(9), BRUSSELS),
                cancelled_at=cancelled,
                created_at=now,
                changed_at=now,
            )
        )
    session.commit()
    june = date(2027, 6, 15)
    made = clone(session, last_year, make, june)
    taken = session.exec(select(EditionSession).where(EditionSession.edition_id == made.id)).one()
    assert (taken.title_en, taken.capacity) == ("Visit", 12)
    assert taken.starts_at == moment(june, time(13), BRUSSELS)
    assert taken.sign_up_until == moment(june, time(9), BRUSSELS)


def test_who_met_in_the_earlier_edition_has_met_for_the_clone(
    session: Session, make: Factory, last_year: Edition
) -> None:
    row = meeting(session, make, last_year, 9)
    made = clone(session, last_year, make, date(2027, 11, 30))
    assert already_met(session, made) == {Encounter(row.left_id, row.right_id)}


def test_the_proposal_is_the_same_weekday_a_year_later(last_year: Edition, now: datetime) -> None:
    proposal = propose_clone(last_year, now)
    assert proposal.first_day == date(2027, 11, 30)
    assert (proposal.naming.slug, proposal.naming.name_en) == ("jeju-2027", "Jeju 2027")
    later = propose_clone(last_year, now + timedelta(days=800))
    assert later.first_day > (now + timedelta(days=800)).date()


def test_a_name_without_a_year_gets_one(make: Factory, now: datetime) -> None:
    proposal = propose_clone(make.edition(slug="demo", name_en="Demo"), now)
    assert proposal.naming.slug == "demo-2027"
    assert proposal.naming.name_en == "Demo 2027"


def test_two_editions_never_share_a_short_name(
    session: Session, make: Factory, last_year: Edition
) -> None:
    with pytest.raises(SlugTaken):
        clone_edition(session, last_year, Naming("jeju-2026", "J"), FIRST, make.now, 1)


def test_a_draft_with_nobody_is_deleted(session: Session, make: Factory, now: datetime) -> None:
    draft = make.edition(state="draft")
    delete_draft(session, draft)
    assert session.exec(select(Edition)).all() == []


def test_what_people_saw_or_take_part_in_is_not_deleted(session: Session, make: Factory) -> None:
    with pytest.raises(NotADraft):
        delete_draft(session, make.edition())
    draft = make.edition(state="draft")
    make.profile(draft)
    with pytest.raises(PeopleTakePart):
        delete_draft(session, draft)
