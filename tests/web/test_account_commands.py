"""``account create`` and ``account password``, from a terminal."""

import json
from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask
from sqlmodel import Session, select

from models import Account
from services.accounts_passwords import Passwords, cheap_passwords, check_password
from services.roles import Roles, roles_of
from tests.factories import Factory
from tests.web.account_pages import ADDRESS, PASSWORD, enter, known_account, mails

Run = Callable[..., Result]
PASSWORDS: Passwords = cheap_passwords()


@pytest.fixture
def run(app: Flask) -> Run:
    def act(*arguments: str, stdin: str = "") -> Result:
        return app.test_cli_runner().invoke(args=["account", *arguments], input=stdin)

    return act


def _account(session: Session) -> Account:
    found = session.exec(select(Account)).one()
    session.commit()
    return found


def test_an_account_is_made_confirmed_and_its_password_shown_once(
    run: Run, session: Session, app: Flask
) -> None:
    result = run("create", "Kim@Example.org")
    assert result.exit_code == 0
    account = _account(session)
    assert (account.email, account.confirmed_at is not None) == (ADDRESS, True)
    shown = result.stderr.strip().rpartition(" ")[2]
    check_password(shown, ADDRESS)
    assert shown not in result.stdout
    assert enter(app.test_client(), password=shown).status_code == 302


def test_json_is_one_object_with_the_id(run: Run, session: Session) -> None:
    result = run("create", ADDRESS, "--json")
    assert json.loads(result.stdout) == {"id": _account(session).id, "email": ADDRESS}


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_a_password_may_come_in_by_standard_input(run: Run, session: Session, ending: str) -> None:
    result = run("create", ADDRESS, "--password-stdin", stdin=PASSWORD + ending)
    assert result.exit_code == 0
    assert PASSWORD not in result.output
    assert PASSWORDS.matches(_account(session).password_hash, PASSWORD)


def test_roles_add_up_and_an_organiser_may_have_one_edition(
    run: Run, session: Session, make: Factory
) -> None:
    edition = make.edition(slug="demo")
    roles = ("--role", "researcher", "--role", "organiser", "--role", "coordinator")
    assert run("create", ADDRESS, *roles, "--edition", "demo").exit_code == 0
    expected = Roles(coordinator=True, organises=frozenset({edition.id}))
    assert roles_of(session, _account(session).id) == expected


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("researcher", Roles()),
        ("coordinator", Roles(coordinator=True)),
        ("organiser", Roles(organises_all=True)),
        ("administrator", Roles(administrator=True)),
    ],
)
def test_each_role_can_be_given(run: Run, session: Session, role: str, expected: Roles) -> None:
    assert run("create", ADDRESS, "--role", role).exit_code == 0
    assert roles_of(session, _account(session).id) == expected


def test_an_address_that_has_an_account_is_an_error_that_says_so(run: Run, make: Factory) -> None:
    make.account(email=ADDRESS)
    result = run("create", "KIM@example.org", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"] == f"{ADDRESS} has an account already"
    plain = run("create", ADDRESS)
    assert (plain.exit_code, plain.stdout) == (1, "")
    assert "has an account already" in plain.stderr


@pytest.mark.parametrize(
    ("arguments", "stdin"),
    [
        (("nobody",), ""),
        ((ADDRESS, "--password-stdin"), "short"),
        ((ADDRESS, "--password-stdin"), ""),
        ((ADDRESS, "--role", "organiser", "--edition", "no-such"), ""),
    ],
)
def test_what_cannot_be_makes_nothing(
    run: Run, session: Session, arguments: tuple[str, ...], stdin: str
) -> None:
    result = run("create", *arguments, "--json", stdin=stdin)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"]
    assert session.exec(select(Account)).all() == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("create",),
        ("create", ADDRESS, "--role", "king"),
        ("create", ADDRESS, "--edition", "demo"),
        ("password", ADDRESS),
    ],
)
def test_wrong_usage_is_exit_2(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("command", ["create", "password"])
def test_help_has_an_example(run: Run, command: str) -> None:
    assert "Example:" in run(command, "--help").stdout


def test_a_password_is_set_and_its_owner_told(run: Run, session: Session, make: Factory) -> None:
    account = known_account(make)
    result = run("password", ADDRESS, "--password-stdin", "--json", stdin="paper moon harbour\n")
    assert json.loads(result.stdout) == {"id": account.id, "email": ADDRESS}
    session.refresh(account)
    assert PASSWORDS.matches(account.password_hash, "paper moon harbour")
    assert account.session_epoch == 1
    session.commit()
    (mail,) = mails(session)
    assert "http://127.0.0.1:8000/forgotten-password" in mail.body


@pytest.mark.parametrize(("email", "stdin"), [("lee@example.org", PASSWORD), (ADDRESS, "short")])
def test_a_password_that_cannot_be_set_is_exit_1(
    run: Run, make: Factory, email: str, stdin: str
) -> None:
    known_account(make)
    result = run("password", email, "--password-stdin", "--json", stdin=stdin)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"]
