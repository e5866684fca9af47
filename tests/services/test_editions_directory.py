"""The list of participants is for whom the organisers let read it, and of whom shows themselves."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlmodel import Session

from models import PartVisibility
from services.editions_directory import directory, may_read_list
from services.roles import Roles
from services.visibility import STRANGER, Viewer
from tests.conftest import Queries
from tests.factories import Factory


@pytest.mark.parametrize(
    ("who", "stranger", "participant"),
    [("organisers", False, False), ("participants", False, True), ("signed-in", True, True)],
)
def test_the_edition_says_who_may_read_it(
    session: Session, make: Factory, who: str, stranger: bool, participant: bool
) -> None:
    edition = make.edition(list_visibility=who)
    inside = Viewer(make.profile(edition).id, Roles())
    outside = Viewer(make.profile().id, Roles())
    assert may_read_list(session, edition, STRANGER) is stranger
    assert may_read_list(session, edition, outside) is stranger
    assert may_read_list(session, edition, inside) is participant
    assert may_read_list(session, edition, Viewer(None, Roles(organises_all=True)))


def test_only_those_who_show_themselves_stand_in_it(session: Session, make: Factory) -> None:
    edition = make.edition(list_visibility="participants")
    account = make.account().id
    shown = make.profile(edition, name="Shown", visibility="participants", account_id=account)
    hidden = {"account_id": make.account().id, "visibility": "organisers"}
    make.profile(edition, name="For organisers", **hidden)
    make.profile(edition, name="Imported", confirmed_at=None)
    make.profile(edition, name="No consent", account_id=make.account().id, consents=())
    make.profile(name="Elsewhere")
    reader = Viewer(make.profile(edition, visibility="organisers").id, Roles())
    assert [one.profile_id for one in directory(session, edition, reader).people] == [shown.id]


def test_who_hides_the_name_stands_last_and_without_it(session: Session, make: Factory) -> None:
    edition = make.edition(list_visibility="signed-in")
    for name in ("Aaron", "Zoe"):
        given = {"account_id": make.account().id, "visibility": "participants"}
        one = make.profile(edition, name=name, **given)
        if name == "Aaron":
            session.add(PartVisibility(profile_id=one.id, part="identity", level="matches"))
    session.commit()
    names = [one.name for one in directory(session, edition, STRANGER).people]
    assert names == ["Zoe", ""]


@pytest.mark.parametrize("people", [3, 120])
def test_a_page_takes_the_same_queries_for_few_and_for_many(
    session: Session,
    make: Factory,
    people: int,
    count_queries: Callable[[], AbstractContextManager[Queries]],
) -> None:
    edition = make.edition()
    for _number in range(people):
        make.profile(edition, visibility="participants")
    session.refresh(edition)
    organiser = Viewer(None, Roles(organises_all=True))
    with count_queries() as queries:
        page = directory(session, edition, organiser, 2)
    assert (page.total, queries.total) == (people, 4)
