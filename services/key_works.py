"""The few publications that say best what a person does: they count more in every comparison."""

from datetime import datetime

from sqlmodel import Session, col, select

from models import Profile, Publication
from services.encoding import write_passages
from services.errors import ServiceError
from services.profiles import touch

MOST_KEY_WORKS = 3
_FIELD = "publications"


class TooManyKeyWorks(ServiceError):
    """A person has as many key works as they may; ``most`` says how many that is."""

    code = "too-many-key-works"

    def __init__(self) -> None:
        super().__init__(f"{MOST_KEY_WORKS} works are marked already: take the mark off one first")
        self.most = MOST_KEY_WORKS


def key_works_of(session: Session, profile_id: int) -> list[int]:
    """List the ids of a person's key works, in the order of their publications."""
    query = select(Publication.id).where(
        Publication.profile_id == profile_id, col(Publication.key_work).is_(True)
    )
    return list(session.exec(query.order_by(col(Publication.position), col(Publication.id))))


def mark_key_work(
    session: Session, profile: Profile, row: Publication, now: datetime, *, key_work: bool
) -> None:
    """Mark one of a profile's publications as a key work, or take the mark off.

    No text changes, so the encoders need not read anything again; caches learn of the weight. A
    publication of weight 0 stays left out, marked or not. The row comes from
    ``services.publications.find_work``.

    Raises
    ------
    TooManyKeyWorks
        When three others are marked.
    """
    if row.key_work == key_work:
        return
    if key_work:
        # locked, so that two clicks at once do not make four of three
        session.refresh(profile, with_for_update=True)
        if len(key_works_of(session, profile.id)) >= MOST_KEY_WORKS:
            raise TooManyKeyWorks
    row.key_work = key_work
    touch(profile, {_FIELD}, now)
    session.flush()
    write_passages(session, profile)
