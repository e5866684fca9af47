"""Accounts as an administrator finds them."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlmodel import Session

from services.account_search import PER_PAGE, find_accounts, held_roles
from services.roles import grant
from tests.conftest import Queries
from tests.factories import Factory


@pytest.fixture
def people(make: Factory) -> None:
    for email, name, native in (
        ("kim@example.org", "Kim Minseo", "김민서"),
        ("jana@example.cz", "Jana Nováková", ""),
        ("100%_sure@example.org", "", ""),
    ):
        account = make.account(email=email)
        if name:
            make.profile(account_id=account.id, name=name, name_native=native)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["100%_sure@example.org", "jana@example.cz", "kim@example.org"]),
        ("EXAMPLE.CZ", ["jana@example.cz"]),
        ("minseo", ["kim@example.org"]),
        ("민서", ["kim@example.org"]),
        ("nováková", ["jana@example.cz"]),
        ("%", ["100%_sure@example.org"]),
        ("_", ["100%_sure@example.org"]),
        ("nobody", []),
        ("'; DROP TABLE account; --", []),
    ],
)
def test_a_part_of_the_address_or_the_name_finds(
    session: Session, people: None, text: str, found: list[str]
) -> None:
    page = find_accounts(session, text)
    assert [line.email for line in page.lines] == found
    assert (page.total, page.pages) == (len(found), 1)


@pytest.mark.parametrize(
    ("asked", "given", "lines"), [(1, 1, PER_PAGE), (2, 2, 1), (99, 2, 1), (0, 1, PER_PAGE)]
)
def test_the_list_comes_in_pages(
    session: Session, make: Factory, asked: int, given: int, lines: int
) -> None:
    for _ in range(PER_PAGE + 1):
        make.account()
    page = find_accounts(session, page=asked)
    assert (page.page, page.pages, page.total, len(page.lines)) == (given, 2, PER_PAGE + 1, lines)


def test_a_line_tells_name_and_roles(session: Session, make: Factory) -> None:
    account, edition = make.account("administrator"), make.edition(slug="demo")
    grant(session, account.id, "organiser", edition.id)
    make.profile(account_id=account.id, name="Kim Minseo")
    (line,) = find_accounts(session).lines
    assert line.name == "Kim Minseo"
    assert [(held.role, held.edition_slug) for held in line.roles] == [
        ("administrator", ""),
        ("organiser", "demo"),
    ]


def test_a_page_takes_three_queries_however_long_it_is(
    session: Session,
    make: Factory,
    count_queries: Callable[[], AbstractContextManager[Queries]],
) -> None:
    for _ in range(5):
        make.account("coordinator")
    with count_queries() as queries:
        find_accounts(session, "example")
    assert queries.total == 3


def test_nobody_holds_roles_when_nobody_is_asked_about(session: Session) -> None:
    assert held_roles(session, []) == {}
