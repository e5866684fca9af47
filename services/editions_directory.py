"""The list of an edition's participants, for whom its organisers let read it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func
from sqlmodel import Session, col, select

from models import Edition, Participation, Profile
from services.consents_reading import may_be_paired
from services.editions_joining import participates
from services.people import PersonLine, person_lines
from services.visibility import Viewer, visible_in
from services.visibility_parts import shows

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Directory:
    """A page of the list; pages are counted from 1, ``total`` is of those whom the reader sees."""

    people: tuple[PersonLine, ...]
    page: int
    pages: int
    total: int


def may_read_list(session: Session, edition: Edition, viewer: Viewer) -> bool:
    """Tell whether somebody may read the list of participants at all."""
    if viewer.roles.may_organise(edition.id):
        return True
    if edition.list_visibility == "participants":
        return participates(session, edition.id, viewer.profile_id)
    return edition.list_visibility == "signed-in"


def directory(session: Session, edition: Edition, viewer: Viewer, page: int = 1) -> Directory:
    """List whom a reader may see, by name; who hides the name from this reader stands last."""
    seen = _seen(edition, viewer)
    counting = select(func.count()).select_from(Participation).join(Profile, _theirs())
    total = session.exec(counting.where(*seen)).one()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    named = shows("identity", viewer)
    query = (
        select(Profile.id)
        .join(Participation, _theirs())
        .where(*seen)
        .order_by(case((named, 0), else_=1), case((named, func.lower(Profile.name)), else_=""))
        .order_by(col(Profile.id))
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    )
    ids = session.exec(query).all()
    lines = person_lines(session, ids, viewer)
    return Directory(tuple(lines[one] for one in ids), page, pages, total)


def _seen(edition: Edition, viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    here = col(Participation.edition_id) == edition.id
    return here, visible_in(edition.id, viewer), may_be_paired()


def _theirs() -> ColumnElement[bool]:
    return col(Participation.profile_id) == Profile.id
