"""What the front page shows of the forum as it is now."""

from datetime import datetime

from sqlmodel import Session, col, select

from models import Edition
from services.editions import DRAFT


def edition_ahead(session: Session, now: datetime) -> Edition | None:
    """Find the edition that people can still come to: the one that ends first from now on."""
    query = (
        select(Edition)
        .where(Edition.state != DRAFT, Edition.ends_at > now)
        .order_by(col(Edition.ends_at))
    )
    return session.exec(query).first()


def next_moments(edition: Edition, now: datetime) -> list[tuple[str, datetime]]:
    """List the edition's next two moments as (code, moment): opens, closes, starts or ends."""
    moments = [
        ("opens", edition.opens_at),
        ("closes", edition.closes_at),
        ("starts", edition.starts_at),
        ("ends", edition.ends_at),
    ]
    return [(code, moment) for code, moment in moments if moment > now][:2]
