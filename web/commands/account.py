"""Accounts, from a terminal: the first organiser and administrator come in this way."""

import sys

import click
from flask.cli import AppGroup

from models import Account
from models.account import ROLES
from services.accounts import create_account
from services.accounts_credentials import set_password
from services.accounts_passwords import generate_password
from services.editions import find_edition
from services.roles import ORGANISER, grant
from web import jobs
from web.clock import now
from web.commands.output import Answer, door, say
from web.database import new_session
from web.desk import desk

group = AppGroup("account", help="Make accounts, and set their passwords.")

_RESEARCHER = "researcher"
_WHO_MAY = click.Choice((_RESEARCHER, *ROLES))
_STDIN = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input."
)


@group.command("create")
@click.argument("email")
@click.option("--role", "roles", type=_WHO_MAY, multiple=True, default=(_RESEARCHER,))
@click.option("--edition", "slug", help="The one edition of an organiser; without it, all.")
@_STDIN
@door
def create(email: str, roles: tuple[str, ...], slug: str | None, password_stdin: bool) -> Answer:
    """Make a confirmed account. --role may be given several times; roles add up.

    Without --password-stdin a password is made up and shown once.

    Example: flask --app app account create kim@example.org --role organiser --edition demo
    """
    if slug is not None and ORGANISER not in roles:
        raise click.UsageError("--edition goes with --role organiser")
    password = _read_password() if password_stdin else generate_password()
    with new_session() as session:
        edition_id = find_edition(session, slug).id if slug is not None else None
        account = create_account(session, desk().passwords, email, password, now())
        for role in dict.fromkeys(roles):
            if role != _RESEARCHER:
                grant(session, account.id, role, edition_id if role == ORGANISER else None)
        session.commit()
    if not password_stdin:
        say(f"Password of {account.email}, shown this once: {password}")
    return _answer(account, f"{account.email} has account {account.id}.")


@group.command("password")
@click.argument("email")
@_STDIN
@door
def password(email: str, password_stdin: bool) -> Answer:
    """Set the password of an account and sign it out everywhere; the owner gets a mail.

    Example: printf %s "$NEW" | flask --app app account password kim@example.org --password-stdin
    """
    if not password_stdin:
        raise click.UsageError("give the new password on standard input, with --password-stdin")
    chosen = _read_password()
    with new_session() as session:
        account = set_password(session, desk(), email, chosen, now())
        session.commit()
    jobs.wake_mail()
    return _answer(account, f"{account.email} has a new password.")


def _read_password() -> str:
    # A shell's echo adds a line end that nobody means; spaces may be part of a password.
    return sys.stdin.read().rstrip("\r\n")


def _answer(account: Account, text: str) -> Answer:
    return Answer({"id": account.id, "email": account.email}, text)
