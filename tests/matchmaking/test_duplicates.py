"""Who may be in twice."""

import pytest

from matchmaking.duplicates import Registered, Twice, find_twice


def reasons(*people: Registered) -> list[str]:
    return [two.reason for two in find_twice(people)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Seo-yeon Kim", "김서연"),
        ("KIM Seoyeon", "Kim, Seo Yeon"),
        ("Jörg Müller", "Mueller, Joerg"),
        ("Jana Nováková", "NOVAKOVA Jana"),
    ],
)
def test_spellings_of_one_name_at_one_organisation_are_found(one: str, other: str) -> None:
    people = [
        Registered(n, (name, ""), organisation="KAIST") for n, name in enumerate((one, other))
    ]

    assert find_twice(people) == [Twice(0, 1, "name")]


def test_namesakes_elsewhere_are_two_people() -> None:
    names = ("Seo-yeon Kim",)

    assert (
        reasons(
            Registered(1, names, organisation="KAIST"), Registered(2, names, organisation="POSTECH")
        )
        == []
    )
    assert (
        reasons(
            Registered(1, names, organisation="A", organisation_id=1),
            Registered(2, names, organisation="A", organisation_id=2),
        )
        == []
    )
    assert reasons(Registered(1, names), Registered(2, names)) == []


def test_a_known_organisation_is_the_same_in_every_script() -> None:
    assert reasons(
        Registered(1, ("Seo-yeon Kim",), organisation="KAIST", organisation_id=7),
        Registered(2, ("김서연",), organisation="한국과학기술원", organisation_id=7),
    ) == ["name"]


def test_initials_alone_do_not_make_one_person() -> None:
    one, other = (
        Registered(n, (name,), organisation="KAIST") for n, name in enumerate(("S. Kim", "김서연"))
    )
    assert reasons(one, other) == []


def test_the_surest_reason_is_told() -> None:
    one, other = (
        Registered(n, ("Ana Silva",), "ana@example.org", "0000-0002-1825-0097", "TU")
        for n in (1, 2)
    )
    assert reasons(one, other) == ["orcid"]
    assert reasons(
        Registered(1, ("Ana",), "Ana@example.org"), Registered(2, ("B",), "ana@example.org")
    ) == ["mail"]
