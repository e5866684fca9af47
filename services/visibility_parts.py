"""Which parts of a profile a viewer may see. Every page, mail and export asks ``shown_parts``.

Whether the profile is shown at all is asked before: services/visibility.py.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Literal, cast

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    false,
    insert,
    or_,
    true,
)
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models import Participation, PartVisibility, Passage, Profile
from services.matches import matched
from services.profile_values import BadValue
from services.roles import Roles
from services.visibility import STRANGER, Viewer, meets

Part = Literal["identity", "research", "publications", "exchange", "topics", "career"]

PARTS: tuple[Part, ...] = (
    "identity",
    "research",
    "publications",
    "exchange",
    "topics",
    "career",
)
ALL_PARTS = frozenset(PARTS)
_PAGE = "page"
LEVELS = ("nobody", "organisers", "matches", "participants")
"""Who may see a part, the narrowest first; without a level, whoever sees the profile."""

OF_KIND: Mapping[str, Part] = {
    "research": "research",
    "publication": "publications",
    "offer": "exchange",
    "need": "exchange",
}
"""The part that a passage of each kind belongs to."""


def shown_parts(
    session: Session, viewer: Viewer | None, profile_ids: Collection[int]
) -> dict[int, frozenset[Part]]:
    """Tell which parts of some people's profiles a viewer may see, by profile id; one query.

    ``identity`` is name and organisation, ``exchange`` offers and needs, ``topics`` fields too,
    ``career`` the languages too. Who hides the identity hides the publications with it: they would
    tell it.

    Parameters
    ----------
    viewer
        None for somebody of whom nothing is known but that they have signed in.
    """
    found: dict[int, frozenset[Part]] = dict.fromkeys(profile_ids, ALL_PARTS)
    viewer = viewer or STRANGER
    query = _hidden_parts(viewer.roles, known=viewer.profile_id is not None)
    asked = {"me": viewer.profile_id, "some": list(profile_ids)}
    for owner, part in session.execute(query, asked):
        gone = {part, "publications"} if part == "identity" else {part}
        found[owner] -= gone
    return found


@lru_cache(200)
def _hidden_parts(roles: Roles, *, known: bool) -> Select[int, str]:
    """Make the query of ``shown_parts`` for any viewer ``me`` and for ``some`` people.

    To put it together takes several times as long as to run it.
    """
    me = cast(int, bindparam("me", type_=Integer)) if known else None
    return (
        select_columns(col(PartVisibility.profile_id), col(PartVisibility.part))
        .join(Profile, col(Profile.id) == PartVisibility.profile_id)
        .where(
            col(PartVisibility.profile_id).in_(bindparam("some", expanding=True)),
            col(PartVisibility.part) != _PAGE,
            _is_hidden(Viewer(me, roles)),
        )
    )


def shows(part: Part, viewer: Viewer) -> ColumnElement[bool]:
    """Make the condition that a ``Profile`` shows a part to a viewer, for filters and searches."""
    return ~_hides(viewer, col(PartVisibility.part).in_(_told_by(part)))


def shows_passage(viewer: Viewer) -> ColumnElement[bool]:
    """Make the condition that a ``Passage``, joined with its ``Profile``, is shown to a viewer."""
    tells = case(
        (col(Passage.kind).in_(("offer", "need")), "exchange"),
        (col(Passage.kind) == "publication", "publications"),
        else_="research",
    )
    named = and_(col(PartVisibility.part) == "identity", col(Passage.kind) == "publication")
    return ~_hides(viewer, or_(col(PartVisibility.part) == tells, named))


def levels_of(session: Session, profile_id: int) -> dict[str, str]:
    """Read who may see the parts that fewer may see than the whole."""
    query = select(PartVisibility.part, PartVisibility.level).where(
        PartVisibility.profile_id == profile_id
    )
    return dict(session.exec(query).all())


def set_levels(session: Session, profile: Profile, levels: Mapping[str, str]) -> None:
    """Set who may see the parts of one's profile; a part without a level follows the whole.

    Raises
    ------
    BadValue
        For a part or a level that there is not, or a name hidden from organisers: they could not
        tell whom they bring together.
    """
    for part, level in levels.items():
        if part not in PARTS:
            raise BadValue("not-one-of", value=part, known=", ".join(PARTS))
        if level not in LEVELS or (part == "identity" and level == "nobody"):
            raise BadValue("not-one-of", value=level, known=", ".join(LEVELS))
    mine = col(PartVisibility.profile_id) == profile.id
    session.execute(delete(PartVisibility).where(mine, col(PartVisibility.part) != _PAGE))
    if levels:
        rows = [{"profile_id": profile.id, "part": p, "level": v} for p, v in levels.items()]
        session.execute(insert(PartVisibility), rows)
    session.flush()


def open_to_matches(session: Session, profile: Profile, *, opened: bool) -> None:
    """Open a whole profile to its owner's matches, or close it to them."""
    row = session.get(PartVisibility, (profile.id, _PAGE))
    if row is not None and not opened:
        session.delete(row)
    if row is None and opened:
        session.add(PartVisibility(profile_id=profile.id, part=_PAGE, level="matches"))
    session.flush()


def is_open_to_matches(session: Session, profile_id: int) -> bool:
    """Tell whether a profile that organisers see is open to its owner's matches, too."""
    return session.get(PartVisibility, (profile_id, _PAGE)) is not None


def _told_by(part: Part) -> tuple[str, ...]:
    return ("publications", "identity") if part == "publications" else (part,)


def _hides(viewer: Viewer, which: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        col(PartVisibility.profile_id) == Profile.id,
        col(PartVisibility.part) != _PAGE,
        which,
        _is_hidden(viewer),
    )


def _is_hidden(viewer: Viewer) -> ColumnElement[bool]:
    """Make the condition that a row of ``PartVisibility`` hides its ``Profile``'s part."""
    own = col(Profile.id) == viewer.profile_id if viewer.profile_id is not None else false()
    level = col(PartVisibility.level)
    seen = or_(
        own,
        and_(level != "nobody", _organises(viewer)),
        and_(level.in_(("matches", "participants")), matched(viewer.profile_id)),
        and_(level == "participants", meets(viewer)),
    )
    return ~seen


def _organises(viewer: Viewer) -> ColumnElement[bool]:
    """Make the condition that the viewer organises an edition in which a ``Profile`` takes part."""
    roles = viewer.roles
    if not roles.organiser:
        return false()
    place = aliased(Participation)
    every = roles.administrator or roles.organises_all
    one = true() if every else col(place.edition_id).in_(roles.organises)
    return exists().where(col(place.profile_id) == Profile.id, one)
