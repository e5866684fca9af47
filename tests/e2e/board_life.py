"""A finished round in the demo forum, so that its meetings can stand on the board."""

from datetime import UTC, datetime

from sqlmodel import Session, col, select

from models import Edition, Pairing, Profile, Round
from seed.forum import SLUG
from services.board_plan import plan_round


def plan_three_meetings(session: Session) -> list[Profile]:
    """Plan meetings of one European with two Koreans, and of another European with one of them.

    Returns the four: two Europeans, two Koreans.
    """
    edition = session.exec(select(Edition).where(Edition.slug == SLUG)).one()
    people = _some(session, "eu-0") + _some(session, "kr-0")
    one, other, korean, second = people
    now = datetime.now(UTC)
    row = Round(edition_id=edition.id, number=1, state="done", created_at=now)
    session.add(row)
    session.flush()
    for left, right in ((one, korean), (one, second), (other, korean)):
        pair = Pairing(
            round_id=row.id, left_id=left.id, right_id=right.id, score=0.5, grade="strong"
        )
        session.add(pair)
    session.flush()
    plan_round(session, edition, row, now, actor_id=None)
    session.commit()
    return people


def _some(session: Session, key: str) -> list[Profile]:
    query = select(Profile).where(col(Profile.source_key).startswith(key))
    return list(session.exec(query.order_by(col(Profile.source_key)).limit(2)))
