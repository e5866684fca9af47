"""Organisations are found by any of their names, however they are spelt."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from models import Organisation, OrganisationName
from services.imports_organisations import import_organisations
from services.imports_ror import organisation_records
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


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("TU Dresden", "Technische Universität Dresden"),
        ("tu delft", "Delft University of Technology"),
        ("TU München", "Technical University of München"),
        ("카이스트", "Korea Advanced Institute of Science and Technology"),
        ("한국과기원", "Korea Advanced Institute of Science and Technology"),
        ("포항공대", "Pohang University of Science and Technology"),
        ("KAIST Daejeon Institute", None),
    ],
)
def test_what_everybody_says_finds_what_the_registry_writes(
    typed: str, name: str | None, session: Session
) -> None:
    _add(session, "Verkehrsunfallforschung an der TU Dresden GmbH", "DE")
    for known in ("Technische Universität Dresden", "Technical University of München"):
        _add(session, known, "DE")
    _add(session, "Delft University of Technology", "NL")
    _add(
        session,
        "Korea Advanced Institute of Science and Technology",
        **{"KAIST": "acronym", "한국과학기술원": "label"},
    )
    _add(session, "Pohang University of Science and Technology", **{"포항공과대학교": "label"})

    found = find_organisations(session, typed)

    assert (found[0].name if found else None) == name


def test_words_that_stand_in_different_names_of_one_organisation_find_it(session: Session) -> None:
    _add(session, "Fraunhofer Institute for Photonic Microsystems", "DE", IPMS="acronym")
    _add(session, "Fraunhofer Society", "DE")

    found = find_organisations(session, "Fraunhofer IPMS")

    assert [item.name for item in found] == ["Fraunhofer Institute for Photonic Microsystems"]


def test_an_organisation_that_was_written_in_another_spelling_is_recognised(
    session: Session,
) -> None:
    dresden = _add(session, "Technische Universität Dresden", "DE")

    mention = Mention("TU Dresden", "DE")
    assert match(session, [mention]) == {mention: dresden}


REAL = Path(__file__).parents[3] / "shared" / "data" / "ror_subset_eu_kr.json.gz"


@pytest.mark.slow
@pytest.mark.skipif(not REAL.exists(), reason="the dump for trials is not here")
def test_the_usual_names_come_first_among_twenty_thousand_real_organisations(
    session: Session,
) -> None:
    import_organisations(session, organisation_records(REAL))
    session.commit()
    wanted = {
        "TU Dresden": "Technische Universität Dresden",
        "TU Delft": "Delft University of Technology",
        "TU Wien": "TU Wien",
        "tu berlin": "Technische Universität Berlin",
        "카이스트": "Korea Advanced Institute of Science and Technology",
        "KAIST": "Korea Advanced Institute of Science and Technology",
        "ETRI": "Electronics and Telecommunications Research Institute",
        "한국전자통신연구원": "Electronics and Telecommunications Research Institute",
        "서울대": "Seoul National University",
        "SNU": "Seoul National University",
        "포항공대": "Pohang University of Science and Technology",
        "POSTECH": "Pohang University of Science and Technology",
        "imec": "IMEC",
        "EPFL": "École Polytechnique Fédérale de Lausanne",
        "Fraunhofer IPMS": "Fraunhofer Institute for Photonic Microsystems",
        "CEA-Leti": "Laboratoire d'Électronique des Technologies de l'Information",
    }
    first = {typed: find_organisations(session, typed)[0].name for typed in wanted}
    assert first == wanted


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
