"""The administrator's pages about accounts and roles."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from models import Account, AccountRole, Profile
from services.accounts_sign_in import LOCKED_FOR
from services.roles import roles_of
from tests.conftest import Queries
from tests.factories import Factory
from tests.web.account_pages import mails

SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def admin(make: Factory) -> Account:
    return make.account("administrator", email="admin@example.org")


@pytest.fixture
def browser(sign_in: SignIn, admin: Account) -> FlaskClient:
    return sign_in(admin)


def _roles(session: Session, account: Account) -> set[tuple[str, int | None]]:
    rows = session.exec(select(AccountRole).where(AccountRole.account_id == account.id)).all()
    session.commit()
    return {(row.role, row.edition_id) for row in rows}


def test_the_first_page_leads_everywhere(browser: FlaskClient, make: Factory) -> None:
    make.edition(slug="demo", name_en="The demo forum")
    text = browser.get("/admin/").text
    for path in (
        "/admin/accounts",
        "/requests",
        "/admin/fields",
        "/admin/mails",
        "/organise/demo/",
    ):
        assert f'href="{path}"' in text
        assert browser.get(path).status_code == 200


def test_the_list_finds_and_names_state_and_roles(
    browser: FlaskClient, make: Factory, now: datetime
) -> None:
    make.account("coordinator", email="kim@example.org")
    make.account(email="locked@example.org", locked_until=now + LOCKED_FOR)
    make.account(email="new@example.org", confirmed_at=None)
    text = browser.get("/admin/accounts").text
    assert "4 accounts" in text
    for words in ("kim@example.org", "Coordinator", "locked", "not confirmed"):
        assert words in text
    found = browser.get("/admin/accounts?q=KIM").text
    assert "1 account<" in found
    assert "locked@example.org" not in found
    assert "Nobody found" in browser.get("/admin/accounts?q=nobody").text


@pytest.mark.parametrize("query", ["page=0", "page=99", "page=x", "q=%25", "q=<script>"])
def test_nonsense_in_the_address_is_harmless(browser: FlaskClient, query: str) -> None:
    answer = browser.get(f"/admin/accounts?{query}")
    assert answer.status_code == 200
    assert "<script>" not in answer.text


def test_the_list_takes_six_queries_however_long_it_is(
    browser: FlaskClient,
    make: Factory,
    count_queries: Callable[[], AbstractContextManager[Queries]],
) -> None:
    for _ in range(60):
        make.account("coordinator")
    with count_queries() as queries:
        text = browser.get("/admin/accounts").text
    assert "Page 1 of 2" in text
    # Three for who asks (account, profile, roles), three for the list.
    assert queries.total == 6


def test_one_account_is_shown_with_what_can_be_done(
    browser: FlaskClient, make: Factory, now: datetime, session: Session
) -> None:
    account = make.account("coordinator", locked_until=now + LOCKED_FOR)
    path = f"/admin/accounts/{account.id}"
    text = browser.get(path).text
    assert "Coordinator" in text
    assert "Unlock" in text
    assert browser.post(f"{path}/unlock").location == path
    session.refresh(account)
    assert account.locked_until is None
    session.commit()
    assert "Unlock" not in browser.get(path).text


@pytest.mark.parametrize("path", ["", "/delete"])
def test_an_account_that_is_not_there_is_not_found(browser: FlaskClient, path: str) -> None:
    assert browser.get(f"/admin/accounts/999{path}").status_code == 404


@pytest.mark.parametrize("path", ["/unlock", "/delete", "/roles", "/roles/1/withdraw"])
def test_nothing_can_be_done_to_an_account_that_is_not_there(
    browser: FlaskClient, path: str
) -> None:
    data = {"role": "coordinator", "edition": ""}
    assert browser.post(f"/admin/accounts/999{path}", data=data).status_code == 404


def test_roles_are_given_for_one_edition_or_for_all_and_withdrawn(
    browser: FlaskClient, make: Factory, session: Session
) -> None:
    account, edition = make.account(), make.edition(slug="demo")
    path = f"/admin/accounts/{account.id}"
    browser.post(f"{path}/roles", data={"role": "organiser", "edition": "demo"})
    browser.post(f"{path}/roles", data={"role": "organiser", "edition": ""})
    # An edition means nothing for other roles.
    browser.post(f"{path}/roles", data={"role": "coordinator", "edition": "demo"})
    assert _roles(session, account) == {
        ("organiser", edition.id),
        ("organiser", None),
        ("coordinator", None),
    }
    again = browser.post(
        f"{path}/roles", data={"role": "coordinator", "edition": ""}, follow_redirects=True
    )
    assert "holds this role already" in again.text
    held = session.exec(select(AccountRole.id).where(AccountRole.role == "coordinator")).one()
    session.commit()
    browser.post(f"{path}/roles/{held}/withdraw")
    assert not roles_of(session, account.id).coordinator


@pytest.mark.parametrize(
    "data", [{"role": "king", "edition": ""}, {"role": "organiser", "edition": "no-such"}, {}]
)
def test_a_role_or_edition_that_is_not_in_the_lists_is_not_given(
    browser: FlaskClient, make: Factory, session: Session, data: dict[str, str]
) -> None:
    account = make.account()
    path = f"/admin/accounts/{account.id}"
    answer = browser.post(f"{path}/roles", data=data, follow_redirects=True)
    assert "Choose one of the roles" in answer.text
    assert _roles(session, account) == set()


def test_the_last_administrator_can_neither_be_withdrawn_nor_deleted(
    browser: FlaskClient, admin: Account, session: Session
) -> None:
    held = session.exec(select(AccountRole.id)).one()
    session.commit()
    path = f"/admin/accounts/{admin.id}"
    for act in (f"{path}/roles/{held}/withdraw", f"{path}/delete"):
        answer = browser.post(act, follow_redirects=True)
        assert "make somebody else administrator first" in answer.text
    assert _roles(session, admin) == {("administrator", None)}


def test_a_role_of_somebody_else_is_not_withdrawn_by_a_forged_address(
    browser: FlaskClient, make: Factory, session: Session
) -> None:
    one, other = make.account("coordinator"), make.account()
    held = session.exec(select(AccountRole.id).where(AccountRole.account_id == one.id)).one()
    session.commit()
    assert browser.post(f"/admin/accounts/{other.id}/roles/{held}/withdraw").status_code == 404
    assert _roles(session, one) == {("coordinator", None)}


def test_an_account_is_deleted_after_asking_once_more(
    browser: FlaskClient, make: Factory, session: Session
) -> None:
    account = make.account(email="kim@example.org")
    make.profile(account_id=account.id)
    path = f"/admin/accounts/{account.id}/delete"
    assert "kim@example.org" in browser.get(path).text
    answer = browser.post(path, follow_redirects=True)
    assert "The account is deleted" in answer.text
    assert session.exec(select(Profile)).all() == []
    session.commit()
    (farewell,) = mails(session, "kim@example.org")
    assert "Your account is deleted" in farewell.body


def test_a_name_with_markup_stays_a_name(browser: FlaskClient, make: Factory) -> None:
    account = make.account()
    make.profile(account_id=account.id, name="<b>Kim</b> & Söhne")
    assert "&lt;b&gt;Kim&lt;/b&gt; &amp; Söhne" in browser.get("/admin/accounts").text
