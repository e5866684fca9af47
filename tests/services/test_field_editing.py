"""Fields of research: added, renamed, ordered, and removed only when nobody names them."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlmodel import Session, select

from models import EditionField, Field
from services.errors import NotFound
from services.field_editing import (
    BadSlug,
    FieldExists,
    FieldInUse,
    FieldNames,
    add_field,
    fields_in_use,
    find_field,
    move_field,
    remove_field,
    rename_field,
)
from tests.conftest import Queries
from tests.factories import Factory


@pytest.fixture
def three(make: Factory) -> list[str]:
    for position, slug in enumerate(["first", "second", "third"]):
        make.field(slug, position=position)
    return ["first", "second", "third"]


def _order(session: Session) -> list[str]:
    return [line.slug for line in fields_in_use(session)]


def test_a_new_field_comes_last(session: Session, three: list[str]) -> None:
    add_field(session, FieldNames("power-electronics", "Power electronics", "전력전자"))
    assert _order(session) == [*three, "power-electronics"]
    assert find_field(session, "power-electronics").name_ko == "전력전자"


def test_the_first_field_that_is_added_joins_the_forums_own(session: Session) -> None:
    add_field(session, FieldNames("photonics", "Photonics"))
    order = _order(session)
    assert order[0] == "neuromorphic"
    assert order[-1] == "photonics"


@pytest.mark.parametrize("slug", ["", "Big", "two words", "-x", "x-", "a--b", "é", "a/b", "x\n"])
def test_a_short_name_that_would_not_stand_in_an_address_is_refused(
    session: Session, slug: str
) -> None:
    with pytest.raises(BadSlug):
        add_field(session, FieldNames(slug, "Name"))


def test_a_short_name_is_given_once(session: Session, three: list[str]) -> None:
    with pytest.raises(FieldExists):
        add_field(session, FieldNames("first", "Another"))


def test_renaming_keeps_the_short_name(session: Session, three: list[str]) -> None:
    rename_field(session, FieldNames("second", "New", "새 이름"))
    row = find_field(session, "second")
    assert (row.name_en, row.name_ko) == ("New", "새 이름")
    with pytest.raises(NotFound):
        rename_field(session, FieldNames("fourth", "New"))


@pytest.mark.parametrize(
    ("slug", "by", "order"),
    [
        ("second", -1, ["second", "first", "third"]),
        ("second", 1, ["first", "third", "second"]),
        ("first", -1, ["first", "second", "third"]),
        ("third", 1, ["first", "second", "third"]),
    ],
)
def test_a_field_moves_among_the_others(
    session: Session, three: list[str], slug: str, by: int, order: list[str]
) -> None:
    move_field(session, slug, by)
    assert _order(session) == order


def test_moving_works_where_all_have_the_same_position(session: Session, make: Factory) -> None:
    for slug in ("a", "b", "c"):
        make.field(slug)
    move_field(session, "c", -1)
    assert _order(session) == ["a", "c", "b"]
    with pytest.raises(NotFound):
        move_field(session, "d", 1)


def test_a_field_that_somebody_names_stays(
    session: Session, make: Factory, three: list[str]
) -> None:
    edition = make.edition()
    make.profile(fields=["first"])
    make.profile(fields=["first"])
    session.add(EditionField(edition_id=edition.id, field_slug="first"))
    session.commit()
    with pytest.raises(FieldInUse) as used:
        remove_field(session, "first")
    assert (used.value.profiles, used.value.editions) == (2, 1)
    remove_field(session, "second")
    assert set(session.exec(select(Field.slug))) == {"first", "third"}


def test_the_list_with_its_counts_takes_one_query(
    session: Session,
    make: Factory,
    three: list[str],
    count_queries: Callable[[], AbstractContextManager[Queries]],
) -> None:
    make.profile(fields=["first", "third"])
    with count_queries() as queries:
        lines = fields_in_use(session)
    assert [line.profiles for line in lines] == [1, 0, 1]
    assert queries.total == 1
