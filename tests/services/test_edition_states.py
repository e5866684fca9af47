"""An edition goes from draft to over by steps that can be taken back until it is published."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from models import AuditEntry, Edition, EditionField, Round
from services import edition_states as states
from services.edition_guards import missing_to_open
from services.edition_steps import StepRefused, offers
from services.editions import is_open, state_now
from tests.factories import Factory


@pytest.fixture
def draft(make: Factory, session: Session) -> Edition:
    made = make.edition(state="draft")
    make.field("quantum")
    session.add(EditionField(edition_id=made.id, field_slug="quantum"))
    session.commit()
    return made


def finished_round(session: Session, edition: Edition, now: datetime, **given: Any) -> Round:
    row = Round(edition_id=edition.id, number=1, state="done", created_at=now, **given)
    session.add(row)
    session.flush()
    return row


def reasons(act: Any, session: Session, edition: Edition, now: datetime) -> tuple[str, ...]:
    with pytest.raises(StepRefused) as refused:
        act(session, edition, now, None)
    return refused.value.reasons


def test_the_whole_way_from_draft_to_over(session: Session, draft: Edition, now: datetime) -> None:
    states.open_edition(session, draft, now, None)
    states.close_edition(session, draft, now, None)
    finished_round(session, draft, now, published_at=now)
    states.mark_matched(session, draft, now, None)
    states.mark_published(session, draft, now, None)
    states.mark_over(session, draft, draft.ends_at, None)
    assert draft.state == "over"
    acts = session.exec(select(AuditEntry.act).order_by("id")).all()
    assert list(acts) == ["opened", "closed", "matched", "published", "over"]


def test_each_step_before_publishing_can_be_taken_back(
    session: Session, draft: Edition, now: datetime
) -> None:
    states.open_edition(session, draft, now, None)
    states.back_to_draft(session, draft, now, None)
    states.open_edition(session, draft, now, None)
    states.close_edition(session, draft, now, None)
    states.reopen_edition(session, draft, now, None)
    assert is_open(draft, now)
    states.close_edition(session, draft, now, None)
    finished_round(session, draft, now)
    states.mark_matched(session, draft, now, None)
    states.back_to_closed(session, draft, now, None)
    assert draft.state == "closed"


def test_a_step_is_written_down_with_who_and_both_states(
    session: Session, draft: Edition, make: Factory, now: datetime
) -> None:
    actor = make.account("organiser")
    states.open_edition(session, draft, now, actor.id)
    entry = session.exec(select(AuditEntry)).one()
    assert (entry.actor_id, entry.subject, entry.subject_id) == (actor.id, "edition", draft.id)
    assert (entry.before, entry.after) == ({"state": "draft"}, {"state": "open"})


def test_a_draft_that_lacks_something_is_not_opened_and_says_what(
    session: Session, make: Factory, now: datetime
) -> None:
    edition = make.edition(
        state="draft", countries={"DE": "left"}, name_en=" ", closes_at=now - timedelta(days=1)
    )
    lacks = ("no-name", "closing-passed", "side-empty", "no-fields")
    assert missing_to_open(session, edition, now) == lacks
    assert reasons(states.open_edition, session, edition, now) == lacks
    assert edition.state == "draft"


def test_dates_that_do_not_follow_each_other_open_nothing(
    session: Session, draft: Edition, now: datetime
) -> None:
    draft.starts_at = draft.closes_at - timedelta(hours=1)
    assert missing_to_open(session, draft, now) == ("dates-out-of-order",)


def test_an_edition_whose_closing_date_has_passed_is_closed_whatever_its_state_says(
    session: Session, make: Factory, now: datetime
) -> None:
    edition = make.edition(closes_at=now)
    assert (state_now(edition, now), is_open(edition, now)) == ("closed", False)
    assert reasons(states.reopen_edition, session, edition, now) == ("closing-passed",)
    finished_round(session, edition, now)
    states.mark_matched(session, edition, now, None)
    assert edition.state == "matched"


def test_an_edition_that_has_ended_is_over_whatever_its_state_says(
    make: Factory, now: datetime
) -> None:
    long_ago = now - timedelta(days=1)
    assert state_now(make.edition(state="published", ends_at=long_ago), now) == "over"
    assert state_now(make.edition(state="draft", ends_at=long_ago), now) == "draft"


def test_without_a_finished_round_nothing_is_matched(
    session: Session, make: Factory, now: datetime
) -> None:
    edition = make.edition(state="closed")
    assert reasons(states.mark_matched, session, edition, now) == ("no-finished-round",)


def test_publishing_waits_until_registration_is_closed(
    session: Session, make: Factory, now: datetime
) -> None:
    edition = make.edition()
    finished_round(session, edition, now, published_at=now)
    assert reasons(states.mark_published, session, edition, now) == ("still-open",)


def test_a_closed_edition_is_published_with_its_round_and_once_only(
    session: Session, make: Factory, now: datetime
) -> None:
    edition = make.edition(state="closed")
    assert reasons(states.mark_published, session, edition, now) == ("no-published-round",)
    finished_round(session, edition, now, published_at=now)
    states.mark_published(session, edition, now, None)
    states.mark_published(session, edition, now, None)
    assert len(session.exec(select(AuditEntry)).all()) == 1


def test_withdrawing_the_round_leads_back_to_matched(
    session: Session, make: Factory, now: datetime
) -> None:
    edition = make.edition(state="published")
    finished_round(session, edition, now, published_at=now, withdrawn_at=now)
    states.mark_matched(session, edition, now, None)
    assert edition.state == "matched"


def test_an_edition_does_not_end_before_its_forum(
    session: Session, make: Factory, now: datetime
) -> None:
    edition = make.edition(state="published")
    assert reasons(states.mark_over, session, edition, now) == ("not-ended",)


def test_a_step_that_somebody_else_took_meanwhile_is_refused(
    session: Session, draft: Edition, now: datetime
) -> None:
    states.open_edition(session, draft, now, None)
    assert reasons(states.open_edition, session, draft, now) == ("still-open",)
    assert reasons(states.back_to_closed, session, draft, now) == ("still-open",)


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        ("draft", ["opened"]),
        ("open", ["back-to-draft", "closed"]),
        ("closed", ["reopened", "matched"]),
        ("matched", ["back-to-closed"]),
        ("published", ["over"]),
        ("over", []),
    ],
)
def test_only_the_steps_from_here_are_offered(
    session: Session, make: Factory, now: datetime, state: str, acts: list[str]
) -> None:
    edition = make.edition(state=state)
    assert [offer.act for offer in offers(session, edition, now)] == acts
