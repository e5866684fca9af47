"""Hard facts about a pair: one organisation, one publication, one list of authors, met before."""

import pytest
from hypothesis import given, settings

from matchmaking.author_names import NameMatch, match_names
from matchmaking.conflicts import Conflict, ConflictCode, Party, conflicts
from matchmaking.conflicts_works import doi_key, title_key
from matchmaking.errors import BadInput
from matchmaking.profile import Work
from tests.matchmaking.conflict_people import NAMES, PEOPLE, seed_people

SHARED = "Annealing by read noise in a memristive network"
ANNA = ("Anneliese Brückner",)
SEOYEON = ("Kim Seo-yeon", "김서연")


def party(
    *names: str, works: tuple[Work, ...] = (), organisations: frozenset[str] = frozenset()
) -> Party:
    return Party(names, organisations, works)


def work(*authors: str, title: str = SHARED, doi: str = "") -> Work:
    return Work(title, authors=authors, doi=doi)


def codes(left: Party, right: Party) -> set[ConflictCode]:
    """Name the kinds of conflict of two people; it never depends on who is on the left."""
    found = {one.code for one in conflicts([left], [right])}
    assert found == {one.code for one in conflicts([right], [left])}
    return found


class TestOrganisations:
    def test_people_of_one_organisation_are_in_conflict(self) -> None:
        shared = frozenset({"ihp", "leibniz"})
        left = party("A B", organisations=shared)
        right = party("C D", organisations=frozenset({"leibniz"}))
        assert conflicts([left], [right]) == (
            Conflict(0, 0, ConflictCode.SAME_ORGANISATION, "leibniz"),
        )

    def test_people_without_an_organisation_have_none_in_common(self) -> None:
        assert conflicts([party("A B")], [party("C D")]) == ()


class TestPublications:
    def test_a_publication_on_both_lists_is_a_conflict(self) -> None:
        left, right = party(works=(work(),)), party(works=(work(title=SHARED.upper()),))
        assert conflicts([left], [right]) == (
            Conflict(0, 0, ConflictCode.SHARED_PUBLICATION, SHARED),
        )

    def test_a_doi_joins_works_whose_titles_differ(self) -> None:
        left = party(works=(work(title="A preprint", doi="10.1000/x"),))
        right = party(works=(work(title="The paper", doi="https://doi.org/10.1000/X"),))
        assert codes(left, right) == {ConflictCode.SHARED_PUBLICATION}

    def test_works_without_doi_share_none(self) -> None:
        left, right = party(works=(work(title="One"),)), party(works=(work(title="Two"),))
        assert codes(left, right) == set()

    def test_one_title_with_other_authors_is_another_work(self) -> None:
        title = "Neuromorphic computing: an introduction"
        left = party("Anna Weber", works=(work("Anna Weber", title=title),))
        right = party("Kim Min-jun", works=(work("Kim Min-jun", title=title),))
        assert codes(left, right) == set()

    def test_one_title_with_an_author_in_another_script_is_one_work(self) -> None:
        title = "Neuromorphic computing: an introduction"
        left = party("Anna Weber", works=(work("Anna Weber", "Kim Min-jun", title=title),))
        right = party("김민준", works=(work("김민준", title=title),))
        assert ConflictCode.SHARED_PUBLICATION in codes(left, right)


class TestCoAuthors:
    @pytest.mark.parametrize(
        "printed", ["Kim Seo-yeon", "Seoyeon Kim", "Gim, Seo-Yeon", "김서연", "KIM SEOYEON"]
    )
    def test_an_author_is_found_by_the_full_name_in_any_spelling(self, printed: str) -> None:
        left = party(*ANNA, works=(work(*ANNA, printed),))
        assert conflicts([left], [party(*SEOYEON)]) == (
            Conflict(0, 0, ConflictCode.CO_AUTHORS, SHARED, printed),
        )

    def test_it_does_not_matter_whose_list_has_the_work(self) -> None:
        right = party(*SEOYEON, works=(work("김서연", "Brueckner, Anneliese"),))
        assert codes(party(*ANNA), right) == {ConflictCode.CO_AUTHORS}

    def test_a_common_name_with_initials_alone_is_too_weak(self) -> None:
        left = party(*ANNA, works=(work(*ANNA, "S. Kim", "S.-Y. Kim"),))
        assert codes(left, party(*SEOYEON)) == set()

    @pytest.mark.parametrize("third", ["Na Kyu-won", "K.-W. Na", "나규원"])
    def test_initials_count_with_a_second_shared_co_author(self, third: str) -> None:
        left = party(*ANNA, works=(work(*ANNA, "S.-Y. Kim", third),))
        right = party(*SEOYEON, works=(work("김서연", third, title="Another work of theirs"),))
        assert codes(left, right) == {ConflictCode.CO_AUTHORS}

    def test_one_initial_makes_no_second_co_author(self) -> None:
        left = party(*ANNA, works=(work(*ANNA, "S.-Y. Kim", "J. Lee"),))
        right = party(*SEOYEON, works=(work("김서연", "J. Lee", title="Another work of theirs"),))
        assert codes(left, right) == set()

    def test_a_shared_co_author_on_another_work_is_no_evidence(self) -> None:
        elsewhere = work(*ANNA, "Na Kyu-won", title="A work without any Kim")
        left = party(*ANNA, works=(work(*ANNA, "S.-Y. Kim"), elsewhere))
        right = party(*SEOYEON, works=(work("김서연", "Na Kyu-won", title="Another work"),))
        assert codes(left, right) == set()

    def test_initials_count_when_each_names_the_other(self) -> None:
        left = party(*ANNA, works=(work("A. Brückner", "S.-Y. Kim"),))
        right = party(*SEOYEON, works=(work("S. Kim", "A. Brückner", title="Its translation"),))
        assert codes(left, right) == {ConflictCode.CO_AUTHORS}

    def test_a_shared_colleague_is_no_co_authorship(self) -> None:
        left = party(*ANNA, works=(work(*ANNA, "Na Kyu-won"),))
        right = party(*SEOYEON, works=(work("김서연", "Na Kyu-won", title="Another work"),))
        assert codes(left, right) == set()

    def test_a_namesake_is_not_taken_for_a_co_author_of_oneself(self) -> None:
        left = party("Min-jun Kim", works=(work("Min-jun Kim", "M. Kim", "Anna Weber"),))
        right = party("김민준", works=(work("김민준", "Anna Weber", title="Another work"),))
        assert codes(left, right) == set()

    def test_two_namesakes_are_both_in_conflict(self) -> None:
        left = party(*ANNA, works=(work(*ANNA, "Kim Min-jun"),))
        found = conflicts([left], [party("김민준"), party("Kim Min-joon"), party("김민서")])
        assert {one.right for one in found} == {0, 1}

    def test_blank_names_are_nobody(self) -> None:
        left = party("", works=(work("", " "),))
        assert codes(left, party("", works=(work(""),))) == {ConflictCode.SHARED_PUBLICATION}


class TestMeetings:
    def test_pairs_who_met_are_in_conflict(self) -> None:
        assert conflicts([party(), party()], [party()], met=[(1, 0)]) == (
            Conflict(1, 0, ConflictCode.ALREADY_MET),
        )

    @pytest.mark.parametrize("pair", [(1, 0), (0, 1), (-1, 0)])
    def test_a_pair_of_nobody_is_refused(self, pair: tuple[int, int]) -> None:
        with pytest.raises(BadInput, match="outside of 1 x 1 people"):
            conflicts([party()], [party()], met=[pair])


def test_a_pair_has_one_conflict_of_each_kind_in_order() -> None:
    works = (work(*ANNA, "김서연", doi="10.1000/x"), work(*ANNA, "김서연", title="A second one"))
    left = party(*ANNA, works=works, organisations=frozenset("ab"))
    right = party(*SEOYEON, works=works, organisations=frozenset("ab"))
    found = conflicts([left, left], [right], met=[(1, 0)])
    assert [(one.left, one.code) for one in found] == sorted(
        [(0, code) for code in ConflictCode if code is not ConflictCode.ALREADY_MET]
        + [(1, code) for code in ConflictCode]
    )


def test_the_demo_has_two_pairs_of_co_authors_and_no_other_conflict() -> None:
    left, left_parties = seed_people("people_europe.jsonl")
    right, right_parties = seed_people("people_korea.jsonl")
    found = conflicts(left_parties, right_parties)
    assert {(left[one.left].key, right[one.right].key, one.code, one.name) for one in found} == {
        ("eu-13", "kr-05", ConflictCode.CO_AUTHORS, "Anneliese Brückner"),
        ("eu-43", "kr-24", ConflictCode.CO_AUTHORS, "Henrik Tannhäuser"),
    }


GRADES = {(one, other): match_names(one, other) for one in NAMES for other in NAMES}


def plainly(left: Party, right: Party) -> set[ConflictCode]:
    """Say from the definitions alone, pair by pair, what two people have in common for certain."""
    found = set()
    if left.organisations & right.organisations:
        found.add(ConflictCode.SAME_ORGANISATION)
    if any(_same_work(a, b) for a in left.works for b in right.works):
        found.add(ConflictCode.SHARED_PUBLICATION)
    for owner, other in ((left, right), (right, left)):
        authors = {name for item in owner.works for name in item.authors}
        own = {a for a in authors if GRADES[a, owner.names[0]] is NameMatch.SAME}
        if any(GRADES[a, other.names[0]] is NameMatch.SAME for a in authors - own):
            found.add(ConflictCode.CO_AUTHORS)
    return found


def _same_work(one: Work, other: Work) -> bool:
    if doi_key(one.doi) and doi_key(one.doi) == doi_key(other.doi):
        return True
    agree = any(GRADES[a, b] for a in one.authors for b in other.authors)
    nameless = not one.authors or not other.authors
    return title_key(one.title) == title_key(other.title) and (agree or nameless)


@given(PEOPLE, PEOPLE)
def test_whatever_is_certain_is_found_and_only_initials_are_found_besides(
    left: list[Party], right: list[Party]
) -> None:
    found = {(one.left, one.right, one.code): one for one in conflicts(left, right)}
    expected = {
        (i, j, code)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        for code in plainly(one, other)
    }
    assert expected <= found.keys()
    for key in found.keys() - expected:
        assert key[2] is ConflictCode.CO_AUTHORS
        assert "." in found[key].name


@settings(max_examples=40)
@given(PEOPLE, PEOPLE)
def test_the_two_sides_are_alike(left: list[Party], right: list[Party]) -> None:
    there = {(one.left, one.right, one.code) for one in conflicts(left, right)}
    back = {(one.right, one.left, one.code) for one in conflicts(right, left)}
    assert there == back


@settings(max_examples=40)
@given(PEOPLE, PEOPLE)
def test_a_person_more_changes_nobody_else_s_conflicts(
    left: list[Party], right: list[Party]
) -> None:
    more = conflicts(left, [*right, Party(("Kim Seo-yeon",), frozenset("a"))])
    assert tuple(one for one in more if one.right < len(right)) == conflicts(left, right)
