"""People from a file become profiles; what they edited themselves is theirs."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from models import (
    Account,
    Edition,
    Exclusion,
    Mail,
    Organisation,
    OrganisationName,
    Participation,
    Passage,
    Profile,
    ProfileField,
    Publication,
    Statement,
)
from services.imports_files import profile_rows
from services.imports_profiles import SourceNotUsable, import_profiles
from services.imports_report import ImportReport, Kept
from services.imports_rows import Row
from services.organisation_names import fold
from tests.conftest import NOW
from tests.factories import Factory

ANA = {"id": "ana", "name": "Ana Silva", "country": "PT"}
FULL = {
    "id": "kim",
    "name": "Kim Seo-yeon",
    "name_native": "김서연",
    "email": "Seo@KAIST.example",
    "orcid": "https://orcid.org/0000-0002-1825-0097",
    "country": "kr",
    "organisation": "KAIST",
    "organisation_type": "Research and technology organisation",
    "career_stage": "Early career",
    "gender": "f",
    "fields": ["Quantum", "quantum"],
    "topics": ["강유전체", " "],
    "languages": ["Korean", "English"],
    "research": "저는 메모리를 연구합니다.",
    "offers": ["a cleanroom", "wafers"],
    "needs": ["a simulator"],
    "publications": [{"title": "One", "doi": "https://doi.org/10.1000/ABC", "year": 2024}],
    "least_partners": 1,
    "most_partners": 4,
}


def take(session: Session, *people: dict[str, Any], **options: Any) -> ImportReport:
    rows = [Row(line, values, joined=False) for line, values in enumerate(people, start=1)]
    values: dict[str, Any] = {"source": "list", "now": NOW} | options
    report = import_profiles(session, rows, **values)
    session.commit()
    return report


def one(session: Session, key: str = "kim") -> Profile:
    session.expire_all()
    return session.exec(select(Profile).where(Profile.source_key == key)).one()


def counts(report: ImportReport) -> tuple[int, int, int]:
    assert report.errors == ()
    return report.added, report.updated, report.unchanged


@pytest.fixture
def edition(make: Factory) -> Edition:
    make.field("quantum", name_ko="양자기술")
    return make.edition(countries={"PT": "left", "KR": "right"})


def test_every_field_of_the_format_is_written_down(session: Session, edition: Edition) -> None:
    assert counts(take(session, FULL, edition=edition)) == (1, 0, 0)

    kim = one(session)
    assert (kim.name, kim.name_native) == ("Kim Seo-yeon", "김서연")
    assert (kim.email, kim.orcid) == ("seo@kaist.example", "0000-0002-1825-0097")
    assert (kim.country, kim.career_stage, kim.gender) == ("KR", "early-career", "f")
    assert (kim.organisation_name, kim.organisation_type) == ("KAIST", "rto")
    assert (kim.topics, kim.languages) == (["강유전체"], ["Korean", "English"])
    assert (kim.least_partners, kim.most_partners) == (1, 4)
    assert session.exec(select(ProfileField.field_slug)).all() == ["quantum"]
    statements = session.exec(select(Statement).order_by(Statement.kind, col(Statement.position)))
    assert [(s.kind, s.text) for s in statements] == [
        ("need", "a simulator"),
        ("offer", "a cleanroom"),
        ("offer", "wafers"),
    ]
    work = session.exec(select(Publication)).one()
    assert (work.title, work.doi, work.year, work.weight) == ("One", "10.1000/abc", 2024, 1.0)
    assert "메모리" in session.exec(select(Passage).where(Passage.kind == "research")).one().text


def test_imported_people_are_for_organisers_only_and_get_no_account_and_no_mail(
    session: Session, edition: Edition
) -> None:
    take(session, FULL, edition=edition)

    kim = one(session)
    assert (kim.visibility, kim.published_at, kim.confirmed_at) == ("organisers", None, None)
    assert kim.account_id is None
    assert session.exec(select(Account)).all() == []
    assert session.exec(select(Mail)).all() == []


def test_imported_people_take_part_in_the_edition(session: Session, edition: Edition) -> None:
    take(session, FULL, ANA, edition=edition)

    assert len(session.exec(select(Participation)).all()) == 2


def test_without_an_edition_any_country_is_taken_and_nobody_joins(session: Session) -> None:
    assert counts(take(session, ANA | {"country": "NZ"})) == (1, 0, 0)
    assert session.exec(select(Participation)).all() == []


def test_the_same_file_again_changes_nothing(session: Session, edition: Edition) -> None:
    take(session, FULL, ANA, edition=edition)

    assert counts(take(session, FULL, ANA, edition=edition)) == (0, 0, 2)
    assert len(session.exec(select(Statement)).all()) == 3


def test_a_changed_row_updates_and_never_duplicates(session: Session, edition: Edition) -> None:
    take(session, FULL, ANA, edition=edition)

    changed = FULL | {"needs": [], "research": "Now in English.", "publications": []}
    assert counts(take(session, changed, ANA, edition=edition)) == (0, 1, 1)
    assert one(session).research == "Now in English."
    assert {s.kind for s in session.exec(select(Statement))} == {"offer"}
    assert session.exec(select(Publication)).all() == []
    passages = session.exec(select(Passage).where(Passage.profile_id == one(session).id))
    assert "Now in English." in {passage.text for passage in passages}


def test_the_same_id_of_another_source_is_another_person(session: Session) -> None:
    take(session, ANA)

    assert counts(take(session, ANA, source="other")) == (1, 0, 0)


def test_a_field_that_the_file_does_not_mention_stays(session: Session, edition: Edition) -> None:
    take(session, FULL)

    take(session, {key: FULL[key] for key in ("id", "name", "country")})
    assert one(session).research == FULL["research"]
    take(session, FULL | {"research": ""})
    assert one(session).research == ""


def test_what_the_person_edited_since_is_kept_and_told(session: Session, edition: Edition) -> None:
    take(session, FULL)
    kim = one(session)
    kim.research, kim.edited_fields = "My own words.", ["research", "offers", "organisation"]
    session.commit()

    report = take(session, ANA, FULL | {"name": "Kim S.", "offers": ["x"], "organisation": "SNU"})

    assert counts(report) == (1, 1, 0)
    assert report.kept == (Kept(2, "offers"), Kept(2, "organisation"), Kept(2, "research"))
    assert (one(session).research, one(session).name) == ("My own words.", "Kim S.")
    assert one(session).organisation_name == "KAIST"


def test_a_kept_value_that_agrees_with_the_file_is_not_told(
    session: Session, edition: Edition
) -> None:
    take(session, FULL)
    one(session).edited_fields = ["research"]
    session.commit()

    assert take(session, FULL).kept == ()


@pytest.mark.parametrize("source", ["account", "", "x" * 61])
def test_profiles_that_people_began_themselves_are_no_source(source: str, session: Session) -> None:
    with pytest.raises(SourceNotUsable):
        take(session, ANA, source=source)


def test_the_address_of_somebody_with_an_account_stays(
    session: Session, edition: Edition, make: Factory
) -> None:
    take(session, FULL)
    one(session).account_id = make.account().id
    session.commit()

    report = take(session, FULL | {"email": "other@example.org"})

    assert report.kept == (Kept(1, "email"),)
    assert one(session).email == "seo@kaist.example"


def test_a_person_who_left_after_confirming_stays_out(session: Session, edition: Edition) -> None:
    take(session, FULL, ANA, edition=edition)
    one(session).confirmed_at = NOW
    for row in session.exec(select(Participation)):
        session.delete(row)
    session.commit()

    take(session, FULL, ANA, edition=edition)

    rows = session.exec(select(Participation)).all()
    assert [row.profile_id for row in rows] == [one(session, "ana").id]


def test_a_dry_run_tells_the_same_and_writes_nothing(session: Session, edition: Edition) -> None:
    take(session, ANA, edition=edition)

    report = take(session, FULL, ANA | {"name": "Ana S."}, edition=edition, dry_run=True)

    assert counts(report) == (1, 1, 0)
    assert one(session, "ana").name == "Ana Silva"
    assert len(session.exec(select(Profile)).all()) == 1


def test_unknown_columns_are_told_and_ignored(session: Session) -> None:
    report = take(session, ANA | {"shoe_size": 38, "": "x"})

    assert report.ignored == ("(no name)", "shoe_size")


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


def test_csv_and_json_lines_bring_the_same_profile(
    session: Session, edition: Edition, tmp_path: Path
) -> None:
    table = tmp_path / "people.csv"
    works = json.dumps(FULL["publications"]).replace('"', '""')
    cells = {k: ";".join(map(str, v)) if isinstance(v, list) else v for k, v in FULL.items()}
    cells["publications"] = works
    lines = (",".join(cells), ",".join(f'"{value}"' for value in cells.values()))
    table.write_text("\n".join(lines), encoding="utf-8-sig")
    take(session, FULL)

    report = import_profiles(session, profile_rows(table), source="list", now=NOW)

    assert counts(report) == (0, 0, 1)


def test_publications_in_a_table_may_be_titles_alone(session: Session) -> None:
    row = Row(2, ANA | {"publications": "One; Two ;"}, joined=True)

    import_profiles(session, [row], source="list", now=NOW)

    assert [work.title for work in session.exec(select(Publication))] == ["One", "Two"]


def test_the_number_of_queries_does_not_grow_with_the_rows(
    session: Session, edition: Edition, count_queries: Any
) -> None:
    people = [ANA | {"id": f"p{n}", "offers": ["x"], "exclude": ["p0x"]} for n in range(100)]

    with count_queries() as few:
        take(session, *people[:10], edition=edition, dry_run=True)
    with count_queries() as many:
        take(session, *people, edition=edition, dry_run=True)

    assert many.total == few.total


def _organisation(session: Session, *names: str) -> int:
    row = Organisation(name=names[0], country="KR")
    session.add(row)
    session.flush()
    for name in (*names, "KAIST"):
        values: dict[str, Any] = {"organisation_id": row.id, "folded": fold(name), "name": name}
        session.add(OrganisationName(kind="acronym" if name == "KAIST" else "label", **values))
    session.commit()
    return row.id
