"""The organiser's mailings: written, looked at, sent once, stopped, and read afterwards."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Account, Mail, Mailing
from models.database import make_sessions
from services.mailings import MailingDraft
from tests.conftest import NOW, Queries
from tests.factories import Factory
from tests.services.mailing_example import MailingExample, mailing_example
from web.mailing_ready import READY, ready_draft
from web.mailing_work import spread

SignIn = Callable[[Account], FlaskClient]
TEXTS = {
    "subject_en": "News of {edition}",
    "subject_ko": "{edition} 소식",
    "body_en": "Dear {name},\r\n\r\nyou have {partners}: {link}",
    "body_ko": "{name} 님, {partners}: {link}",
    "audience": "everybody",
    "side": "both",
    "leads_to": "edition",
}


@pytest.fixture
def example(make: Factory) -> MailingExample:
    return mailing_example(make)


@pytest.fixture
def organiser(make: Factory, sign_in: SignIn, example: MailingExample) -> FlaskClient:
    return sign_in(make.account("organiser", email="organiser@example.org"))


@pytest.fixture
def at(example: MailingExample) -> str:
    return f"/organise/{example.edition.slug}/mailings/"


@pytest.fixture
def worker(app: Flask, engine: Engine) -> Callable[[], int]:
    def work() -> int:
        with app.app_context():
            return spread(make_sessions(engine))

    return work


def only(session: Session) -> Mailing:
    session.rollback()
    session.expire_all()
    return session.exec(select(Mailing).order_by("id")).all()[-1]


def text(answer: object) -> str:
    return str(answer.get_data(as_text=True))  # type: ignore[attr-defined] # a test response


def test_a_draft_is_written_and_says_whom_it_would_reach(
    organiser: FlaskClient, at: str, session: Session, example: MailingExample, make: Factory
) -> None:
    make.profile(example.edition, email="", name="No address")
    answer = organiser.post(at + "new", data=TEXTS, follow_redirects=True)
    assert answer.status_code == 200
    page = text(answer)
    assert "Send it to 4 people" in page
    assert "1 person: left out: no mail address" in page
    assert "News of Forum" in page
    assert only(session).body_en == "Dear {name},\n\nyou have {partners}: {link}"


def test_what_is_missing_or_unknown_is_said_beside_the_field(
    organiser: FlaskClient, at: str, session: Session
) -> None:
    answer = organiser.post(at + "new", data=TEXTS | {"subject_ko": " ", "body_en": "{nmae}"})
    assert answer.status_code == 422
    page = text(answer)
    assert "Write a subject." in page
    assert "{nmae} is not known. Known are {name}, {edition}" in page
    assert len(session.exec(select(Mailing)).all()) == 1


@pytest.mark.parametrize("kind", sorted(READY))
def test_a_text_to_begin_from_is_whole_in_both_languages(app: Flask, kind: str) -> None:
    with app.test_request_context("/"):
        draft = ready_draft(kind)
    assert "{edition}" in draft.subject_en
    assert "{link}" in draft.body_en
    assert draft.body_ko.count("{") == draft.body_en.count("{")
    assert draft.body_ko != draft.body_en


def test_an_unknown_text_is_an_empty_form(app: Flask, organiser: FlaskClient, at: str) -> None:
    assert organiser.get(at + "new?text=../../etc").status_code == 200
    with app.test_request_context("/"):
        assert ready_draft("nothing") == MailingDraft("", "", "", "")


def test_the_preview_is_what_a_real_person_gets(
    organiser: FlaskClient, at: str, example: MailingExample
) -> None:
    page = text(organiser.get(f"{at}{example.mailing.id}/preview"))
    assert "Dear Lena," in page
    assert f"/editions/{example.edition.slug}" in page
    assert page.index("Dear Lena,") < page.index("Lena 님")
    korean = text(organiser.get(f"{at}{example.mailing.id}/preview?person={example.kim.id}"))
    assert korean.index("Kim 님") < korean.index("Dear Kim,")
    answer = organiser.post(f"{at}{example.mailing.id}/preview", data={"name": "jan"})
    assert answer.location.endswith(f"/preview?person={example.jana.id}")
    unknown = organiser.post(f"{at}{example.mailing.id}/preview", data={"name": "xyz"})
    assert "Nobody of this name" in text(organiser.get(unknown.location))


def test_somebody_outside_of_the_mailing_is_not_shown(
    organiser: FlaskClient, at: str, example: MailingExample, make: Factory
) -> None:
    stranger = make.profile(make.edition(), name="Stranger")
    page = text(organiser.get(f"{at}{example.mailing.id}/preview?person={stranger.id}"))
    assert "Stranger" not in page
    assert "Dear Lena," in page


def test_a_trial_goes_to_oneself_and_its_link_ends_ones_own_mails(
    organiser: FlaskClient, at: str, session: Session, example: MailingExample
) -> None:
    address = f"{at}{example.mailing.id}"
    for _ in range(2):
        organiser.post(address + "/test", data={"person": example.jana.id})
    session.expire_all()
    mails = session.exec(select(Mail)).all()
    assert {mail.recipient for mail in mails} == {"organiser@example.org"}
    assert "Dear Jana," in mails[0].body
    link = mails[0].unsubscribe_link.removeprefix("http://localhost")
    session.rollback()
    organiser.post(link)
    page = text(organiser.get(address))
    assert "Send it to 4 people" in page


def test_it_is_sent_once_however_often_it_is_pressed(
    organiser: FlaskClient,
    at: str,
    session: Session,
    example: MailingExample,
    worker: Callable[[], int],
) -> None:
    seen = {"seen": NOW.isoformat()}
    address = f"{at}{example.mailing.id}"
    organiser.post(address + "/send", data=seen)
    second = organiser.post(address + "/send", data=seen, follow_redirects=True)
    assert "nobody gets it twice" in text(second)
    assert worker() == 4
    assert worker() == 0
    organiser.post(address + "/send", data=seen)
    assert worker() == 0
    session.expire_all()
    assert len(session.exec(select(Mail)).all()) == 4


def test_a_draft_that_somebody_changed_meanwhile_is_neither_sent_nor_overwritten(
    organiser: FlaskClient, at: str, session: Session, example: MailingExample
) -> None:
    address, old = f"{at}{example.mailing.id}", {"seen": "2026-11-01T00:00:00+00:00"}
    answer = organiser.post(address + "/send", data=old, follow_redirects=True)
    assert "Somebody changed this mailing meanwhile" in text(answer)
    changed = organiser.post(address + "/edit", data=TEXTS | old | {"subject_en": "Mine"})
    assert changed.status_code == 409
    assert 'value="Mine"' in text(changed)
    assert only(session).state == "draft"
    assert only(session).subject_en == "News of {edition}"


def test_a_draft_is_changed_with_its_readers_as_they_were_chosen(
    organiser: FlaskClient, at: str, session: Session, example: MailingExample
) -> None:
    address = f"{at}{example.mailing.id}"
    was = only(session)
    session.commit()
    page = text(organiser.get(address + "/edit"))
    chosen = re.findall(r'<input checked[^>]* name="(\w+)"[^>]* value="([\w-]+)"', page)
    assert chosen == [("audience", was.audience), ("side", was.side)]
    seen = re.search(r'name="seen"[^>]* value="([^"]+)"', page)
    assert seen is not None
    data = TEXTS | {"seen": seen[1], "audience": "unpaired", "side": "left"}
    assert organiser.post(address + "/edit", data=data).status_code == 302
    assert (only(session).audience, only(session).side) == ("unpaired", "left")


def test_progress_is_told_and_a_mailing_is_stopped_at_any_moment(
    organiser: FlaskClient, at: str, example: MailingExample, worker: Callable[[], int]
) -> None:
    address = f"{at}{example.mailing.id}"
    organiser.post(address + "/send", data={"seen": NOW.isoformat()})
    assert "0 of 4 people are done" in text(organiser.get(address))
    worker()
    line = organiser.get(address + "/progress")
    assert "HX-Refresh" not in line.headers
    stopped = organiser.post(address + "/cancel", follow_redirects=True)
    assert "This mailing was cancelled" in text(stopped)
    assert organiser.get(address + "/progress").headers["HX-Refresh"] == "true"
    assert "Send it to those who have not got it" in text(stopped)
    organiser.post(address + "/again")
    assert worker() == 4


def test_refusals_stand_with_the_servers_words_and_can_be_picked_out(
    organiser: FlaskClient,
    at: str,
    session: Session,
    example: MailingExample,
    worker: Callable[[], int],
) -> None:
    address = f"{at}{example.mailing.id}"
    organiser.post(address + "/send", data={"seen": NOW.isoformat()})
    worker()
    for mail in session.exec(select(Mail)):
        mail.state = "sent"
    lee = session.exec(select(Mail).where(Mail.profile_id == example.lee.id)).one()
    lee.state, lee.problem = "refused", "550 5.1.1 no such user"
    session.commit()
    worker()
    page = text(organiser.get(address))
    assert "3 people have got it." in page
    assert "550 5.1.1 no such user" in page
    some = text(organiser.get(address + "?outcome=refused"))
    assert "Lee" in some
    assert "Jana" not in some


def test_the_pages_of_another_edition_are_closed(
    make: Factory, sign_in: SignIn, session: Session, example: MailingExample
) -> None:
    other = make.edition()
    organiser = sign_in(make.account("organiser"))
    address = f"/organise/{other.slug}/mailings/{example.mailing.id}"
    assert organiser.get(address).status_code == 404
    assert organiser.post(address + "/send").status_code == 404


@pytest.mark.parametrize("people", [3, 30])
def test_the_pages_take_as_many_queries_for_many_as_for_few(
    organiser: FlaskClient,
    at: str,
    example: MailingExample,
    make: Factory,
    session: Session,
    worker: Callable[[], int],
    count_queries: Callable[[], AbstractContextManager[Queries]],
    people: int,
) -> None:
    for number in range(people):
        make.profile(example.edition, email=f"p{number}@example.org")
    address = f"{at}{example.mailing.id}"
    totals = []
    with count_queries() as draft:
        assert organiser.get(address).status_code == 200
    totals.append(draft.total)
    organiser.post(address + "/send", data={"seen": NOW.isoformat()})
    worker()
    for page in (address, at, address + "/preview", at + "new"):
        with count_queries() as queries:
            assert organiser.get(page).status_code == 200
        totals.append(queries.total)
    assert totals == [9, 10, 8, 15, 6]
