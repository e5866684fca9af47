"""Two letters, one to each, once."""

import pytest
from sqlmodel import Session, select

from models import Account, Mail
from services.accounts import Desk
from services.accounts_erasure import erase
from services.mail import Letter, Written
from services.mutual_news import forget_news_of, tell_both
from tests.conftest import NOW
from tests.factories import Factory
from tests.services.reaction_people import People, two_people


def _write(letter: Letter) -> Written:
    return Written(letter.kind, f"{letter.language}: {letter.facts['name']}")


@pytest.fixture
def people(session: Session, make: Factory) -> People:
    found = two_people(session, make)
    for profile, language in ((found.ana, "en"), (found.kim, "ko")):
        profile.account_id = make.account(language=language).id
        session.add(profile)
    session.commit()
    return found


def _tell(people: People) -> int:
    pair = people.ana.id, people.kim.id
    return tell_both(people.session, _write, people.edition.id, pair, NOW)


def _letters(people: People) -> dict[int, str]:
    rows = people.session.exec(select(Mail)).all()
    return {int(row.account_id or 0): row.body for row in rows}


def test_each_gets_a_letter_in_their_language_that_names_the_other_and_nothing_more(
    people: People,
) -> None:
    assert _tell(people) == 2
    assert _letters(people) == {
        people.ana.account_id: "en: Kim",
        people.kim.account_id: "ko: Ana",
    }


def test_the_letters_go_to_the_addresses_of_the_accounts(people: People) -> None:
    _tell(people)
    accounts = people.session.exec(select(Account.email)).all()
    assert sorted(people.session.exec(select(Mail.recipient))) == sorted(accounts)


def test_the_same_news_is_told_once(people: People) -> None:
    _tell(people)
    assert _tell(people) == 0
    assert len(_letters(people)) == 2


def test_whoever_has_no_account_gets_no_letter(people: People) -> None:
    people.kim.account_id = None
    assert _tell(people) == 1
    assert list(_letters(people)) == [people.ana.account_id]


def test_letters_that_name_somebody_go_with_them(people: People, desk: Desk) -> None:
    _tell(people)
    forget_news_of(people.session, people.kim.id)
    assert list(_letters(people)) == [people.kim.account_id]
    assert people.kim.account_id is not None
    erase(people.session, desk, people.kim.account_id, NOW)
    assert [row.subject for row in people.session.exec(select(Mail))] == ["farewell"]
