"""Deleting an account leaves nothing of its owner behind."""

from datetime import datetime

import pytest
from sqlalchemy import String, cast, or_
from sqlmodel import Session, SQLModel, func, select

from models import (
    Account,
    Exclusion,
    IndexVersion,
    Mail,
    Pairing,
    Participation,
    Passage,
    PassageVector,
    Profile,
    ProfileVectorState,
    RoleRequest,
    Round,
)
from models.database import make_sessions
from services.accounts import Desk
from services.accounts_credentials import ask_reset
from services.accounts_erasure import erase
from services.mail_delivery import deliver_waiting
from services.roles import LastAdministrator
from tests.factories import Factory
from tests.services.conftest import PostBox

ADDRESS = "kim@example.org"


@pytest.fixture
def account(session: Session, make: Factory, now: datetime) -> Account:
    """Make an account with everything that an account can have."""
    edition, field = make.edition(), make.field()
    account = make.account("coordinator", email=ADDRESS)
    other = make.profile(edition, country="KR")
    mine = make.profile(
        edition,
        account_id=account.id,
        email=ADDRESS,
        name="Kim Minseo",
        fields=[field.slug],
        offers=["wafers"],
        publications=["On Kim Minseo's wafers"],
    )
    passage = Passage(profile_id=mine.id, kind="research", text="Kim Minseo", text_hash="h")
    run = Round(edition_id=edition.id, number=1, started_by=account.id, created_at=now)
    session.add_all([passage, run])
    session.flush()
    session.add_all(
        [
            PassageVector(passage_id=passage.id, encoder="e", text_hash="h", vector=b"1234"),
            Exclusion(profile_id=mine.id, other_id=other.id, created_at=now),
            Exclusion(profile_id=other.id, other_id=mine.id, created_at=now),
            Exclusion(profile_id=other.id, other_key=ADDRESS, created_at=now),
            Pairing(round_id=run.id, left_id=mine.id, right_id=other.id, score=0.5, grade="good"),
            RoleRequest(account_id=account.id, role="coordinator", requested_at=now),
        ]
    )
    session.commit()
    return account


def _mentions(session: Session, text: str) -> list[str]:
    """Name the tables in which any column mentions a text."""
    found = []
    for table in SQLModel.metadata.sorted_tables:
        holds = or_(*(cast(column, String).contains(text) for column in table.columns))
        if session.exec(select(func.count()).select_from(table).where(holds)).one():
            found.append(table.name)
    return found


def test_nothing_names_the_person_any_more(
    session: Session, desk: Desk, account: Account, now: datetime
) -> None:
    ask_reset(session, desk, ADDRESS, now)
    assert set(_mentions(session, ADDRESS)) == {"account", "profile", "mail", "exclusion"}
    erase(session, desk, account.id, now)
    session.commit()
    assert _mentions(session, "Kim Minseo") == []
    # Only the farewell, and that goes as soon as it is sent.
    assert _mentions(session, ADDRESS) == ["mail"]


@pytest.mark.parametrize(
    "table", [Account, Participation, Passage, PassageVector, Exclusion, Pairing, RoleRequest]
)
def test_what_belonged_to_the_account_is_gone(
    session: Session, desk: Desk, account: Account, now: datetime, table: type[SQLModel]
) -> None:
    before = session.exec(select(func.count()).select_from(table)).one()
    erase(session, desk, account.id, now)
    after = session.exec(select(func.count()).select_from(table)).one()
    # The other person's own participation stays.
    assert (before, after) == ((2, 1) if table is Participation else (before, 0))
    assert session.exec(select(func.count()).select_from(Profile)).one() == 1


def test_a_round_that_the_account_started_stays(
    session: Session, desk: Desk, account: Account, now: datetime
) -> None:
    erase(session, desk, account.id, now)
    session.commit()
    session.expire_all()
    assert session.exec(select(Round)).one().started_by is None


def test_every_index_learns_that_the_profile_is_gone(
    session: Session, desk: Desk, account: Account, now: datetime
) -> None:
    profile_id = session.exec(select(Profile.id).where(Profile.account_id == account.id)).one()
    session.add(IndexVersion(version=7))
    session.add(ProfileVectorState(profile_id=profile_id, version=7))
    session.commit()
    erase(session, desk, account.id, now)
    session.commit()
    state = session.exec(select(ProfileVectorState)).one()
    assert (state.profile_id, state.version, state.gone) == (profile_id, 8, True)
    assert session.exec(select(IndexVersion.version)).one() == 8


def test_waiting_mails_are_replaced_by_a_farewell(
    session: Session, desk: Desk, account: Account, post_box: PostBox, now: datetime
) -> None:
    ask_reset(session, desk, ADDRESS, now)
    erase(session, desk, account.id, now)
    assert post_box.kinds(ADDRESS) == ["farewell"]


def test_the_farewell_leaves_no_trace_once_it_is_sent(
    session: Session, desk: Desk, account: Account, now: datetime
) -> None:
    erase(session, desk, account.id, now)
    session.commit()
    sent: list[str] = []
    sessions = make_sessions(session.get_bind())  # type: ignore[arg-type] # an engine in tests
    deliver_waiting(sessions, lambda mail, _: sent.append(mail.recipient), now)
    assert sent == [ADDRESS]
    assert session.exec(select(Mail)).all() == []


def test_the_last_administrator_stays(
    session: Session, desk: Desk, make: Factory, now: datetime
) -> None:
    first, second = make.account("administrator"), make.account("administrator")
    erase(session, desk, first.id, now)
    session.commit()
    with pytest.raises(LastAdministrator):
        erase(session, desk, second.id, now)


def test_an_account_without_profile_goes_too(
    session: Session, desk: Desk, make: Factory, now: datetime
) -> None:
    erase(session, desk, make.account().id, now)
    assert session.exec(select(Account)).all() == []
    assert session.exec(select(ProfileVectorState)).all() == []
