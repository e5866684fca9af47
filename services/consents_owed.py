"""Who takes part without having agreed to what that needs, as people from before consents do."""

from datetime import datetime

from sqlalchemy import exists
from sqlmodel import Session, col, select

from models import ConsentEvent, Edition, Participation, Profile
from services.consents import NEEDED
from services.consents_reading import may_be_paired
from services.editions import DRAFT

_OVER = "over"


def owed_edition(
    session: Session, profile_id: int, now: datetime, *, unasked: bool = False
) -> Edition | None:
    """Find the edition ahead that somebody takes part in, and is in no list and no round of.

    Parameters
    ----------
    unasked
        Pass over who has once withdrawn: they know what they do, and are not asked again.
    """
    query = (
        select(Edition)
        .join(Participation, col(Participation.edition_id) == Edition.id)
        .join(Profile, col(Profile.id) == Participation.profile_id)
        .where(
            Profile.id == profile_id,
            col(Edition.state).not_in((DRAFT, _OVER)),
            Edition.ends_at > now,
            ~may_be_paired(),
        )
        .order_by(col(Edition.ends_at), col(Edition.id))
    )
    if unasked:
        withdrew = exists().where(
            col(ConsentEvent.account_id) == Profile.account_id,
            col(ConsentEvent.purpose).in_(NEEDED),
            col(ConsentEvent.given).is_(False),
        )
        query = query.where(~withdrew)
    return session.exec(query.limit(1)).first()
