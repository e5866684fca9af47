"""The demo forum, from a terminal."""

import click
from flask.cli import with_appcontext

from seed import DemoForum, load_demo
from web.clock import now
from web.commands.output import Answer, door
from web.database import new_session
from web.desk import desk


@click.command("seed")
@with_appcontext
@door
def seed() -> Answer:
    """Load the demo forum; safe to repeat, and nothing that is there is changed.

    Example: flask --app app seed
    """
    with new_session() as session:
        forum = load_demo(session, desk().passwords, now())
        session.commit()
    return Answer(values(forum), "\n".join(lines(forum)))


def values(forum: DemoForum) -> dict[str, object]:
    """Give what a program wants to know of the demo forum."""
    return {
        "people": forum.people,
        "organisations": forum.organisations,
        "calls": forum.calls,
        "added": forum.added,
        "accounts": [
            {"email": account.email, "password": account.password} for account in forum.accounts
        ],
    }


def lines(forum: DemoForum) -> list[str]:
    """Tell the demo accounts to whoever started the forum; the passwords are shown only now."""
    told = [f"The demo forum has {forum.people} people and {forum.calls} calls."]
    if forum.accounts:
        told.append("Demo accounts (these passwords are not shown again):")
        told += [f"  {account.email}  {account.password}" for account in forum.accounts]
    return told
