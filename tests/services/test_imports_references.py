"""Whom and what a file refers to: organisations, and people whom somebody must not meet."""

from typing import Any

import pytest
from sqlmodel import Session, col, select

from models import Edition, Exclusion, Organisation, OrganisationName
from services.organisation_names import fold
from tests.conftest import NOW
from tests.factories import Factory
from tests.people_rows import ANA, FULL, counts, one, take


@pytest.fixture
def edition(make: Factory) -> Edition:
    make.field("quantum", name_ko="양자기술")
    return make.edition(countries={"PT": "left", "KR": "right"})


@pytest.mark.parametrize("said", ["KAIST", "카이스트", "kaist", "한국과학기술원"])
def test_an_organisation_is_found_by_any_name_and_free_text_is_kept(
    said: str, session: Session, edition: Edition
) -> None:
    kaist = _organisation(session, "Korea Advanced Institute", "한국과학기술원", "카이스트")

    take(session, FULL | {"organisation": said})

    assert (one(session).organisation_id, one(session).organisation_name) == (kaist, said)


def test_the_registry_id_decides_over_the_name(session: Session, edition: Edition) -> None:
    _organisation(session, "KAIST, another")
    right = session.exec(select(Organisation)).one()
    right.ror = "https://ror.org/05apxxy63"
    session.commit()

    take(session, FULL | {"organisation": "", "ror": "05apxxy63"})

    assert (one(session).organisation_id, one(session).organisation_name) == (right.id, right.name)


def test_an_unknown_organisation_stays_as_text(session: Session, edition: Edition) -> None:
    take(session, FULL | {"organisation": "My garage"})

    assert (one(session).organisation_id, one(session).organisation_name) == (None, "My garage")


def test_exclusions_find_people_by_id_or_address_whenever_they_arrive(
    session: Session, edition: Edition
) -> None:
    take(session, ANA | {"exclude": ["kim", "SEO@kaist.example", "later"]})
    assert [row.other_id for row in session.exec(select(Exclusion))] == [None] * 3

    take(session, FULL, {"id": "later", "name": "Late", "country": "KR"})

    rows = session.exec(select(Exclusion).where(col(Exclusion.other_id).is_not(None))).all()
    assert {row.other_id for row in rows} == {one(session).id, one(session, "later").id}


def test_an_id_of_another_source_excludes_nobody(session: Session) -> None:
    take(session, FULL | {"fields": []}, source="other")
    take(session, ANA | {"exclude": ["kim"]})

    assert session.exec(select(Exclusion)).one().other_id is None


def test_exclusions_are_replaced_by_the_next_file_but_not_the_personal_ones(
    session: Session,
) -> None:
    take(session, ANA | {"exclude": ["x", "y"]}, FULL | {"fields": []})
    ana, kim = one(session, "ana"), one(session)
    session.add(Exclusion(profile_id=ana.id, other_id=kim.id, created_at=NOW))
    session.commit()

    assert counts(take(session, ANA | {"exclude": ["y", "z"]})) == (0, 1, 0)

    keys = {row.other_key for row in session.exec(select(Exclusion))}
    assert keys == {None, "y", "z"}


def _organisation(session: Session, *names: str) -> int:
    row = Organisation(name=names[0], country="KR")
    session.add(row)
    session.flush()
    for name in (*names, "KAIST"):
        values: dict[str, Any] = {"organisation_id": row.id, "folded": fold(name), "name": name}
        session.add(OrganisationName(kind="acronym" if name == "KAIST" else "label", **values))
    session.commit()
    return row.id
