"""Calls and the roles sought for them, as the affinity reads texts."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from matchmaking.profile import Person, Work
from models import Call, Consortium, ConsortiumRole, WantedRole


def call_text(call: Call) -> Person:
    """Give a call as a text: what it says in each language, under its title."""
    said = (
        (call.title_en, f"{call.text_en}\n{'; '.join(call.topics)}"),
        (call.title_ko, call.text_ko),
    )
    works = tuple(Work(title, text.strip()) for title, text in said if title)
    return Person(key=f"call:{call.id}", publications=works)


def role_text(role: WantedRole) -> Person:
    """Give a role as a text: work to be near to, and a need that an offer may meet."""
    return Person(key=f"role:{role.id}", research=role.text, needs=(role.text,))


def part_text(role_id: int, text: str) -> Person:
    """Give a part of a consortium as a text, as ``role_text`` does."""
    return Person(key=f"part:{role_id}", research=text, needs=(text,))


def idea_text(consortium: Consortium) -> Person:
    """Give what a consortium is about as a text."""
    return Person(key=f"consortium:{consortium.id}", research=consortium.idea)


def every_text(session: Session) -> Sequence[Person]:
    """Read all calls, all roles that there are, and what consortia are about."""
    calls = session.exec(select(Call).order_by(col(Call.id))).all()
    roles = session.exec(select(WantedRole).order_by(col(WantedRole.id))).all()
    parts = session.exec(select(ConsortiumRole).order_by(col(ConsortiumRole.id))).all()
    ideas = session.exec(select(Consortium).where(Consortium.idea != "")).all()
    return [
        *map(call_text, calls),
        *map(role_text, roles),
        *(part_text(part.id, part.text) for part in parts),
        *map(idea_text, ideas),
    ]
