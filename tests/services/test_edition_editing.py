"""An edition is changed part by part, written down, and never over somebody else's change."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from models import AuditEntry, Edition
from services.edition_editing import (
    PARTS,
    EditionChanged,
    EditionOver,
    change_part,
    mark,
    read_part,
)
from services.edition_promises import PromiseOutOfRange
from services.edition_sides import ParticipantsWouldLose
from services.edition_writing import UnknownZone
from services.round_parameters import BoundsCross
from tests.factories import Factory


def change(session: Session, edition: Edition, part: str, now: datetime, **wish: Any) -> bool:
    values = read_part(session, edition, part)
    seen = mark(values)
    return change_part(session, edition, part, values | wish, now, seen=seen, actor_id=None)


def test_a_change_is_written_down_with_only_what_differs(
    session: Session, make: Factory, now: datetime
) -> None:
    edition = make.edition()
    assert change(session, edition, "texts", now, name_en="Jeju 2027")
    entry = session.exec(select(AuditEntry)).one()
    assert (entry.act, entry.subject_id) == ("changed-texts", edition.id)
    assert (entry.before, entry.after) == ({"name_en": "Forum"}, {"name_en": "Jeju 2027"})


def test_saving_the_same_again_changes_nothing_and_says_nothing(
    session: Session, make: Factory, now: datetime
) -> None:
    edition = make.edition()
    for part in PARTS:
        assert not change(session, edition, part, now)
    assert session.exec(select(AuditEntry)).all() == []


def test_the_second_of_two_organisers_is_told_and_overwrites_nothing(
    session: Session, make: Factory, now: datetime
) -> None:
    edition = make.edition()
    seen = mark(read_part(session, edition, "partners"))
    change(session, edition, "partners", now, most_partners=7)
    wish = read_part(session, edition, "partners") | {"most_partners": 4}
    with pytest.raises(EditionChanged):
        change_part(session, edition, "partners", wish, now, seen=seen, actor_id=None)
    assert edition.most_partners == 7


def test_a_change_to_another_part_does_not_stand_in_the_way(
    session: Session, make: Factory, now: datetime
) -> None:
    edition = make.edition()
    seen = mark(read_part(session, edition, "partners"))
    change(session, edition, "texts", now, name_en="Jeju 2027")
    wish = read_part(session, edition, "partners") | {"most_partners": 4}
    assert change_part(session, edition, "partners", wish, now, seen=seen, actor_id=None)


def test_dates_stand_in_the_log_as_moments(session: Session, make: Factory, now: datetime) -> None:
    edition = make.edition()
    later = edition.closes_at + timedelta(days=1)
    change(session, edition, "dates", now, closes_at=later)
    assert session.exec(select(AuditEntry)).one().after == {"closes_at": later.isoformat()}


def test_sides_and_fields_are_parts_too(session: Session, make: Factory, now: datetime) -> None:
    edition = make.edition()
    make.field("quantum")
    change(session, edition, "sides", now, left=["DE"], right=["JP", "KR"])
    change(session, edition, "fields", now, fields=["quantum"])
    assert read_part(session, edition, "sides") == {"left": ["DE"], "right": ["JP", "KR"]}
    assert read_part(session, edition, "fields") == {"fields": ["quantum"]}


def test_a_country_that_people_take_part_from_keeps_its_side(
    session: Session, make: Factory, now: datetime
) -> None:
    edition = make.edition()
    make.profile(edition, country="FR")
    with pytest.raises(ParticipantsWouldLose) as refused:
        change(session, edition, "sides", now, left=["DE"])
    assert refused.value.people == {"FR": 1}


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        ({"least_partners": 6}, BoundsCross),
        ({"least_newcomers": 9}, PromiseOutOfRange),
        ({"least_early_career": -1}, PromiseOutOfRange),
    ],
)
def test_numbers_of_partners_that_cannot_be_are_refused(
    session: Session, make: Factory, now: datetime, wish: dict[str, int], error: type[Exception]
) -> None:
    with pytest.raises(error):
        change(session, make.edition(most_partners=5), "partners", now, **wish)


def test_a_zone_that_nobody_knows_is_refused(
    session: Session, make: Factory, now: datetime
) -> None:
    with pytest.raises(UnknownZone):
        change(session, make.edition(), "texts", now, left_zone="Europe/Atlantis")


def test_an_edition_that_is_over_stays_as_it_was(
    session: Session, make: Factory, now: datetime
) -> None:
    with pytest.raises(EditionOver):
        change(session, make.edition(state="over"), "texts", now, name_en="Another")
