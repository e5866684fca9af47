import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from models import Account, Edition, Exclusion, Participation, Profile
from services.encoding import write_passages
from services.jobs import beat
from services.matcher_cache import MatcherCache
from tests.conftest import Queries
from tests.factories import Factory
from tests.word_encoder import encode_everybody, word_encoders
from web.jobs import Queues, TextVectors
from web.limits import init_app as init_limits
from web.limits import limiter

SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition(name_en="First forum")


@pytest.fixture
def me(make: Factory, edition: Edition) -> Profile:
    account = make.account()
    return make.profile(
        edition, account_id=account.id, research="quantum photon source", needs=["cold chip"]
    )


@pytest.fixture
def reader(session: Session, me: Profile, sign_in: SignIn) -> FlaskClient:
    return sign_in(session.get_one(Account, me.account_id))


def _page(client: FlaskClient, address: str = "/suggestions/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def test_suggestions_are_for_people_who_signed_in(client: FlaskClient) -> None:
    assert client.get("/suggestions/").status_code == 302


def test_without_a_profile_the_page_says_what_will_be_here(make: Factory, sign_in: SignIn) -> None:
    assert "Make my profile" in _page(sign_in(make.account()))


def test_without_publishing_the_page_says_why_nobody_is_shown(
    session: Session, reader: FlaskClient, me: Profile
) -> None:
    me.published_at = None
    session.commit()
    assert "Publish my profile" in _page(reader)


def test_without_an_edition_the_page_leads_to_the_editions(make: Factory, sign_in: SignIn) -> None:
    account = make.account()
    make.profile(account_id=account.id)
    assert "See the editions" in _page(sign_in(account))


def test_with_nobody_on_the_other_side_the_page_says_so(
    session: Session, reader: FlaskClient, make: Factory, edition: Edition
) -> None:
    make.profile(edition, country="FR", name="Same Side")
    encode_everybody(session)
    page = _page(reader)
    assert "Nobody from Korea yet" in page
    assert "Same Side" not in page


def test_while_the_others_texts_wait_the_page_says_that_the_list_is_being_prepared(
    session: Session, reader: FlaskClient, make: Factory, edition: Edition
) -> None:
    encode_everybody(session)
    there = make.profile(edition, country="KR", name="Kim Na-rae", research="quantum")
    write_passages(session, there)
    session.commit()
    page = _page(reader)
    assert "Your list is being prepared" in page
    assert "Nobody from Korea yet" not in page
    encode_everybody(session)
    assert "being prepared" not in _page(reader)


def test_while_a_side_is_read_after_a_start_the_page_says_that_the_list_will_grow(
    session: Session,
    reader: FlaskClient,
    app: Flask,
    make: Factory,
    edition: Edition,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("Kim Na-rae", "Lee Ha-neul", "Park So-yul"):
        make.profile(edition, country="KR", name=name, research="quantum")
    encode_everybody(session)
    monkeypatch.setattr("services.matcher_cache.AT_ONCE", 2)
    app.extensions["matcher"] = MatcherCache(lambda *_: None)
    assert "Your list is being prepared; it is complete in a moment." in _page(reader)


def test_while_the_first_text_waits_the_page_says_that_it_is_being_read(
    session: Session, reader: FlaskClient, make: Factory, edition: Edition, me: Profile
) -> None:
    write_passages(session, me)
    session.commit()
    assert "Your text is being read" in _page(reader)
    make.profile(edition, country="KR", name="Kim Na-rae", research="quantum")
    encode_everybody(session)
    assert "Kim Na-rae" in _page(reader)


def test_while_a_changed_text_waits_the_list_of_before_stays(
    session: Session, reader: FlaskClient, make: Factory, edition: Edition, me: Profile
) -> None:
    make.profile(edition, country="KR", name="Kim Na-rae", research="quantum")
    encode_everybody(session)
    me.research = "turbine noise"
    write_passages(session, me)
    session.commit()
    page = _page(reader)
    assert "Kim Na-rae" in page
    assert "as soon as the worker of this installation runs" in page


def test_a_person_stands_with_place_grade_and_the_best_reason(
    session: Session, reader: FlaskClient, make: Factory, edition: Edition
) -> None:
    make.profile(
        edition,
        country="KR",
        name="Kim Na-rae",
        name_native="김나래",
        organisation_name="SNU",
        offers=["cold chip"],
        email="secret@snu.example",
        phone="+82 10 1234",
    )
    encode_everybody(session)
    page = _page(reader)
    assert "Kim Na-rae" in page
    assert "김나래" in page
    assert "SNU, South Korea" in page
    assert "Offers what you need: cold chip" in page
    assert " fit</span>" in page
    assert "secret@snu.example" not in page
    assert "+82 10 1234" not in page


def test_hidden_imported_and_excluded_people_are_not_there(
    session: Session, reader: FlaskClient, make: Factory, edition: Edition, me: Profile
) -> None:
    make.profile(edition, country="KR", name="Unseen", research="a", visibility="nobody")
    make.profile(edition, country="KR", name="Imported", research="a", confirmed_at=None)
    excluder = make.profile(edition, country="KR", name="Excluder", research="a")
    session.add(Exclusion(profile_id=excluder.id, other_id=me.id, created_at=make.now))
    make.profile(edition, country="KR", name="Visible", research="a")
    encode_everybody(session)
    page = _page(reader)
    assert "Visible" in page
    for name in ("Unseen", "Imported", "Excluder"):
        assert name not in page


def test_an_organiser_who_takes_part_sees_imported_people(
    session: Session, make: Factory, edition: Edition, sign_in: SignIn
) -> None:
    account = make.account("organiser")
    make.profile(edition, account_id=account.id, research="a")
    make.profile(edition, country="KR", name="Imported", research="a", confirmed_at=None)
    encode_everybody(session)
    assert "Imported" in _page(sign_in(account))


def test_filters_live_in_the_address_and_are_said_in_words(
    session: Session, reader: FlaskClient, make: Factory, edition: Edition
) -> None:
    make.field("quantum", name_en="Quantum technologies")
    make.profile(edition, country="KR", name="Kim", research="a", fields=["quantum"])
    make.profile(edition, country="KR", name="Lee", research="a", career_stage="postdoc")
    encode_everybody(session)
    page = _page(reader, "/suggestions/?field=quantum&country=KR")
    assert "Kim" in page
    assert ">Lee<" not in page
    assert "in Quantum technologies" in page
    assert "from South Korea" in page
    assert "?edition=" in page
    narrow = _page(reader, "/suggestions/?field=quantum&stage=postdoc")
    assert "Take a filter away" in narrow


def test_a_filter_that_nobody_there_has_is_no_filter(
    session: Session, reader: FlaskClient, make: Factory, edition: Edition
) -> None:
    make.profile(edition, country="KR", name="Kim", research="a")
    encode_everybody(session)
    assert "Kim" in _page(reader, "/suggestions/?country=XX&field=%00&stage=king&page=x")


def test_with_two_editions_one_is_chosen_by_the_address(
    session: Session, reader: FlaskClient, make: Factory, edition: Edition, me: Profile
) -> None:
    other = make.edition(name_en="Second forum", starts_at=edition.ends_at)
    make.participation(other, me)
    make.profile(edition, country="KR", name="Of The First", research="a")
    make.profile(other, country="KR", name="Of The Second", research="a")
    encode_everybody(session)
    assert "Of The Second" in _page(reader)
    first = _page(reader, f"/suggestions/?edition={edition.slug}")
    assert "Of The First" in first
    assert "Second forum" in first


def test_a_long_list_has_pages_and_an_end(
    session: Session, reader: FlaskClient, make: Factory, edition: Edition
) -> None:
    for number in range(23):
        make.profile(edition, country="KR", name=f"Nr-{number:02}", research=f"chip{number}")
    encode_everybody(session)
    first, second = _page(reader), _page(reader, "/suggestions/?page=2")
    assert (first.count('<li class="person"'), second.count('<li class="person"')) == (20, 3)
    assert "Page 2 of 2" in second
    assert "The list ends before this page" in _page(reader, "/suggestions/?page=9")


def _shown(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'<li class="person" id="person-(\d+)"', page)]


def _next(page: str) -> str:
    (found,) = re.findall(r'<a rel="next" href="([^"]+)"', page)
    return str(found).replace("&amp;", "&")


def test_decisions_on_one_page_pass_nobody_over_on_the_next(
    app: Flask, session: Session, reader: FlaskClient, make: Factory, edition: Edition
) -> None:
    start: datetime = app.extensions["clock"]()
    for number in range(45):
        make.profile(edition, country="KR", name=f"Nr-{number:02}", research=f"chip{number}")
    encode_everybody(session)
    first = _page(reader)
    whole = [*_shown(first), *_shown(_page(reader, "/suggestions/?page=2"))]
    app.extensions["clock"] = lambda: start + timedelta(seconds=5)
    for one, kind in zip(_shown(first), ("interested", "pass", "saved"), strict=False):
        reader.post(f"/suggestions/people/{one}", data={"kind": kind})
    second = _page(reader, _next(first))
    assert _shown(second) == whole[20:]
    assert "Page 2 of 3" in second

    for one in whole[20:]:
        reader.post(f"/suggestions/people/{one}", data={"kind": "pass"})
    assert "You have decided on everybody on this page" in _page(reader, _next(first))
    assert len(_shown(_page(reader, _next(second)))) == 5
    fresh = _shown(_page(reader))
    assert len(fresh) == 20
    assert set(whole[3:20]) < set(fresh)


@pytest.mark.parametrize("since", ["x", "-1", "1", "9" * 30])
def test_a_moment_that_is_no_visit_of_today_is_now(
    session: Session, reader: FlaskClient, make: Factory, edition: Edition, since: str
) -> None:
    for number in range(23):
        make.profile(edition, country="KR", research=f"chip{number}")
    encode_everybody(session)
    first = _shown(_page(reader))
    reader.post(f"/suggestions/people/{first[0]}", data={"kind": "pass"})
    assert len(_shown(_page(reader, f"/suggestions/?page=2&since={since}"))) == 2


def test_what_changed_counts_in_the_next_request(
    session: Session, reader: FlaskClient, make: Factory, edition: Edition
) -> None:
    kim = make.profile(edition, country="KR", name="Kim Na-rae", research="a")
    encode_everybody(session)
    assert "Kim Na-rae" in _page(reader)
    lee = make.profile(country="KR", name="Lee Ji-won", research="quantum photon source")
    encode_everybody(session)
    make.participation(edition, lee)
    page = _page(reader)
    assert page.index("Lee Ji-won") < page.index("Kim Na-rae")
    kim.visibility = "organisers"
    session.commit()
    assert "Kim Na-rae" not in _page(reader)


@pytest.mark.parametrize("people", [3, 300])
def test_a_page_takes_the_same_queries_for_few_and_for_many(
    session: Session,
    reader: FlaskClient,
    make: Factory,
    edition: Edition,
    people: int,
    count_queries: Callable[[], AbstractContextManager[Queries]],
) -> None:
    rows = [
        Profile(
            source_key=f"many-{number}",
            name=f"Name {number}",
            country="KR",
            research=f"quantum chip{number}",
            published_at=make.now,
            confirmed_at=make.now,
            created_at=make.now,
            updated_at=make.now,
        )
        for number in range(people)
    ]
    session.add_all(rows)
    session.flush()
    session.add_all(
        Participation(edition_id=edition.id, profile_id=row.id, joined_at=make.now) for row in rows
    )
    encode_everybody(session)
    with count_queries() as queries:
        _page(reader)
    assert queries.total == 29, "\n".join(queries.statements)


class _Answering(Queues):
    """A queue whose worker answers at once, or never."""

    def __init__(self, *, answers: bool) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def ask(self, text: str) -> TextVectors | None:
        self.asked.append(text)
        if not self.answers:
            return None
        rows = word_encoders()[0].encode_question(text)
        return TextVectors(tuple((name, row[0].tobytes()) for name, row in rows.items()))


@pytest.fixture
def crowd(session: Session, make: Factory, edition: Edition) -> None:
    make.profile(edition, country="KR", name="Turbine Person", research="turbine noise")
    make.profile(edition, country="KR", name="Photon Person", research="single photon")
    encode_everybody(session)


@pytest.mark.usefixtures("crowd")
def test_an_idea_is_ranked_by_meaning_when_the_worker_answers(
    app: Flask, session: Session, reader: FlaskClient, now: datetime
) -> None:
    queues = app.extensions["queues"] = _Answering(answers=True)
    beat(session, now)
    session.commit()
    page = _page(reader, "/suggestions/?idea=%EA%B4%91%EC%9E%90")
    assert queues.asked == ["광자"]
    assert page.index("Photon Person") < page.index("Turbine Person")
    assert "Close to your idea: single photon" in page
    assert "does not answer" not in page


@pytest.mark.usefixtures("crowd")
@pytest.mark.parametrize("worker", ["silent", "away"])
def test_without_an_answer_an_idea_is_searched_by_its_words_and_the_page_says_so(
    app: Flask, session: Session, reader: FlaskClient, now: datetime, worker: str
) -> None:
    queues = app.extensions["queues"] = _Answering(answers=False)
    if worker == "silent":
        beat(session, now)
        session.commit()
    page = _page(reader, "/suggestions/?idea=photon+source")
    assert queues.asked == (["photon source"] if worker == "silent" else [])
    assert "does not answer now" in page
    assert "Photon Person" in page
    assert "Found: photon" in page
    assert "Turbine Person" not in page


@pytest.mark.usefixtures("crowd")
def test_an_idea_that_is_too_long_is_refused_in_words(reader: FlaskClient) -> None:
    page = _page(reader, f"/suggestions/?idea={'x' * 2001}")
    assert "2,000 characters at most" in page
    assert "Photon Person" not in page


@pytest.mark.usefixtures("crowd")
def test_filters_and_an_idea_go_together(reader: FlaskClient) -> None:
    page = _page(reader, "/suggestions/?idea=photon&country=KR")
    assert 'name="country" value="KR"' in page
    assert 'name="idea" value="photon"' in page
    assert "Back to suggestions for my profile" in page


def test_ideas_may_be_asked_often_but_not_without_end(app: Flask, reader: FlaskClient) -> None:
    app.config["RATELIMIT_ENABLED"] = True
    init_limits(app)
    limiter.reset()
    try:
        answers = [reader.get("/suggestions/?idea=a").status_code for _ in range(61)]
        assert reader.get("/suggestions/").status_code == 200
    finally:
        limiter.enabled = False
    assert answers == [200] * 60 + [429]
