"""One's own profile: begin it, save a part of it, show it, take it back."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from models import Account, Organisation, Profile
from models.researcher import VISIBILITIES
from services import profile_values as values
from services.edition_deadlines import keep_after_closing
from services.editions import editions_of, leave_open_editions, sides
from services.encoding import write_passages
from services.errors import ServiceError
from services.exclusions import resolve_exclusions
from services.fields import remember_fields
from services.index_version import note_change
from services.organisation_names import Mention, match
from services.profile_content import (
    READ_BY_ENCODERS,
    Content,
    contents,
    write_columns,
    write_lists,
)
from services.profile_values import BadValue
from services.topics import known_words, stable_words
from services.visibility_parts import is_open_to_matches, open_to_matches

SOURCE = "account"
USUAL_VISIBILITY = "participants"
CHOICES = ("participants", "signed-in", "matches", "organisers")
"""Who may see a profile that is published, the usual choice first."""


class ChangedElsewhere(ServiceError):
    """The stored text is not the one that the person began to change; nothing was written."""

    code = "changed-elsewhere"


class NothingToShow(ServiceError):
    """A profile without a name cannot be published."""

    code = "nothing-to-show"


def own_profile(session: Session, account_id: int) -> Profile | None:
    """Find the profile of an account."""
    return session.exec(select(Profile).where(Profile.account_id == account_id)).first()


def start_profile(session: Session, account: Account, now: datetime) -> Profile:
    """Give the account its profile, empty and seen by nobody, if it has none yet."""
    found = own_profile(session, account.id)
    if found is not None:
        return found
    profile = Profile(
        account_id=account.id,
        source=SOURCE,
        source_key=str(account.id),
        email=account.email,
        visibility=USUAL_VISIBILITY,
        confirmed_at=now,
        created_at=now,
        updated_at=now,
    )
    session.add(profile)
    session.flush()
    resolve_exclusions(session)
    return profile


def content_of(session: Session, profile: Profile) -> Content:
    """Read what a profile says."""
    return contents(session, [profile])[profile.id]


def known_organisation(session: Session, profile: Profile | None) -> Organisation | None:
    """Give the organisation that a profile's text was found to mean."""
    if profile is None or profile.organisation_id is None:
        return None
    return session.get(Organisation, profile.organisation_id)


def fingerprint(content: Content, fields: Iterable[str]) -> str:
    """Make a short mark of some fields' values, to notice that they changed in the meantime."""
    text = repr([(name, content[name]) for name in sorted(fields)])
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def save(session: Session, profile: Profile, wish: Content, seen: str, now: datetime) -> bool:
    """Write some fields of a profile; what differs is the person's own from now on.

    Parameters
    ----------
    wish
        Clean values by field, as services/profile_content.py names them.
    seen
        The ``fingerprint`` of the same fields when the person began.

    Returns
    -------
    bool
        Whether the worker has something new to read.

    Raises
    ------
    ChangedElsewhere
    BadValue
        When the country has no side in an edition that the person takes part in.
    ClosedByDeadline
        When an edition that they take part in has closed, and counts on the value.
    """
    session.get(Profile, profile.id, with_for_update=True, populate_existing=True)
    present = content_of(session, profile)
    if fingerprint(present, wish) != seen:
        raise ChangedElsewhere(f"{', '.join(sorted(wish))} changed in the meantime: look again")
    wish = _with_organisation(session, dict(wish))
    if wish.get("topics"):
        wish["topics"] = stable_words(known_words(session), wish["topics"])
    changes = {name: value for name, value in wish.items() if value != present[name]}
    if "country" in changes:
        _check_country(session, profile, changes["country"])
    keep_after_closing(session, profile, changes, now)
    if not changes:
        return False
    if "fields" in changes:
        remember_fields(session)
    write_columns(profile, changes)
    write_lists(session, {profile.id: changes})
    touch(profile, changes, now)
    session.flush()
    if "country" in changes:
        # the sides that are kept in memory know their people by it
        note_change(session, [profile.id])
    return bool(changes.keys() & READ_BY_ENCODERS) and write_passages(session, profile)


def touch(profile: Profile, fields: Iterable[str], now: datetime) -> None:
    """Note that the person changed fields, so that an import keeps them."""
    own = set(profile.edited_fields) | (set(fields) - {"organisation_id"})
    profile.edited_fields = sorted(own)
    profile.updated_at = now


def publish(session: Session, profile: Profile, visibility: str, now: datetime) -> None:
    """Show the profile to whom the owner chose.

    Raises
    ------
    NothingToShow
    """
    if visibility not in CHOICES:
        raise BadValue("not-one-of", value=visibility, known=", ".join(VISIBILITIES))
    if not profile.name:
        raise NothingToShow("write your name first: step 1 of the profile")
    open_to_matches(session, profile, opened=visibility == "matches")
    # Whoever reads this column alone shows a profile for matches to organisers, and to nobody else.
    profile.visibility = "organisers" if visibility == "matches" else visibility
    profile.published_at = profile.published_at or now
    profile.confirmed_at = profile.confirmed_at or now
    profile.updated_at = now
    session.flush()


def publish_again(session: Session, profile: Profile, now: datetime) -> None:
    """Show the profile to whom its owner chose last.

    Raises
    ------
    NothingToShow
    """
    chosen = chosen_visibility(session, profile)
    publish(session, profile, chosen if chosen in CHOICES else USUAL_VISIBILITY, now)


def set_gender(profile: Profile, gender: str, now: datetime) -> None:
    """Write down the gender that somebody gave with the consent to its one use."""
    profile.gender = values.plain_text(gender, 40)
    touch(profile, ("gender",), now)


def chosen_visibility(session: Session, profile: Profile) -> str:
    """Give the choice of whoever published a profile, as ``CHOICES`` names it."""
    return "matches" if is_open_to_matches(session, profile.id) else profile.visibility


def unpublish(session: Session, profile: Profile, now: datetime) -> None:
    """Show the profile to nobody, and leave the editions that can still be left."""
    profile.published_at = None
    profile.updated_at = now
    leave_open_editions(session, profile.id, now)
    session.flush()


def _with_organisation(session: Session, wish: dict[str, Any]) -> dict[str, Any]:
    """Find the organisation that is meant; its type is known then."""
    if "organisation" not in wish:
        return wish
    mention = Mention(wish["organisation"], wish.get("country") or "")
    found = match(session, [mention]).get(mention)
    wish["organisation_id"] = found
    if found is not None and not wish.get("organisation_type"):
        wish["organisation_type"] = session.get_one(Organisation, found).type
    return wish


def _check_country(session: Session, profile: Profile, country: str | None) -> None:
    for edition in editions_of(session, profile.id):
        if country not in sides(session, edition.id):
            raise BadValue("country-leaves-edition", edition=edition.name_en, value=country or "-")


def check_contact(phone: str) -> str:
    """Return a telephone number as written, if it can be one."""
    clean = values.plain_text(phone, 40)
    if clean and not any(sign.isdigit() for sign in clean):
        raise BadValue("bad-phone")
    return clean
