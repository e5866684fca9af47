"""Both interested: what opens then, and that nothing shows before."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlmodel import Session, delete

from models import Exclusion, Participation
from services.candidates import candidate_ids
from services.mutual_interest import (
    Contact,
    both_interested,
    contact_of,
    may_contact,
    mutual_partners,
)
from services.roles import Roles
from services.visibility import Viewer
from tests.conftest import NOW, Queries
from tests.factories import Factory
from tests.services.reaction_people import People, two_people

Counting = Callable[[], AbstractContextManager[Queries]]


@pytest.fixture
def people(session: Session, make: Factory) -> People:
    return two_people(session, make)


def _both(people: People) -> bool:
    ids = people.ana.id, people.kim.id
    found = both_interested(people.session, people.edition.id, *ids)
    assert found == both_interested(people.session, people.edition.id, *reversed(ids))
    assert found == (mutual_partners(people.session, people.edition.id, ids[0]) == [ids[1]])
    assert found == may_contact(people.session, *ids) == may_contact(people.session, *ids[::-1])
    return found


def test_one_interest_is_not_two(people: People) -> None:
    assert not people.say(people.ana, people.kim).both
    assert not _both(people)


def test_two_interests_meet_and_the_second_learns_of_it(people: People) -> None:
    people.say(people.ana, people.kim)
    assert people.say(people.kim, people.ana).both
    assert _both(people)


@pytest.mark.parametrize("kind", ["pass", "saved"])
def test_any_other_word_is_no_interest(people: People, kind: str) -> None:
    people.say(people.ana, people.kim)
    assert not people.say(people.kim, people.ana, kind).both
    assert not _both(people)


def test_it_ends_when_one_takes_it_back(people: People) -> None:
    people.say(people.ana, people.kim)
    people.say(people.kim, people.ana)
    people.forget(people.kim, people.ana)
    assert not _both(people)


def test_it_ends_when_one_hides_the_other_and_comes_back_with_them(people: People) -> None:
    people.say(people.ana, people.kim)
    people.say(people.kim, people.ana)
    row = Exclusion(profile_id=people.kim.id, other_id=people.ana.id, created_at=NOW)
    people.session.add(row)
    people.session.flush()
    assert not _both(people)
    people.session.delete(row)
    people.session.flush()
    assert _both(people)


def test_it_ends_when_one_leaves_the_edition(people: People) -> None:
    people.say(people.ana, people.kim)
    people.say(people.kim, people.ana)
    gone = delete(Participation).where(Participation.profile_id == people.kim.id)  # type: ignore[arg-type] # a condition
    people.session.exec(gone)
    assert not _both(people)


def test_interests_in_two_editions_do_not_meet(people: People) -> None:
    people.say(people.ana, people.kim)
    later = people.make.edition(starts_at=people.edition.ends_at)
    for one in (people.ana, people.kim):
        people.make.participation(later, one)
    assert people.place(people.kim).edition.id == later.id
    people.say(people.kim, people.ana)
    assert not _both(people)
    assert not both_interested(people.session, later.id, people.ana.id, people.kim.id)


def test_contact_details_open_to_both_and_to_nobody_else(people: People) -> None:
    people.say(people.ana, people.kim)
    assert contact_of(people.session, people.kim.id, people.ana.id) is None
    assert contact_of(people.session, people.ana.id, people.kim.id) is None
    people.say(people.kim, people.ana)
    reached = contact_of(people.session, people.kim.id, people.ana.id)
    assert reached == Contact("ana@example.org", "+49 1")
    assert contact_of(people.session, people.ana.id, people.kim.id) == Contact(
        "kim@example.org", ""
    )
    other = people.make.profile(people.edition, country="KR")
    assert contact_of(people.session, other.id, people.ana.id) is None


def test_an_interest_moves_nothing_in_the_others_list_and_costs_no_query(
    people: People, count_queries: Counting
) -> None:
    def look() -> tuple[list[int], list[str]]:
        place, viewer = people.place(people.kim), Viewer(people.kim.id, Roles())
        people.session.commit()
        with count_queries() as queries:
            found = candidate_ids(people.session, place, viewer)
            mutual_partners(people.session, people.edition.id, people.kim.id)
        return found, queries.statements

    before = look()
    people.say(people.ana, people.kim)
    assert look() == before


def test_the_newest_partner_comes_first(people: People) -> None:
    lee = people.make.profile(people.edition, country="KR")
    for other in (people.kim, lee):
        people.say(people.ana, other)
        people.say(other, people.ana)
    partners = mutual_partners(people.session, people.edition.id, people.ana.id)
    assert partners[0] in (people.kim.id, lee.id)
    assert sorted(partners) == [people.kim.id, lee.id]
