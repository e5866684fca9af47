"""Holding people's times and an edition's tables against other writers."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from models import Edition, Profile


def hold(session: Session, edition_id: int, profile_ids: Iterable[int]) -> None:
    """Keep other writers from these people's times and this edition's tables until the commit.

    In the order of ids, so that no two acts wait for each other. SQLite needs none of it: there a
    request that may write holds the one write lock from its beginning.
    """
    people = select(Profile.id).where(col(Profile.id).in_(profile_ids)).order_by(col(Profile.id))
    session.exec(people.with_for_update(key_share=True)).all()
    edition = select(Edition.id).where(Edition.id == edition_id)
    session.exec(edition.with_for_update(key_share=True)).all()
