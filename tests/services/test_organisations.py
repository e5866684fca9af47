"""Organisations are found by any of their names, however they are spelt."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from models import Organisation, OrganisationName
from services.organisation_names import Mention, fold, match
from services.organisations import find_organisations


def _add(session: Session, name: str, country: str = "KR", **names: str) -> int:
    row = Organisation(name=name, country=country)
    session.add(row)
    session.flush()
    for text, kind in ({name: "label"} | names).items():
        values: dict[str, Any] = {"organisation_id": row.id, "folded": fold(text), "kind": kind}
        session.add(OrganisationName(name=text, **values))
    session.commit()
    return row.id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ÉCOLE polytechnique", "Ecole Polytechnique"),
        ("서울 대학교", "서울대학교"),
        ("Łódź University", "lodz university"),
        ("Technische Universität Straße", "TECHNISCHE UNIVERSITAT STRASSE"),
        ("K.U. Leuven", "KU-Leuven"),
    ],
)
def test_spellings_of_one_name_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text(min_size=1).filter(lambda text: text.strip()))
def test_a_folded_name_folds_to_itself_and_is_never_empty(text: str) -> None:
    folded = fold(text)

    assert folded
    assert fold(folded) == folded


def test_a_name_that_two_bear_finds_the_one_in_the_country_or_none(session: Session) -> None:
    german = _add(session, "Karlsruhe", "DE", KIT="acronym")
    _add(session, "Kumoh", "KR", KIT="acronym")
    _add(session, "Kanazawa", "JP", KIT="acronym")

    assert match(session, [Mention("KIT", "DE")]) == {Mention("KIT", "DE"): german}
    assert match(session, [Mention("KIT", "FR")]) == {}


def test_a_name_in_full_goes_before_an_acronym(session: Session) -> None:
    belgian = _add(session, "IMEC", "BE")
    _add(session, "Materials Chemistry", "BE", IMEC="acronym")

    assert match(session, [Mention("imec", "BE")]) == {Mention("imec", "BE"): belgian}


def test_a_pic_finds_its_entity(session: Session) -> None:
    row = _add(session, "KAIST R&DB Foundation")
    session.get_one(Organisation, row).pic = "999512345"
    session.commit()

    mention = Mention("whatever", "KR", pic="999512345")
    assert match(session, [mention]) == {mention: row}


@pytest.mark.parametrize("typed", ["kaist", "카이스트", "advanced inst", "한국과학", "KA IST"])
def test_typing_any_part_of_any_name_finds_the_organisation(typed: str, session: Session) -> None:
    names = {"KAIST": "acronym", "카이스트": "alias", "한국과학기술원": "label"}
    _add(session, "Korea Advanced Institute of Science and Technology", **names)
    _add(session, "Imperial College London", "GB")

    found = find_organisations(session, typed)

    assert [item.name for item in found] == ["Korea Advanced Institute of Science and Technology"]


def test_a_whole_acronym_goes_before_longer_names_that_hold_it(session: Session) -> None:
    _add(session, "ETRI Partners")
    etri = _add(session, "Electronics and Telecommunications Research Institute", ETRI="acronym")

    found = find_organisations(session, "etri")

    assert found[0].id == etri
    assert found[0].matched == "ETRI"


def test_organisations_of_the_country_go_first_among_equals(session: Session) -> None:
    _add(session, "Institute of Physics", "PL")
    korean = _add(session, "Institute of Physics Korea", "KR")

    assert find_organisations(session, "institute of", country="KR")[0].id == korean


def test_one_organisation_comes_once_though_several_names_match(session: Session) -> None:
    _add(session, "Seoul National University", **{"Seoul National": "alias", "Seoul Nat": "alias"})

    assert len(find_organisations(session, "seoul")) == 1


@pytest.mark.parametrize("typed", ["", " ", "%", "_", "1"])
def test_too_little_or_a_wildcard_finds_nothing(typed: str, session: Session) -> None:
    _add(session, "Institute 2")

    assert find_organisations(session, typed) == []


def test_finding_is_one_query_however_many_are_found(session: Session, count_queries: Any) -> None:
    for number in range(30):
        _add(session, f"Institute {number}")

    with count_queries() as queries:
        assert len(find_organisations(session, "institute", limit=10)) == 10

    assert queries.total == 1
