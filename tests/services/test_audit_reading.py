"""The audit log is read a page at a time, with names of today and none of who left."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import pytest
from sqlmodel import Session

from services.audit import Subject, record
from services.audit_reading import PAGE_SIZE, AuditFilter, audit_page, ids_of_people
from tests.conftest import Queries
from tests.factories import Factory


def test_entries_are_found_by_subject_and_by_who_did_it(
    session: Session, make: Factory, now: datetime
) -> None:
    edition, one, other = make.edition(), make.account(), make.account("organiser")
    coordinator = make.account("coordinator")
    make.profile(account_id=one.id, name="Jana")
    record(session, edition.id, "opened", Subject("edition", 1), now, actor_id=one.id)
    record(session, edition.id, "published", Subject("round", 2), now, actor_id=other.id)
    record(session, make.edition().id, "opened", Subject("edition", 3), now, actor_id=one.id)
    consortium = Subject("consortium", 1)
    record(session, edition.id, "founded", consortium, now, actor_id=coordinator.id)
    everything = audit_page(session, edition.id)
    assert [entry.act for entry in everything.entries] == [*("founded", "published", "opened")]
    assert everything.actors == {one.id: "Jana", other.id: other.email, coordinator.id: ""}
    rounds = audit_page(session, edition.id, AuditFilter(subject="round"))
    assert [entry.act for entry in rounds.entries] == ["published"]
    hers = audit_page(session, edition.id, AuditFilter(actor_id=one.id))
    assert [entry.act for entry in hers.entries] == ["opened"]


def test_people_are_named_as_they_are_called_today_and_not_when_they_are_gone(
    session: Session, make: Factory, now: datetime
) -> None:
    edition, left, right = make.edition(), make.profile(name="Jana"), make.profile(name="Kim")
    pair = {"left_id": left.id, "right_id": right.id}
    record(session, edition.id, "pinned", Subject("pair", 1), now, actor_id=None, after=pair)
    session.delete(right)
    session.flush()
    assert audit_page(session, edition.id).people == {left.id: "Jana"}


def test_an_entry_remembers_that_somebody_did_it_after_they_left(
    session: Session, make: Factory, now: datetime
) -> None:
    edition, account = make.edition(), make.account()
    entry = record(session, edition.id, "opened", Subject("edition"), now, actor_id=account.id)
    session.commit()
    session.delete(account)
    session.commit()
    session.refresh(entry)
    assert (entry.actor_id, entry.by_person) == (None, True)


@pytest.mark.parametrize("entries", [3, 130])
def test_a_page_takes_four_queries(
    session: Session,
    make: Factory,
    now: datetime,
    entries: int,
    count_queries: Callable[[], AbstractContextManager[Queries]],
) -> None:
    edition_id = make.edition().id
    for number in range(entries):
        after = {"profile_id": number}
        subject = Subject("registrant", number)
        record(session, edition_id, "invited", subject, now, actor_id=None, after=after)
    session.commit()
    with count_queries() as queries:
        page = audit_page(session, edition_id, page=2)
    assert queries.total == 4
    assert (page.total, len(page.entries)) == (entries, min(entries, PAGE_SIZE))


@pytest.mark.parametrize(
    ("name", "value", "ids"),
    [
        ("profile_id", 7, (7,)),
        ("left_id", 7, (7,)),
        ("people", [7, 8], (7, 8)),
        ("people", 12, ()),
        ("left", ["DE", "FR"], ()),
        ("most_partners", 7, ()),
    ],
)
def test_only_values_that_say_so_are_people(name: str, value: object, ids: tuple[int]) -> None:
    assert ids_of_people(name, value) == ids
