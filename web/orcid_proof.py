"""A fresh sign-in at ORCID, which stands for the password for a few minutes.

It counts for one account in one browser. How fresh it is, ORCID itself says by ``auth_time``; an
answer without it proves nothing, because a provider may let somebody through who signed in hours
ago and left the computer.
"""

from dataclasses import dataclass

from flask import session as cookie
from flask_wtf import FlaskForm

from services.identities import NO_PASSWORD, ORCID, identity_of
from web import orcid
from web.clock import now
from web.database import session
from web.login import account

LASTS = 300
_ASKED, _GIVEN = "orcid_proof_asked", "orcid_proof"


@dataclass(frozen=True)
class Ways:
    """How the owner of the account can show that it is them.

    Parameters
    ----------
    password
        Whether the account has one.
    orcid
        The iD whose fresh sign-in counts as well; empty where none is linked or ORCID is not set
        up here.
    proven
        Whether ORCID has shown it within the last minutes.
    """

    password: bool
    orcid: str
    proven: bool


def ask() -> None:
    """Remember that the next way back from ORCID is to prove who sits here."""
    cookie[_ASKED] = account().id


def was_asked() -> bool:
    """Tell, once, whether the way back from ORCID is to prove who sits here."""
    return cookie.pop(_ASKED, None) is not None


def accept(someone: orcid.Someone) -> bool:
    """Take a way back from ORCID as proof, if it is fresh and of the account's own iD."""
    identity = identity_of(session(), account().id, ORCID)
    moment = int(now().timestamp())
    if identity is None or identity.subject != someone.subject:
        return False
    if abs(moment - someone.authenticated_at) > LASTS:
        return False
    cookie[_GIVEN] = [account().id, moment]
    return True


def spend() -> None:
    """Let the proof count no more."""
    cookie.pop(_GIVEN, None)


def ways_for(form: FlaskForm) -> Ways:
    """Tell how the owner can show who they are; once ORCID has, the form asks no password."""
    identity = identity_of(session(), account().id, ORCID)
    linked = identity.subject if identity is not None and orcid.is_offered() else ""
    ways = Ways(account().password_hash != NO_PASSWORD, linked, bool(linked) and _holds())
    if ways.proven:
        del form.password
    return ways


def _holds() -> bool:
    owner, since = cookie.get(_GIVEN, (0, 0))
    return bool(owner == account().id and 0 <= now().timestamp() - since <= LASTS)
