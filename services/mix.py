"""What a participant wants more of in their own suggestions: similar, complementary, new."""

from sqlmodel import Session, select

from matchmaking.mix import Mix
from models import Participation
from services.errors import NotFound


def mix_of(session: Session, edition_id: int, profile_id: int) -> Mix:
    """Read a participant's mix; balanced for whoever does not take part. One query."""
    query = select(Participation.mix).where(
        Participation.edition_id == edition_id, Participation.profile_id == profile_id
    )
    return Mix(session.exec(query).first() or Mix.BALANCED)


def set_mix(session: Session, edition_id: int, profile_id: int, mix: Mix) -> None:
    """Set what a participant's own list is ordered by from now on.

    It counts at the next look at the list: nothing is computed ahead. Nobody else's list, and no
    score, grade or round changes.

    Raises
    ------
    NotFound
        When the person does not take part.
    """
    query = select(Participation).where(
        Participation.edition_id == edition_id, Participation.profile_id == profile_id
    )
    row = session.exec(query).first()
    if row is None:
        raise NotFound(f"profile {profile_id} does not take part in this edition")
    row.mix = mix.value
    session.flush()
