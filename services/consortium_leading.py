"""Who leads a consortium."""

from sqlmodel import Session, col, select

from models import ConsortiumMember


def leading_people(session: Session, consortium_id: int) -> list[int]:
    """List the profile ids of its coordinators and co-coordinators, the former first."""
    query = select(ConsortiumMember).where(
        ConsortiumMember.consortium_id == consortium_id,
        ConsortiumMember.state == "joined",
        col(ConsortiumMember.seat).in_(("coordinator", "co-coordinator")),
    )
    rows = sorted(session.exec(query), key=lambda one: (one.seat != "coordinator", one.id))
    return [one.profile_id for one in rows if one.profile_id is not None]
