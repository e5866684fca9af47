"""How each part of an edition is written; services/edition_editing.py says when."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import delete
from sqlmodel import Session, col

from models import Edition, EditionField
from services.edition_dates import check_dates
from services.edition_promises import PromiseOutOfRange
from services.edition_sides import Sides, set_sides
from services.errors import ServiceError
from services.fields import remember_fields
from services.programme_checking import check_programme, renew_links
from services.round_parameters import BoundsCross

Values = dict[str, Any]
Write = Callable[[Session, Edition, Values, datetime], None]


class UnknownZone(ServiceError):
    """A time zone that nobody knows."""

    code = "unknown-zone"


def write_columns(session: Session, edition: Edition, wish: Values, _now: datetime) -> None:
    """Write values that are columns."""
    for name, value in wish.items():
        setattr(edition, name, value)
    session.add(edition)


def _write_texts(session: Session, edition: Edition, wish: Values, now: datetime) -> None:
    for side in ("left", "right"):
        if wish[f"{side}_zone"] not in available_timezones():
            raise UnknownZone(f"{wish[f'{side}_zone']!r} is no time zone")
    write_columns(session, edition, wish, now)


def _write_dates(session: Session, edition: Edition, wish: Values, now: datetime) -> None:
    check_dates(edition, wish)
    write_columns(session, edition, wish, now)


def _write_partners(session: Session, edition: Edition, wish: Values, now: datetime) -> None:
    least, most = wish["least_partners"], wish["most_partners"]
    if least > most:
        raise BoundsCross(least, most)
    for promise in (wish["least_early_career"], wish["least_newcomers"]):
        if promise is not None and not 0 <= promise <= most:
            raise PromiseOutOfRange(promise, most)
    write_columns(session, edition, wish, now)


def _write_programme(session: Session, edition: Edition, wish: Values, now: datetime) -> None:
    check_programme(session, edition, wish["programme"], now)
    write_columns(session, edition, wish, now)
    renew_links(session, edition, now)


def _write_sides(session: Session, edition: Edition, wish: Values, _now: datetime) -> None:
    set_sides(session, edition.id, Sides(frozenset(wish["left"]), frozenset(wish["right"])))


def _write_fields(session: Session, edition: Edition, wish: Values, _now: datetime) -> None:
    remember_fields(session)
    session.execute(delete(EditionField).where(col(EditionField.edition_id) == edition.id))
    for slug in wish["fields"]:
        session.add(EditionField(edition_id=edition.id, field_slug=slug))


WRITERS: dict[str, Write] = {
    "texts": _write_texts,
    "dates": _write_dates,
    "sides": _write_sides,
    "fields": _write_fields,
    "partners": _write_partners,
    "programme": _write_programme,
}
"""The parts that are more than columns, or that refuse something."""
