"""One person's conflicts, found sooner and the same."""

from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.conflicts import ConflictCode, Party, conflicts
from matchmaking.conflicts_one import conflicts_of_one
from matchmaking.profile import Work
from tests.matchmaking.conflict_people import PEOPLE, seed_people


@settings(max_examples=60)
@given(PEOPLE.filter(bool), PEOPLE)
def test_one_person_s_conflicts_are_those_found_among_all(
    people: list[Party], others: list[Party]
) -> None:
    person = people[0]
    assert conflicts_of_one(person, others) == conflicts([person], others)


def test_nobody_of_the_demo_loses_a_conflict() -> None:
    _, left = seed_people("people_europe.jsonl")
    _, right = seed_people("people_korea.jsonl")
    for person in left[::6]:
        assert conflicts_of_one(person, [*right, *left]) == conflicts([person], [*right, *left])


def test_places_are_those_in_the_list_that_was_given() -> None:
    person = Party(("Anna Weber",), works=(Work("A work", authors=("Kim Seo-yeon",)),))
    others = [Party(("박도현",)), Party(("이지원",)), Party(("김서연",))]
    (found,) = conflicts_of_one(person, others)
    assert (found.left, found.right, found.code) == (0, 2, ConflictCode.CO_AUTHORS)


def test_mutual_initials_are_not_overlooked() -> None:
    person = Party(("Anna Weber",), works=(Work("A work", authors=("A. Weber", "S.-Y. Kim")),))
    other = Party(("김서연",), works=(Work("Its twin", authors=("S.-Y. Kim", "Weber, A.")),))
    assert conflicts_of_one(person, [Party(), other]) == conflicts([person], [Party(), other])
    assert conflicts_of_one(person, [other])


SHARED = st.booleans().map(lambda yes: frozenset("a") if yes else frozenset("b"))


@given(SHARED, SHARED)
def test_organisations_alone_are_enough(one: frozenset[str], other: frozenset[str]) -> None:
    found = conflicts_of_one(Party(organisations=one), [Party(organisations=other)])
    assert bool(found) == (one == other)
