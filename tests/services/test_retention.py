from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from models import Account, EndedSession, Mail
from services.accounts_sessions import KEPT, end_session
from services.retention import forget_old
from tests.factories import Factory


def test_an_account_that_nobody_confirmed_goes_with_its_mails_when_its_time_is_over(
    session: Session, make: Factory, now: datetime
) -> None:
    old = make.account(confirmed_at=None, created_at=now - timedelta(days=15))
    young = make.account(confirmed_at=None, created_at=now - timedelta(days=13))
    confirmed = make.account(created_at=now - timedelta(days=400))
    moment: dict[str, Any] = {"next_attempt_at": now, "created_at": now}
    mail = Mail(event="one", recipient=old.email, subject="", body="", **moment)
    session.add(mail)
    session.commit()
    assert forget_old(session, 14, now) == 1
    assert forget_old(session, 14, now) == 0
    left = set(session.exec(select(Account.id)))
    assert left == {young.id, confirmed.id}
    assert session.exec(select(Mail)).all() == []


def test_an_ended_sign_in_is_remembered_as_long_as_its_cookie_could_live(
    session: Session, make: Factory, now: datetime
) -> None:
    account = make.account()
    end_session(session, account.id, "key", now)
    forget_old(session, 14, now + KEPT)
    assert session.exec(select(EndedSession)).all() != []
    forget_old(session, 14, now + KEPT + timedelta(seconds=1))
    assert session.exec(select(EndedSession)).all() == []
