"""What a person said of their publications outlives a file that replaces them."""

from typing import Any

from sqlmodel import Session, col, select

from models import Account, ImportedWork, Publication
from services.imports_works import WORKS_LIMIT, WorkRecord
from services.profiles_claims import take_over
from services.publications_replacing import joined, replace_works
from tests.conftest import NOW
from tests.factories import Factory
from tests.people_rows import ANA, take

LONG = "Ferroelectric synapses for spiking networks"


def stored(session: Session, profile_id: int) -> list[tuple[str, float, bool]]:
    session.expire_all()
    query = select(Publication).where(Publication.profile_id == profile_id)
    rows = session.exec(query.order_by(col(Publication.position)))
    return [(row.title, row.weight, row.key_work) for row in rows]


def add(session: Session, profile_id: int, *works: Publication) -> None:
    for position, work in enumerate(works):
        work.profile_id, work.position = profile_id, position
        session.add(work)
    session.flush()


def work(title: str, **more: Any) -> Publication:
    return Publication(title=title, **more)


def test_the_same_work_stays_the_same_row_with_its_mark(session: Session, make: Factory) -> None:
    owner = make.profile().id
    add(session, owner, work("Old", doi="10.1/a", key_work=True), work(LONG, key_work=True))
    before = set(session.exec(select(Publication.id)))

    given = WorkRecord(LONG.upper() + "."), WorkRecord("New title", doi="10.1/a", year=2024)
    replace_works(session, {owner: given})

    assert stored(session, owner) == [(LONG.upper() + ".", 1.0, True), ("New title", 1.0, True)]
    assert set(session.exec(select(Publication.id))) == before


def test_a_work_that_the_file_lacks_goes_and_a_new_one_is_not_marked(
    session: Session, make: Factory
) -> None:
    owner, other = make.profile().id, make.profile().id
    add(session, owner, work("A work that goes away now", key_work=True))
    add(session, other, work("A work of somebody else", key_work=True))

    replace_works(session, {owner: [WorkRecord("Brand new"), WorkRecord("Brand new")]})

    assert stored(session, owner) == [("Brand new", 1.0, False)] * 2
    assert stored(session, other) == [("A work of somebody else", 1.0, True)]


def test_an_import_still_knows_a_work_that_a_file_brought_again(
    session: Session, make: Factory
) -> None:
    owner = make.profile().id
    add(session, owner, work(LONG))
    row = session.exec(select(Publication)).one()
    session.add(ImportedWork(profile_id=owner, key="title:x", publication_id=row.id))

    replace_works(session, {owner: [WorkRecord(LONG, year=2024)]})

    assert session.exec(select(ImportedWork.publication_id)).one() == row.id


def test_an_organisers_file_keeps_the_marks_of_whom_it_describes(session: Session) -> None:
    row = {**ANA, "publications": [{"title": LONG}]}
    take(session, row)
    mine = session.exec(select(Publication)).one()
    mine.key_work = True
    session.flush()

    take(session, {**row, "publications": [{"title": "Another"}, {"title": LONG, "year": 2024}]})

    assert stored(session, mine.profile_id) == [("Another", 1.0, False), (LONG, 1.0, True)]


def test_taking_a_profile_over_keeps_own_works_weights_and_marks(
    session: Session, make: Factory
) -> None:
    account: Account = make.account()
    own = make.profile(account_id=account.id, source="account")
    add(session, own.id, work(LONG, weight=0.5, key_work=True), work("Only mine", weight=2.0))
    found = make.profile(email=account.email, source="list", confirmed_at=None)
    add(session, found.id, work("Only theirs"), work(LONG, year=2024))

    take_over(session, account, found.id, NOW)

    assert stored(session, own.id) == [
        ("Only theirs", 1.0, False),
        (LONG, 0.5, True),
        ("Only mine", 2.0, False),
    ]


def test_where_there_are_too_many_the_own_ones_stay() -> None:
    own = [WorkRecord(f"A work of my own, number {n}") for n in range(3)]
    given = [WorkRecord(f"A work of the file, number {n}") for n in range(WORKS_LIMIT)]

    both = joined(own, given)

    assert len(both) == WORKS_LIMIT
    assert both[-3:] == tuple(own)
