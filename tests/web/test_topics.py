"""Topics as organisers keep them and as people tick them."""

import re
from collections.abc import Callable

from flask.testing import FlaskClient
from sqlmodel import Session, select

from models import Account, Profile, Topic
from tests.factories import Factory

SignIn = Callable[[Account], FlaskClient]


def test_an_organiser_changes_the_list(sign_in: SignIn, make: Factory, session: Session) -> None:
    browser = sign_in(make.account("organiser"))
    assert "This is the list that Ieum brings along." in browser.get("/admin/topics").text
    browser.post("/admin/topics/write-down")
    topic = session.exec(select(Topic).where(Topic.name_en == "Hybrid bonding")).one().id
    session.commit()

    twice = browser.post("/admin/topics", data={"name_en": "hybrid bonding"})
    assert "There is a topic of this name already." in twice.text
    browser.post("/admin/topics", data={"name_en": "Wafer thinning", "name_ko": "웨이퍼 박막화"})
    browser.post(f"/admin/topics/{topic}", data={"name_en": "Direct bonding"})

    page = browser.get("/admin/topics").text
    assert "Wafer thinning" in page
    assert "Direct bonding" in page
    browser.post(f"/admin/topics/{topic}/remove")
    assert ">Direct bonding<" not in browser.get("/admin/topics").text


def test_people_tick_topics_and_add_words_of_their_own(
    sign_in: SignIn, make: Factory, session: Session
) -> None:
    account = make.account()
    make.profile(account_id=account.id, source="account", topics=["Spintronics", "wet benches"])
    browser = sign_in(account)

    page = browser.get("/profile/work").text

    assert re.search(r'<input checked [^>]*value="Spintronics"', page)
    assert 'value="wet benches"' in page
    seen = page.split('name="seen" type="hidden" value="')[1].split('"')[0]
    typed = {"proposed": ["Hybrid bonding", "Spintronics"], "topics": "wet benches, masks"}
    browser.post("/profile/work", data={"seen": seen, "next": "stay", **typed})
    session.expire_all()
    assert session.exec(select(Profile)).one().topics == [
        "Hybrid bonding",
        "Spintronics",
        "wet benches",
        "masks",
    ]


def test_a_topic_is_named_in_the_language_of_the_page_and_stored_by_one_word(
    sign_in: SignIn, make: Factory, session: Session
) -> None:
    account = make.account(language="ko")
    make.profile(account_id=account.id, source="account", topics=["Spintronics", "wet benches"])
    browser = sign_in(account)

    page = browser.get("/profile/work").text
    seen = page.split('name="seen" type="hidden" value="')[1].split('"')[0]
    typed = {"proposed": ["Spintronics"], "topics": "하이브리드 본딩, wet benches"}
    browser.post("/profile/work", data={"seen": seen, "next": "stay", **typed})

    session.expire_all()
    profile = session.exec(select(Profile)).one()
    number = profile.id
    assert profile.topics == ["Spintronics", "Hybrid bonding", "wet benches"]
    session.commit()
    shown = browser.get(f"/people/{number}").text
    assert "스핀트로닉스, 하이브리드 본딩, wet benches" in shown
    browser.post("/language", data={"language": "en"})
    assert "Spintronics, Hybrid bonding, wet benches" in browser.get(f"/people/{number}").text


def test_profiles_show_the_new_name_of_a_topic(
    sign_in: SignIn, make: Factory, session: Session
) -> None:
    organiser = make.account("organiser")
    mine = make.profile(account_id=organiser.id, source="account", topics=["Spintronics"])
    number = mine.id
    browser = sign_in(organiser)
    browser.post("/admin/topics/write-down")
    topic = session.exec(select(Topic.id).where(Topic.word == "Spintronics")).one()
    session.commit()

    browser.post(f"/admin/topics/{topic}", data={"name_en": "Spin devices", "name_ko": ""})

    assert "Spin devices" in browser.get(f"/people/{number}").text
    assert re.search(r'<input checked [^>]*value="Spintronics"', browser.get("/profile/work").text)
