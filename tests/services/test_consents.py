"""Consents: a ledger that only grows, and withdrawals that really end what depended on them."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from models import Account, Consent, ConsentEvent, Edition, Mail, Participation, Profile
from services import consents
from services.candidates import candidate_ids, places_of
from services.consents import (
    LEGAL_VERSION,
    NEEDED,
    WORDINGS,
    give,
    ledger,
    missing,
    note_terms,
    standings,
    withdraw,
)
from services.consents_reading import consented, has_consent
from services.editions_joining import NotConsented, join
from services.participants import participants
from services.profiles import publish, set_gender
from services.roles import Roles
from services.visibility import Viewer
from tests.factories import Factory


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition(landscape=[[0.5, 0.5, "right"]])


@pytest.fixture
def account(make: Factory) -> Account:
    return make.account(email="kim@example.org")


@pytest.fixture
def kim(make: Factory, edition: Edition, account: Account) -> Profile:
    return make.profile(
        edition, account_id=account.id, country="KR", research="quantum", consents=()
    )


def _listed(session: Session, make: Factory, edition: Edition, kim: Profile) -> bool:
    """Tell whether somebody of the other side may be shown Kim."""
    reader = make.profile(edition)
    place, viewer = places_of(session, reader.id)[0], Viewer(reader.id, Roles())
    return kim.id in candidate_ids(session, place, viewer)


def test_every_act_is_a_line_with_moment_wording_and_language(
    session: Session, account: Account, now: datetime
) -> None:
    give(session, account.id, ["matching"], "ko", now)
    later = now + timedelta(days=1)
    withdraw(session, account.id, ["matching"], "en", later)
    lines = [(e.purpose, e.given, e.version, e.language, e.at) for e in ledger(session, account.id)]
    version = WORDINGS["matching"]
    assert lines == [
        ("matching", False, version, "en", later),
        ("matching", True, version, "ko", now),
    ]


def test_giving_twice_and_withdrawing_twice_is_one_line_each(
    session: Session, account: Account, now: datetime
) -> None:
    for _ in range(2):
        give(session, account.id, ["mails"], "en", now)
    assert has_consent(session, account.id, "mails")
    for _ in range(2):
        withdraw(session, account.id, ["mails"], "en", now)
    assert not has_consent(session, account.id, "mails")
    assert len(ledger(session, account.id)) == 2


def test_a_purpose_that_nobody_is_asked_for_is_refused(
    session: Session, account: Account, now: datetime
) -> None:
    with pytest.raises(KeyError):
        give(session, account.id, ["advertising"], "en", now)


def test_nothing_is_given_before_somebody_gives_it(session: Session, account: Account) -> None:
    assert all(one.given_at is None for one in standings(session, account.id))
    assert missing(session, account.id) == NEEDED


def test_a_changed_wording_is_asked_again_and_given_anew(
    session: Session, account: Account, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(session, account.id, ["mails"], "en", now)
    monkeypatch.setattr(consents, "WORDINGS", {**WORDINGS, "mails": "2027-01-01"})
    (one,) = (s for s in standings(session, account.id) if s.purpose == "mails")
    assert one.again
    later = now + timedelta(days=9)
    give(session, account.id, ["mails"], "en", later)
    (one,) = (s for s in standings(session, account.id) if s.purpose == "mails")
    assert (one.again, one.given_at) == (False, later)
    assert [e.version for e in ledger(session, account.id)] == ["2027-01-01", WORDINGS["mails"]]


def test_being_told_of_the_terms_is_noted(
    session: Session, account: Account, now: datetime
) -> None:
    account.legal_seen = None
    note_terms(session, account, "ko", now)
    assert account.legal_seen == LEGAL_VERSION
    assert [event.purpose for event in ledger(session, account.id)] == ["terms"]


@pytest.mark.parametrize("purpose", NEEDED)
def test_without_what_is_needed_nobody_joins(
    session: Session, make: Factory, account: Account, now: datetime, purpose: str
) -> None:
    new = make.edition()
    me = make.profile(account_id=account.id, research="quantum", consents=())
    give(session, account.id, set(NEEDED) - {purpose}, "en", now)
    with pytest.raises(NotConsented) as refused:
        join(session, new, me, now)
    assert refused.value.missing == (purpose,)
    give(session, account.id, [purpose], "en", now)
    join(session, new, me, now)


@pytest.mark.parametrize("purpose", NEEDED)
def test_withdrawing_what_is_needed_leaves_suggestions_rounds_and_the_picture(
    session: Session,
    make: Factory,
    edition: Edition,
    account: Account,
    kim: Profile,
    now: datetime,
    purpose: str,
) -> None:
    give(session, account.id, NEEDED, "en", now)
    assert _listed(session, make, edition, kim)
    assert [p.id for p in participants(session, edition.id, "right")] == [kim.id]
    withdraw(session, account.id, [purpose], "en", now)
    session.commit()
    assert not _listed(session, make, edition, kim)
    assert participants(session, edition.id, "right") == []
    mine = select(Participation).where(Participation.profile_id == kim.id)
    assert session.exec(mine).all() == []
    session.refresh(edition)
    assert edition.landscape == []


def test_in_an_edition_that_has_closed_a_withdrawal_counts_too(
    session: Session, make: Factory, account: Account, now: datetime
) -> None:
    closed = make.edition(state="closed")
    kim = make.profile(closed, account_id=account.id, country="KR")
    withdraw(session, account.id, ["matching"], "en", now)
    assert participants(session, closed.id, "right") == []
    assert not _listed(session, make, closed, kim)


def test_withdrawing_the_showing_takes_the_profile_back(
    session: Session, account: Account, kim: Profile, now: datetime
) -> None:
    publish(session, kim, "signed-in", now)
    give(session, account.id, ["showing"], "en", now)
    withdraw(session, account.id, ["showing"], "en", now)
    assert kim.published_at is None


def test_withdrawing_the_gender_deletes_it(
    session: Session, account: Account, kim: Profile, now: datetime
) -> None:
    set_gender(kim, "female", now)
    give(session, account.id, ["gender"], "en", now)
    usable = select(Profile.id).where(consented("gender"))
    assert kim.id in session.exec(usable).all()
    withdraw(session, account.id, ["gender"], "en", now)
    assert kim.gender is None
    assert kim.id not in session.exec(usable).all()


def test_withdrawing_the_mails_drops_those_that_wait_and_no_others(
    session: Session, account: Account, now: datetime
) -> None:
    for event in ("notice:message:1", "reset:1"):
        mail = Mail(
            event=event,
            recipient=account.email,
            account_id=account.id,
            subject="",
            body="",
            next_attempt_at=now,
            created_at=now,
        )
        session.add(mail)
    give(session, account.id, ["mails"], "en", now)
    withdraw(session, account.id, ["mails"], "en", now)
    assert session.exec(select(Mail.event)).all() == ["reset:1"]


def test_who_was_imported_answered_to_the_organiser_until_they_take_the_profile_over(
    session: Session, make: Factory, account: Account, edition: Edition
) -> None:
    imported = make.profile(edition, country="KR", confirmed_at=None, published_at=None)
    assert [p.id for p in participants(session, edition.id, "right")] == [imported.id]
    imported.account_id = account.id
    session.commit()
    assert participants(session, edition.id, "right") == []


def test_consents_go_with_the_account(session: Session, account: Account, now: datetime) -> None:
    give(session, account.id, ["mails"], "en", now)
    session.commit()
    session.delete(account)
    session.commit()
    assert session.exec(select(Consent)).all() == []
    assert session.exec(select(ConsentEvent)).all() == []
