"""People from a file become profiles; what they edited themselves is theirs."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from models import (
    Account,
    Edition,
    Mail,
    Participation,
    Passage,
    Profile,
    ProfileField,
    Publication,
    Statement,
)
from services.imports_files import profile_rows
from services.imports_profiles import SourceNotUsable, import_profiles
from services.imports_report import Kept
from services.imports_rows import Row
from tests.conftest import NOW
from tests.factories import Factory
from tests.people_rows import ANA, FULL, counts, one, take


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


def test_a_listed_topic_is_stored_by_its_word_in_whichever_language_the_file_is(
    session: Session,
) -> None:
    take(session, {**ANA, "topics": ["하이브리드 본딩", "spintronics", "wet benches"]})

    assert one(session, "ana").topics == ["Hybrid bonding", "Spintronics", "wet benches"]
    again = {**ANA, "topics": ["Hybrid bonding", "스핀트로닉스", "wet benches"]}
    assert counts(take(session, again)) == (0, 0, 1)
