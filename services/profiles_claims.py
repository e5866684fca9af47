"""A profile that an organiser imported, and the person whom it is about.

Only whoever proved to own the imported address is shown it, and nothing is merged unless they say
so.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models import Account, Profile
from services.encoding import write_passages
from services.errors import NotFound
from services.index_version import note_change
from services.profile_content import contents, write_columns, write_lists
from services.profiles import USUAL_VISIBILITY, own_profile
from services.publications_replacing import joined
from services.references_moving import move_references

_NOT_COPIED = ("email", "phone", "exclude", "gender")


def claimable(session: Session, account: Account) -> Sequence[Profile]:
    """List imported profiles that bear the account's confirmed address and belong to nobody."""
    if account.confirmed_at is None:
        return []
    query = select(Profile).where(
        Profile.email == account.email,
        col(Profile.account_id).is_(None),
        col(Profile.confirmed_at).is_(None),
    )
    return session.exec(query.order_by(col(Profile.id))).all()


def take_over(session: Session, account: Account, profile_id: int, now: datetime) -> Profile:
    """Make an imported profile the account's own; it is still seen by nobody.

    Where the account has a profile already, that one stays and takes what the imported one says;
    what only the present one says is kept, as are its publications with their weights and marks.

    Raises
    ------
    NotFound
        When no such profile is the account's to take.
    """
    return hand_over(session, account, _find(session, account, profile_id), now)


def hand_over(session: Session, account: Account, found: Profile, now: datetime) -> Profile:
    """Do the same with a profile whose person has proved it to be theirs."""
    own = own_profile(session, account.id)
    if own is not None:
        return _into(session, own, found, now)
    found.account_id = account.id
    # What an organiser's file said of it has no consent of the person's.
    found.gender = None
    found.confirmed_at = now
    found.visibility = USUAL_VISIBILITY
    found.updated_at = now
    session.flush()
    return found


def discard(session: Session, account: Account, profile_id: int) -> None:
    """Delete an imported profile with everything that hangs on it, as its person wishes.

    Raises
    ------
    NotFound
    """
    delete_imported(session, _find(session, account, profile_id))


def _find(session: Session, account: Account, profile_id: int) -> Profile:
    found = {profile.id: profile for profile in claimable(session, account)}.get(profile_id)
    if found is None:
        raise NotFound("this profile is no longer there to be taken over")
    return found


def _into(session: Session, own: Profile, found: Profile, now: datetime) -> Profile:
    both = contents(session, [found, own])
    said = both[found.id]
    copied = {name: value for name, value in said.items() if value and name not in _NOT_COPIED}
    if "publications" in copied:
        copied["publications"] = joined(both[own.id]["publications"], said["publications"])
    source, key = found.source, found.source_key
    move_references(session, found.id, own.id)
    delete_imported(session, found)
    # From now on the sender's key means this profile; a later file updates it.
    own.source, own.source_key = source, key
    write_columns(own, copied)
    write_lists(session, {own.id: copied})
    own.updated_at = now
    session.flush()
    write_passages(session, own)
    return own


def delete_imported(session: Session, profile: Profile) -> None:
    """Delete a profile that nobody owns, with everything that hangs on it."""
    session.flush()
    note_change(session, [profile.id], gone=True)
    session.execute(delete(Profile).where(col(Profile.id) == profile.id))
    session.expunge(profile)
