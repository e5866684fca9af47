"""Who may be in a team: the participants of an edition whom somebody may be shown.

Public: ``TeamPerson``, ``people_for(session, edition, viewer, …)``, ``may_be_locked(…)``.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, or_, true
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models import Edition, EditionCountry, Organisation, Participation, Profile
from services.conflicts_reading import organisations_of
from services.consents_reading import GENDER, consented, may_be_paired
from services.errors import NotFound
from services.private_choices import hidden_from
from services.request_limits import willingness_of
from services.visibility import Viewer, visible_in
from services.visibility_parts import Part, shows

_LOOKED_AT: tuple[Part, ...] = ("research", "publications", "exchange")


@dataclass(frozen=True, slots=True)
class TeamPerson:
    """Somebody who may be in a team, with what the choice looks at.

    ``entities`` identify the legal entities behind them: who shares one is of one organisation.
    ``gender`` is None without consent. ``load`` tells how many requests wait for them, 0 to 1.
    """

    id: int
    key: str
    side: str
    country: str
    organisation: str
    organisation_type: str | None
    pic: str | None
    career_stage: str | None
    gender: str | None
    entities: frozenset[str]
    load: float


def people_for(
    session: Session,
    edition: Edition,
    viewer: Viewer,
    locked: Collection[int],
    excluded: Collection[int],
    now: datetime,
) -> list[TeamPerson]:
    """List everybody who may be in a team for somebody, by profile id; five queries.

    They take part, agreed to be compared and shown, show the viewer who they are, what they do and
    offer, are kept from the viewer by nobody's choice, and one more request may wait for them. Who
    hides any of it is not found, or else one could guess at a hidden text.

    Parameters
    ----------
    locked
        Who is in it in any case: of them only being shown is asked. The viewer may be among them.

    Raises
    ------
    NotFound
        When somebody locked takes no part or is not to be shown.
    """
    rows = session.execute(_query(edition.id, viewer, locked)).all()
    ids = [row.id for row in rows]
    if missing := sorted(set(locked) - set(ids)):
        raise NotFound(f"Nobody who may be shown here has the id {missing[0]}.")
    willing = willingness_of(session, edition, ids, now)
    entities = dict(zip(ids, organisations_of(session, ids), strict=True))
    return [
        _person(row, entities[row.id], willing[row.id].load)
        for row in rows
        if row.id in locked or (row.id not in excluded and willing[row.id].may_be_asked)
    ]


def may_be_locked(
    session: Session, edition: Edition, viewer: Viewer, profile_ids: Collection[int]
) -> frozenset[int]:
    """Tell who of some people could be in a team in any case; one query."""
    rows = session.execute(_query(edition.id, viewer, profile_ids)).all()
    return frozenset(row.id for row in rows if row.id in profile_ids)


def _person(row: Row[Any], entities: frozenset[str], load: float) -> TeamPerson:
    return TeamPerson(*row, entities, load)  # type: ignore[call-arg, arg-type] # a row is of unknown length


def _query(edition_id: int, viewer: Viewer, locked: Collection[int]) -> Select[Any]:
    return (
        select_columns(
            col(Profile.id),
            col(Profile.source_key),
            col(EditionCountry.side),
            col(Profile.country),
            col(Profile.organisation_name),
            col(Profile.organisation_type),
            col(Organisation.pic),
            case((shows("career", viewer), col(Profile.career_stage))).label("stage"),
            case((consented(GENDER), col(Profile.gender))).label("gender"),
        )
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .join(
            EditionCountry,
            and_(
                col(EditionCountry.edition_id) == Participation.edition_id,
                col(EditionCountry.country) == Profile.country,
            ),
        )
        .join(Organisation, col(Organisation.id) == Profile.organisation_id, isouter=True)
        .where(col(Participation.edition_id) == edition_id, _may_be_in(edition_id, viewer, locked))
        .order_by(col(Profile.id))
    )


def _may_be_in(edition_id: int, viewer: Viewer, locked: Collection[int]) -> ColumnElement[bool]:
    """Make the condition that a ``Profile`` may be found for a team, or be locked into it."""
    me, kept = viewer.profile_id, col(Profile.id).in_(locked)
    tells = and_(*(shows(part, viewer) for part in _LOOKED_AT))
    apart = true() if me is None else col(Profile.id).not_in(hidden_from(me))
    another = true() if me is None else col(Profile.id) != me
    shown = and_(visible_in(edition_id, viewer), apart, may_be_paired())
    own = kept if me is None else and_(kept, col(Profile.id) == me)
    return or_(and_(shown, another, or_(tells, kept)), and_(own, may_be_paired()))
