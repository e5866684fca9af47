"""Organisations of a dump come into the table by ROR id; what was known besides stays."""

from collections.abc import Iterator

from sqlmodel import Session, select

from models import Organisation, OrganisationLink, OrganisationName
from services.imports_organisations import import_organisations
from services.imports_report import OrganisationReport, UnreadableFile
from services.imports_ror import OrganisationRecord
from services.organisation_groups import entities_behind


def _record(number: int = 1, **given: object) -> OrganisationRecord:
    name = f"Institute {number}"
    values: dict[str, object] = {
        "ror": f"https://ror.org/0{number:08}",
        "name": name,
        "name_native": "",
        "country": "KR",
        "city": "Daejeon",
        "type": "rto",
        "names": {name: "label", f"I{number}": "acronym"},
    }
    return OrganisationRecord(**values | given)  # type: ignore[arg-type] # values of a test


def _take(session: Session, *records: OrganisationRecord) -> tuple[int, int, int]:
    report = import_organisations(session, records)
    session.commit()
    session.expire_all()
    return report.added, report.updated, report.unchanged


def _only(session: Session) -> Organisation:
    return session.exec(select(Organisation)).one()


def test_new_organisations_are_added_with_their_names(session: Session) -> None:
    assert _take(session, _record(1), _record(2)) == (2, 0, 0)
    names = session.exec(select(OrganisationName.folded)).all()
    assert set(names) == {"institute1", "i1", "institute2", "i2"}


def test_the_same_dump_again_changes_nothing(session: Session) -> None:
    _take(session, _record(1), _record(2))

    assert _take(session, _record(1), _record(2)) == (0, 0, 2)


def test_a_changed_name_or_place_updates_and_a_new_alias_does(session: Session) -> None:
    _take(session, _record(1), _record(2))

    alias = {"Institute 2": "label", "Two": "alias"}
    assert _take(session, _record(1, city="Seoul"), _record(2, names=alias)) == (0, 2, 0)
    assert "two" in session.exec(select(OrganisationName.folded)).all()


def test_what_was_known_besides_stays(session: Session) -> None:
    _take(session, _record(1, name_native="연구원"))
    row = _only(session)
    row.type, row.pic = "university", "123456789"
    session.add(OrganisationName(organisation_id=row.id, name="Ours", folded="ours", kind="alias"))
    session.commit()

    assert _take(session, _record(1, type="company", name_native="")) == (0, 0, 1)
    row = _only(session)
    assert (row.type, row.pic, row.name_native) == ("university", "123456789", "연구원")
    assert "ours" in session.exec(select(OrganisationName.folded)).all()


def test_a_type_that_nobody_knew_is_learned(session: Session) -> None:
    _take(session, _record(1, type="other"))

    assert _take(session, _record(1, type="company")) == (0, 1, 0)
    assert _only(session).type == "company"


def test_an_organisation_twice_in_a_dump_is_taken_once(session: Session) -> None:
    assert _take(session, _record(1), _record(1)) == (1, 0, 0)


def test_more_organisations_than_one_piece_are_all_taken(session: Session) -> None:
    assert _take(session, *(_record(number) for number in range(1, 1201))) == (1200, 0, 0)


def test_a_dump_that_breaks_off_is_told_and_an_empty_one_too(session: Session) -> None:
    def broken() -> Iterator[OrganisationRecord]:
        yield _record(1)
        raise UnreadableFile(2, "dump-cut-off")

    report = import_organisations(session, broken())

    assert [(problem.line, problem.code) for problem in report.errors] == [(2, "dump-cut-off")]
    assert report.added == 0
    empty = import_organisations(session, [])
    assert isinstance(empty, OrganisationReport)
    assert [problem.code for problem in empty.errors] == ["no-rows"]


def _groups(session: Session) -> dict[str, set[str]]:
    """Tell the entities behind every organisation, by the last letter of their names."""
    letters = {row.id: row.name[-1] for row in session.exec(select(Organisation))}
    behind = entities_behind(session, list(letters))
    return {letters[root]: {letters[one] for one in found} for root, found in behind.items()}


def _parents(*numbers: int) -> tuple[str, ...]:
    return tuple(f"https://ror.org/0{number:08}" for number in numbers)


def test_parents_are_linked_wherever_in_the_dump_they_stand(session: Session) -> None:
    _take(session, _record(1, parents=_parents(2)), _record(2, parents=_parents(3)), _record(3))

    assert _groups(session) == {"1": {"1", "2", "3"}, "2": {"2", "3"}, "3": {"3"}}


def test_a_parent_that_is_not_known_waits_for_a_dump_that_has_it(session: Session) -> None:
    _take(session, _record(1, parents=_parents(2)))
    assert _groups(session) == {"1": {"1"}}

    _take(session, _record(1, parents=_parents(2)), _record(2))
    assert _groups(session) == {"1": {"1", "2"}, "2": {"2"}}


def test_the_same_parents_again_are_linked_once(session: Session) -> None:
    for _ in range(2):
        _take(session, _record(1, parents=_parents(2, 2, 1)), _record(2))

    assert len(session.exec(select(OrganisationLink)).all()) == 1
