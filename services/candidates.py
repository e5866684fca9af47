"""Whom a person may be shown on the other side of an edition, and the filters over them."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from sqlalchemy import ColumnElement, Integer, and_, bindparam, case, exists
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models import Edition, EditionCountry, Field, Participation, Profile, ProfileField
from models.researcher import CAREER_STAGES
from services.consents_reading import may_be_paired
from services.editions import DRAFT
from services.private_choices import hidden_from
from services.roles import Roles
from services.visibility import Viewer, visible_in
from services.visibility_parts import Part, shows

_SEARCHED: tuple[Part, ...] = ("research", "publications", "exchange")
OTHER_SIDE = {"left": "right", "right": "left"}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the people shown have in common; empty means anything."""

    field: str = ""
    country: str = ""
    career_stage: str = ""

    def conditions(self, viewer: Viewer) -> list[ColumnElement[bool]]:
        """Make the conditions on a profile; a part that a viewer may not see tells no filter."""
        found: list[ColumnElement[bool]] = []
        if self.country:
            found.append(col(Profile.country) == self.country)
        if self.career_stage:
            found += [col(Profile.career_stage) == self.career_stage, shows("career", viewer)]
        if self.field:
            in_field = exists().where(
                col(ProfileField.profile_id) == Profile.id,
                col(ProfileField.field_slug) == self.field,
            )
            found += [in_field, shows("topics", viewer)]
        return found


@dataclass(frozen=True, slots=True)
class Place:
    """Where a participant stands: the edition, the side, and who they are."""

    edition: Edition
    side: str
    profile_id: int

    @property
    def other_side(self) -> str:
        """The side on which their partners are."""
        return OTHER_SIDE[self.side]


@dataclass(frozen=True, slots=True)
class Options:
    """What the filters can be set to: only what somebody there has."""

    fields: tuple[Field, ...]
    countries: tuple[str, ...]
    career_stages: tuple[str, ...]


def places_of(
    session: Session, profile_id: int, *, compared: bool = False, drafts: bool = False
) -> list[Place]:
    """List the editions that somebody takes part in, and on which side; the latest first.

    Parameters
    ----------
    compared
        Nothing for who has not agreed to being compared and shown on the other side.
    drafts
        Editions, too, that only their organisers see so far.
    """
    query = (
        select(Edition, EditionCountry.side)
        .join(Participation, col(Participation.edition_id) == Edition.id)
        .join(Profile, col(Profile.id) == Participation.profile_id)
        .join(
            EditionCountry,
            and_(
                col(EditionCountry.edition_id) == Edition.id,
                col(EditionCountry.country) == Profile.country,
            ),
        )
        .where(Profile.id == profile_id)
        .order_by(col(Edition.starts_at).desc(), col(Edition.id).desc())
    )
    if compared:
        query = query.where(may_be_paired())
    if not drafts:
        query = query.where(Edition.state != DRAFT)
    return [Place(edition, side, profile_id) for edition, side in session.exec(query)]


def candidate_ids(
    session: Session,
    place: Place,
    viewer: Viewer,
    filters: Filters | None = None,
    *,
    searched: bool = False,
    among: Collection[int] | None = None,
) -> list[int]:
    """List whom somebody may be shown: the other side, visible, and excluded by neither.

    Parameters
    ----------
    searched
        Only those who show the viewer everything that a search for an idea would look at.
    among
        Some hundred profile ids to ask about; None for everybody.
    """
    wanted = filters or Filters()
    if among is None or viewer.profile_id != place.profile_id:
        query = _narrowed(shown(place, viewer), viewer, wanted, searched=searched)
        few = query if among is None else query.where(col(Profile.id).in_(among))
        return list(session.exec(few))
    where = place.edition.id, place.other_side
    query = _asked_of_few(*where, viewer.roles, wanted, searched=searched)
    return list(session.exec(query, params={"me": place.profile_id, "few": list(among)}))


def _narrowed(
    query: SelectOfScalar[int], viewer: Viewer, filters: Filters, *, searched: bool
) -> SelectOfScalar[int]:
    conditions = filters.conditions(viewer)
    if searched:
        conditions += [shows(part, viewer) for part in _SEARCHED]
    return query.where(*conditions)


@lru_cache(200)
def _asked_of_few(
    edition_id: int, side: str, roles: Roles, filters: Filters, *, searched: bool
) -> SelectOfScalar[int]:
    """Make the query of ``candidate_ids`` for whoever asks, with ``me`` and ``few`` left open.

    To put it together takes several times as long as to run it.
    """
    me = cast(int, bindparam("me", type_=Integer))
    viewer = Viewer(me, roles)
    few = col(Profile.id).in_(bindparam("few", expanding=True))
    query = _shown(edition_id, side, me, viewer).where(few)
    return _narrowed(query, viewer, filters, searched=searched)


def options(session: Session, place: Place, viewer: Viewer) -> Options:
    """List the fields, countries and career stages that occur among whom somebody may be shown."""
    visible = shown(place, viewer)
    stage = case((shows("career", viewer), col(Profile.career_stage)), else_=None)
    rows = session.exec(
        select(Profile.country, stage).where(col(Profile.id).in_(visible)).distinct()
    ).all()
    telling = visible.where(shows("topics", viewer))
    occurring = select(ProfileField.field_slug).where(col(ProfileField.profile_id).in_(telling))
    fields = session.exec(
        select(Field)
        .where(col(Field.slug).in_(occurring))
        .order_by(col(Field.position), col(Field.slug))
    ).all()
    return Options(
        tuple(fields),
        tuple(sorted({country for country, _ in rows if country})),
        tuple(stage for stage in CAREER_STAGES if stage in {found for _, found in rows}),
    )


def shown(place: Place, viewer: Viewer) -> SelectOfScalar[int]:
    """Make the query for the ids of everybody whom somebody may be shown."""
    return _shown(place.edition.id, place.other_side, place.profile_id, viewer)


def _shown(edition_id: int, side: str, me: int, viewer: Viewer) -> SelectOfScalar[int]:
    return (
        select(Profile.id)
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .join(
            EditionCountry,
            and_(
                col(EditionCountry.edition_id) == Participation.edition_id,
                col(EditionCountry.country) == Profile.country,
            ),
        )
        .where(
            Participation.edition_id == edition_id,
            EditionCountry.side == side,
            Profile.id != me,
            col(Profile.id).not_in(hidden_from(me)),
            visible_in(edition_id, viewer),
            may_be_paired(),
        )
    )
