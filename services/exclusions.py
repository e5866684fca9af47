"""Who does not want to meet whom, as a private choice of one of the two."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, delete, insert, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models import Exclusion, Profile
from services.organisation_names import chunks
from services.profile_values import BadValue, email
from services.roles import Roles
from services.visibility import Viewer
from services.visibility_parts import shows

_CHUNK = 400


@dataclass(frozen=True, slots=True)
class _Waiting:
    exclusion_id: int
    owner_id: int
    key: str
    source: str


def write_exclusions(session: Session, keys: Mapping[int, Sequence[str]], now: datetime) -> None:
    """Set the lists of keys that files gave, by the owner's profile id.

    Exclusions that a person made from a page have no key, and stay.
    """
    if not keys:
        return
    listed = col(Exclusion.profile_id).in_(keys) & col(Exclusion.other_key).is_not(None)
    session.execute(delete(Exclusion).where(listed))
    rows = [
        {"profile_id": owner, "other_key": key, "created_at": now}
        for owner, some in keys.items()
        for key in some
    ]
    if rows:
        session.execute(insert(Exclusion), rows)


def resolve_exclusions(session: Session) -> int:
    """Find the people whom waiting exclusions name, now that they may have arrived.

    A key is the id of somebody from the owner's own source, or an address of anybody.

    Returns
    -------
    int
        How many were found.
    """
    waiting = _waiting(session)
    if not waiting:
        return 0
    by_id, by_address = _people(session, {item.key for item in waiting})
    known = _known_pairs(session, {item.owner_id for item in waiting})
    found: list[dict[str, int]] = []
    for item in waiting:
        other = by_id.get((item.source, item.key)) or by_address.get(item.key)
        pair = (item.owner_id, other or item.owner_id)
        # Nobody excludes oneself, and nobody twice.
        if other is None or other == item.owner_id or pair in known:
            continue
        known.add(pair)
        found.append({"id": item.exclusion_id, "other_id": other})
    if found:
        session.execute(update(Exclusion), found)
    return len(found)


def _waiting(session: Session) -> list[_Waiting]:
    query = (
        select(Exclusion.id, Exclusion.profile_id, Exclusion.other_key, Profile.source)
        .join(Profile, col(Exclusion.profile_id) == Profile.id)
        .where(col(Exclusion.other_id).is_(None))
    )
    return [_Waiting(row[0], row[1], str(row[2]), row[3]) for row in session.exec(query)]


def _people(
    session: Session, keys: Collection[str]
) -> tuple[dict[tuple[str, str], int], dict[str, int]]:
    by_id: dict[tuple[str, str], int] = {}
    by_address: dict[str, int] = {}
    for chunk in chunks(sorted(keys), _CHUNK):
        query = select(Profile.id, Profile.source, Profile.source_key, Profile.email).where(
            col(Profile.source_key).in_(chunk) | col(Profile.email).in_(chunk)
        )
        for profile_id, source, key, address in session.exec(query):
            by_id[source, key] = profile_id
            by_address[address] = profile_id
    return by_id, by_address


def _known_pairs(session: Session, owners: Collection[int]) -> set[tuple[int, int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for chunk in chunks(sorted(owners), _CHUNK):
        query = select(Exclusion.profile_id, Exclusion.other_id).where(
            col(Exclusion.profile_id).in_(chunk), col(Exclusion.other_id).is_not(None)
        )
        for owner, other in session.exec(query):
            found[owner].add(int(other or 0))
    return {(owner, other) for owner, others in found.items() for other in others}


@dataclass(frozen=True, slots=True)
class Unwanted:
    """Somebody whom the owner does not want to meet, as the owner named or saw them.

    The label is empty for a person whose name is not shown to the owner.
    """

    id: int
    label: str


def unwanted_by(session: Session, profile_id: int) -> list[Unwanted]:
    """List whom a person does not want to meet; for that person's eyes only."""
    named = case((shows("identity", Viewer(profile_id, Roles())), col(Profile.name)), else_="")
    query = (
        select(Exclusion.id, Exclusion.other_key, named)
        .outerjoin(Profile, col(Profile.id) == Exclusion.other_id)
        .where(Exclusion.profile_id == profile_id)
        .order_by(col(Exclusion.id))
    )
    # What the owner wrote, not whom it was found to be: an address must not reveal a profile.
    return [Unwanted(row_id, key or name or "") for row_id, key, name in session.exec(query)]


def exclude_address(session: Session, profile: Profile, address: str, now: datetime) -> None:
    """Never pair a person with the owner of an address, known or not known yet.

    Raises
    ------
    BadValue
        When it is no address, or the person's own.
    """
    key = email(address)
    if not key:
        raise BadValue("missing")
    if key == profile.email:
        raise BadValue("excludes-oneself")
    if not session.exec(_named(profile.id).where(Exclusion.other_key == key)).first():
        session.add(Exclusion(profile_id=profile.id, other_key=key, created_at=now))
        session.flush()
        resolve_exclusions(session)


def exclude_person(session: Session, profile: Profile, other_id: int, now: datetime) -> None:
    """Never pair a person with another one."""
    if other_id == profile.id:
        raise BadValue("excludes-oneself")
    if not session.exec(_named(profile.id).where(Exclusion.other_id == other_id)).first():
        session.add(Exclusion(profile_id=profile.id, other_id=other_id, created_at=now))
        session.flush()


def show_person(session: Session, profile: Profile, other_id: int) -> None:
    """Take back that a person was excluded from their page; what names an address stays."""
    session.execute(
        delete(Exclusion).where(
            col(Exclusion.profile_id) == profile.id,
            col(Exclusion.other_id) == other_id,
            col(Exclusion.other_key).is_(None),
        )
    )


@dataclass(frozen=True, slots=True)
class Excluded:
    """What one exclusion said: an address or a file's key, or else a person chosen on a page."""

    key: str | None
    other_id: int | None


def stop_excluding(session: Session, profile: Profile, exclusion_id: int) -> Excluded | None:
    """Take one of one's own exclusions back; tells what it was, None when it is gone already."""
    row = session.get(Exclusion, exclusion_id)
    if row is None or row.profile_id != profile.id:
        return None
    # Whom a key was found to be stays unsaid: it must not reveal a profile.
    was = Excluded(row.other_key, None if row.other_key else row.other_id)
    session.delete(row)
    session.flush()
    return was


def exclude_again(session: Session, profile: Profile, was: Excluded, now: datetime) -> None:
    """Put back what was taken off; a person who left meanwhile is no matter."""
    if was.key and not session.exec(_named(profile.id).where(Exclusion.other_key == was.key)).all():
        session.add(Exclusion(profile_id=profile.id, other_key=was.key, created_at=now))
        session.flush()
        resolve_exclusions(session)
    elif was.other_id and session.get(Profile, was.other_id):
        exclude_person(session, profile, was.other_id, now)


def _named(profile_id: int) -> SelectOfScalar[int]:
    return select(Exclusion.id).where(Exclusion.profile_id == profile_id)
