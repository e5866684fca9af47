"""What an invited person does with the link of the letter: take the profile over, or delete it.

The link proves its reader to own the imported address, and opens nothing else.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models import Account, Edition, Profile
from services import audit
from services.accounts import Desk
from services.accounts_tokens import LinkDead
from services.audit import Subject
from services.invitation_letters import INVITATION
from services.profiles_claims import delete_imported, hand_over


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invitation's link is about: a profile that nobody owns yet, and for which edition."""

    profile: Profile
    edition: Edition


def read_invitation(session: Session, desk: Desk, token: str, now: datetime) -> Invitation:
    """Find what an invitation's link is about.

    Raises
    ------
    LinkDead
        Also when somebody owns the profile by now, it is gone, or its address is another.
    """
    facts = desk.tokens.unseal(INVITATION, token, now)
    if len(facts) != 3:
        raise LinkDead("this link is not complete")
    profile = session.get(Profile, int(facts[0]))
    edition = session.get(Edition, int(facts[1]))
    free = profile is not None and profile.account_id is None and profile.confirmed_at is None
    if profile is None or edition is None or not free or profile.email != facts[2]:
        raise LinkDead("the profile was taken over or deleted, or its address changed")
    return Invitation(profile, edition)


def accept(session: Session, account: Account, invitation: Invitation, now: datetime) -> Profile:
    """Give the invited profile to an account; the link proves its owner's right, not the address.

    Where the account has a profile, that one takes what the imported one says, as
    ``profiles_claims.take_over`` does.
    """
    return hand_over(session, account, invitation.profile, now)


def refuse(session: Session, invitation: Invitation, now: datetime) -> None:
    """Delete the invited profile, as its person wishes. Wake the registrants' worker."""
    subject = Subject("registrant", invitation.profile.id)
    audit.record(session, invitation.edition.id, "refused", subject, now, actor_id=None)
    delete_imported(session, invitation.profile)
