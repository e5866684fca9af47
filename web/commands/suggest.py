"""One person's suggestions, from a terminal."""

from typing import Any

import click
from flask.cli import with_appcontext
from sqlmodel import Session, col, select

from models import Profile
from services.editions import find_edition
from services.errors import ServiceError
from services.matcher_cache import MatcherCache
from services.people_lookup import find_place, newest_open_edition
from services.roles import Roles
from services.suggestions import Reason, Span, Suggestion, asker_of, suggest
from services.visibility import Viewer
from web.commands.output import Answer, door
from web.database import new_session

_SHOWN = 200


class NotEncoded(ServiceError):
    """Nothing of a person's text has vectors yet."""

    code = "not-encoded"


@click.command("suggest")
@click.argument("key", metavar="ID_OR_EMAIL")
@click.option("--edition", "slug", help="By default the newest that is open.")
@click.option("-k", "count", type=click.IntRange(1, _SHOWN), default=10, show_default=True)
@with_appcontext
@door
def suggest_command(key: str, slug: str | None, count: int) -> Answer:
    """Show whom a person fits on the other side, and why.

    What an organiser sees: people who were imported and have not confirmed are among them.

    Example: flask --app app suggest kr-01 --edition demo -k 5
    """
    with new_session() as session:
        edition = find_edition(session, slug) if slug else newest_open_edition(session)
        place = find_place(session, edition, key)
        asker = asker_of(session, place)
        if not asker.encoded.passages:
            raise NotEncoded(f"No text of {key!r} is encoded yet: run flask --app app encode.")
        viewer = Viewer(place.profile_id, Roles(organises_all=True))
        found = suggest(session, MatcherCache(), place, viewer, asker, span=Span(0, count))
        people = _people(session, [item.profile_id for item in found.items])
    return Answer(
        {"suggestions": [_values(item, people[item.profile_id]) for item in found.items]},
        "\n".join(_line(item, people[item.profile_id]) for item in found.items)
        or "There is nobody to suggest.",
    )


def _people(session: Session, ids: list[int]) -> dict[int, Profile]:
    rows = session.exec(select(Profile).where(col(Profile.id).in_(ids)))
    return {row.id: row for row in rows}


def _values(item: Suggestion, person: Profile) -> dict[str, Any]:
    return {
        "id": person.source_key,
        "score": round(item.score, 6),
        "grade": item.grade,
        "reasons": [_reason(reason) for reason in item.reasons],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "code": reason.code,
        "strength": round(reason.strength, 6),
        "evidence": [
            {"mine": one.mine, "theirs": one.theirs, "similarity": one.similarity}
            for one in reason.evidence
        ],
    }


def _line(item: Suggestion, person: Profile) -> str:
    return f"{item.score:.3f}  {item.grade:<9}  {person.source_key}  {person.name}"
