"""Reading messages: the threads of a person, and one of them, a page at a time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, update
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models import Message, MessageBlock

PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class Thread:
    """One line of the list: with whom, the last message, and how many are unread."""

    other_id: int
    last: Message
    unread: int


@dataclass(frozen=True, slots=True)
class Threads:
    """A page of threads, the latest first; pages are counted from 1."""

    items: tuple[Thread, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """A page of one thread, in the order of writing; page 1 holds the latest messages."""

    messages: tuple[Message, ...]
    unread: int
    page: int
    pages: int


def threads(session: Session, me_id: int, page: int = 1) -> Threads:
    """List with whom somebody has exchanged messages; two queries for any number."""
    sender, recipient = col(Message.sender_id), col(Message.recipient_id)
    # With whom, first: PostgreSQL does not see that two bound values of one "case" are the same.
    mine = (
        select(
            case((sender == me_id, recipient), else_=sender).label("other_id"),
            col(Message.id).label("id"),
            case((_unread_by(me_id), 1), else_=0).label("unread"),
        )
        .where(_of(me_id))
        .subquery()
    )
    groups = (
        select(
            mine.c.other_id,
            func.max(mine.c.id).label("last_id"),
            func.sum(mine.c.unread).label("unread"),
        )
        .group_by(mine.c.other_id)
        .subquery()
    )
    total = session.exec(select(func.count()).select_from(groups)).one()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    query = (
        select(groups.c.other_id, Message, groups.c.unread)
        .join(Message, col(Message.id) == groups.c.last_id)
        .order_by(groups.c.last_id.desc())
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    )
    items = tuple(Thread(one, last, int(count)) for one, last, count in session.exec(query))
    return Threads(items, page, pages)


def thread(session: Session, me_id: int, other_id: int, page: int = 1) -> ThreadPage:
    """Read a page of what two people wrote to each other; two queries."""
    both = and_(_of(me_id), _of(other_id))
    counting = select(func.count(), func.sum(case((_unread_by(me_id), 1), else_=0)))
    total, unread = session.exec(counting.select_from(Message).where(both)).one()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    query = (
        select(Message)
        .where(both)
        .order_by(col(Message.id).desc())
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    )
    found = tuple(reversed(session.exec(query).all()))
    return ThreadPage(found, int(unread or 0), page, pages)


def mark_read(session: Session, me_id: int, other_id: int, now: datetime) -> None:
    """Note that somebody has read what another wrote to them."""
    mine = col(Message.recipient_id) == me_id, col(Message.sender_id) == other_id
    unread = col(Message.read_at).is_(None)
    session.execute(update(Message).where(*mine, unread).values(read_at=now))


def unread_messages(me_id: Mapped[int] | ColumnElement[int]) -> SelectOfScalar[int]:
    """Make the query that counts somebody's unread messages, but for those of whom they blocked."""
    blocked = exists().where(
        col(MessageBlock.profile_id) == Message.recipient_id,
        col(MessageBlock.other_id) == Message.sender_id,
    )
    return select(func.count(col(Message.id))).where(
        col(Message.recipient_id) == me_id, col(Message.read_at).is_(None), ~blocked
    )


def _of(profile_id: int) -> ColumnElement[bool]:
    return or_(col(Message.sender_id) == profile_id, col(Message.recipient_id) == profile_id)


def _unread_by(me_id: int) -> ColumnElement[bool]:
    return and_(col(Message.recipient_id) == me_id, col(Message.read_at).is_(None))
