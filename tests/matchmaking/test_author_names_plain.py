"""Names compared letter by letter, whichever end the family name stands at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.author_names_plain import grade_plain, plain_names, without_umlauts
from matchmaking.author_names_print import printed


def families(name: str) -> set[str]:
    return {one.family for one in plain_names(printed(name))}


def grade(one: str, other: str) -> int:
    first, second = (plain_names(printed(name)) for name in (one, other))
    return max((grade_plain(a, b) for a in first for b in second), default=0)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Anna Weber", {"anna", "weber"}),
        ("Weber, Anna", {"weber"}),
        ("Ferrandis Puig, Oriol", {"ferrandispuig", "ferrandis", "puig"}),
        ("Roussel-Vidal, A.", {"rousselvidal", "roussel", "vidal"}),
        ("Anna van Dijk", {"anna", "dijk"}),
        ("Niamh O Gallachoir", {"niamh", "ogallachoir", "gallachoir"}),
        ("A. B.", set()),
        ("Eyrun", set()),
    ],
)
def test_each_part_that_may_be_the_family_name_is_tried(name: str, expected: set[str]) -> None:
    assert families(name) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Anna Weber", "Weber Anna", 2),
        ("Anna Maria Weber", "Anna Weber", 2),
        ("Anna Maria Weber", "Anna M. Weber", 2),
        ("Anna Maria Weber", "A. M. Weber", 1),
        ("Anna Maria Weber", "M. Weber", 0),
        ("Anna Maria Weber", "Anna K. Weber", 0),
        ("Weber JH", "J. H. Weber", 1),
        ("Weber JH", "Weber JH", 1),
        ("Andrew Ng", "Ng, Andrew", 2),
        ("Jan Vlk", "Vlk, Jan", 2),
        ("J. Paul Smith", "J. Paul Smith", 2),
        ("Anna Weber", "Anna Huber", 0),
    ],
)
def test_given_names_agree_in_full_by_initial_or_not(one: str, other: str, expected: int) -> None:
    assert grade(one, other) == expected


def test_umlauts_are_one_in_every_spelling() -> None:
    spellings = [plain_names(printed(name)) for name in ("Jo Muller", "Jo Mueller", "Jo Müller")]
    first, second, third = map(without_umlauts, spellings)
    assert first == second == third


def test_names_without_umlauts_stay_as_they_are() -> None:
    names = plain_names(printed("Anna Weber"))
    assert without_umlauts(names) == names


words = st.sampled_from(["anna", "maria", "weber", "kim", "al", "j", "jh", "van", "o", "jean-paul"])
texts = st.lists(words, min_size=1, max_size=4).map(" ".join)


@given(texts, texts)
def test_names_in_full_share_a_full_key_and_possible_ones_a_weak_key(one: str, other: str) -> None:
    for a in plain_names(printed(one)):
        for b in plain_names(printed(other)):
            found = grade_plain(a, b)
            assert found == grade_plain(b, a)
            assert found < 2 or a.full_keys & b.full_keys
            assert found < 1 or a.weak_key == b.weak_key
