"""The buttons beside somebody, with htmx and without, and the lists behind them."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, col, select
from werkzeug.test import TestResponse

from models import (
    Account,
    Edition,
    Exclusion,
    Mail,
    OrganisationExclusion,
    PartVisibility,
    Profile,
    Reaction,
)
from tests.conftest import NOW, Queries
from tests.factories import Factory
from tests.word_encoder import encode_everybody

SignIn = Callable[[Account], FlaskClient]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition(name_en="First forum")


@pytest.fixture
def me(make: Factory, edition: Edition) -> Profile:
    account = make.account(email="ana@example.org")
    return make.profile(
        edition, account_id=account.id, name="Ana", email="ana@example.org", research="quantum"
    )


@pytest.fixture
def kim(session: Session, make: Factory, edition: Edition, me: Profile) -> Profile:
    account = make.account(email="kim@example.org")
    profile = make.profile(
        edition,
        account_id=account.id,
        country="KR",
        name="Kim Na-rae",
        email="kim@example.org",
        phone="+82 10 1234",
        organisation_name="Small Lab",
        research="quantum photon",
    )
    encode_everybody(session)
    return profile


@pytest.fixture
def reader(session: Session, me: Profile, sign_in: SignIn) -> FlaskClient:
    return sign_in(session.get_one(Account, me.account_id))


def _say(
    client: FlaskClient, whom: Profile, kind: str, *, part: bool = False, **fields: str
) -> TestResponse:
    data = {"kind": kind, **fields}
    return client.post(f"/suggestions/people/{whom.id}", data=data, headers=HTMX if part else {})


def _reactions(session: Session) -> list[tuple[int, str, str | None]]:
    rows = session.exec(select(Reaction).order_by("id")).all()
    found = [(row.other_id, row.kind, row.reason) for row in rows]
    session.commit()
    return found


def _undo(client: FlaskClient, page: str) -> TestResponse:
    """Send the undo form of a page."""
    forms = re.findall(r'<form class="post" method="post" action="([^"]+)"(.*?)</form>', page, re.S)
    (found,) = [one for one in forms if ">Undo" in one[1]]
    fields = {
        name: value.replace("&amp;", "&")
        for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', found[1])
    }
    return client.post(found[0], data=fields)


@pytest.mark.parametrize("kind", ["interested", "pass", "saved"])
def test_a_button_says_it_and_leads_back_with_a_way_to_undo(
    session: Session, reader: FlaskClient, kim: Profile, kind: str
) -> None:
    answer = _say(reader, kim, kind, back="/suggestions/?country=KR&page=2")
    assert answer.location == "/suggestions/?country=KR&page=2"
    assert _reactions(session) == [(kim.id, kind, None)]
    page = reader.get("/suggestions/").text
    assert "Kim Na-rae" in page
    assert "Undo" in page
    assert _undo(reader, page).location == "/suggestions/?country=KR&page=2"
    assert _reactions(session) == []


def test_undo_brings_back_what_was_said_before(
    session: Session, reader: FlaskClient, kim: Profile
) -> None:
    _say(reader, kim, "pass", reason="known")
    reader.get("/suggestions/")
    _say(reader, kim, "interested")
    _undo(reader, reader.get("/suggestions/").text)
    assert _reactions(session) == [(kim.id, "pass", "known")]


def test_with_htmx_the_card_makes_room_for_what_was_done(
    session: Session, reader: FlaskClient, kim: Profile
) -> None:
    part = _say(reader, kim, "pass", part=True).text
    assert part.strip().startswith(f'<li class="person person-decided" id="person-{kim.id}">')
    assert 'role="status" tabindex="-1" autofocus' in part
    assert "Kim Na-rae leaves your list" in part
    assert "Too far from my work" in part
    noted = _say(reader, kim, "pass", part=True, reason="too-far").text
    assert "take the reason into account" in noted
    assert _reactions(session) == [(kim.id, "pass", "too-far")]
    back = _say(reader, kim, "nothing", part=True).text
    assert f'<li class="person" id="person-{kim.id}">' in back
    assert "autofocus>" in back
    assert "Close to your work" in back
    assert _reactions(session) == []


def test_whoever_was_decided_on_leaves_the_list_of_suggestions(
    reader: FlaskClient, make: Factory, session: Session, edition: Edition, kim: Profile
) -> None:
    others = [make.profile(edition, country="KR", research="quantum") for _ in range(3)]
    encode_everybody(session)
    for other, kind in zip(others, ("interested", "pass", "saved"), strict=True):
        _say(reader, other, kind)
    page = reader.get("/suggestions/").text
    assert f'id="person-{kim.id}"' in page
    assert [one.id for one in others if f'id="person-{one.id}"' in page] == []


@pytest.mark.parametrize(
    ("kind", "path"),
    [("interested", "interested"), ("saved", "saved"), ("pass", "not-for-me")],
)
def test_a_list_shows_whom_it_was_said_of_and_takes_it_back(
    session: Session, reader: FlaskClient, kim: Profile, kind: str, path: str
) -> None:
    assert "Nobody yet" in reader.get(f"/suggestions/{path}").text
    _say(reader, kim, kind)
    reader.get("/suggestions/")
    page = reader.get(f"/suggestions/{path}").text
    assert "Kim Na-rae" in page
    assert "Small Lab, South Korea" in page
    assert 'value="nothing"' in page
    _say(reader, kim, "nothing")
    assert _reactions(session) == []


def test_a_reason_may_be_added_later_and_stands_in_the_list(
    reader: FlaskClient, kim: Profile
) -> None:
    _say(reader, kim, "pass")
    assert "Why? You need not say" in reader.get("/suggestions/not-for-me").text
    _say(reader, kim, "pass", reason="not-now")
    reader.get("/suggestions/")
    page = reader.get("/suggestions/not-for-me").text
    assert '<p class="reason">Not what I need now</p>' in page
    assert "Why? You need not say" not in page


def test_only_one_is_interested_and_the_other_learns_nothing(
    session: Session, reader: FlaskClient, sign_in: SignIn, me: Profile, kim: Profile
) -> None:
    paths = ("/suggestions/", "/suggestions/both-interested", f"/people/{me.id}", "/profile")
    account = session.get_one(Account, kim.account_id)
    before = [_steady(sign_in(account).get(path).text) for path in paths]
    sign_in(session.get_one(Account, me.account_id))
    _say(reader, kim, "interested")
    assert session.exec(select(Mail)).all() == []
    session.commit()
    reader.get("/suggestions/")
    after = [_steady(sign_in(account).get(path).text) for path in paths]
    assert after == before


def _steady(page: str) -> str:
    """Take out what differs from one request to the next."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page)


def test_both_interested_opens_contact_to_both_and_tells_both_by_mail(
    session: Session, reader: FlaskClient, sign_in: SignIn, me: Profile, kim: Profile
) -> None:
    _say(reader, kim, "interested")
    assert "kim@example.org" not in reader.get(f"/people/{kim.id}").text
    other = sign_in(session.get_one(Account, kim.account_id))
    said = _say(other, me, "interested", part=True).text
    assert "You and Ana are both interested" in said
    page = other.get(f"/people/{me.id}").text
    assert "ana@example.org" in page
    assert "Ana" in other.get("/suggestions/both-interested").text
    mine = sign_in(session.get_one(Account, me.account_id))
    page = mine.get("/suggestions/both-interested").text
    assert "mailto:kim@example.org" in page
    assert "tel:+82101234" in page
    mails = session.exec(select(Mail).order_by("recipient")).all()
    assert [mail.recipient for mail in mails] == ["ana@example.org", "kim@example.org"]
    assert "Kim Na-rae is interested in meeting you" in mails[0].body
    assert "/suggestions/both-interested" in mails[0].body
    assert "kim@example.org" not in mails[0].body


def test_hiding_a_person_is_undone_from_the_message(
    session: Session, reader: FlaskClient, kim: Profile
) -> None:
    answer = _say(reader, kim, "hide", back=f"/people/{kim.id}")
    assert answer.location.startswith("/suggestions/")
    page = reader.get("/suggestions/").text
    assert "no longer see each other here" in page
    assert f"/people/{kim.id}?" not in page
    assert "Kim Na-rae" in reader.get("/profile/unwanted").text
    assert _undo(reader, page).location == f"/people/{kim.id}"
    assert session.exec(select(Exclusion)).all() == []


def test_hiding_an_organisation_hides_its_people_and_is_undone(
    session: Session, reader: FlaskClient, make: Factory, edition: Edition, kim: Profile
) -> None:
    make.profile(
        edition, country="KR", name="Lee", organisation_name="Small Lab", research="quantum"
    )
    encode_everybody(session)
    _say(reader, kim, "hide-organisation")
    page = reader.get("/suggestions/").text
    assert "everybody of Small Lab" in page
    assert "Lee" not in page
    assert "Small Lab" in reader.get("/profile/unwanted").text
    _undo(reader, page)
    assert session.exec(select(OrganisationExclusion)).all() == []
    session.commit()
    assert "Lee" in reader.get("/suggestions/").text


def test_a_hidden_organisation_is_taken_off_the_private_list(
    session: Session, reader: FlaskClient, kim: Profile
) -> None:
    _say(reader, kim, "hide-organisation")
    row = session.exec(select(OrganisationExclusion)).one()
    session.commit()
    assert "Small Lab" in reader.get("/profile/unwanted").text
    answer = reader.post(f"/profile/unwanted/organisations/{row.id}/remove")
    assert answer.location == "/profile/unwanted"
    page = reader.get("/profile/unwanted").text
    assert "There is nobody on the list" in page
    _undo(reader, page)
    assert "Small Lab" in reader.get("/profile/unwanted").text


def test_a_person_taken_off_the_private_list_is_put_back_by_undo(
    session: Session, reader: FlaskClient, me: Profile, kim: Profile
) -> None:
    _say(reader, kim, "hide")
    reader.post("/profile/unwanted", data={"email": "lee@example.org"})
    rows = session.exec(select(Exclusion.id).order_by(col(Exclusion.id))).all()
    session.commit()
    reader.get("/profile/unwanted")
    for row in rows:
        reader.post(f"/profile/unwanted/{row}/remove")
        _undo(reader, reader.get("/profile/unwanted").text)
        assert "Back on the list." in reader.get("/profile/unwanted").text
    found = session.exec(select(Exclusion).where(Exclusion.profile_id == me.id)).all()
    assert [(row.other_id, row.other_key) for row in found] == [
        (kim.id, None),
        (None, "lee@example.org"),
    ]


def test_only_what_was_signed_for_its_owner_is_put_back_on_the_list(
    session: Session, reader: FlaskClient, kim: Profile, sign_in: SignIn
) -> None:
    _say(reader, kim, "hide")
    row = session.exec(select(Exclusion.id)).one()
    session.commit()
    reader.get("/profile/unwanted")
    assert reader.post("/profile/unwanted/again", data={"was": "forged"}).status_code == 400
    reader.post(f"/profile/unwanted/{row}/remove")
    page = reader.get("/profile/unwanted").text
    (was,) = re.findall(r'name="was" value="([^"]+)"', page)
    other = sign_in(session.get_one(Account, kim.account_id))
    assert other.post("/profile/unwanted/again", data={"was": was}).status_code == 400
    assert session.exec(select(Exclusion)).all() == []


def test_an_organisation_that_is_kept_private_cannot_be_asked_for_by_hiding_it(
    session: Session, reader: FlaskClient, kim: Profile
) -> None:
    session.add(PartVisibility(profile_id=kim.id, part="identity", level="organisers"))
    session.commit()
    _say(reader, kim, "hide-organisation")
    page = reader.get("/suggestions/").text
    assert "Small Lab" not in page
    assert "names no organisation" in page
    assert session.exec(select(OrganisationExclusion)).all() == []


def test_with_htmx_hiding_and_undoing_swap_the_card(
    session: Session, reader: FlaskClient, kim: Profile
) -> None:
    part = _say(reader, kim, "hide", part=True).text
    assert "They are not told" in part
    assert 'name="kind" value="show"' in part
    assert "Kim Na-rae" in _say(reader, kim, "show", part=True).text
    assert session.exec(select(Exclusion)).all() == []


def test_nobody_is_hidden_or_reacted_to_who_may_not_be_shown(
    session: Session, reader: FlaskClient, make: Factory, edition: Edition, kim: Profile
) -> None:
    unseen = make.profile(edition, country="KR", visibility="nobody", organisation_name="Lab")
    for kind in ("interested", "pass", "hide", "hide-organisation"):
        one, other = _say(reader, unseen, kind), _say(reader, kim, "nothing")
        assert one.status_code == 404
        assert other.status_code == 302
    assert _reactions(session) == []
    assert session.exec(select(Exclusion)).all() == []


@pytest.mark.parametrize(("kind", "reason"), [("love", ""), ("", ""), ("pass", "ugly")])
def test_what_no_button_says_is_refused(
    reader: FlaskClient, kim: Profile, kind: str, reason: str
) -> None:
    assert _say(reader, kim, kind, reason=reason).status_code == 400


def test_trouble_makes_htmx_load_the_page_anew(
    client: FlaskClient, reader: FlaskClient, kim: Profile
) -> None:
    refused = _say(reader, kim, "love", part=True)
    assert refused.headers["HX-Refresh"] == "true"
    with client.session_transaction() as cookie:
        cookie.clear()
    outside = _say(client, kim, "interested", part=True)
    assert (outside.status_code, outside.headers["HX-Refresh"]) == (401, "true")
    assert outside.location is None


def test_without_a_place_in_an_edition_there_are_no_lists(
    make: Factory, sign_in: SignIn, edition: Edition
) -> None:
    account = make.account()
    client = sign_in(account)
    for path in ("both-interested", "saved"):
        assert client.get(f"/suggestions/{path}").status_code == 404
        assert client.get(f"/suggestions/{path}?edition={edition.slug}").status_code == 404


@pytest.mark.parametrize("people", [3, 30])
@pytest.mark.parametrize(("path", "most"), [("saved", 9), ("both-interested", 9)])
def test_a_list_takes_the_same_queries_for_few_and_for_many(
    session: Session,
    reader: FlaskClient,
    make: Factory,
    edition: Edition,
    me: Profile,
    count_queries: Callable[[], AbstractContextManager[Queries]],
    people: int,
    path: str,
    most: int,
) -> None:
    kind = "saved" if path == "saved" else "interested"
    for _ in range(people):
        other = make.profile(edition, country="KR")
        for one, two in ((me, other), (other, me)):
            row = Reaction(
                edition_id=edition.id,
                profile_id=one.id,
                other_id=two.id,
                kind=kind,
                made_at=NOW,
            )
            session.add(row)
    session.commit()
    with count_queries() as queries:
        assert "Person" in reader.get(f"/suggestions/{path}").text
    assert queries.total == most, "\n".join(queries.statements)
